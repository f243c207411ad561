"""Watching matches from the terminal while they are played, and what is printed of them at the end."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

    from arena.core.events import AnyAddressed
    from arena.core.table import Game
    from arena.report.conversation import Conversation
    from arena.runs.playing import Played
    from arena.transcripts.header import Header

INTERRUPTED, VOID = 130, 3


class Quiet:
    """Watches and says nothing."""

    def begins(self, header: Header, game: Game) -> None:
        return

    def line(self, events: Sequence[AnyAddressed]) -> None:
        return

    def ends(self, played: Played) -> None:
        return


class Live:
    """Shows each match as a conversation, as it happens, and then its scorecard."""

    def __init__(self, console: Console, conversation: bool = True) -> None:
        self._console, self._talk = console, conversation
        self._conversation: Conversation | None = None

    def begins(self, header: Header, game: Game) -> None:
        from arena.core.recall import names
        from arena.report.conversation import Conversation

        if self._talk:
            self._conversation = Conversation(names(game), game.scenario.name, None, self._console)

    def line(self, events: Sequence[AnyAddressed]) -> None:
        if self._conversation is not None:
            self._conversation.line(events)

    def ends(self, played: Played) -> None:
        from arena.report.scorecard import scorecard
        from arena.runs.run import grade

        card = grade(played)
        if self._talk:
            self._console.print()
            self._console.print(scorecard(card))
        else:
            self._console.print(f"{card.match}  {card.status}  {summary(card)}", highlight=False, markup=False)


def summary(card: Any) -> str:
    """One line of the figures that matter most."""
    if card.void is not None:
        return str(card.void)
    ratio = card.agreement.get("welfare_ratio")
    parts = [f"V {card.headline['value']:g} of {card.headline['optimum']:g}"]
    if ratio is not None and ratio == ratio:  # NaN is not itself
        parts.append(f"welfare ratio {ratio:.2f}")
    return ", ".join([*parts, f"round {card.headline['rounds']}"])


def stdout() -> Console:
    """Where people read."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=not sys.stdout.isatty() and False)


def stderr() -> Console:
    """Where words go that are not the result."""
    from rich.console import Console

    return Console(stderr=True, highlight=False)


def short(path: Path) -> str:
    """A path as it is shortest from here."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def cards_json(cards: Sequence[Any], **more: Any) -> str:
    """Scorecards as JSON; a measure that is not defined is null."""
    import msgspec

    return msgspec.json.format(msgspec.json.encode({**more, "matches": list(cards)}), indent=2).decode()
