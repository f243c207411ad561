"""What a command that played matches says at its end, and its exit code."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from shlex import quote

from rich.console import Console

from arena.cli.console import program, short, stderr, stdout
from arena.cli.thresholds import missed_at
from arena.cli.totals import by_agent, lines_of
from arena.models.budget import Ended
from arena.report.numbers import count
from arena.report.visible import visible
from arena.results.tally import INTERRUPTED as STOPPED
from arena.results.thresholds import Threshold
from arena.runs.run import Result
from arena.runs.stopping import Decision

VOID, SPENT, INTERRUPTED = 3, 5, 130
# What raises each cap to twice as much; a sitting's minutes begin anew by themselves.
RAISED = {
    "usd": " --budget {:g}",
    "tokens": " --set limits.tokens={:.0f}",
    "calls": " --set limits.calls={:.0f}",
    "minutes": "",
    "untold": " --set limits.usd=null --set limits.tokens=null",
}
NAMED = 3  # so many transcripts are named; of more, the directory is


def report(result: Result, as_json: bool, quiet: bool, thresholds: Sequence[Threshold] = ()) -> int:
    """Print what was asked for of a run, on stderr what became void and which thresholds were missed; the exit code."""
    tally = result.tally
    if not (as_json or quiet):
        out = stdout()
        if tally.ended > 1:
            out.print()
            for line in lines_of(tally.figures.totals(), tally.cost):
                out.print(line, markup=False, highlight=False)
            out.print()
            out.print(by_agent(tally, out.width))
        for line in decided(result.decided):
            _line(out, "decided:", line)
        if result.saved:
            _line(out, "saved:", f"{count(result.saved, 'match', 'matches')} that no comparison needed")
        farewell(result, out)
    code = missed_at(thresholds, result.path, exit_code(result, stderr()))
    if as_json:
        from arena.cli.events import emit

        counts = {"played": tally.ended, "void": tally.void, "failed": tally.failed, "left": result.left}
        more = {"decided": result.decided, "saved": result.saved} if result.decided else {}
        emit(sys.stdout, "finished", run=str(result.path), **counts, **more, exit_code=code)
    return code


def decided(found: Iterable[Decision]) -> Iterator[str]:
    """Which comparisons were ended early, and how."""
    for each in found:
        one, other = visible(each.first), visible(each.second)
        words = {
            "first": f"{one} does better than {other}",
            "second": f"{other} does better than {one}",
            "equal": f"{one} and {other} are as good as equal",
        }[each.verdict]
        ends = f"{one} - {other} {each.difference:+.3f} [{each.low:.3f}, {each.high:.3f}]"
        yield f"{words}, scenarios[{each.scenario}], after {count(each.after, 'instance')}: {ends}"


def farewell(result: Result, out: Console) -> None:
    """Where the transcripts lie, and what can be done with them."""
    tally = result.tally
    if tally.last is None:
        return
    out.print()
    if tally.ended > NAMED:
        _line(out, "transcripts", f"{short(tally.last.parent)} ({tally.ended:,} matches)")
    for path in tally.paths if tally.ended <= NAMED else ():
        _line(out, "transcript ", short(path))
    last = quote(short(tally.last))
    _line(out, "watch it   ", f"{program()} replay {last}", "dim")
    _line(out, "check it   ", f"{program()} replay --verify {last}", "dim")
    if tally.ended > 1 and (result.path / "matches").is_dir():
        _line(out, "report it  ", f"{program()} report {quote(short(result.path))}", "dim")


def exit_code(result: Result, err: Console) -> int:
    """0, or 3 with matches that are void or failed, 5 where the budget ended it, 130 after an interruption.

    Says why and how to go on.
    """
    tally = result.tally
    if result.ended is not None and not result.interrupted and (tally.void or result.left):
        return _spent(result, result.ended, err)
    # Each can be gone on with by itself, or all of them together.
    alone = tally.void <= NAMED and not result.left and not (result.interrupted and tally.ended > 1)
    for void in tally.voids:
        if alone or void.why != STOPPED:
            _line(err, "void:", f"{void.match}: {visible(void.why)}")
        if alone and void.path is not None:
            _line(err, "  go on with:", f"{program()} resume {quote(short(void.path))}")
    for failure in tally.failures:
        _line(err, "failed:", f"{failure.match}: {visible(failure.why)}")
    _more(err, tally.void - tally.interrupted - sum([void.why != STOPPED for void in tally.voids]), "void")
    _more(err, tally.failed - len(tally.failures), "failed")
    left = result.left + (0 if alone else tally.interrupted)
    if left:
        begun = f", {tally.interrupted:,} of them begun" if tally.interrupted and not alone else ""
        _line(err, "not played:", f"{left:,} {'match' if left == 1 else 'matches'}{begun}")
    if left or (tally.void and not alone):
        _line(err, "  go on with:", f"{program()} resume {quote(short(result.path))}")
    return INTERRUPTED if result.interrupted else VOID if tally.void or tally.failed else 0


def _spent(result: Result, ended: Ended, err: Console) -> int:
    """What a budget ended is told in two lines, however many matches wait."""
    waiting = result.tally.void + result.left
    _line(err, "stopped by the budget:", f"{ended.why}; {count(waiting, 'match', 'matches')} not over")
    run = result.path if (result.path / "matches").is_dir() or result.tally.last is None else result.tally.last
    _line(err, "  go on with:", f"{program()} resume {quote(short(run))}{RAISED[ended.cap].format(2 * ended.at)}")
    return SPENT


def _more(err: Console, n: int, what: str) -> None:
    if n > 0:
        _line(err, f"{what}:", f"... and {n:,} more")


def _line(console: Console, label: str, words: str, style: str | None = None) -> None:
    """One line as it is: never wrapped, so that it can be copied."""
    console.print(f"{label} {words}", markup=False, soft_wrap=True, style=style)
