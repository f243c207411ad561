"""What a family's look provides, and where it is found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from rich.console import RenderableType

from arena.core.protocol import Played
from arena.report.cast import Cast


class Family(Protocol):
    """How a family's moves and facts look to one who has seen what came before. A value: `after` gives the next one.

    The renderables hold `Text`, never markup, and what others wrote has gone through `report.visible`.
    """

    def after(self, event: Played) -> Family:
        """The look after an event that was shown."""

    def move(self, cast: Cast, seat: int, move: Any) -> RenderableType:
        """A move, to stand beside the name of its author."""

    def fact(self, cast: Cast, fact: Any) -> RenderableType:
        """A fact that the game tells."""

    def claim(self, cast: Cast, seat: int, fact: Any) -> RenderableType:
        """A fact that a seat claims, to stand beside its name."""

    def ending(self, cast: Cast, why: str) -> RenderableType | None:
        """What there is to say of the game when it is over."""

    def best(self, cast: Cast) -> RenderableType | None:
        """What would be best for all, where enough was shown to tell."""

    def ranges(self) -> Mapping[str, tuple[float, float]]:
        """The bounds of the family's parameters that are numbers, as far as they have any."""

    def settings(self) -> Sequence[str]:
        """The names of the stories that the family is told in."""


def family(scenario: str) -> Family:
    """The look of a scenario's family by the scenario's name; the plain one where it has none of its own."""
    # Imported here: a look brings its family's rules along, and one family's are enough.
    if scenario == "bargain":
        from arena.report.families.bargain import Bargain

        return Bargain()
    if scenario == "committee":
        from arena.report.families.committee import Committee

        return Committee()
    if scenario == "commons":
        from arena.report.families.commons import Commons

        return Commons()
    if scenario == "dilemma":
        from arena.report.families.dilemma import Dilemma

        return Dilemma()
    if scenario == "market":
        from arena.report.families.market import Market

        return Market()
    if scenario == "workshop":
        from arena.report.families.workshop import Workshop

        return Workshop()
    from arena.report.families.plain import Plain

    return Plain()
