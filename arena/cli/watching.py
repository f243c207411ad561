"""Who watches a run from the command line, by what was asked for."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from arena.cli.live import Live, Quiet, kept_clean

if TYPE_CHECKING:
    from arena.core.events import AnyAddressed
    from arena.core.game import Game
    from arena.runs.playing import Over, Watcher
    from arena.scoring.scorecard import Scorecard
    from arena.transcripts.header import Header

SHOWN = 3  # so many matches are shown as conversations, one after another; of more, the progress


class Paths:
    """Prints where each transcript lies, as its match ends."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def starts(self, run: Path, matches: int) -> bool:
        return True

    def begins(self, header: Header, game: Game | None, lines: Sequence[Sequence[AnyAddressed]]) -> None:
        return

    def line(self, match: str, events: Sequence[AnyAddressed]) -> None:
        return

    def ends(self, played: Over, card: Scorecard) -> None:
        from arena.cli.console import short

        print(short(played.path), file=self._out, flush=True)

    def fails(self, match: str, why: str) -> None:
        return

    def stops(self) -> None:
        return


class ByNumber:
    """Conversations where there are few matches, progress where there are more."""

    def __init__(self, few: Watcher, many: Watcher) -> None:
        self._few, self._many = few, many
        self._chosen = many

    def starts(self, run: Path, matches: int) -> bool:
        self._chosen = self._few if matches <= SHOWN else self._many
        return self._chosen.starts(run, matches)

    def begins(self, header: Header, game: Game | None, lines: Sequence[Sequence[AnyAddressed]]) -> None:
        self._chosen.begins(header, game, lines)

    def line(self, match: str, events: Sequence[AnyAddressed]) -> None:
        self._chosen.line(match, events)

    def ends(self, played: Over, card: Scorecard) -> None:
        self._chosen.ends(played, card)

    def fails(self, match: str, why: str) -> None:
        self._chosen.fails(match, why)

    def stops(self) -> None:
        self._chosen.stops()


class Kept:
    """Keeps the scorecards, in the order of the matches' ids, for a command that shows them all at its end."""

    def __init__(self, beside: Watcher) -> None:
        self._beside = beside
        self._cards: dict[str, Scorecard] = {}
        self.starts, self.begins, self.line = beside.starts, beside.begins, beside.line
        self.fails, self.stops = beside.fails, beside.stops

    @property
    def cards(self) -> list[Scorecard]:
        """The scorecards of the matches that ended."""
        return [card for _, card in sorted(self._cards.items())]

    def ends(self, played: Over, card: Scorecard) -> None:
        self._cards[played.header.id] = card
        self._beside.ends(played, card)


@contextmanager
def watching(as_json: bool, quiet: bool, show: bool = True, several: bool = False) -> Iterator[Watcher]:
    """Whoever is to watch: events for a program, paths alone, nothing, or what people read.

    Where it is not for people, stdout is kept clean. several: matches are played side by side, however few they are.
    """
    out = sys.stdout
    with kept_clean(as_json or quiet or not show):
        if not show:
            yield Quiet()
        elif as_json:
            from arena.cli.events import Events

            yield Events(out)
        elif quiet:
            yield Paths(out)
        else:
            from arena.cli.console import stdout
            from arena.cli.progress import Progress

            console = stdout()
            with Progress(console) as progress:
                yield progress if several else ByNumber(Live(console), progress)
