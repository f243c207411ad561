"""Where commands print, and the few forms that they share."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from arena.scoring.scorecard import Scorecard


def summary(card: Scorecard) -> str:
    """One line of the figures that matter most."""
    from arena.report.visible import visible

    if card.void is not None:
        return visible(card.void)
    ratio = card.agreement.get("welfare_ratio")
    parts = [f"V {card.headline['value']:g} of {card.headline['optimum']:g}"]
    if ratio is not None and ratio == ratio:  # NaN is not itself
        parts.append(f"welfare ratio {ratio:.2f}")
    return ", ".join([*parts, f"round {card.headline['rounds']}"])


def stdout() -> Console:
    """Where people read."""
    from arena.report.console import stdout as console

    return console()


def stderr() -> Console:
    """Where words go that are not the result."""
    from rich.console import Console

    return Console(stderr=True, highlight=False)


def program() -> str:
    """How this command was called, so that a line with it can be copied: `arena` where the shell finds it."""
    if which("arena"):
        return "arena"
    called = Path(sys.argv[0])
    return "python -m arena" if called.name == "__main__.py" else short(called)


def short(path: Path) -> str:
    """A path as it is shortest from here."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def cards_json(cards: Sequence[Scorecard], **more: object) -> str:
    """Scorecards as JSON; a measure that is not defined is null."""
    import msgspec

    return msgspec.json.format(msgspec.json.encode({**more, "matches": list(cards)}), indent=2).decode()
