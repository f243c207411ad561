"""The key of a committee's picture."""

from __future__ import annotations

from collections.abc import Iterator

import altair as alt

from arena.report.plots.families.committee.scene import Scene
from arena.report.plots.key import LINE, Entry, key
from arena.report.plots.look import Chart
from arena.report.plots.palette import GRID, INK, PAPER, SALTIRE, STAR, colour, shape

WIDTH = 240


def keys(scene: Scene) -> Chart:
    """Three columns beneath the options: the members, the facts, the views and votes."""
    parts = [list(_members(scene)), list(_facts(scene)), list(_views())]
    high = LINE * max(len(part) for part in parts)
    made: Chart = alt.hconcat(*[key(part, WIDTH, high) for part in parts], spacing=16)
    return made


def _members(scene: Scene) -> Iterator[Entry]:
    yield Entry("Members", head=True)
    for seat, name in enumerate(scene.names):
        yield Entry(name, shape(seat), colour(seat), PAPER, 1, 90)


def _facts(scene: Scene) -> Iterator[Entry]:
    yield Entry("Facts, each with its points", head=True)
    yield Entry("knew it from the start", "square", colour(0), PAPER, 0, 150)
    yield Entry("did not", "square", GRID, PAPER, 0, 150)
    yield Entry("told it", "triangle-up", INK, INK, 1.4, 62)
    if scene.count("aside"):
        yield Entry("told it to some only", "triangle-up", "none", INK, 1.4, 62)
    if scene.count("false"):
        yield Entry("told it falsely", SALTIRE, "none", INK, 2.2, 44)
    yield Entry("heard it from another", "circle", INK, INK, 0, 22)
    if scene.count("misheard"):
        yield Entry("heard it falsely only", SALTIRE, "none", INK, 1.5, 14)


def _views() -> Iterator[Entry]:
    yield Entry("Options", head=True)
    yield Entry("best by all facts", STAR, INK, INK, 0, 90)
    yield Entry("decoy: best in most own views")
    yield Entry("own view: by what one was told")
    yield Entry("heard: after what others told")
    yield Entry("bold: liked best by that member")
    yield Entry("vote: a member's mark where it voted so")
