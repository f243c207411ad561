"""A match that is cut: played on from any line it is the same, and at every line the game says how it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isfinite
from typing import Any

from msgspec.json import encode

from arena.core.events import Disclosed, Moved, PhaseOpened, Said, address
from arena.core.recall import view
from arena.core.table import Table, evolve
from arena.core.view import World
from arena.errors import BadTemplate
from arena.prompting import Prompter
from arena.testing.findings import Failure, short
from arena.testing.trial import Held, Trial

SUBSETS = 30  # of a match's events, by lot


def resumes(trial: Trial) -> Iterator[Failure]:
    """Playing on from every line gives the very lines of the match that was never cut."""
    every = [(held, range(len(held.cuts))) for held in trial.held]
    for held, cuts in [*every, *[(held, _evenly(len(held.cuts), trial.size.solved)) for held in trial.struck]]:
        whole = encode(held.lines)
        for cut in cuts:
            table = held.cuts[cut]
            trial.looked["resumes"] += 1
            _, memory = trial.play(held.game, held.meeting, held.agents(), table, held.lines[:cut])
            if encode(memory.lines) != whole:
                yield Failure("a match resumes to the same bytes", f"{held.where}; cut {cut}", "the lines differ")


def outcomes(trial: Trial) -> Iterator[Failure]:
    """`outcome` is total: a status, and finite numbers for every seat, at every cut, and whatever ends the match."""
    for held in trial.held:
        for cut, table in enumerate(held.cuts[1:], 1):
            for ended in (None, "deadline"):
                found = table.game.scenario.outcome(table.world, ended, table.forfeits)
                numbers, n = (*found.utilities, *found.payoffs, found.value), len(table.desks)
                where = f"{held.where}; cut {cut}, ended {ended}"
                if (len(found.utilities), len(found.payoffs)) != (n, n) or not all(map(isfinite, numbers)):
                    yield Failure("an outcome is total", where, f"expected finite numbers for {n} seats: {found}")
                if ended is not None and found.status == "open":
                    yield Failure("an outcome is total", where, "the status is open after the end")
        held.game.scenario.outcome(held.cuts[0].world, None, frozenset())


def worlds(trial: Trial) -> Iterator[Failure]:
    """`evolve` is total on any subset of a match's events, and so are moves, claims and absent in the worlds that come
    of it."""
    for held in trial.held:
        scenario, rng = trial.scenario, held.game.draw.of("subsets")
        played = [a.e for line in held.lines for a in line if isinstance(a.e, Moved | Disclosed | PhaseOpened | Said)]
        for n in range(SUBSETS):
            share = rng.random()
            common = _folded(scenario, [e for e in played if rng.random() < share])
            own = _folded(scenario, [e for e in played if rng.random() < share])
            trial.looked["subsets of events"] += 1
            try:
                for seat in held.game.everyone:
                    known = World(common, own)
                    scenario.moves(known, seat)
                    scenario.claims(known, seat)
                    scenario.absent(known)
            except Exception as error:  # noqa: BLE001 (whatever it raises, it is not total)
                found = f"{type(error).__name__}: {error}, in the world {short(repr(known))}"
                yield Failure("moves, claims and absent are total", f"{held.where}; subset {n}", found)
                break


def _folded(scenario: Any, events: Sequence[Any]) -> Any:
    world = scenario.blank()
    for event in events:
        world = scenario.evolve(world, event)
    return world


def solutions(trial: Trial) -> Iterator[Failure]:
    """`solve` is total at every cut, and never says less than what the match came to from there."""
    for held in trial.held:
        end = held.cuts[-1].valued
        assert end is not None, "a match that is held has ended"
        for cut in _evenly(len(held.cuts), trial.size.solved):
            trial.looked["solved cuts"] += 1
            found = trial.scenario.solve(held.cuts[cut].world)
            where, check = f"{held.where}; cut {cut}", "a cut is solved"
            numbers = [found.best, found.hind, *(e.value for e in found.floors.values())]
            if not all(map(isfinite, numbers)):
                yield Failure(check, where, f"expected finite numbers: {found}")
            if cut == 0:  # nothing has been dealt
                continue
            if found.best > found.hind + tolerance(found.hind):
                yield Failure(check, where, f"V* {found.best} is above V_hind {found.hind}")
            if end.value > found.hind + tolerance(found.hind):
                yield Failure(check, where, f"V_hind {found.hind}, but the match came to {end.value}")
            if held.case.ceiling and end.value > found.best + tolerance(found.best):
                yield Failure(check, where, f"V* {found.best}, but the match came to {end.value}")


def tolerance(value: float) -> float:
    """What sums of this size may differ by."""
    return 1e-9 * max(1.0, abs(value))


def _evenly(size: int, most: int) -> list[int]:
    """At most so many of the numbers below size, evenly, the first and the last among them."""
    if size <= most:
        return list(range(size))
    return sorted({round(i * (size - 1) / (most - 1)) for i in range(most)})


def shocks(trial: Trial) -> Iterator[Failure]:
    """After the family's own shock, at any cut, the game can still be asked, told, solved and valued."""
    shock = getattr(trial.scenario, "shock", None)
    if shock is None:
        return
    for held in trial.held:
        cuts = _evenly(len(held.cuts), trial.size.solved)[1:-1]
        for cut in cuts:
            trial.looked["shocks"] += 1
            facts = shock(held.cuts[cut].world, held.game.draw.at("a shock", cut))
            after = evolve(held.cuts[cut], address(facts, held.game.everyone))
            yield from _borne(after, f"{held.where}; cut {cut}")
            if cut == cuts[len(cuts) // 2]:
                yield from _told(held, after, f"{held.where}; cut {cut}")


def _borne(after: Table, where: str) -> Iterator[Failure]:
    scenario = after.game.scenario
    found, outcome = scenario.solve(after.world), scenario.outcome(after.world, "deadline", after.forfeits)
    if outcome.value > found.hind + tolerance(found.hind):
        yield Failure("a shock can be lived with", where, f"V_hind {found.hind} is below what stands, {outcome.value}")


def _told(held: Held, after: Table, where: str) -> Iterator[Failure]:
    """There are words for it, for every seat."""
    for seat in held.game.everyone:
        prompter = Prompter(held.game.scenario.name, held.meeting)
        try:
            prompter.messages(view(after, held.meeting, seat), held.meeting.ask(after, seat))
        except BadTemplate as error:
            yield Failure("there are words for a shock", f"{where}; seat {seat}", str(error))
