"""What a command that played matches says at its end, and its exit code."""

from __future__ import annotations

from shlex import quote

from rich.console import Console

from arena.cli.console import cards_json, program, short, stderr, stdout
from arena.cli.totals import totals
from arena.models.budget import Ended
from arena.report.numbers import count
from arena.report.visible import visible
from arena.runs.run import Result, grade

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


def report(result: Result, as_json: bool, quiet: bool) -> int:
    """Print what was asked for of a run, on stderr what became void; the exit code."""
    out = stdout()
    if as_json:
        print(cards_json([grade(p) for p in result.played], run=str(result.path)))
    elif quiet:
        for played in result.played:
            print(short(played.path))
    else:
        farewell(result, out)
        if len(result.played) > 1:
            out.print()
            for line in totals([grade(p) for p in result.played]):
                out.print(line, markup=False, highlight=False)
    return exit_code(result, stderr())


def farewell(result: Result, out: Console) -> None:
    """Where the transcripts lie, and what can be done with them."""
    if not result.played:
        return
    out.print()
    if len(result.played) > NAMED:
        _line(out, "transcripts", f"{short(result.played[0].path.parent)} ({len(result.played)} matches)")
    for played in result.played if len(result.played) <= NAMED else ():
        _line(out, "transcript ", short(played.path))
    last = quote(short(result.played[-1].path))
    _line(out, "watch it   ", f"{program()} replay {last}", "dim")
    _line(out, "check it   ", f"{program()} replay --verify {last}", "dim")


def exit_code(result: Result, err: Console) -> int:
    """0, or 3 with void matches, 5 where the budget ended it, 130 after an interruption; says why and how to go on."""
    if result.ended is not None and not result.interrupted and (result.void or result.left):
        return _spent(result, result.ended, err)
    for played in result.void:
        _line(err, "void:", f"{played.header.id}: {visible(played.table.halted or 'interrupted')}")
        if not result.left:
            _line(err, "  go on with:", f"{program()} resume {quote(short(played.path))}")
    if result.left:
        _line(err, "not played:", f"{result.left} {'match' if result.left == 1 else 'matches'}")
        _line(err, "  go on with:", f"{program()} resume {quote(short(result.path))}")
    return INTERRUPTED if result.interrupted else VOID if result.void else 0


def _spent(result: Result, ended: Ended, err: Console) -> int:
    """What a budget ended is told in two lines, however many matches wait."""
    waiting = len(result.void) + result.left
    _line(err, "stopped by the budget:", f"{ended.why}; {count(waiting, 'match', 'matches')} not over")
    run = result.path if (result.path / "matches").is_dir() or not result.played else result.played[0].path
    _line(err, "  go on with:", f"{program()} resume {quote(short(run))}{RAISED[ended.cap].format(2 * ended.at)}")
    return SPENT


def _line(console: Console, label: str, words: str, style: str | None = None) -> None:
    """One line as it is: never wrapped, so that it can be copied."""
    console.print(f"{label} {words}", markup=False, soft_wrap=True, style=style)
