"""Watching matches from the terminal while they are played."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext, redirect_stdout
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from arena.core.events import AnyAddressed
    from arena.core.game import Game
    from arena.report.conversation import Conversation
    from arena.runs.playing import Played
    from arena.transcripts.header import Header


def kept_clean(silent: bool) -> AbstractContextManager[object]:
    """Within it, where stdout is for JSON or for paths alone, what an agent of the user's own prints goes to stderr."""
    return redirect_stdout(sys.stderr) if silent else nullcontext()


class Quiet:
    """Watches and says nothing."""

    def begins(self, header: Header, game: Game, lines: Sequence[Sequence[AnyAddressed]]) -> None:
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

    def begins(self, header: Header, game: Game, lines: Sequence[Sequence[AnyAddressed]]) -> None:
        from arena.report.cast import Cast
        from arena.report.conversation import Conversation
        from arena.report.heading import heading

        if self._talk:
            self._console.print(heading(header, Cast(game.names)))
            self._conversation = Conversation(game.names, game.scenario.name, None, self._console)
            for line in lines:  # what was played before is known, not shown again
                self._conversation.pieces(line)

    def line(self, events: Sequence[AnyAddressed]) -> None:
        if self._conversation is not None:
            self._conversation.line(events)

    def ends(self, played: Played) -> None:
        from arena.cli.console import summary
        from arena.report.scorecard import scorecard
        from arena.runs.run import grade

        card = grade(played)
        if self._talk:
            self._console.print()
            self._console.print(scorecard(card))
        else:
            self._console.print(f"{card.match}  {card.status}  {summary(card)}", highlight=False, markup=False)
