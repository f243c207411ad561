"""An import is a run's directory like any other: scored, replayed, verified, forked, and not resumed."""

from __future__ import annotations

import json
import resource
import signal
from pathlib import Path
from typing import Any

import pytest

from arena.cli.live import Quiet
from arena.configs.load import load
from arena.configs.resolve import resolve
from arena.core.events import Said
from arena.core.recall import view
from arena.errors import NotFound, StorageError, UsageError
from arena.importing import casino, llm_deliberation, reading
from arena.importing.formats import FORMATS, Asked, files, reader
from arena.importing.making import made
from arena.importing.reading import text_of
from arena.importing.record import Doubt, Misread
from arena.importing.run import AGAIN, Imported, import_files
from arena.results.score import runs, score
from arena.runs.directory import read_state
from arena.runs.forking import play_forks
from arena.runs.resuming import resume_run
from arena.runs.run import run
from arena.runs.verify import verify
from arena.transcripts.read import read
from tests.importing.records import CASINO, HISTORY, dialogue, history, only, sports_resort
from tests.importing.test_dealornodeal import TALK, line, marks

VIEWS = [line(), line(marks("no_agreement")), line(marks("disagree")), line(marks("disconnect"), TALK)]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def imported(name: str, *paths: Path, asked: Asked | None = None) -> Imported:
    read_by, _ = reader(name, asked or Asked())
    return import_files(name, files(name, paths), read_by, Path("runs"))


def transcripts(found: Imported) -> list[Path]:
    assert found.path is not None
    return sorted((found.path / "matches").glob("*.jsonl"))


@pytest.fixture
def views() -> Imported:
    Path("views.txt").write_text("\n".join(VIEWS), encoding="utf-8")
    return imported("dealornodeal", Path("views.txt"))


def test_the_samples_are_imported_whole_and_verified_to_the_last_line() -> None:
    for name, asked, count in (("casino", Asked(), 30), ("llm-deliberation", Asked(game="sports-resort"), 1)):
        found = imported(name, asked=asked)
        assert (len(found.matches), found.void, found.skipped, found.doubts) == (count, 0, (), ())
        assert [path.stem for path in transcripts(found)] == sorted(found.matches)
        for path in transcripts(found):
            verdict = verify(path)
            assert verdict.ok, verdict.why
            assert verdict.why == "the match is over", "nothing was left unchecked"


def test_what_was_made_is_what_is_read() -> None:
    record = only(list(casino.records(text_of(CASINO), "casino.json"))[:1])
    one = made(record)
    Path("one.jsonl").write_bytes(one.written())
    found = read(Path("one.jsonl"))
    assert tuple(each.es for each in found.lines) == one.lines
    assert (found.header.source, found.header.params) == (record.source, {"game": record.game})
    assert {each.t for each in found.lines} == {0}
    assert made(record).written() == one.written(), "the same record gives the same bytes"


def test_each_way_to_end_is_scored_as_what_it_was(views: Imported) -> None:
    cards = [score(path) for path in transcripts(views)]
    assert [card.status for card in cards] == ["agreed", "no_deal_missed", "no_deal_missed", "void"]
    assert cards[0].per_seat["utility"] == (6.0, 9.0)
    assert cards[3].void == "a party disconnected before the end, the record says"
    assert (views.void, views.skipped) == (1, ())
    for path in transcripts(views):
        assert verify(path).ok


def test_an_import_leaves_a_state_and_no_plan(views: Imported) -> None:
    assert views.path is not None
    state = read_state(views.path)
    assert state["status"] == "complete with void matches"
    assert (state["totals"], state["imported"]) == ({"planned": 4, "played": 4, "void": 1}, "dealornodeal")
    assert {each.name for each in views.path.iterdir()} == {"run.json", "matches", AGAIN}


def test_a_void_import_cannot_be_resumed_and_says_so(views: Imported) -> None:
    assert views.path is not None
    (failure,) = resume_run(views.path, Quiet()).tally.failures
    assert "the record of 'YOU' (person) was imported, and nobody can say what they" in failure.why


def test_what_one_seat_saw_holds_nothing_of_the_others() -> None:
    record = only(llm_deliberation.records(
        json.dumps(history()), "h.json", llm_deliberation.table(sports_resort(), {}, "g")[0]
    ))  # fmt: skip
    one = made(record)
    for seat in range(6):
        shown = repr(list(view(one.table, one.header.meeting, seat).events))
        for other, sheet in enumerate(one.header.game().task.sheets):  # type: ignore[attr-defined]
            assert (sheet.canary in shown) == (other == seat)
        thoughts = [turn.thought for turn in record.turns if turn.thought is not None and turn.seat != seat]
        assert not any(thought in shown or repr(thought)[1:-1] in shown for thought in thoughts)


def test_the_same_games_can_be_played_by_others(views: Imported) -> None:
    assert views.path is not None
    config = load(views.path / AGAIN, {"agents.a.scripted": "planner"})
    resolved = resolve(config, views.path)
    result = run(resolved, Path("again"), Quiet())
    again = [read(path) for path in sorted(result.tally.paths)]
    parents = [read(path).header for path in transcripts(views)]
    assert [played.table().closed for played in again] == ["agreed"] * 4
    for played, before in zip(again, parents, strict=True):
        game = dict(before.params["game"])
        assert played.header.params == {"game": game, "rounds": 10}
        assert played.header.reference.best == before.reference.best


@pytest.mark.parametrize("at", [1, 2, 8, 19])
def test_a_fork_goes_on_from_where_people_were_and_comes_to_an_end(at: int) -> None:
    found = imported("casino")
    assert found.path is not None
    parent = found.path / "matches" / "casino-0937.jsonl"
    agents = ["0=hardliner", "1=hardliner"]
    (path,) = play_forks(parent, at, agents, None, 1, Path("forks"), Quiet()).tally.paths
    table = read(path).table()
    before = read(parent)
    kept = [row.es for row in read(path).lines[: at - 1]]
    assert kept == [row.es for row in before.lines[: at - 1]]
    rounds = before.table(at - 1).round
    assert (table.closed, table.round) == ("rounds", max(rounds, 1) + 9), "ten rounds from there"
    assert verify(path).ok
    said = [a.e.seat for row in read(path).lines for a in row.es if isinstance(a.e, Said)]
    assert said[:2] == [0, 1], "whoever opened the talk in the record opens it"


def test_a_fork_needs_somebody_in_every_seat() -> None:
    found = imported("casino")
    assert found.path is not None
    parent = found.path / "matches" / "casino-0937.jsonl"
    with pytest.raises(UsageError, match="or forked with another agent in every seat"):
        play_forks(parent, 8, ["1=planner"], None, 1, Path("forks"), Quiet())
    assert not Path("forks").exists()


def test_a_record_that_stands_twice_is_imported_once() -> None:
    twice = [dialogue(("1", "hi"), ("2", "Walk-Away")) for _ in range(2)]
    Path("twice.json").write_text(json.dumps(twice), encoding="utf-8")
    found = imported("casino", Path("twice.json"))
    assert found.matches == ("casino-0007",)
    assert found.skipped == (
        Doubt("twice.json, dialogue 7, its name", "a record called casino-0007 was imported before it"),
    )


def test_files_that_cannot_be_read_are_listed_and_the_others_go_on() -> None:
    folder = Path("logs")
    folder.mkdir()
    (folder / "history1.json").write_bytes(HISTORY.read_bytes())
    (folder / "history2.json").write_bytes(HISTORY.read_bytes()[:5000])
    (folder / "history3.json").write_bytes(json.dumps(history()).encode("utf-16"))
    (folder / "history4.json").write_bytes(b" \n")
    (folder / "notes.txt").write_text("not asked for", encoding="utf-8")
    found = imported("llm-deliberation", folder, asked=Asked(game="sports-resort"))
    assert found.matches == ("llm-deliberation-history1",)
    (second, third, fourth) = found.skipped
    assert second.place == "history2.json, the file"
    assert second.reason.startswith("Input data was truncated")
    assert third == Doubt("history3.json", "line 1 is not UTF-8 text; convert the file first")
    assert fourth == Doubt("history4.json", "the file is empty")


WHOLE = CASINO.read_bytes()
NO_LISTS: dict[str, tuple[bytes, str]] = {
    "truncated": (WHOLE[: len(WHOLE) // 2], "it is no JSON list: Input data was truncated"),
    "no list": (b'{"dialogue_id": 1}', "it is no JSON list: Expected `array`, got `object`"),
    "no JSON": (b"dialogue 1", "it is no JSON list: JSON is malformed"),
    "too deep": (b"[" * 100_000, "it is no JSON list: "),
    "latin-1": ("[{'text': 'caf\xe9'}]".encode("latin-1"), "line 1 is not UTF-8 text"),
    "zeros": (b"\0" * 64, "it is no JSON list: "),
    "empty": (b"", "the file is empty"),
}


@pytest.mark.parametrize(("raw", "reason"), NO_LISTS.values(), ids=NO_LISTS)
def test_a_file_of_which_nothing_can_be_understood_makes_no_run(raw: bytes, reason: str) -> None:
    Path("bad.json").write_bytes(raw)
    found = imported("casino", Path("bad.json"))
    assert (found.path, found.matches) == (None, ())
    (doubt,) = found.skipped
    assert doubt.place.startswith("bad.json")
    assert doubt.reason.startswith(reason)
    assert not Path("runs").exists()


@pytest.mark.parametrize("cut", range(0, len(WHOLE), 1499))
def test_wherever_a_file_is_cut_off_nothing_wrong_is_made_of_it(cut: int) -> None:
    Path("cut.json").write_bytes(WHOLE[:cut])
    found = imported("casino", Path("cut.json"))
    assert (found.matches, len(found.skipped)) == ((), 1)


def test_a_text_with_a_mark_of_its_byte_order_is_read() -> None:
    Path("bom.txt").write_text("\ufeff" + line() + "\r\n", encoding="utf-8")
    assert imported("dealornodeal", Path("bom.txt")).matches == ("bom-00001",)


def test_files_are_those_that_were_named_those_of_folders_or_the_sample() -> None:
    folder = Path("logs")
    folder.mkdir()
    for name in ("history2.json", "history1.json", "other.json"):
        (folder / name).touch()
    assert files("llm-deliberation", [folder]) == [folder / "history1.json", folder / "history2.json"]
    assert files("casino", [folder / "other.json", folder / "other.json"]) == [folder / "other.json"]
    assert files("casino", []) == [CASINO]
    with pytest.raises(UsageError, match="no sample of it comes along"):
        files("dealornodeal", [])
    with pytest.raises(NotFound, match=r"did you mean 'logs/other\.json'"):
        files("casino", [folder / "othr.json"])
    with pytest.raises(UsageError, match=r"logs: no \*\.txt in this directory"):
        files("dealornodeal", [folder])


ASKED: dict[str, tuple[str, dict[str, Any], str]] = {
    "no game": ("llm-deliberation", {}, "name the game with --game FILE"),
    "no such game": ("llm-deliberation", {"game": "sport-resort"}, "did you mean 'sports-resort'"),
    "a game too many": ("casino", {"game": "sports-resort"}, "its records hold their game"),
    "parties too many": ("dealornodeal", {"parties": {"YOU": "me"}}, "leave out --game and --party"),
}


@pytest.mark.parametrize(("name", "asked", "words"), ASKED.values(), ids=ASKED)
def test_what_a_format_does_not_go_with_is_said(name: str, asked: dict[str, Any], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        reader(name, Asked(**asked))


def test_a_name_for_who_sat_there_goes_into_every_header() -> None:
    for name in FORMATS:
        read_by, _ = reader(name, Asked("gpt-4", "sports-resort" if name == "llm-deliberation" else None))
        text = VIEWS[0] if name == "dealornodeal" else text_of(files(name, [])[0])
        record = next(iter(read_by(text, "f")))
        assert not isinstance(record, Misread)
        assert {sitter.name for sitter in record.sitters} == {"gpt-4"}


def test_one_dialogue_that_no_reader_takes_does_not_stand_for_all_of_them() -> None:
    rows = [json.dumps(dialogue(("1", "hi"), ("2", "Walk-Away"), dialogue_id=i)) for i in range(6)]
    rows[0] = rows[0].replace('"hi"', '"\\ud800"')
    rows[1] = rows[1].replace('"points_scored": 5', '"points_scored": 1e400', 1)
    rows[2] = rows[2].replace('"dialogue_id": 2', '"dialogue_id": 1000000000000000000000000')
    rows[3] = rows[3].replace('"dialogue_id": 3', '"dialogue_id": -3')
    rows[4] = "null"
    Path("mixed.json").write_text(f"[{','.join(rows)}]", encoding="utf-8")
    found = imported("casino", Path("mixed.json"))
    assert found.matches == ("casino-0005",)
    assert [each.place for each in found.skipped] == [f"mixed.json, dialogue no. {i}" for i in range(1, 6)]


@pytest.mark.parametrize("name", [".hidden.txt", "-x.txt", "a b;c.txt", "...", f"{'n' * 150}.txt", "日本.txt"])
def test_whatever_a_file_is_called_its_matches_have_names_that_can_be_read(name: str) -> None:
    Path(name).write_text(line(), encoding="utf-8")
    (path,) = transcripts(imported("dealornodeal", Path(name)))
    assert score(path).per_seat["utility"] == (6.0, 9.0)


def test_an_import_that_finds_no_room_leaves_nothing_that_could_be_scored() -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handled = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (9000, before[1]))
    try:
        with pytest.raises(StorageError, match="File too large; choose another place with --out"):
            imported("casino")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handled)
    assert list(Path("runs").iterdir()) == []


def test_what_an_import_was_making_when_it_was_killed_is_no_run(views: Imported) -> None:
    assert views.path is not None
    assert runs(Path("runs")) == [views.path]
    views.path.rename(views.path.with_name(f".{views.path.name}.new"))
    assert runs(Path("runs")) == []


def test_a_file_without_end_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LARGEST", 2**20)
    with pytest.raises(Misread, match="zero: the file is larger than 1 MiB; split it"):
        text_of(Path("/dev/zero"))


def test_a_link_that_leads_nowhere_is_said_to() -> None:
    Path("link.json").symlink_to("gone.json")
    with pytest.raises(UsageError, match=r"link\.json: it is a link to gone\.json, which is not there"):
        files("casino", [Path("link.json")])
