"""The coordinator's side of one worker's connection."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from arena.engines.frames import FromCoordinator, Held, Hello, frame
from arena.errors import BudgetSpent
from arena.models.budget import Funds
from arena.models.spending import Spent
from arena.transcripts.header import Header


@dataclass(eq=False)
class Session:
    """A worker that has shown the token: how many matches it wants, and those that it plays."""

    number: int  # no two of a run have the same
    hello: Hello
    writer: asyncio.StreamWriter
    wanted: int = 0
    live: dict[str, Header] = field(default_factory=dict)
    told: bool = False  # that there is nothing more to begin
    left: bool = False  # it said good-bye
    _held: list[Spent] = field(default_factory=list)
    _holding: set[asyncio.Task[None]] = field(default_factory=set)

    def __str__(self) -> str:
        return f"worker {self.hello.place + 1} (process {self.hello.process} on {self.hello.host})"

    def send(self, message: FromCoordinator) -> None:
        """Send, as far as it is still there."""
        if not self.writer.is_closing():
            self.writer.write(frame(message))

    def hold(self, budget: Funds, number: int, expected: Spent) -> None:
        """Answer whether a call may be made, as soon as that can be told."""

        async def answered() -> None:
            try:
                await budget.hold(expected)
            except BudgetSpent:
                self.send(Held(number, budget.ended))
                return
            self._held.append(expected)
            self.send(Held(number))

        task = asyncio.create_task(answered())
        self._holding.add(task)
        task.add_done_callback(self._holding.discard)

    def settle(self, budget: Funds, expected: Spent, actual: Spent) -> None:
        """A call was made, or will not be."""
        self._held.remove(expected)
        budget.settle(expected, actual)

    def close(self, budget: Funds) -> None:
        """It is gone. What its calls in flight cost nobody knows: all that was reserved, so that no cap is exceeded."""
        for task in self._holding:
            task.cancel()
        for expected in self._held:
            budget.settle(expected, expected)
        self._held.clear()
        self.writer.close()
