"""Agents that kill the process that asks them: `deadly.py:once`, the first time only; `deadly.py:always`."""

import os
import signal
from pathlib import Path

from arena.core.view import Ask, Reply, View
from tests.runs.called import answer, slow

__all__ = ["always", "once", "slow"]


async def once(view: View, ask: Ask) -> Reply:
    """Leaves the file that the variable DIED names, and dies where it is not there yet."""
    if ask.nth == 1 and died() == 0:
        die()
    return answer(view, ask)


async def always(view: View, ask: Ask) -> Reply:
    """Answers once, and dies of the second question, every time."""
    if ask.nth == 1:
        die()
    return answer(view, ask)


def died() -> int:
    """How often a process died."""
    place = Path(os.environ["DIED"])
    return place.read_text().count("\n") if place.exists() else 0


def die() -> None:
    """As by kill -9."""
    with Path(os.environ["DIED"]).open("a") as file:
        file.write(f"{os.getpid()}\n")
    os.kill(os.getpid(), signal.SIGKILL)
