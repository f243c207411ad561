"""Parameters that are numbers in a range, and what is wrong with those that are not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from arena.errors import BadParams, Mistake

Ranges = Mapping[str, tuple[float, float]]


def outside(params: object, ranges: Ranges) -> Iterator[Mistake]:
    """A mistake for each parameter that is not within its range, ends included, NaN among them; None is left alone."""
    for name, (low, high) in ranges.items():
        value = getattr(params, name)
        if value is not None and not low <= value <= high:
            yield Mistake(name, f"found {value}", f"expected {low:g} to {high:g}")


def refuse(family: str, found: Sequence[Mistake]) -> None:
    """Raises BadParams, naming every mistake at once; does nothing where there is none."""
    if found:
        raise BadParams("\n".join([f"{family}: impossible parameters", *(f"  {mistake}" for mistake in found)]), found)
