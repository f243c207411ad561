"""What may be moved and claimed in a committee, as data."""

from __future__ import annotations

from arena.core.protocol import Refusal
from arena.core.view import Choice, MoveSpec, Whole, World
from arena.scenarios.committee.terms import Move, Room, Rules


def votes(rules: Rules, seat: int) -> bool:
    """Whether a seat has a vote."""
    return rules.chair is None or rules.chair == seat


def moves(known: World[Room], seat: int) -> tuple[MoveSpec, ...]:
    """The vote; legal in its phase for those who have one."""
    rules = known.common.rules
    if rules is None:
        return ()
    legal = known.common.phase == "vote" and votes(rules, seat)
    return (MoveSpec("vote", "act", (Choice("option", rules.options),), legal),)


def claims(known: World[Room], seat: int) -> tuple[MoveSpec, ...]:
    """What a fact says, and what one will vote for."""
    rules = known.common.rules
    if rules is None:
        return ()
    option = Choice("option", rules.options)
    amount = Whole("amount", -rules.largest, rules.largest)
    states = MoveSpec("states", "claim", (Whole("fact", 1, rules.facts), option, amount))
    return (states, MoveSpec("intends", "claim", (option,)))


def refuse(known: World[Room], seat: int, move: Move) -> Refusal | None:
    """A vote of one who has none, or outside its phase; what else may be wrong is a matter of form."""
    rules = known.common.rules
    if rules is None:
        return None
    if not votes(rules, seat):
        chair = rules.names[rules.chair or 0]
        return Refusal("no_vote", f"You have no vote: {chair} decides alone. Say what you want {chair} to know.")
    if known.common.phase != "vote":
        return Refusal("not_now", "You cannot vote while the talk goes on; you are asked for your vote after it.")
    return None
