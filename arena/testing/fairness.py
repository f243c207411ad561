"""Label-blind: where the answer stands tells nothing, and who goes by places alone has nothing of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from scipy.stats import binomtest, chisquare

from arena.core.events import address
from arena.core.game import Game
from arena.core.protocol import AnyScenario
from arena.core.table import blank, evolve
from arena.core.view import Choice, Chooser, Field, MoveSpec, Record, Whole, World
from arena.moderators.agenda import opening
from arena.moderators.playout import playout
from arena.scripting.lots import any_value
from arena.testing.anyone import converted
from arena.testing.cutting import tolerance
from arena.testing.findings import Failure
from arena.testing.trial import Trial

UNLIKELY = 1e-3  # below this p, places are not alike
EXPECTED = 5  # of each place, below which a chi-square says nothing
Pick = Callable[[int], int]  # from the number of options to one of them
POSITIONS: dict[str, Pick] = {"first": lambda n: 0, "middle": lambda n: n // 2, "last": lambda n: n - 1}


def places(trial: Trial) -> Iterator[Failure]:
    """The answer stands in every place alike: chi-square over the suite, by the family's own functions."""
    for name, place in trial.contract.places.items():
        counts: dict[int, Counter[int]] = defaultdict(Counter)
        for seed in range(trial.size.suite):
            found = place.of(trial.game(place.params, seed).task)
            if found is not None:
                counts[found[1]][found[0]] += 1
        trial.looked["places"] += sum(count.total() for count in counts.values())
        if not counts:
            yield Failure("answers stand anywhere", name, "no instance of the suite has an answer")
        for n, count in counts.items():
            if count.total() >= EXPECTED * n > EXPECTED:
                p = float(chisquare([count[i] for i in range(n)]).pvalue)
                if p < UNLIKELY:
                    yield Failure("answers stand anywhere", name, f"p = {p:.1e}: {dict(sorted(count.items()))} of {n}")


def positions(trial: Trial) -> Iterator[Failure]:
    """Policies that choose by place alone: none beats another over the suite, none has the best beyond the margin."""
    case = trial.contract.cases[0]
    games = [trial.game(case.params, seed) for seed in range(trial.size.suite)]
    choosers = {name: by_place(trial.scenario, pick) for name, pick in POSITIONS.items()}
    values = {name: [_value(game, choose) for game in games] for name, choose in choosers.items()}
    trial.looked["positional playouts"] += sum(map(len, values.values()))
    for one, other in (("first", "last"), ("first", "middle"), ("middle", "last")):
        pairs = list(zip(values[one], values[other], strict=True))
        wins, losses = sum(a > b for a, b in pairs), sum(a < b for a, b in pairs)
        if wins + losses and (p := float(binomtest(wins, wins + losses).pvalue)) < UNLIKELY:
            found = f"{wins} times {one} is better, {losses} times {other}; p = {p:.1e}"
            yield Failure("no place is better than another", str(case), found)
    if trial.contract.chance is not None:
        best = [trial.scenario.solve(_opened(game).world).best for game in games]
        for name, reached in values.items():
            share = sum(v >= b - tolerance(b) for v, b in zip(reached, best, strict=True)) / len(games)
            most = trial.contract.chance + trial.contract.margin
            if share > most:
                yield Failure(
                    "a place is no answer", str(case), f"{name} has the best in {share:.0%}, above {most:.0%}"
                )


def by_place(scenario: AnyScenario, pick: Pick) -> Chooser:
    """The profile that takes the option in this place of every choice; numbers, whose order means something, by lot."""

    def choose(known: World[Any], seat: int, specs: tuple[MoveSpec, ...], rng: Random) -> Any:
        for spec in specs:
            wire = {"kind": spec.kind, **{field.name: _placed(field, pick, rng) for field in spec.fields}}
            move = converted(wire, scenario.move_types)
            if spec.role != "exit" and move is not None and scenario.refuse(known, seat, move) is None:
                return move
        return None

    return choose


def _placed(field: Field, pick: Pick, rng: Random) -> object:
    match field:
        case Choice(options=options):
            return options[pick(len(options))]
        case Record(fields=fields):
            return tuple(_placed(each, pick, rng) for each in fields)
        case Whole():
            return any_value(field, rng)


def _value(game: Game, choose: Chooser) -> float:
    """V of the game alone, by one profile in every seat; the same dice for all profiles."""
    return playout(_opened(game), choose, game.draw.of("positions")).value


def _opened(game: Game) -> Any:
    return evolve(blank(game), address(opening(blank(game)).events, game.everyone))
