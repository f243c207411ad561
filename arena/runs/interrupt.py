"""Ctrl-C: once, what is in flight finishes and is saved; twice, everything stops now.

Either way nothing that was recorded is lost.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


class Interrupt:
    """Whether somebody asked to stop; a second time raises KeyboardInterrupt.

    `told` is called when it is asked the first time: in the middle of anything, so it must not do much.
    """

    def __init__(self) -> None:
        self.asked = False
        self.told: Callable[[], object] = lambda: None

    def __call__(self, number: int, frame: FrameType | None) -> None:
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True
        # Not by print: a signal may come while something is being printed.
        os.write(2, b"\nFinishing what is in flight; press Ctrl-C again to stop now.\n")
        self.told()


@contextmanager
def interruptible() -> Iterator[Interrupt]:
    """Within it, the first Ctrl-C asks to stop."""
    interrupt = Interrupt()
    before = signal.signal(signal.SIGINT, interrupt)
    try:
        yield interrupt
    finally:
        signal.signal(signal.SIGINT, before)
