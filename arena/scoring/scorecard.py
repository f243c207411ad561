"""The scorecard of one match: a pure function of its log. A void match has a reason and no scores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Protocol, runtime_checkable

from msgspec import Struct, structs

from arena.core.events import AnyAddressed, Forfeited
from arena.core.metric import Metric
from arena.core.table import Table
from arena.core.task import Reference
from arena.core.view import World
from arena.scoring.agreement.assess import Assessment, assess
from arena.scoring.agreement.division import fairness
from arena.scoring.agreement.ending import Ending
from arena.scoring.conduct import conduct
from arena.scoring.cost import Bill, costs
from arena.scoring.gain import coordination_gain
from arena.scoring.group.accounted import Accounted, measured
from arena.scoring.group.floors import against
from arena.scoring.group.recovery import recovery
from arena.scoring.leakage import leakage
from arena.solutions.standing import Standing


@runtime_checkable
class Bargained(Protocol):
    """A scenario whose outcome is an agreement among the outcomes of a space."""

    def standing(self, w: World[Any]) -> Standing:
        """The space at truth, and the deal that stands in it."""


class Scorecard(Struct, frozen=True):
    """What one match amounts to. NaN: not defined there (see the measure); `void`: why there are no scores.

    `per_seat` has one entry a seat; the rest is the group's.
    """

    match: str
    scenario: str
    status: str
    void: str | None
    sitters: tuple[str, ...]
    seats: tuple[str, ...]
    headline: dict[str, Any]
    agreement: dict[str, Any]
    group: dict[str, Any]
    per_seat: dict[str, tuple[Any, ...]]
    conduct: dict[str, Any]
    leakage: dict[str, Any]
    cost: dict[str, Any] = {}


def scorecard(
    match: str,
    sitters: tuple[str, ...],
    reference: Reference,
    table: Table,
    lines: Sequence[Sequence[AnyAddressed]],
    bill: Bill | None = None,
) -> Scorecard:
    """Grade a match from its last table and its lines. Void, without scores, where it has not closed.

    `bill`: what it is needed for to tell what the match cost; without it, the scorecard does not.
    """
    game = table.game
    beside = {name: dict(metric(table, lines)) for name, metric in BESIDE.items()}
    if bill is not None:
        value = table.valued.value if table.closed is not None and table.valued is not None else None
        gain = None if value is None else value - reference.floors[reference.headline].value
        beside["cost"] = costs(lines, len(table.desks), bill, gain)
    if table.closed is None or table.valued is None:
        why = table.halted or "the match was not played to its end"
        return Scorecard(match, game.scenario.name, "void", why, sitters, game.names, {}, {}, {}, {}, **beside)
    forfeits = tuple(sorted({a.e.seat for line in lines for a in line if isinstance(a.e, Forfeited)}))
    standing = _standing(table)
    assessed = None if standing is None else _assess(standing, forfeits)
    return Scorecard(
        match,
        game.scenario.name,
        table.valued.status,
        None,
        sitters,
        game.names,
        _headline(table, reference),
        {} if assessed is None else _agreement(assessed),
        {**_group(table, reference), **recovery(table, lines)},
        _per_seat(table, standing, assessed),
        **beside,
    )


def _conduct(table: Table, lines: Sequence[Sequence[AnyAddressed]]) -> dict[str, Any]:
    return structs.asdict(conduct([[a.e for a in line] for line in lines], len(table.desks), table.round))


def _leakage(table: Table, lines: Sequence[Sequence[AnyAddressed]]) -> dict[str, Any]:
    return structs.asdict(leakage([a for line in lines for a in line], len(table.desks)))


# How the seats behaved; it stands beside the outcome and never enters it.
BESIDE: dict[str, Metric] = {"conduct": _conduct, "leakage": _leakage}


def _standing(table: Table) -> Standing | None:
    scenario = table.game.scenario
    return scenario.standing(table.world) if isinstance(scenario, Bargained) else None


def _assess(standing: Standing, forfeits: tuple[int, ...]) -> Assessment | None:
    ending = Ending(
        standing.outcome, standing.rounds, standing.discounts, standing.costs, standing.messages, forfeits=forfeits
    )
    return assess(standing.space, ending, common_unit=standing.common_unit)


def _headline(table: Table, reference: Reference) -> dict[str, Any]:
    assert table.valued is not None, "only a match that has closed has a headline"
    value, floor = table.valued.value, reference.floors[reference.headline].value
    return {
        "closed": table.closed,
        "rounds": table.round,
        "value": value,
        "optimum": reference.best,
        "optimum_how": reference.how,
        "floor": floor,
        "floor_name": reference.headline,
        "coordination_gain": coordination_gain(value, floor, reference.best),
        "hindsight_optimum": reference.hind,
    }


def _group(table: Table, reference: Reference) -> dict[str, Any]:
    """What a team did, where the scenario gives an account of it."""
    assert table.valued is not None, "only a match that has closed has a value"
    if not isinstance(table.game.scenario, Accounted):
        return {}
    return {**against(table.valued.value, reference), **measured(table.game.scenario, table.world)}


def _agreement(a: Assessment) -> dict[str, Any]:
    return {
        "individually_rational": a.rationality.jointly,
        "irrationality_depth": a.rationality.depth,
        "quality_gate": a.gate,
        "pareto_optimal": a.optimal,
        "pareto_efficiency": a.efficiency.pareto,
        "pareto_efficiency_expected": a.efficiency.expected,
        "pareto_efficiency_floor_adjusted": a.efficiency.floor_adjusted,
        "epsilon_plus": a.efficiency.epsilon_plus,
        "distance_plus": a.efficiency.distance_plus,
        **{f"{name}_ratio": value for name, value in asdict(a.ratios).items()},
        "welfare": a.welfare,
        "surplus": a.surplus,
        "loss_choice": a.loss.choice,
        "loss_delay": a.loss.delay,
        "loss_deadlock": a.loss.deadlock,
    }


def _per_seat(table: Table, standing: Standing | None, assessed: Assessment | None) -> dict[str, tuple[Any, ...]]:
    assert table.valued is not None, "only a match that has closed has values"
    seats: dict[str, tuple[Any, ...]] = {"utility": table.valued.utilities, "payoff": table.valued.payoffs}
    if table.turned:
        seats["saboteur"] = tuple(seat in table.turned for seat in table.game.everyone)
    if standing is None or assessed is None:
        return seats
    goals = {"goal": standing.goals} if any(goal is not None for goal in standing.goals) else {}
    return (
        seats
        | goals
        | {
            "threshold": tuple(standing.space.disagreement.tolist()),
            "gain": assessed.gains,
            "individually_rational": assessed.rationality.each,
            "surplus_share": assessed.surplus_shares,
        }
        | _fairness(standing)
    )


def _fairness(standing: Standing) -> dict[str, tuple[Any, ...]]:
    """What is said of divisions alone."""
    if standing.division is None:
        return {}
    return asdict(fairness(standing.space, standing.division, standing.outcome))
