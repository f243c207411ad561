"""What may be moved and claimed in a dilemma, as data."""

from __future__ import annotations

from arena.core.protocol import Refusal
from arena.core.view import Choice, MoveSpec, Record, Whole, World
from arena.scenarios.dilemma.terms import Move, Ring, Rules

LARGEST = 10_000  # points that a claim can name


def moves(known: World[Ring], seat: int) -> tuple[MoveSpec, ...]:
    """The choice of an action; legal in its phase."""
    rules = known.common.rules
    if rules is None:
        return ()
    return (MoveSpec("act", "act", (Choice("action", rules.actions),), known.common.phase == "choose"),)


def claims(known: World[Ring], seat: int) -> tuple[MoveSpec, ...]:
    """What one will choose; where payoffs are private, what an action pays."""
    rules = known.common.rules
    if rules is None:
        return ()
    intends = MoveSpec("intends", "claim", (Choice("action", rules.actions),))
    if not rules.private:
        return (intends,)
    points = Record("points", tuple(Whole(name, 0, LARGEST) for name in columns(rules)))
    return (intends, MoveSpec("payoffs", "claim", (Choice("action", rules.actions), points)))


def columns(rules: Rules) -> tuple[str, ...]:
    """What the columns of a sheet stand for."""
    if rules.form == "match":
        return ("all others choose it too", "not all others do")
    first = rules.actions[0]
    if len(rules.names) == 2:
        return (f"the other chooses {rules.actions[1]}", f"the other chooses {first}")
    return tuple(f"{j} of the others choose {first}" for j in range(len(rules.names)))


def refuse(known: World[Ring], seat: int, move: Move) -> Refusal | None:
    """A choice outside its phase; what else may be wrong is a matter of form."""
    if known.common.rules is not None and known.common.phase != "choose":
        return Refusal("not_now", "You cannot choose an action while the talk goes on; you are asked for it next.")
    return None
