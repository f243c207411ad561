"""What a crash leaves of the last line is cut, and the match goes on to the same bytes."""

from pathlib import Path

import pytest

from arena.errors import Tampered, TranscriptError
from arena.runs.verify import verify
from arena.transcripts.read import read
from tests.runs.matches import example, resumed, resumed_each, rows, timeless

WHOLE = example()


def torn(folder: Path, kept: int, tail: bytes = b"") -> Path:
    """A file with the first `kept` bytes of the example, and a tail."""
    path = folder / f"{kept}-{len(tail)}.jsonl"
    path.write_bytes(WHOLE[:kept] + tail)
    return path


@pytest.mark.parametrize(
    ("line", "step"), [(len(rows(WHOLE)), 1), (len(rows(WHOLE)) - 2, 8)], ids=["last ruling", "last reply"]
)
def test_a_last_line_torn_at_any_byte_is_cut_and_the_match_goes_on_to_the_same_bytes(
    line: int, step: int, tmp_path: Path
) -> None:
    start = sum(map(len, rows(WHOLE)[: line - 1]))
    end = start + len(rows(WHOLE)[line - 1])
    files = [torn(tmp_path, kept) for kept in range(start, end, step)]
    for path in files:
        found = read(path)
        assert (found.size, len(found.lines) + 1) == (start, line - 1)
        assert found.torn == path.stat().st_size - start
    assert {timeless(raw) for raw in resumed_each(files)} == {timeless(WHOLE)}


@pytest.mark.parametrize(
    "tail", [b"\0", b"\0" * 4096, b"\0" * 50 + b"\n", b'{"n":31,"t"' + b"\0" * 99 + b"\n", b"{", b"x"]
)
def test_a_tail_as_a_power_cut_leaves_it_is_cut(tail: bytes, tmp_path: Path) -> None:
    kept = sum(map(len, rows(WHOLE)[:30]))
    path = torn(tmp_path, kept, tail)
    found = read(path)
    assert (found.size, found.torn, len(found.lines)) == (kept, len(tail), 29)
    resumed(path)
    assert timeless(path.read_bytes()) == timeless(WHOLE)


def test_nuls_before_the_last_line_are_no_torn_line(tmp_path: Path) -> None:
    lines = rows(WHOLE)
    path = tmp_path / "m.jsonl"
    path.write_bytes(b"".join([*lines[:5], b"\0" * len(lines[5][:-1]) + b"\n", *lines[6:]]))
    with pytest.raises(Tampered) as error:
        read(path)
    assert error.value.line == 6


def test_a_torn_line_is_told_when_it_is_verified_and_is_no_difference(tmp_path: Path) -> None:
    ruling = sum(map(len, rows(WHOLE)[:4]))
    verdict = verify(torn(tmp_path, ruling + 10))
    assert (verdict.ok, verdict.lines) == (True, 4)
    assert verdict.why == "the match is not over yet; 10 bytes of a torn last line were left out"


@pytest.mark.parametrize("kept", [1, 14, 40, 300, len(rows(WHOLE)[0]) - 1])
def test_a_header_that_is_torn_is_no_transcript_and_is_left_as_it_is(kept: int, tmp_path: Path) -> None:
    path = torn(tmp_path, kept)
    for act in (read, resumed):
        with pytest.raises(TranscriptError, match=r"not an Arena transcript|its header is torn"):
            act(path)
    assert path.read_bytes() == WHOLE[:kept]


def test_a_match_that_has_only_its_header_is_played_from_there(tmp_path: Path) -> None:
    path = torn(tmp_path, len(rows(WHOLE)[0]))
    assert read(path).lines == ()
    resumed(path)
    assert timeless(path.read_bytes()) == timeless(WHOLE)


def test_an_empty_file_and_a_directory_and_nothing_at_all_are_named_with_what_they_are(tmp_path: Path) -> None:
    empty, missing = tmp_path / "empty.jsonl", tmp_path / "missing.jsonl"
    empty.touch()
    for path, why in ((empty, "the file is empty"), (tmp_path, "Is a directory"), (missing, "No such file")):
        with pytest.raises(TranscriptError, match=f"{path}: {why}"):
            read(path)
