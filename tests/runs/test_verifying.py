"""Computing a match again finds what a chain of digests cannot: an edit whose digests were made anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from arena.errors import TranscriptError
from arena.moderators.meeting import Meeting
from arena.planning.plan import header, plan
from arena.runs.verify import Verdict, verify
from arena.transcripts.read import read
from tests.meetings import MEETINGS, OFFERS
from tests.runs.matches import Line, bargain, edited, example, played, rechained, rows, settled

EVERY = {**MEETINGS, **OFFERS}


def verdict(folder: Path, raw: bytes) -> Verdict:
    path = folder / "m.jsonl"
    path.write_bytes(raw)
    read(path)  # its digests fit: what is found, is found by the rules
    return verify(path)


def place(kind: str, raw: bytes, nth: int = 0) -> tuple[int, int]:
    """The line of the nth event of a kind, and where it stands in it."""
    found = [
        (n, i)
        for n, row in enumerate(rows(raw)[1:], start=2)
        for i, a in enumerate(msgspec.json.decode(row)["es"])
        if a["e"]["kind"] == kind
    ]
    return found[nth]


@pytest.mark.parametrize("team", [("conceder", "tit-for-tat", "planner"), ("leaker", "garbage", "silent")])
@pytest.mark.parametrize("meeting", EVERY.values(), ids=EVERY)
def test_a_fresh_transcript_of_every_meeting_is_what_was_played(
    meeting: Meeting, team: tuple[str, ...], tmp_path: Path
) -> None:
    path = played(bargain(meeting, team), tmp_path / "m.jsonl").path
    assert verify(path) == Verdict(True, None, "the match is over", len(rows(path.read_bytes())))


@pytest.mark.parametrize(
    "params", [{"values": "noisy"}, {"goals": 2}, {"vetoes": 1}, {"form": "items"}, {"discount": [0.8, 0.9]}]
)
def test_a_fresh_transcript_of_every_kind_of_bargain_is_what_was_played(params: dict[str, Any], tmp_path: Path) -> None:
    assert verify(played(bargain(**params), tmp_path / "m.jsonl").path).why == "the match is over"


@pytest.mark.parametrize("game", ["veto", "split-the-pie", "sports-resort"])
def test_a_fresh_transcript_of_a_published_game_is_what_was_played(game: str, tmp_path: Path) -> None:
    agents, scenario = {"a": {"scripted": "planner"}}, {"use": "bargain", "params": {"game": game}}
    resolved = settled({"agents": agents, "design": "self_play", "scenarios": [scenario]})
    made = header(resolved, next(plan(resolved)))
    assert verify(played(made, tmp_path / "m.jsonl").path).why == "the match is over"


@pytest.mark.parametrize("kept", range(1, len(rows(example())) + 1))
def test_every_beginning_of_a_match_is_what_was_played_so_far(kept: int, tmp_path: Path) -> None:
    """But for one that ends where a ruling is due, which is named as missing."""
    raw = b"".join(rows(example())[:kept])
    found = verdict(tmp_path, raw)
    due = kept < len(rows(example())) and b'"kind":"replied"' not in rows(example())[kept]
    if due:
        assert (found.ok, found.line) == (False, kept + 1)
        assert found.why.startswith("a ruling is missing")
    else:
        over = kept == len(rows(example()))
        assert found == Verdict(True, None, "the match is over" if over else "the match is not over yet", kept)


def test_making_the_digests_anew_alone_changes_nothing() -> None:
    assert edited(example(), 3, lambda line: None) == example()


def put(event: dict[str, Any], **values: Any) -> None:
    event |= values


RULINGS: dict[str, tuple[str, Callable[[Line, int], object]]] = {
    "a public word": ("said", lambda line, i: put(line["es"][i]["e"], text="I accept everything.")),
    "one letter of it": ("said", lambda line, i: put(line["es"][i]["e"], text=line["es"][i]["e"]["text"] + " ")),
    "who hears it": ("said", lambda line, i: put(line["es"][i]["e"], to=[2])),
    "who is shown it": ("said", lambda line, i: put(line["es"][i], to=[0, 1])),
    "who said it": ("said", lambda line, i: put(line["es"][i]["e"], seat=1)),
    "the deal that was offered": ("moved", lambda line, i: put(line["es"][i]["e"]["move"], deal=["a", "b", "c"])),
    "who offered it": ("moved", lambda line, i: put(line["es"][i]["e"], seat=2)),
    "an offer made in secret": ("moved", lambda line, i: put(line["es"][i]["e"], sealed=True)),
    "a move left out": ("moved", lambda line, i: line["es"].pop(i)),
    "a refusal's words": ("refused", lambda line, i: put(line["es"][i]["e"], detail="Well done.")),
    "a refusal's code": ("refused", lambda line, i: put(line["es"][i]["e"], code="illegal")),
    "a refusal shown to all": ("refused", lambda line, i: put(line["es"][i], to=[0, 1, 2])),
    "a note": ("noted", lambda line, i: put(line["es"][i]["e"], text="nothing")),
    "a note shown to all": ("noted", lambda line, i: put(line["es"][i], to=[0, 1, 2])),
    "a pass": ("passed", lambda line, i: put(line["es"][i]["e"], seat=2)),
    "a round": ("phase", lambda line, i: put(line["es"][i]["e"], round=7)),
    "a private sheet shown to another": ("disclosed", lambda line, i: put(line["es"][i], to=[0, 1])),
    "a private sheet of another seat": ("disclosed", lambda line, i: put(line["es"][i]["e"], to=[1])),
    "how it came out": ("valued", lambda line, i: put(line["es"][i]["e"], value=1000.0)),
    "its status": ("valued", lambda line, i: put(line["es"][i]["e"], status="agreed")),
    "why it ended": ("closed", lambda line, i: put(line["es"][i]["e"], why="walked away")),
    "one more event": ("said", lambda line, i: line["es"].append(line["es"][i])),
    "no event at all": ("passed", lambda line, i: line["es"].clear()),
}


@pytest.mark.parametrize(("kind", "change"), RULINGS.values(), ids=RULINGS)
def test_a_ruling_that_was_edited_is_named(kind: str, change: Callable[[Line, int], object], tmp_path: Path) -> None:
    raw = example()
    n, i = place(kind, raw)
    forged = edited(raw, n, lambda line: change(line, i))
    assert forged != raw
    found = verdict(tmp_path, forged)
    assert (found.ok, found.line) == (False, n)
    assert found.why in (
        "the rules give another ruling here",
        "an event is addressed to other seats than may see it",
        "a reply was due here, from a seat that had been asked",
    )


def of_seat(line: Line, seat: int) -> None:
    """Make a reply that of another seat, seen by that one alone."""
    line["es"][0] |= {"to": [seat], "e": line["es"][0]["e"] | {"seat": seat}}


# An event, which one of them; the change at its line; how many lines after it the first wrong one is.
LINES: dict[str, tuple[str, int, Callable[[list[Line], int], object], int]] = {
    "a refusal left out": ("refused", 0, lambda lines, n: lines.pop(n - 1), 0),
    "a ruling left out": ("moved", 0, lambda lines, n: lines.pop(n - 1), 0),
    "a reply left out": ("replied", 3, lambda lines, n: lines.pop(n - 1), 0),
    "a reply doubled": ("replied", 2, lambda lines, n: lines.insert(n - 1, lines[n - 1]), 1),
    "a ruling doubled": ("said", 2, lambda lines, n: lines.insert(n - 1, lines[n - 1]), 1),
    "a pass added": (
        "replied",
        4,
        lambda lines, n: lines.insert(n - 1, {"t": 0, "es": [{"to": [0], "e": {"kind": "passed", "seat": 0}}]}),
        0,
    ),
    "a reply of a seat that was not asked": ("replied", 4, lambda lines, n: of_seat(lines[n - 1], 0), 0),
    "a reply of a seat that there is not": ("replied", 4, lambda lines, n: of_seat(lines[n - 1], 9), 0),
}


@pytest.mark.parametrize(("kind", "nth", "change", "after"), LINES.values(), ids=LINES)
def test_a_line_that_was_added_or_left_out_is_named(
    kind: str, nth: int, change: Callable[[list[Line], int], object], after: int, tmp_path: Path
) -> None:
    n, _ = place(kind, example(), nth)
    lines = [msgspec.json.decode(row) for row in rows(example())]
    change(lines, n)
    found = verdict(tmp_path, rechained(lines))
    assert (found.ok, found.line) == (False, n + after)


def test_lines_after_the_end_are_named(tmp_path: Path) -> None:
    lines = [msgspec.json.decode(row) for row in rows(example())]
    found = verdict(tmp_path, rechained([*lines, lines[4]]))
    assert (found.ok, found.line, found.why) == (False, len(lines) + 1, "the match had ended before this line")


def raw_reply(line: Line) -> dict[str, Any]:
    event: dict[str, Any] = line["es"][0]["e"]
    return event


BODIES: dict[str, Callable[[dict[str, Any]], object]] = {
    "a body that the raw text does not say": lambda e: e["body"]["messages"][0].update(text="something else"),
    "a raw text that the body does not say": lambda e: e.update(raw=e["raw"].replace("CANARY", "x").replace(" ", "  ")),
    "a body where the text is malformed": lambda e: e.update(raw="no JSON at all"),
    "a fault where the text is well": lambda e: e.update(body=None, fault={"code": "not_json", "detail": "no"}),
    "a reply without its raw text": lambda e: e.update(raw="no"),
}


@pytest.mark.parametrize("change", BODIES.values(), ids=BODIES)
def test_a_raw_reply_that_does_not_say_what_it_was_taken_to_say_is_named(
    change: Callable[[dict[str, Any]], object], tmp_path: Path
) -> None:
    raw = example()
    n = next(n for n, row in enumerate(rows(raw), start=1) if b'"raw":' in row)
    found = verdict(tmp_path, edited(raw, n, lambda line: change(raw_reply(line))))
    assert (found.ok, found.line, found.why) == (False, n, "the raw reply does not say what it was taken to say")


def test_a_body_in_place_of_an_empty_answer_is_named_where_a_text_was_due(tmp_path: Path) -> None:
    """A seat that answers from a file always has a raw text; where it is empty, so is the body."""
    wire: dict[str, Any] = {"messages": [{"to": "all", "text": "hello"}], "claims": [], "move": None, "notes": None}
    made = bargain(None, ({"script": [wire] * 6}, "boulware", "planner"))
    raw = played(made, tmp_path / "script.jsonl").path.read_bytes()
    assert verdict(tmp_path, raw).ok
    found = verdict(tmp_path, edited(raw, 3, lambda line: raw_reply(line).pop("raw")))
    assert (found.ok, found.line, found.why) == (False, 3, "the raw reply does not say what it was taken to say")


HEADERS: dict[str, tuple[Callable[[Line], object], str]] = {
    "a seat's points": (
        lambda h: h["task"]["sheets"][0].update(threshold=1.0),
        "the dealt task is not the one that its seed and parameters give",
    ),
    "the deadline": (
        lambda h: h["task"].update(rounds=9),
        "the dealt task is not the one that its seed and parameters give",
    ),
    "one more field in the task": (
        lambda h: h["task"].update(note="x"),
        "the dealt task is not the one that its seed and parameters give",
    ),
    "the parameters": (
        lambda h: h["params"].update(rounds=5),
        "the dealt task is not the one that its seed and parameters give",
    ),
    "impossible parameters": (lambda h: h["params"].update(issues=99), "its parameters cannot be dealt: "),
    "unknown parameters": (lambda h: h["params"].update(mood=1), "its parameters cannot be dealt: "),
    "the key": (lambda h: h.update(key="00" * 32), "the dealt task is not the one that its seed and parameters give"),
    "the optimum": (
        lambda h: h["reference"].update(best=1000.0),
        "the certificate is not the one that its task gives",
    ),
    "a floor": (
        lambda h: h["reference"]["floors"]["silent"].update(value=-5.0),
        "the certificate is not the one that its task gives",
    ),
    "a meeting that does not fit": (
        lambda h: h.update(meeting={"turns": {"kind": "chair_calls", "chair": 9}}),
        "this meeting does not fit this game: ",
    ),
}


@pytest.mark.parametrize(("change", "why"), HEADERS.values(), ids=HEADERS)
def test_a_header_that_was_edited_is_named_as_line_1(
    change: Callable[[Line], object], why: str, tmp_path: Path
) -> None:
    found = verdict(tmp_path, edited(example(), 1, change))
    assert (found.ok, found.line) == (False, 1)
    assert found.why.startswith(why)


def test_another_meeting_is_named_at_the_first_line_that_it_would_have_ruled_otherwise(tmp_path: Path) -> None:
    forged = edited(example(), 1, lambda h: h["meeting"].update(refusals=0))
    assert verdict(tmp_path, forged).line == place("refused", example())[0]


def test_a_deal_of_another_version_is_told_to_be_unchecked(tmp_path: Path) -> None:
    found = verdict(tmp_path, edited(example(), 1, lambda h: h["versions"].update(arena="0.0.1")))
    assert found.ok
    assert found.why == "the match is over; not checked: the deal, which another version made"


def test_a_broken_chain_is_a_verdict_and_a_foreign_file_an_error(tmp_path: Path) -> None:
    path = tmp_path / "m.jsonl"
    path.write_bytes(example().replace(b'"es"', b'"es" ', 1))
    assert (verify(path).ok, verify(path).line) == (False, 2)
    path.write_bytes(b"Dear diary\n")
    with pytest.raises(TranscriptError, match="this is not an Arena transcript"):
        verify(path)
