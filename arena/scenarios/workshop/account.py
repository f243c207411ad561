"""The account of a workshop that its measures are computed from."""

from __future__ import annotations

from arena.accounts.work import Work
from arena.core.view import World
from arena.scenarios.workshop.terms import Shop


def accounts(w: World[Shop]) -> tuple[Work, ...]:
    """Who worked on what; nothing before anything was dealt."""
    if w.common.rules is None:
        return ()
    by_seat = list(zip(*w.common.deeds, strict=True)) or [()] * len(w.common.rules.names)
    return (
        Work(
            units=tuple([tuple([(d.task, d.unit) for d in deeds if d.unit]) for deeds in by_seat]),
            kinds=tuple([piece.skill for piece in w.common.rules.pieces]),
            idle=tuple([sum(d.what == "idle" for d in deeds) for deeds in by_seat]),
            rounds=len(w.common.deeds),
            clashes=sum(deed.what == "clashed" for deeds in by_seat for deed in deeds),
            handed=sum(deed.what == "handed" for deeds in by_seat for deed in deeds),
        ),
    )
