"""Templates are strict: what is missing or broken is named with its place and the nearest name there is."""

from __future__ import annotations

import re
from hashlib import blake2b
from pathlib import Path

import pytest

from arena import assets
from arena.errors import BadTemplate
from arena.moderators.meeting import Meeting
from arena.prompting import Prompter
from arena.prompting.templates import Templates
from tests.prompting.talks import game, opened, turn

PROMPTS = assets.root("prompts")


def overriding(folder: Path, name: str, text: str) -> Path:
    """The folder, with a template of its own in it."""
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def shown(*folders: Path) -> str:
    """The first thing that a seat is sent, with templates of these folders in place of Arena's."""
    meeting = Meeting()
    messages = Prompter("bargain", meeting, folders).messages(*turn(opened(game(), meeting), meeting, 0))
    return "\n".join(message.content for message in messages)


BROKEN = {
    "{{ meting }}": "line 2: 'meting' is undefined; did you mean 'meeting'?",
    "{{ known.common.rules.quorom }}": "has no attribute 'quorom'; did you mean 'quorum'?",
    "{{ known.common.rules.quorum.most }}": "'int object' has no attribute 'most'",
    "{{ seats | quot }}": "line 2: there is no filter 'quot'; did you mean 'quote'?",
    "{% if seats %}": "line 2: Unexpected end of template",
    '{% include "peple.j2" %}': "line 2: there is no template peple.j2; did you mean 'people.j2'?",
    "{{ seats.__class__ }}": "access to attribute '__class__' of 'tuple' object is unsafe",
    "{{ seats + 1 }}": "line 2: TypeError: can only concatenate tuple",
    "{{ seats[9] }}": "line 2: tuple object has no element 9",
}


@pytest.mark.parametrize("line", BROKEN)
def test_a_broken_template_is_named_with_its_line_and_the_nearest_name(line: str, tmp_path: Path) -> None:
    folder = overriding(tmp_path, "meeting.j2", f"In order.\n{line}\n")
    with pytest.raises(BadTemplate, match=r"^meeting\.j2, line 2: ") as raised:
        shown(folder)
    assert BROKEN[line] in str(raised.value)
    assert str(folder / "meeting.j2") in str(raised.value)


def test_a_template_is_compiled_before_anything_is_asked(tmp_path: Path) -> None:
    with pytest.raises(BadTemplate, match=r"^turn\.j2, line 1: "):
        Prompter("bargain", Meeting(), (overriding(tmp_path, "turn.j2", "{% for %}"),))


def test_a_scenario_without_words_of_its_own_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(BadTemplate, match=r"no template scenarios/bargian/brief\.j2.*scenarios/bargain/brief\.j2"):
        Templates("bargian", (PROMPTS,))


def test_a_setting_without_a_story_is_refused_with_the_nearest_name(tmp_path: Path) -> None:
    folder = overriding(tmp_path, "scenarios/bargain/brief.j2", '{% include "scenarios/bargain/settings/harbor.j2" %}')
    with pytest.raises(
        BadTemplate, match=r"brief\.j2, line 1: .*settings/harbor\.j2; did you mean .*settings/harbour\.j2"
    ):
        shown(folder)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadTemplate, match="no folder of templates"):
        Templates("bargain", (tmp_path / "none", PROMPTS))


def test_a_template_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "system.j2").write_bytes(b"\xff\xfe")
    with pytest.raises(BadTemplate, match=r"system\.j2: cannot be read as UTF-8 text"):
        Templates("bargain", (tmp_path, PROMPTS))


def test_a_file_of_an_earlier_folder_stands_in_for_that_of_a_later_one(tmp_path: Path) -> None:
    folder = overriding(tmp_path, "scenarios/bargain/settings/festival.j2", "It rains on {{ seats | length }} of us.")
    assert "\nIt rains on 3 of us.\n" in shown(folder)
    assert "lampposts" in shown()
    assert "lampposts" not in shown(folder)


def test_text_is_not_escaped_for_html_and_not_run_again_as_a_template(tmp_path: Path) -> None:
    text = "{{ scenario ~ ' <&> {{ seats }}' }}"
    assert "bargain <&> {{ seats }}" in shown(overriding(tmp_path, "meeting.j2", text))


def test_there_is_never_more_than_one_blank_line(tmp_path: Path) -> None:
    folder = overriding(tmp_path, "meeting.j2", "One.\n\n\n \n\t\nTwo.\n\n\n\n")
    assert "\nOne.\n\nTwo.\n\n## " in shown(folder)
    assert not re.search(r"\n\s*\n\s*\n", shown(folder))


def test_every_template_is_known_by_the_hash_of_its_file(tmp_path: Path) -> None:
    hashes = Prompter("bargain", Meeting()).hashes()
    assert {"system.j2", "turn.j2", "scenarios/bargain/brief.j2", "scenarios/bargain/settings/orbital.j2"} <= set(
        hashes
    )
    assert list(hashes) == sorted(hashes)
    for name, digest in hashes.items():
        assert digest == blake2b((PROMPTS / name).read_bytes(), digest_size=16).hexdigest()


def test_a_template_that_stands_in_for_another_changes_that_hash_alone(tmp_path: Path) -> None:
    before = Prompter("bargain", Meeting()).hashes()
    after = Prompter("bargain", Meeting(), (overriding(tmp_path, "reply.j2", "Well?"),)).hashes()
    assert {name for name in before if before[name] != after[name]} == {"reply.j2"}
    assert set(before) == set(after)
