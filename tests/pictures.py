"""The pictures of the documentation: drawn from the sample transcripts, and compared with what stands there.

`python -m tests.pictures` draws them all again; `python -m tests.pictures NAME ...` some of them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from arena.report.plots.drawing import drawn
from arena.report.plots.find import find
from arena.report.plots.picture import Record, record
from arena.transcripts.read import read
from tests.samples import place

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
# The file's name: the sample, and which of its pictures.
PICTURES = {
    "two-seats": ("alternating-offers", "agreement"),
    "division": ("items", "agreement"),
    "six-seats": ("sports-resort", "agreement"),
    "talk": ("refusals", "talk"),
    "value": ("alternating-offers", "value"),
}


def sample(name: str) -> Record:
    """The record of a sample transcript."""
    return record(read(place(name)))


def svg(name: str) -> bytes:
    """A picture of the documentation as it is drawn now."""
    match, picture = PICTURES[name]
    of = sample(match)
    return drawn(find(of, picture), of, ".svg")


def main(names: Iterable[str]) -> None:
    """Draw these pictures again, and put them in the place of what stands there."""
    for name in names:
        file = FOLDER / f"{name}.svg"
        file.write_bytes(svg(name))
        print(f"{file.stat().st_size:7,d} bytes  {name}")


if __name__ == "__main__":
    main(sys.argv[1:] or PICTURES)
