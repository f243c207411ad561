"""Open files: every connection is one, and a shell allows a process only so many."""

from __future__ import annotations

import resource
from typing import Protocol

from arena.errors import UsageError

SPARE = 64  # the process's own: standard streams, modules being imported, the run's files


class Shell(Protocol):
    """What a process is allowed; the module `resource`, or what stands in for it."""

    RLIMIT_NOFILE: int
    RLIM_INFINITY: int

    def getrlimit(self, kind: int, /) -> tuple[int, int]: ...
    def setrlimit(self, kind: int, limits: tuple[int, int], /) -> None: ...


def allow(files: int, shell: Shell = resource) -> None:
    """See to it that so many files and connections can be open at once, besides SPARE of the process's own.

    The soft limit is raised where the hard one lets it be. Raises UsageError with what to do where it does not.
    """
    soft, hard = shell.getrlimit(shell.RLIMIT_NOFILE)
    needed = files + SPARE
    if soft in (shell.RLIM_INFINITY, -1) or soft >= needed:
        return
    if hard in (shell.RLIM_INFINITY, -1) or hard >= needed:
        try:
            shell.setrlimit(shell.RLIMIT_NOFILE, (needed, hard))
            return
        except (OSError, ValueError):  # such as a limit of the kernel that is below the hard one
            pass
    may = hard if hard not in (shell.RLIM_INFINITY, -1) else soft
    raise UsageError(
        f"{files:,} connections at once need {needed:,} open files, and this shell allows {may:,}; "
        f"set --max-connections {max(may - SPARE, 1)} or lower, or raise the limit (ulimit -Hn {needed})"
    )
