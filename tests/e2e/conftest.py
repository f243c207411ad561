"""What the end-to-end tests share: a mock server in a process of its own, and an environment without a key."""

import os
from collections.abc import Iterator

import pytest

from tests.mock_server import serve


@pytest.fixture(scope="session")
def mock() -> Iterator[str]:
    """The base URL of a mock server."""
    with serve(seed=3) as base_url:
        yield base_url


@pytest.fixture(autouse=True)
def no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing in the environment that could reach a provider or pay for it."""
    for name in os.environ:
        if name.endswith(("_API_KEY", "_BASE_URL")):
            monkeypatch.delenv(name)
