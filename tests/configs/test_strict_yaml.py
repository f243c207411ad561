"""What is no configuration at all, and what YAML means where it is one."""

from __future__ import annotations

from pathlib import Path

import pytest

from arena.cli.configuration import read_configuration
from arena.errors import UsageError
from tests.configs.mistaken import mistakes

BOMB = "\n".join(
    ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    + [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 30)]
)
NOT_YAML: dict[str, tuple[str | bytes, str]] = {
    "an empty file": ("", "the file: it is empty; it needs agents and scenarios"),
    "only a comment": ("# later\n", "the file: it is empty; it needs agents and scenarios"),
    "a list": ("- agents", "the file: a list; expected keys and values"),
    "a word": ("agents", "the file: a str; expected keys and values"),
    "a number": ("3.5", "the file: a float; expected keys and values"),
    "brackets left open": ("agents: [1", "line 1, column 11: not YAML; expected ',' or ']', but got '<stream end>'"),
    "a tab": (
        "agents:\n\ta: {scripted: planner}",
        "line 2, column 1: not YAML; found character '\\t' that cannot start",
    ),
    "a key that stands twice": ("name: a\nname: b", "line 2, column 1: not YAML; the key 'name' stands twice"),
    "a key that stands twice deeper down": (
        "agents:\n  a: {scripted: planner}\n  b: {scripted: planner}\n  a: {scripted: silent}",
        "line 4, column 3: not YAML; the key 'a' stands twice",
    ),
    "two documents": ("name: a\n---\nname: b", "line 2, column 1: not YAML; but found another document"),
    "a key that is a list": ("? [a, b]\n: 1", "line 1, column 3: not YAML; found unhashable key"),
    "an anchor that nobody set": ("name: *nobody", "line 1, column 7: not YAML; found undefined alias 'nobody'"),
    "an alias of itself": ("name: &a [*a]", "line 1, column 7: not YAML; an alias of what it stands in itself"),
    "a bomb of aliases": (BOMB, "line 6, column 5: not YAML; more than 1,000,000 values, aliases counted"),
    "code": (
        "!!python/object/apply:os.system ['true']",
        "line 1, column 1: not YAML; could not determine a constructor",
    ),
    "no such day": ("name: 2024-13-45", "line 1, column 7: not YAML; month must be in 1..12"),
    "a number of thousands of digits": ("seed: " + "9" * 5000, "line 1, column 7: not YAML; Exceeds the limit"),
    "a number of base 60": (
        "salt: 9:30",
        "line 1, column 7: not YAML; YAML reads 9:30 as another number (base 8 or 60)",
    ),
    "a number of base 8": ("seed: 010", "line 1, column 7: not YAML; YAML reads 010 as another number (base 8 or 60)"),
    "half of a surrogate pair": ('name: "\\ud800"', "line 1, column 7: not YAML; half of a surrogate pair"),
    "a control character": ("name: a\nsalt: \x1b[31m", "line 2: not YAML; it has a control character, #x001b"),
    "a zero byte": (b"name: a\0b", "line 1: not YAML; it has a control character, #x0000"),
    "nested too deep": ("a: " + "[" * 2_000, "the file: nested too deep; expected a few levels"),
}


@pytest.mark.parametrize(("text", "told"), NOT_YAML.values(), ids=NOT_YAML)
def test_what_is_no_configuration_at_all_is_told_with_its_place(text: str | bytes, told: str, tmp_path: Path) -> None:
    (found,) = mistakes(tmp_path, text)
    assert found.startswith(told)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("name: café".encode("latin-1"), "not UTF-8 text"),
        ("name: a".encode("utf-16"), "not UTF-8 text"),
        (b"\x89PNG\r\n\x1a\n", "not UTF-8 text"),
        (None, "No such file or directory"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(content: bytes | None, why: str, tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UsageError, match=f"{path}: {why}"):
        read_configuration(path)
    with pytest.raises(UsageError, match=f"{tmp_path}: Is a directory"):
        read_configuration(tmp_path)


def test_anchors_aliases_and_merge_keys_mean_what_yaml_says(tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(
        "\ufeffagents:\n  a: &a {model: openai/x, temperature: 0.5}\n  b: {<<: *a, temperature: 1}\n  c: *a\n"
        "scenarios:\n  - &s {use: bargain, params: &p {seats: 3}}\n  - {<<: *s, params: {<<: *p, issues: 3}}\n"
        "seating: [a, b, c]\n"
    )
    config = read_configuration(path).config
    assert [config.agents[name].temperature for name in "abc"] == [0.5, 1, 0.5]
    assert [entry.params for entry in config.scenarios] == [{"seats": 3}, {"seats": 3, "issues": 3}]


def test_a_merge_of_something_that_is_merged_itself_is_no_key_twice(tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(
        "scenarios:\n  - {use: bargain, params: {game: veto}, protocol: {limits: &l {<<: &m {rounds: 3}, rounds: 4}}}\n"
        "  - {use: bargain, params: {game: veto}, protocol: {limits: {<<: *l, messages: 2}}}\n"
        "agents: {a: {scripted: planner}}\ndesign: self_play\n"
    )
    limits = [entry.meeting.limits for entry in read_configuration(path).entries]
    assert [(limit.rounds, limit.messages) for limit in limits] == [(4, None), (4, 2)]


@pytest.mark.parametrize("text", ["'9:30'", '"010"', "0", "-0.5", "0.50", "10", "0x1F", "1_000", "089:x", "2024-01-05"])
def test_numbers_that_are_read_as_they_are_written_are_taken(text: str, tmp_path: Path) -> None:
    assert not any("another number" in mistake for mistake in mistakes(tmp_path, f"salt: {text}"))
