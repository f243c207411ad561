"""How a ballot is counted, and how it all came out."""

from __future__ import annotations

from arena.core.draw import Draw
from arena.core.events import Disclosed
from arena.core.task import Outcome
from arena.core.view import World
from arena.dealing.payoffs import aligned
from arena.scenarios.committee.forms import votes
from arena.scenarios.committee.room import worth
from arena.scenarios.committee.terms import Ballot, Counted, Fact, Goal, Room, Rules
from arena.solutions.voting import Rule, winners

Facts = tuple[Disclosed[Fact], ...]


def settle(w: World[Room], phase: str, draw: Draw) -> Facts:
    """The end of a ballot: what each has voted for and what was chosen, told to all; a tied plurality goes by lot."""
    rules = w.common.rules
    if rules is None or phase != "vote":
        return ()
    everyone, cast = tuple(range(len(rules.names))), dict(w.own.urn)
    won = winners(counts(rules, cast), len(voters(rules)), rule(rules))
    chosen = rules.options[draw.of("tie").choice(won)] if won else None
    ballot = Ballot(w.common.round, tuple(cast.get(seat) for seat in everyone), chosen)
    return (Disclosed(ballot, everyone), Disclosed(Counted(w.common.round), ()))


def voters(rules: Rules) -> list[int]:
    """The seats that have a vote."""
    return [seat for seat in range(len(rules.names)) if votes(rules, seat)]


def rule(rules: Rules) -> Rule:
    """How votes decide; a chair's is the most votes, since there is but one."""
    return "plurality" if rules.voting == "chair" else rules.voting


def counts(rules: Rules, cast: dict[int, str]) -> list[int]:
    """The votes for each option, in the order of the options."""
    return [sum(vote == option for vote in cast.values()) for option in rules.options]


def decision(w: World[Room]) -> str | None:
    """The option that was chosen; None where none was, or none yet."""
    return w.common.ballots[-1].chosen if w.common.ballots else None


def over(w: World[Room]) -> str | None:
    """`decided` when an option is chosen; None while it goes on."""
    return "decided" if decision(w) is not None else None


def outcome(w: World[Room], ended: str | None, forfeits: frozenset[int]) -> Outcome:
    """How it stands.

    value: V, what the option chosen is worth by all facts as they read now, or the status quo where none is chosen.
    utilities: V, which all members have a share in alike, and a seat's stake if its option is chosen. payoffs: with
    private goals, mixed with V by the alignment. A vote that is forfeited is not cast. Before anything was dealt: open,
    no seats, V = 0.
    """
    rules = w.common.rules
    if rules is None:
        return Outcome("open", (), (), 0.0)
    chosen, seats = decision(w), range(len(rules.names))
    value = float(rules.status_quo if chosen is None else worth(w, rules)[rules.options.index(chosen)])
    paid = [sum(s.points for s in w.own.stakes if s.seat == seat and s.option == chosen) for seat in seats]
    bonus = [sum(g.bonus for g in w.own.goals if g.seat == seat and reached(w, g)) for seat in seats]
    utilities = tuple(value + points for points in paid)
    payoffs = aligned([u + b for u, b in zip(utilities, bonus, strict=True)], value, rules.alignment)
    return Outcome("open" if ended is None else "completed", utilities, payoffs, value)


def reached(w: World[Room], goal: Goal) -> bool:
    """Whether a private goal is reached as it stands."""
    chosen = decision(w)
    match goal.what:
        case "block":
            return chosen != goal.option
        case "side":
            return chosen is not None and w.common.ballots[-1].votes[goal.seat] == chosen
