"""How a run of many matches is getting on: a table that is drawn anew, or plain lines where it is no terminal."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from arena.report.numbers import money
from arena.runs.meter import Flow, Meter

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.live import Live

    from arena.core.events import AnyAddressed
    from arena.core.game import Game
    from arena.runs.playing import Over
    from arena.scoring.scorecard import Scorecard
    from arena.transcripts.header import Header

EVERY = 10.0  # seconds between two plain lines
WINDOW = 10.0  # seconds that calls are counted over for a rate
SAMPLED = 0.5  # seconds between two counts that are kept for it
LISTED = 100  # so many matches get a line each as they end; of more, only those that are void

# What is told of an endpoint; further figures are further columns.
COLUMNS: dict[str, Callable[[Flow], str]] = {
    "calls": lambda flow: f"{flow.calls:,}",
    "tokens read": lambda flow: amount(flow.prompt),
    "of them cached": lambda flow: f"{flow.cached / flow.prompt:.0%}" if flow.prompt else "–",
    "written": lambda flow: amount(flow.output),
    "cost": lambda flow: money(flow.usd),
}


class Progress:
    """Shows how far a run is; a `Watcher`, while the `with` block lasts."""

    def __init__(self, console: Console, clock: Callable[[], float] = time.monotonic) -> None:
        self.meter = Meter()
        self._console, self._clock = console, clock
        self._began = self._told = clock()
        self._samples: deque[tuple[float, dict[str, int]]] = deque([(self._began, {})])
        self._live: Live | None = None
        self._stopping = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        if self._live is not None:
            self._live.stop()

    def starts(self, run: Path, matches: int) -> bool:
        self._began = self._told = self._clock()
        self._samples = deque([(self._began, {})])
        if self._console.is_terminal and not self._console.is_dumb_terminal:
            from rich.live import Live

            self._live = Live(get_renderable=self.table, console=self._console, transient=True)
            self._live.start()
        return self.meter.starts(run, matches)

    def begins(self, header: Header, game: Game | None, lines: Sequence[Sequence[AnyAddressed]]) -> None:
        self.meter.begins(header, game, lines)

    def line(self, match: str, events: Sequence[AnyAddressed]) -> None:
        self.meter.line(match, events)
        self._tell()

    def ends(self, played: Over, card: Scorecard) -> None:
        from arena.cli.console import summary
        from arena.results.tally import INTERRUPTED

        self.meter.ends(played, card)
        if played.void not in (None, INTERRUPTED) or (self.meter.total <= LISTED and card.void is None):
            self._print(f"{card.match}  {card.status}  {summary(card)}")
        self._tell()

    def fails(self, match: str, why: str) -> None:
        from arena.report.visible import visible

        self.meter.fails(match, why)
        self._print(f"{match}  failed  {visible(why)}")
        self._tell()

    def stops(self) -> None:
        self._stopping = True

    def line_of_words(self) -> str:
        """Where the run stands, in one line."""
        meter = self.meter
        words = [self._matches()]
        if meter.all.calls:
            tokens = f"{amount(meter.all.prompt)} tokens read, {amount(meter.all.output)} written"
            tokens += f" · {money(meter.all.usd)}"
            words += [f"{meter.all.calls:,} calls ({self._rates().get('', 0.0):.1f}/s)", tokens]
        return " · ".join(words)

    def _matches(self) -> str:
        meter = self.meter
        words = [f"{meter.done:,} of {meter.total:,} matches", f"{meter.live:,} live", f"{meter.void:,} void"]
        words += [f"{meter.failed:,} failed"] if meter.failed else []
        return " · ".join([*words, f"{duration(self._left())} left"])

    def table(self) -> RenderableType:
        """Where the run stands, and what each endpoint does."""
        from rich.console import Group
        from rich.progress_bar import ProgressBar
        from rich.table import Table
        from rich.text import Text

        meter, rates = self.meter, self._rates()
        bar = Table.grid()
        bar.add_row(ProgressBar(total=max(meter.total, 1), completed=meter.done, width=min(60, self._console.width)))
        parts: list[RenderableType] = [Text(self._matches()), bar]
        if self._stopping:
            parts.append(Text("Finishing what is in flight; Ctrl-C again stops now.", "yellow"))
        if meter.flows:
            table = Table(box=None, pad_edge=False, header_style="dim")
            table.add_column("endpoint", overflow="fold")
            for name in ("calls/s", *COLUMNS):
                table.add_column(name, justify="right", no_wrap=True)
            for label, flow in sorted(meter.flows.items()):
                table.add_row(
                    Text(label), f"{rates.get(label, 0.0):.1f}", *[column(flow) for column in COLUMNS.values()]
                )
            parts.append(table)
        return Group(*parts)

    def _rates(self) -> dict[str, float]:
        """Calls a second by endpoint over the last seconds; of all of them together under the empty text."""
        now = self._clock()
        calls = {label: flow.calls for label, flow in list(self.meter.flows.items())} | {"": self.meter.all.calls}
        if now - self._samples[-1][0] >= SAMPLED:
            self._samples.append((now, calls))
        while len(self._samples) > 1 and now - self._samples[0][0] > WINDOW:
            self._samples.popleft()
        first, before = self._samples[0]
        seconds = now - first
        return {label: (n - before.get(label, 0)) / seconds for label, n in calls.items()} if seconds > 0 else {}

    def _left(self) -> float | None:
        """Seconds until the run is over at the pace it had; None before anything has ended."""
        if not self.meter.done:
            return None
        return (self.meter.total - self.meter.done) * (self._clock() - self._began) / self.meter.done

    def _print(self, words: str) -> None:
        self._console.print(words, highlight=False, markup=False, soft_wrap=True)

    def _tell(self) -> None:
        """A plain line, now and then, where no table is drawn."""
        now = self._clock()
        if self._live is None and now - self._told >= EVERY:
            self._told = now
            self._print(self.line_of_words())


def amount(n: int) -> str:
    """A large number in few characters: 950, 12.3k, 4.5M."""
    return f"{n:,}" if n < 10_000 else f"{n / 1000:.1f}k" if n < 1_000_000 else f"{n / 1_000_000:.1f}M"


def duration(seconds: float | None) -> str:
    """A time as people say it: 0:42, 12:05, 3:00:00; a dash where it is not known."""
    if seconds is None:
        return "–"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
