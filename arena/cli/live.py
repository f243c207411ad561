"""Watching matches from the terminal while they are played, one after another."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from arena.core.events import AnyAddressed
    from arena.core.game import Game
    from arena.report.conversation import Conversation
    from arena.runs.playing import Over
    from arena.scoring.scorecard import Scorecard
    from arena.transcripts.header import Header


def kept_clean(silent: bool) -> AbstractContextManager[object]:
    """Within it, where stdout is for JSON or for paths alone, what an agent of the user's own prints goes to stderr."""
    return redirect_stdout(sys.stderr) if silent else nullcontext()


class Quiet:
    """Watches and says nothing."""

    def starts(self, run: Path, matches: int) -> bool:
        return True

    def begins(self, header: Header, game: Game | None, lines: Sequence[Sequence[AnyAddressed]]) -> None:
        return

    def line(self, match: str, events: Sequence[AnyAddressed]) -> None:
        return

    def ends(self, played: Over, card: Scorecard) -> None:
        return

    def fails(self, match: str, why: str) -> None:
        return

    def stops(self) -> None:
        return


class Live:
    """Shows each match as a conversation, as it happens, and then its scorecard."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._conversation: Conversation | None = None

    def starts(self, run: Path, matches: int) -> bool:
        return False  # two conversations at once are none

    def begins(self, header: Header, game: Game | None, lines: Sequence[Sequence[AnyAddressed]]) -> None:
        from arena.report.cast import Cast
        from arena.report.conversation import Conversation
        from arena.report.heading import heading

        assert game is not None, "conversations are shown of matches that are played here"
        self._console.print(heading(header, Cast(game.names)))
        self._conversation = Conversation(game.names, game.scenario.name, None, self._console)
        for line in lines:  # what was played before is known, not shown again
            self._conversation.pieces(line)

    def line(self, match: str, events: Sequence[AnyAddressed]) -> None:
        assert self._conversation is not None, "a line comes after the beginning"
        self._conversation.line(events)

    def ends(self, played: Over, card: Scorecard) -> None:
        from arena.report.scorecard import scorecard

        self._console.print()
        self._console.print(scorecard(card))

    def fails(self, match: str, why: str) -> None:
        return  # it is said at the end

    def stops(self) -> None:
        return
