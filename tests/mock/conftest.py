"""One server process for the tests of this room that change nothing in it that others look at."""

from collections.abc import Iterator

import pytest

from tests.mock_server import serve


@pytest.fixture(scope="session")
def base_url() -> Iterator[str]:
    with serve(seed=7) as url:
        yield url
