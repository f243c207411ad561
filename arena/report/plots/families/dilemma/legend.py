"""The key of a dilemma's picture: what the choices mean."""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_uppercase

from arena.report.numbers import number
from arena.report.plots.families.dilemma.scene import Scene
from arena.report.plots.key import Entry
from arena.report.plots.palette import INK, PAPER, REGION, SALTIRE


def entries(scene: Scene, numbered: bool) -> list[Entry]:
    """The key beside the choices; numbered: the points stand under each."""
    return [*_meanings(scene), *_actions(scene), Entry("Points", head=True), *_points(scene, numbered)]


def _meanings(scene: Scene) -> Iterator[Entry]:
    yield Entry("Choices", head=True)
    if scene.together:
        yield Entry("all chose the same", "square", INK, INK, 1.6, 130)
        yield Entry("they missed each other", "square", PAPER, INK, 1.6, 130)
        yield Entry("a round in which all met", "square", REGION, REGION, 0, 130)
        return
    good, bad = (None if action is None else scene.actions[action] for action in (scene.good, scene.bad))
    if good is not None:
        yield Entry(f"cooperates: {good}", "square", INK, INK, 1.6, 130)
    if bad is not None and len(scene.actions) == 2:
        yield Entry(f"defects: {bad}", SALTIRE, "none", INK, 1.6, 44)
    elif bad is not None:
        yield Entry("does not", "square", PAPER, INK, 1.6, 130)
        yield Entry(f"{ascii_uppercase[scene.bad or 0]} defects: {bad}")


def _actions(scene: Scene) -> Iterator[Entry]:
    if len(scene.actions) > 2 or scene.together:
        yield Entry("Actions", head=True)
        for action, name in enumerate(scene.actions):
            yield Entry(name, letter=ascii_uppercase[action])


def _points(scene: Scene, numbered: bool) -> Iterator[Entry]:
    yield Entry(f"at best {number(scene.best)} a round for all")
    if numbered:
        yield Entry("under a choice: what it brought")
