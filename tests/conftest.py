"""What all tests share: hypothesis tries the same examples every time, and without deadlines; no test colours the next.

A slow machine is no failure, and a newcomer's first run finds nothing that ours did not. To look further, with new
examples every time: `--hypothesis-profile=explore`.
"""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

settings.register_profile("arena", deadline=None, derandomize=True, database=None)
settings.register_profile("explore", deadline=None, derandomize=False, max_examples=1000)
settings.load_profile("arena")


@pytest.fixture(autouse=True)
def _commands_leave_no_settings() -> Iterator[None]:
    """`--no-color` and `--debug` set a variable for the process that they begin; here one process runs many."""
    before = {name: os.environ.get(name) for name in ("NO_COLOR", "ARENA_DEBUG")}
    yield
    for name, value in before.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
