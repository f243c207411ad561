"""What a committee is measured against: the best option by all facts, everyone's own view, and chance."""

from __future__ import annotations

from collections.abc import Sequence

from arena.core.task import Estimate, Reference
from arena.core.view import World
from arena.scenarios.committee.outcome import counts, decision, rule, voters
from arena.scenarios.committee.room import view, worth
from arena.scenarios.committee.terms import Room, Rules
from arena.solutions.pooling import favourites
from arena.solutions.voting import Lot, expected, winners


def solve(w: World[Room]) -> Reference:
    """V*, V_hind and the floors of a committee from where it stands.

    best: the largest value of an option by all facts, or the status quo where that is larger or no ballot is left;
    nobody needs to foresee anything, so hind is the same. silent, the headline: each votes for the option that it
    likes best by its own facts, ties by lot, in every ballot that is left. random: each votes for any option, all with
    equal chances. Both are exact, by the counts of votes that can come out. Votes that are sealed and not counted yet
    stand. solo is not defined: where nobody else votes, nobody decides. Before anything was dealt, all is 0.
    """
    rules = w.common.rules
    if rules is None:
        return _reference(0.0, 0.0, 0.0)
    values, chosen = [float(each) for each in worth(w, rules)], decision(w)
    if chosen is not None:
        value = values[rules.options.index(chosen)]
        return _reference(value, value, value)
    own = [floor(w, rules, values, [evenly(favourites(view(w, rules, seat))) for seat in voters(rules)])]
    own += [floor(w, rules, values, [evenly(range(len(values)))] * len(voters(rules)))]
    return _reference(_best(w, rules, values), *own)


def floor(w: World[Room], rules: Rules, values: Sequence[float], lots: Sequence[Lot]) -> float:
    """The mean value that comes of it when all who have a vote cast it by these lots from here on."""
    ballots = [lots] * (rules.ballots - len(w.common.ballots))
    if w.own.urn and ballots:
        ballots[0] = [{_cast(w, rules).get(seat): 1.0} for seat in voters(rules)]
    return expected(values, rules.status_quo, ballots, rule(rules))


def _best(w: World[Room], rules: Rules, values: Sequence[float]) -> float:
    left = rules.ballots - len(w.common.ballots)
    if w.own.urn:
        won = winners(counts(rules, dict(w.own.urn)), len(voters(rules)), rule(rules))
        if won:
            return max(values[option] for option in won)
        left -= 1
    return max(*values, float(rules.status_quo)) if left > 0 else float(rules.status_quo)


def _cast(w: World[Room], rules: Rules) -> dict[int, int]:
    return {seat: rules.options.index(option) for seat, option in w.own.urn}


def evenly(options: Sequence[int]) -> Lot:
    """A vote for any of these options, all with equal chances."""
    return {option: 1 / len(options) for option in options}


def _reference(best: float, silent: float, random: float) -> Reference:
    floors = {"silent": Estimate(silent), "random": Estimate(random)}
    return Reference(best, best, floors, "silent", "exact")
