"""From what was dealt to the project that the solver reads."""

from __future__ import annotations

from arena.core.view import World
from arena.scenarios.workshop.terms import Bench, Piece, Shop
from arena.solutions.shopfloor import Floor, Project


def project(w: World[Shop]) -> Project:
    """What there is to do and who can do it, as the moderator knows it."""
    assert w.common.rules is not None, "nothing was dealt yet"
    skills = {sheet.seat: frozenset(sheet.skills) for sheet in w.own.sheets}
    seats = range(len(w.common.rules.names))
    return of_pieces(w.common.rules.pieces, tuple([skills.get(seat, frozenset()) for seat in seats]))


def of_pieces(pieces: tuple[Piece, ...], able: tuple[frozenset[int], ...]) -> Project:
    """The tasks, for seats with these skills."""
    kinds, work, after = zip(*[(piece.skill, piece.rounds, piece.after) for piece in pieces], strict=True)
    return Project(kinds, work, after, able)


def floor(bench: Bench) -> Floor:
    """How far the work has come."""
    return Floor(bench.left, bench.hands)
