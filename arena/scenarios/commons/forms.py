"""What may be moved and claimed in a commons, as data."""

from __future__ import annotations

from arena.core.protocol import Refusal
from arena.core.view import Choice, MoveSpec, Whole, World
from arena.scenarios.commons.terms import Elect, Move, Rules, Vote, Waters

NOTHING: tuple[MoveSpec, ...] = ()


def moves(known: World[Waters], seat: int) -> tuple[MoveSpec, ...]:
    """Every kind of move that these rules know, with what is legal in this phase."""
    now, rules = known.common, known.common.rules
    if rules is None:
        return NOTHING
    harvest = MoveSpec("harvest", "act", (Whole("units", 0, rules.growth.capacity),), now.phase == "harvest")
    match rules.institution:
        case "none":
            return (harvest,)
        case "quota":
            quota = (Whole("units", 0, rules.growth.capacity),)
            return (harvest, MoveSpec("vote", "act", quota, now.phase == "vote"))
        case "manager":
            quota = (Whole("units", 0, rules.growth.capacity),)
            decides = now.phase == "decree" and now.manager == seat
            votes = now.phase == "elect" and elects(rules, now.round)
            elect = MoveSpec("elect", "act", (Choice("name", rules.names),), votes)
            return (harvest, elect, MoveSpec("decree", "act", quota, decides))


def elects(rules: Rules, round_: int) -> bool:
    """Whether a manager is elected in this round."""
    return (round_ - 1) % rules.term == 0


def claims(known: World[Waters], seat: int) -> tuple[MoveSpec, ...]:
    """Every kind of typed disclosure."""
    rules = known.common.rules
    if rules is None:
        return NOTHING
    units = (Whole("units", 0, rules.growth.capacity),)
    told = [MoveSpec("intends", "claim", units), MoveSpec("caught", "claim", units)]
    if rules.shortage:
        told.append(MoveSpec("needs", "claim", units))
    if rules.growth.rate is None and rules.growth.kind != "table":
        told.append(MoveSpec("estimates", "claim", (Whole("percent", 0, 1000),)))
    return tuple(told)


def refuse(known: World[Waters], seat: int, move: Move) -> Refusal | None:
    """Why a move will not do, as tellingly as can be: it is of another phase, or asks for more than there is."""
    now, rules = known.common, known.common.rules
    if rules is None:
        return None
    legal = [spec.kind for spec in moves(known, seat) if spec.legal]
    kind = str(type(move).__struct_config__.tag)
    if kind not in legal:
        instead = f"now is the time to {' or '.join(legal)}" if legal else "you have nothing to decide now"
        return Refusal("not_now", f"You cannot {kind} in this phase; {instead}.")
    if isinstance(move, Elect):
        return None
    if move.units > now.stock and not isinstance(move, Vote):
        what = "A quota" if kind == "decree" else "A harvest"
        return Refusal("more_than_there_is", f"{what} can be 0 to {now.stock}, the units that there are.")
    return None
