"""What a bargain is measured against: the first best, the best with hindsight, and the floors."""

from __future__ import annotations

from random import Random

import msgspec
import numpy as np

from arena.core.draw import Draw
from arena.core.events import Moved, PhaseOpened
from arena.core.task import Estimate, Reference
from arena.core.view import World
from arena.scenarios.bargain.dealings import evolve
from arena.scenarios.bargain.forms import moves
from arena.scenarios.bargain.judged import settle
from arena.scenarios.bargain.outcome import outcome, over, sent_by
from arena.scenarios.bargain.terms import Dealings, Move, Rules, Sheet
from arena.scenarios.bargain.worth import space
from arena.scripting.lots import any_move
from arena.solutions.sampled import sampled
from arena.solutions.space import Space
from arena.solutions.tolerance import TOLERANCE

PLAYOUTS = 64
PATIENCE = 1000  # rounds after which a playout without a deadline is broken off


def solve(w: World[Dealings]) -> Reference:
    """V*, V_hind and the floors of a bargain from where it stands (at the start: of the whole match).

    best: max(0, max over A of sum g); with noisy values the deal of the largest sum expected given all signals, valued
    at truth. hind: the same maximum at truth. Both over the rounds that are left: where seats discount unequally and
    the rule passes deals that leave a seat below d, waiting can be best. floors: `silent` and `solo` are 0, since
    nobody who goes by its own facts alone makes a deal by itself; `random`, 64 bare playouts of a uniform choice among
    the kinds of legal move and then of its parameters, and its standard error. how: `bound` where there is no deadline
    and waiting could be best, else `exact`. Before the sheets are dealt, all is 0.
    """
    rules, told = w.common.rules, w.own.sheets
    if rules is None or len(told) < rules.seats:
        nothing = Estimate(0.0)
        return Reference(0.0, 0.0, {"silent": nothing, "solo": nothing, "random": nothing}, "silent", "exact")
    true = w.own.truth or told
    signals = space(rules, told, away=w.common.away)
    truth = space(rules, true, told, w.common.away) if w.own.truth else signals
    spent = sum(sheet.cost * sent_by(w, sheet.seat) for sheet in told)
    patience = _patience(rules, told, max(w.common.round - 1, 0))
    best = _best(signals, truth, told, patience) - spent
    hind = _best(truth, truth, told, patience) - spent
    nothing, chance = Estimate(0.0 - spent), sampled(_by_chance(w), (best, hind))
    floors = {"silent": nothing, "solo": nothing, "random": Estimate(*chance)}
    return Reference(
        best, hind, floors, "silent", "exact" if rules.rounds is not None or len(patience) == 1 else "bound"
    )


def _patience(rules: Rules, sheets: tuple[Sheet, ...], now: int) -> range:
    """The times t at which a deal may be best, from `now` on.

    Where it is judged, the deadline. Else, where all discount alike, now: a sum that is worth having is worth having at
    once. Else any time that is left.
    """
    if rules.judged is not None and rules.rounds is not None:
        return range(rules.rounds - 1, rules.rounds)
    alike = len({sheet.discount for sheet in sheets}) == 1
    return range(now, now + 1 if alike else max(rules.rounds or PATIENCE, now + 1))


def _best(expected: Space, actual: Space, sheets: tuple[Sheet, ...], patience: range) -> float:
    """The actual sum of gains where the expected one is largest within A; 0, no deal, where none is above 0.

    Ties go to the earliest time, then to the first deal in lexicographic order, as the planner breaks them.
    """
    deals = np.flatnonzero(expected.passing)
    if not len(deals):
        return 0.0
    most, value = TOLERANCE, 0.0
    for t in patience:
        left = np.array([sheet.discount**t for sheet in sheets])
        sums = expected.gains[deals] @ left
        first = int(np.argmax(sums >= sums.max() - TOLERANCE))
        if sums[first] > most + TOLERANCE:
            most, value = float(sums[first]), float(actual.gains[deals[first]] @ left)
    return value


# The random floor -----------------------------------------------------------------------------------------------------


def _by_chance(w: World[Dealings]) -> list[float]:
    """The values of bare playouts from here. Their dice derive from what was dealt, so that the same task has the same
    floor."""
    draw = Draw.root(0, "random floor of a bargain").at(msgspec.json.encode((w.common.rules, w.own.sheets)).decode())
    return [_playout(w, draw.of(i)) for i in range(PLAYOUTS)]


def _playout(w: World[Dealings], rng: Random) -> float:
    rules = w.common.rules
    assert rules is not None, "a playout starts from a dealt bargain"
    common, hidden = w.common, w.own
    for turn in range(max(common.round, 1), (rules.rounds or PATIENCE) + 1):
        common = evolve(common, PhaseOpened(turn, "table"))
        for seat in range(rules.seats):
            now = World(common, hidden)
            if over(now) is not None:
                return outcome(now, None, frozenset()).value
            if seat not in common.away:
                common = evolve(common, Moved(seat, any_move(moves(now, seat), Move, rng)))
        for judgement in settle(World(common, hidden)):
            common = evolve(common, judgement)
    return outcome(World(common, hidden), None, frozenset()).value
