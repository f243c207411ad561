"""What has to be said of a bargain's picture in words."""

from __future__ import annotations

from collections.abc import Sequence

from arena.report.plots.families.bargain.scene import Scene


def notes(scene: Scene) -> tuple[str, ...]:
    """What the marks cannot say: that the values are not those that were seen, that there is nothing to agree on."""
    said = []
    if scene.noisy:
        said.append("Drawn at the true values; the seats saw estimates of them")
    if not len(scene.space.rational_outcomes):
        said.append("No deal reaches every threshold")
    if scene.goals:
        said.append("Private goals are not drawn; they count in payoffs, not in utilities")
    return tuple(said)


def listed(numbers: Sequence[int]) -> str:
    """The numbers of offers in a row; of many the first two and the last."""
    if len(numbers) > 4:
        return f"{numbers[0]}, {numbers[1]} … {numbers[-1]}"
    return ", ".join(map(str, numbers))
