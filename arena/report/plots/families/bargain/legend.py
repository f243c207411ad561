"""The key of a bargain's picture."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from arena.report.numbers import count, number
from arena.report.plots.families.bargain.scene import CONCEPTS, Scene
from arena.report.plots.key import Entry
from arena.report.plots.palette import INK, PAPER, SALTIRE, STAR, colour, shape


def entries(scene: Scene, drawn: Iterable[Entry], dashes: Mapping[str, tuple[int, ...]] | None = None) -> list[Entry]:
    """The key beside the picture; `drawn` says how it shows the outcomes, `dashes` the lines of the solutions."""
    head = Entry(count(len(scene.space.utilities), "outcome"), head=True)
    return [*_offers(scene), *_ending(scene), *_solutions(scene, dashes), head, *drawn]


def _offers(scene: Scene) -> Iterator[Entry]:
    if not scene.offers:
        yield Entry("No offers were made", head=True)
        return
    yield Entry("Offers, numbered in order", head=True)
    for seat, name in enumerate(scene.names):
        made = sum(offer.by == seat for offer in scene.offers)
        yield Entry(f"{name} ({made})", shape(seat), colour(seat), PAPER, 1, 90)
    if any(offer.before for offer in scene.offers):
        yield Entry("hollow: before the fork", "circle", PAPER, INK, 1.2, 70)


def _ending(scene: Scene) -> Iterator[Entry]:
    yield Entry("Ending", head=True)
    two = len(scene.names) == 2
    if scene.deal is not None and scene.agreed is not None:
        offer = scene.agreed.offer
        yield Entry(f"the deal, offer {offer.number}{_values(scene.at_once)}", STAR, INK, PAPER, 1, 170)
    if scene.moved:
        what = f"{'what came of it' if scene.deal is not None else 'less messages'}{_values(scene.realised)}"
        dotted = Entry(what, stroke=INK, line=2.2, dash=(2, 2))
        yield Entry(what, STAR, PAPER, INK, 1.4, 120) if two else dotted
    if two:
        yield Entry(f"no deal{_values(scene.space.disagreement)}", SALTIRE, "none", INK, 2, 40)
    elif scene.deal is None:
        yield Entry("no deal: the thresholds", stroke=INK, line=1, dash=(4, 3))


def _values(worth: Iterable[float]) -> str:
    """What it is worth to the two of a plane; of more seats it stands below the axes."""
    values = [number(float(each), 1) for each in worth]
    return f": {', '.join(values)}" if len(values) == 2 else ""


def _solutions(scene: Scene, dashes: Mapping[str, tuple[int, ...]] | None) -> Iterator[Entry]:
    if not scene.solutions:
        return
    yield Entry("Solutions", head=True)
    for letter, solution in scene.solutions.items():
        tied = f" ({len(solution.outcomes):,} tied)" if len(solution.outcomes) > 1 else ""
        said = f"{CONCEPTS[letter][0]}{tied}"
        if dashes is None:
            yield Entry(said, letter=letter)
        else:
            yield Entry(f"{letter}  {said}", stroke=INK, line=1.3, dash=dashes[letter])
