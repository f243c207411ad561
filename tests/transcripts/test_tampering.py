"""Whatever is done to a transcript, the first line that is not the one that was written is named."""

import re
from collections.abc import Callable
from pathlib import Path
from tempfile import NamedTemporaryFile

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arena.errors import Tampered, TranscriptError
from arena.transcripts.read import read
from tests.runs.matches import example, rechained, rows, timeless

N = len(rows(example()))
EVERY_LINE = range(1, N + 1)  # numbered as in the file: the header is 1


def first_wrong(folder: Path, raw: bytes) -> int:
    """The line that reading names; the error has the file's name in it."""
    path = folder / "m.jsonl"
    path.write_bytes(raw)
    with pytest.raises(Tampered) as error:
        read(path)
    assert str(error.value) == f"{path}, line {error.value.line}: {error.value.why}"
    assert error.value.exit_code == 1
    return error.value.line


def with_lines(change: Callable[[list[bytes]], None]) -> bytes:
    lines = rows(example())
    change(lines)
    return b"".join(lines)


def with_line(n: int, line: bytes) -> bytes:
    return with_lines(lambda lines: lines.__setitem__(n - 1, line))


def test_an_untouched_transcript_is_read(tmp_path: Path) -> None:
    path = tmp_path / "m.jsonl"
    path.write_bytes(example())
    found = read(path)
    assert (len(found.lines), found.size, found.torn) == (N - 1, len(example()), 0)
    assert found.digest == found.lines[-1].h


@pytest.mark.parametrize("n", EVERY_LINE)
def test_a_letter_changed_anywhere_in_a_line_names_that_line(n: int, tmp_path: Path) -> None:
    line = rows(example())[n - 1]
    for at in {*range(40, len(line) - 1, 37), len(line) - 2}:  # the first 40 bytes hold a number and a time
        letter = b"x" if line[at : at + 1] != b"x" else b"y"
        changed = line[:at] + letter + line[at + 1 :]
        assert first_wrong(tmp_path, with_line(n, changed)) == n


@given(st.integers(0, len(example()) - 1), st.integers(1, 255))
def test_a_bit_changed_anywhere_is_seen_unless_it_tells_only_the_time(at: int, flip: int) -> None:
    raw = example()
    changed = raw[:at] + bytes([raw[at] ^ flip]) + raw[at + 1 :]
    n = raw.count(b"\n", 0, at) + 1
    with NamedTemporaryFile() as file:
        file.write(changed)
        file.flush()
        if timeless(changed) == timeless(raw):
            assert len(read(Path(file.name)).lines) == N - 1
        elif at == len(raw) - 1:  # the last line end: what is left is a torn line
            assert read(Path(file.name)).torn > 0
        else:
            with pytest.raises(TranscriptError) as error:
                read(Path(file.name))
            # A first line may be damaged so much that it does not say what it is.
            unknown = n == 1 and ("schema" in str(error.value) or "its first line is not a JSON" in str(error.value))
            assert unknown or getattr(error.value, "line", None) == n


@pytest.mark.parametrize("n", range(2, N))
def test_a_line_that_is_removed_is_named(n: int, tmp_path: Path) -> None:
    assert first_wrong(tmp_path, with_lines(lambda lines: lines.__delitem__(n - 1))) == n


@pytest.mark.parametrize("n", range(2, N))
def test_of_two_lines_that_are_swapped_the_first_is_named(n: int, tmp_path: Path) -> None:
    def swap(lines: list[bytes]) -> None:
        lines[n - 1], lines[n] = lines[n], lines[n - 1]

    assert first_wrong(tmp_path, with_lines(swap)) == n


@pytest.mark.parametrize("n", range(2, N + 1))
def test_a_line_that_is_doubled_is_named(n: int, tmp_path: Path) -> None:
    assert first_wrong(tmp_path, with_lines(lambda lines: lines.insert(n, lines[n - 1]))) == n + 1


@pytest.mark.parametrize("n", EVERY_LINE)
@pytest.mark.parametrize(
    ("before", "after"),
    [(b'"n":', b'"n": '), (b'"es":', b'"es" :'), (b",", b", "), (b"}\n", b"} \n"), (b"}\n", b"}\r\n"), (b'{"', b'{ "')],
)
def test_white_space_that_changes_no_meaning_is_named(n: int, before: bytes, after: bytes, tmp_path: Path) -> None:
    line = rows(example())[n - 1]
    if n == 1 and before in (b'"n":', b'"es":'):
        before, after = b'"seed":', b'"seed": '
    at = line.index(before)
    changed = line[:at] + after + line[at + len(before) :]
    assert msgspec.json.decode(changed) == msgspec.json.decode(line)
    assert first_wrong(tmp_path, with_line(n, changed)) == n


@pytest.mark.parametrize("n", range(2, N + 1))
def test_fields_in_another_order_are_named(n: int, tmp_path: Path) -> None:
    line = rows(example())[n - 1]
    changed = re.sub(rb'\{("n":\d+),("t":\d+)', rb"{\2,\1", line)
    assert (msgspec.json.decode(changed), len(changed)) == (msgspec.json.decode(line), len(line))
    assert first_wrong(tmp_path, with_line(n, changed)) == n


@pytest.mark.parametrize(
    ("what", "edit"),
    [
        ("an id", lambda line: line.replace(b'"id":"00-', b'"id":"01-')),
        ("the seed", lambda line: line.replace(b'"seed":3', b'"seed":4')),
        ("the key", lambda line: re.sub(rb'"key":"..', b'"key":"00', line)),
        ("a sheet", lambda line: re.sub(rb'"threshold":\d+', b'"threshold":1', line, count=1)),
        ("the optimum", lambda line: re.sub(rb'"best":\d+', b'"best":999', line)),
        ("who sits there", lambda line: line.replace(b'"tit-for-tat"', b'"conceder"')),
        ("the digest", lambda line: re.sub(rb'"digest":"..', b'"digest":"00', line)),
        ("no digest", lambda line: re.sub(rb',"digest":"[0-9a-f]*"', b"", line)),
        ("an empty digest", lambda line: re.sub(rb'"digest":"[0-9a-f]*"', b'"digest":""', line)),
        ("one more field", lambda line: line.replace(b'"seed":', b'"extra":1,"seed":')),
        ("not JSON any more", lambda line: line.replace(b'"seed":', b'"seed"')),
        ("cut short", lambda line: line[: len(line) // 2] + b"\n"),
        ("emptied", lambda line: line[: len(b'{"schema":"arena-transcript/1"')] + b"}\n"),
    ],
)
def test_an_edit_of_the_header_is_named_as_line_1(what: str, edit: Callable[[bytes], bytes], tmp_path: Path) -> None:
    line = rows(example())[0]
    assert edit(line) != line, what
    assert first_wrong(tmp_path, with_line(1, edit(line))) == 1


def test_the_header_of_another_match_is_named_at_the_first_line_that_does_not_follow_from_it(tmp_path: Path) -> None:
    swapped = rechained([msgspec.json.decode(rows(example())[0]) | {"seed": 99}])
    assert first_wrong(tmp_path, swapped + b"".join(rows(example())[1:])) == 2


def test_time_offsets_are_outside_the_chain(tmp_path: Path) -> None:
    path = tmp_path / "m.jsonl"
    path.write_bytes(re.sub(rb'"t":\d+,"h"', b'"t":123456,"h"', example()))
    assert {line.t for line in read(path).lines} == {123456}


@pytest.mark.parametrize(
    "edit",
    [
        lambda row: re.sub(rb'"t":\d+', b'"t":"1"', row),
        lambda row: re.sub(rb'"t":\d+', b'"t":1.5', row),
        lambda row: re.sub(rb'"t":\d+', b'"t":1e2', row),
        lambda row: re.sub(rb'"t":\d+,', b"", row),
        lambda row: b"\n",
        lambda row: b"{}\n",
        lambda row: b"null\n",
        lambda row: row[: len(row) // 2] + b"\n",
        lambda row: b'{"n":5,"t":0,"h":"' + b"[" * 50_000 + b"\n",
        lambda row: re.sub(rb'"es":.*', b'"es":' + b"[" * 50_000 + b"}", row),
        lambda row: row.replace(b'"n":5', b'"n":6'),
        lambda row: re.sub(rb'"h":"..', b'"h":"zz', row),
    ],
)
def test_what_is_no_line_is_named(edit: Callable[[bytes], bytes], tmp_path: Path) -> None:
    assert first_wrong(tmp_path, with_line(5, edit(rows(example())[4]))) == 5
