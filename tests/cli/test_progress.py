"""The progress of a run: what is counted, and what is shown of it."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec import structs
from rich.console import Console

from arena.cli.endings import report
from arena.cli.events import Events
from arena.cli.progress import EVERY, LISTED, Progress, amount, duration
from arena.cli.totals import by_agent
from arena.core.events import Addressed, Replied, Usage
from arena.core.price import Price
from arena.results.tally import COUNTED, NAMED, Line, Tally
from arena.runs.pool import grade
from arena.runs.run import Result
from arena.transcripts.header import Header, Sitter
from tests.runs.matches import bargain, played
from tests.runs.sighting import sighted


class Clock:
    """Stands still until it is set on."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def model(name: str, port: int) -> Sitter:
    return Sitter(name, "model", {"model": f"openai-api/lab/{name}", "base_url": f"http://127.0.0.1:{port}/v1"})


def answered(seat: int, usage: Usage | None = None) -> list[Addressed]:  # type: ignore[type-arg]
    return [Addressed((seat,), Replied(seat, "{}", usage=usage))]


@pytest.fixture(scope="module")
def header() -> Header:
    return bargain()


def seated(header: Header, *sitters: Sitter) -> Header:
    return structs.replace(header, sitters=sitters)


def shown(progress: Progress, console: Console) -> list[str]:
    with console.capture() as capture:
        console.print(progress.table())
    return capture.get().splitlines()


def test_calls_and_tokens_are_counted_by_endpoint_and_seats_that_call_nobody_are_not(header: Header) -> None:
    clock, console = Clock(), Console(width=100, file=io.StringIO())
    progress = Progress(console, clock)
    progress.starts(Path("run"), 40)
    priced = structs.replace(model("big", 1), price=Price(1.0, 0.1, 10.0))
    one = seated(header, priced, model("small", 2), Sitter("p", "scripted", {"scripted": "planner"}))
    progress.begins(one, one.game(), ())
    assert progress.line_of_words() == "0 of 40 matches · 1 live · 0 void · – left"
    clock.now += 4
    for _ in range(8):
        progress.line(one.id, answered(0, Usage(prompt=1500, cached=750, output=100)))
    progress.line(one.id, answered(1, Usage(prompt=100, output=1)))
    progress.line(one.id, answered(2))
    flows = progress.meter.flows
    assert list(flows) == ["big at http://127.0.0.1:1/v1", "small at http://127.0.0.1:2/v1"]
    assert (progress.meter.all.calls, progress.meter.all.prompt, progress.meter.all.output) == (9, 12_100, 801)
    words, *_, heads, big, small = shown(progress, console)
    assert words.rstrip() == "0 of 40 matches · 1 live · 0 void · – left"
    assert progress.line_of_words() == f"{words.rstrip()} · 9 calls (2.2/s) · 12.1k tokens read, 801 written · unknown"
    progress.stops()
    assert "Finishing what is in flight; Ctrl-C again stops now." in "".join(shown(progress, console))
    assert heads.split() == [
        "endpoint",
        "calls/s",
        "calls",
        "tokens",
        "read",
        "of",
        "them",
        "cached",
        "written",
        "cost",
    ]
    assert big.split() == ["big", "at", "http://127.0.0.1:1/v1", "2.0", "8", "12.0k", "50%", "800", "$0.0146"]
    assert small.split()[-6:] == ["0.2", "1", "100", "0%", "1", "unknown"]


def test_the_rate_is_that_of_the_last_seconds_and_the_time_left_that_of_the_whole(
    header: Header, tmp_path: Path
) -> None:
    clock = Clock()
    progress = Progress(Console(width=100, file=io.StringIO()), clock)
    progress.starts(Path("run"), 4)
    done = played(header, tmp_path / "m.jsonl")
    one = seated(header, model("big", 1), model("big", 1), model("big", 1))
    progress.begins(one, one.game(), ())
    for _ in range(40):
        clock.now += 0.5
        progress.line(one.id, answered(0))
        progress.line_of_words()
    assert "40 calls (2.0/s)" in progress.line_of_words()
    clock.now += 40
    progress.ends(done, grade(done))
    assert "(0.0/s)" in progress.line_of_words()
    assert "3:00 left" in progress.line_of_words()


def test_where_it_is_no_terminal_a_line_is_told_now_and_then(header: Header, tmp_path: Path) -> None:
    clock, out = Clock(), io.StringIO()
    with Progress(Console(width=80, file=out), clock) as progress:
        progress.starts(Path("run"), LISTED + 1)
        progress.begins(header, header.game(), ())
        for _ in range(5):
            clock.now += EVERY / 2
            progress.line(header.id, answered(0))
        done = played(header, tmp_path / "m.jsonl")
        progress.ends(done, grade(done))
        progress.fails("another", "its \x1b[2J file is gone")
    assert out.getvalue().splitlines() == [
        "0 of 101 matches · 1 live · 0 void · – left",
        "0 of 101 matches · 1 live · 0 void · – left",
        r"another  failed  its \x1b[2J file is gone",
    ]


def test_on_a_terminal_the_table_is_drawn_and_taken_away_at_the_end(header: Header, tmp_path: Path) -> None:
    out = io.StringIO()
    console = Console(width=80, file=out, force_terminal=True, color_system=None)
    with Progress(console) as progress:
        progress.starts(Path("run"), 5)
        progress.begins(header, header.game(), ())
        done = played(header, tmp_path / "m.jsonl")
        progress.ends(done, grade(done))
    assert "1 of 5 matches" in out.getvalue()
    assert "00-bargain-0003-0  agreed" in out.getvalue()


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (lambda: amount(0), "0"),
        (lambda: amount(9_999), "9,999"),
        (lambda: amount(12_345), "12.3k"),
        (lambda: amount(4_560_000), "4.6M"),
        (lambda: duration(None), "–"),
        (lambda: duration(42.4), "0:42"),
        (lambda: duration(725), "12:05"),
        (lambda: duration(3 * 3600 + 61), "3:01:01"),
    ],
)
def test_numbers_are_short(shown: Callable[[], str], expected: str) -> None:
    assert shown() == expected


def test_a_program_is_told_of_progress_every_few_seconds(header: Header) -> None:
    clock, out = Clock(), io.StringIO()
    events = Events(out, clock)
    events.starts(Path("run"), 3)
    one = seated(header, model("big", 1), model("big", 1), model("big", 1))
    events.begins(one, one.game(), ((), ()))
    for _ in range(5):
        clock.now += 1
        events.line(one.id, answered(0, Usage(prompt=10, output=2)))
    events.fails(one.id, "it is gone")
    told = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [event["event"] for event in told] == ["starts", "begins", "progress", "progress", "fails"]
    assert (told[1]["match"], told[1]["lines"]) == (one.id, 2)
    assert told[3] == {
        "event": "progress",
        "done": 0,
        "total": 3,
        "live": 1,
        "void": 0,
        "failed": 0,
        "calls": 4,
        "tokens": {"read": 40, "cached": 0, "written": 8},
        "usd": None,
    }


def test_of_many_failures_some_are_named_and_the_rest_counted(capsys: pytest.CaptureFixture[str]) -> None:
    tally = Tally()
    for k in range(30):
        tally.fails(f"f{k}", "no deal was dealt")
    assert report(Result(Path("run"), tally), as_json=False, quiet=True) == 3
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "failed: f0: no deal was dealt"
    assert lines[-1] == f"failed: ... and {30 - NAMED} more"
    assert len(lines) == NAMED + 1


def test_what_each_agent_did_is_shown_by_scenario_where_there_are_several() -> None:
    tally = Tally()
    tally.lines = {("00-bargain", "a"): Line(4, 1, 50, 1), ("01-commons", "b"): Line(matches=1, void=1)}
    for n, (gain, payoff) in enumerate([(1.0, 10.0), (2.0, 12.0), (0.0, 20.0)]):
        seen = sighted(f"i{n}", ("a",), gain=(gain, 1.5), payoff=[payoff], status="agreed" if n else "no_deal_missed")
        for measure in COUNTED:
            tally.agents.add(("00-bargain", "a"), measure, seen, "a")
    console = Console(width=120, file=io.StringIO())
    with console.capture() as capture:
        console.print(by_agent(tally))
    heads, first, second = capture.get().splitlines()
    assert heads.split() == ["scenario", "agent", "matches", "void", "settled", "gain", "payoff", "refused"]
    assert " ".join(first.split()) == ("00-bargain a 4 1 67% [21, 94] 0.67 [-0.99, 2.32] 14.0 [0.9, 27.1] 2.0%")
    assert second.split() == ["01-commons", "b", "1", "1", "–", "–", "–", "–"]
