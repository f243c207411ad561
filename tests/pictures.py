"""The pictures of the documentation: drawn from the sample transcripts and from the shipped configurations, and
compared with what stands there.

`python -m tests.pictures` draws them all again; `python -m tests.pictures NAME ...` some of them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from arena import assets
from arena.configs.load import load
from arena.configs.resolve import resolve
from arena.planning.plan import header, plan
from arena.report.plots.drawing import drawn
from arena.report.plots.find import find
from arena.report.plots.picture import Record, record
from arena.transcripts.read import read
from tests.samples import SAMPLES, place, write

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
# The file's name: the sample or the configuration, and which of its pictures.
PICTURES = {
    "two-seats": ("alternating-offers", "agreement"),
    "division": ("items", "agreement"),
    "six-seats": ("sports-resort", "agreement"),
    "talk": ("refusals", "talk"),
    "value": ("alternating-offers", "value"),
    "stock": ("commons", "stock"),
    "gantt": ("workshop", "gantt"),
    "trades": ("market", "trades"),
    "choices": ("dilemma", "choices"),
    "facts": ("committee", "facts"),
}


def sample(name: str) -> Record:
    """The record of a sample transcript, or of the first match of a shipped configuration."""
    return record(read(place(name))) if name in SAMPLES else _played(name)


def _played(name: str) -> Record:
    file = assets.path("configs", f"{name}.yaml")
    resolved = resolve(load(file), file.parent, name)
    with TemporaryDirectory() as folder:
        transcript = Path(folder) / f"{name}.jsonl"
        write(header(resolved, next(plan(resolved))), transcript)
        return record(read(transcript))


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
