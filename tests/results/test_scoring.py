"""Grading what is on disk: which files, what a void match is, and what stands beside the transcripts."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from arena.errors import NotFound, StorageError, Tampered, TranscriptError, UsageError
from arena.results.score import one, score, transcripts
from arena.runs.pool import grade
from arena.transcripts.log import Log
from tests.runs.matches import bargain, example, played, rows, save


def laid(folder: Path, *names: str) -> list[Path]:
    """The example under these names."""
    files = []
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(example())
        files.append(path)
    return files


def test_a_score_from_disk_is_the_one_of_the_match_as_it_was_played(tmp_path: Path) -> None:
    done = played(bargain(), tmp_path / "m.jsonl")
    assert score(done.path) == grade(done)
    assert score(done.path).status == "agreed"


@pytest.mark.parametrize("kept", range(1, len(rows(example()))))
def test_a_match_that_is_not_over_is_void_and_has_no_scores(kept: int, tmp_path: Path) -> None:
    path = tmp_path / "m.jsonl"
    path.write_bytes(b"".join(rows(example())[:kept]))
    card = score(path)
    assert (card.status, card.void) == ("void", "the match was not played to its end")
    assert (card.headline, card.agreement, card.per_seat) == ({}, {}, {})


def test_paths_stand_for_files_directories_and_runs(tmp_path: Path) -> None:
    run = laid(tmp_path, "run/matches/b.jsonl", "run/matches/a.jsonl")
    laid(tmp_path, "run/scores/arena@1.jsonl")
    (lone,) = laid(tmp_path, "folder/lone.jsonl")
    assert transcripts([tmp_path / "run", lone, tmp_path / "folder"]) == [*sorted(run), lone, lone]


def test_what_holds_no_transcript_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "run" / "matches").mkdir(parents=True)
    for path in (tmp_path, tmp_path / "run"):
        with pytest.raises(TranscriptError, match=f"{path}: no transcripts"):
            transcripts([path])
    with pytest.raises(NotFound, match=r"no transcript named 'nonesuch\.jsonl'"):
        transcripts([Path("nonesuch.jsonl")])
    with pytest.raises(NotFound):
        transcripts([tmp_path / "nonesuch.jsonl"])


def test_a_transcript_that_was_edited_is_never_scored(tmp_path: Path) -> None:
    path = tmp_path / "m.jsonl"
    path.write_bytes(example().replace(b'"value":', b'"value":9', 1))
    with pytest.raises(Tampered):
        score(path)


def test_scores_stand_beside_a_run_and_another_scoring_keeps_the_others(tmp_path: Path) -> None:
    one = played(bargain(), tmp_path / "matches" / "00-bargain-0003-0.jsonl").path
    two = played(bargain(seed=4), tmp_path / "matches" / "00-bargain-0004-0.jsonl").path
    before = one.read_bytes(), two.read_bytes()
    (place,) = save([one, two])
    assert place == tmp_path / "scores" / "arena@1.jsonl"
    both = [json.loads(row) for row in place.read_text().splitlines()]
    assert [row["score"]["match"] for row in both] == [one.stem, two.stem]
    assert {row["scorer"] for row in both} == {"arena@1"}
    assert both[0]["score"]["headline"]["value"] == score(one).headline["value"]
    save([two])
    assert [json.loads(row)["score"] for row in place.read_text().splitlines()] == [row["score"] for row in both]
    assert (one.read_bytes(), two.read_bytes()) == before
    assert [path.name for path in place.parent.iterdir()] == ["arena@1.jsonl"]


def test_scores_that_were_damaged_are_made_anew(tmp_path: Path) -> None:
    path = played(bargain(), tmp_path / "m.jsonl").path
    (place,) = save([path])
    place.write_bytes(place.read_bytes()[:50] + b"\n\xff\xfe\n")
    save([path])
    (row,) = place.read_text().splitlines()
    assert json.loads(row)["score"]["match"] == "00-bargain-0003-0"


def test_scores_that_cannot_be_written_are_said_so(tmp_path: Path) -> None:
    path = played(bargain(), tmp_path / "m.jsonl").path
    (tmp_path / "scores").write_text("a file")
    with pytest.raises(StorageError, match=r"arena@1"):
        save([path])


def test_a_match_whose_only_line_is_the_header_is_void(tmp_path: Path) -> None:
    Log.create(tmp_path / "m.jsonl", bargain(), lambda: 0).close()
    assert score(tmp_path / "m.jsonl").void == "the match was not played to its end"


def test_a_directory_of_runs_stands_for_their_matches_and_is_no_single_one(tmp_path: Path) -> None:
    files = [played(bargain(), tmp_path / f"{i}" / "matches" / "m.jsonl").path for i in range(2)]
    assert transcripts([tmp_path]) == files
    with pytest.raises(UsageError, match="a directory of 2 runs; name one of them, such as the newest, "):
        one(tmp_path)
    assert one(tmp_path / "1") == files[1]


def test_what_is_left_of_a_run_scores_as_it_did_when_half_of_its_transcripts_are_gone(tmp_path: Path) -> None:
    files = [played(bargain(seed=seed), tmp_path / "matches" / f"{seed}.jsonl").path for seed in range(6)]
    whole = {file: msgspec.json.encode(score(file)) for file in files}
    (place,) = save(files)
    rows = place.read_bytes().splitlines()
    for file in files[::2]:
        file.unlink()
    place.unlink()
    assert {file: msgspec.json.encode(score(file)) for file in transcripts([tmp_path])} == {
        file: whole[file] for file in files[1::2]
    }
    save(files[1::2])
    left = [json.loads(row)["score"] for row in place.read_bytes().splitlines()]
    assert left == [json.loads(row)["score"] for row in rows[1::2]]
