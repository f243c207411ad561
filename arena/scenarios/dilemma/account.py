"""The account of a dilemma that its measures are computed from."""

from __future__ import annotations

from arena.accounts.choices import Choices
from arena.core.view import World
from arena.scenarios.dilemma.terms import Ring


def accounts(w: World[Ring]) -> tuple[Choices, ...]:
    """What each chose in each round; nothing before anything was dealt."""
    rules, fate = w.common.rules, w.own.fate
    if rules is None or fate is None:
        return ()
    actions = tuple(played.actions for played in w.common.played)
    paid = tuple(tuple(p.points for p in w.own.paid if p.seat == seat) for seat in range(len(rules.names)))
    return (Choices(actions, tuple(zip(*paid, strict=True)), fate.cooperate, fate.defect),)
