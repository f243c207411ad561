"""The limit of open files."""

from __future__ import annotations

import resource
import subprocess
import sys

import pytest

from arena.errors import UsageError
from arena.models.descriptors import SPARE, allow


class Shell:
    """A process with these limits; `kernel` is what it really allows."""

    RLIMIT_NOFILE, RLIM_INFINITY = 7, 2**63 - 1

    def __init__(self, soft: int, hard: int, kernel: int = 2**63 - 1) -> None:
        self.limits, self.kernel = (soft, hard), kernel

    def getrlimit(self, kind: int, /) -> tuple[int, int]:
        assert kind == self.RLIMIT_NOFILE
        return self.limits

    def setrlimit(self, kind: int, limits: tuple[int, int], /) -> None:
        if limits[0] > self.kernel:
            raise ValueError("not allowed to raise maximum limit")
        self.limits = limits


@pytest.mark.parametrize(
    ("shell", "after"),
    [
        (Shell(1024, 4096), (1024, 4096)),
        (Shell(256, 4096), (500 + SPARE, 4096)),
        (Shell(256, Shell.RLIM_INFINITY), (500 + SPARE, Shell.RLIM_INFINITY)),
        (Shell(Shell.RLIM_INFINITY, Shell.RLIM_INFINITY), (Shell.RLIM_INFINITY, Shell.RLIM_INFINITY)),
    ],
)
def test_the_soft_limit_is_raised_where_it_must_be_and_can(shell: Shell, after: tuple[int, int]) -> None:
    allow(500, shell)
    assert shell.limits == after


@pytest.mark.parametrize("shell", [Shell(256, 300), Shell(256, 300, 300), Shell(256, Shell.RLIM_INFINITY, 300)])
def test_where_it_cannot_be_raised_the_error_says_what_to_set(shell: Shell) -> None:
    may = 300 if shell.limits[1] == 300 else 256
    with pytest.raises(UsageError) as caught:
        allow(500, shell)
    assert str(caught.value) == (
        f"500 connections at once need {500 + SPARE} open files, and this shell allows {may}; "
        f"set --max-connections {may - SPARE} or lower, or raise the limit (ulimit -Hn {500 + SPARE})"
    )


def test_the_limit_of_this_process_is_really_raised() -> None:
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    program = (
        "import resource as r; from arena.models.descriptors import allow\n"
        f"r.setrlimit(r.RLIMIT_NOFILE, (128, {hard}))\n"
        "allow(200)\n"
        "print(r.getrlimit(r.RLIMIT_NOFILE)[0])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert int(done.stdout) == 200 + SPARE
