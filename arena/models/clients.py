"""The clients of a run: one for each endpoint, all of them under the same limits."""

from __future__ import annotations

from collections.abc import Mapping
from types import TracebackType
from typing import Self

import msgspec
from msgspec import Struct

from arena.models.client import Client
from arena.models.descriptors import allow
from arena.models.endpoint import Endpoint
from arena.models.limiter import CONNECTIONS, Limiter
from arena.models.probing import Dialects
from arena.models.remote import RemoteClient


class Calling(Struct, frozen=True):
    """How models are called for as long as a command runs: what the user says goes before what was configured.

    `connections`: requests at once over all endpoints; `timeout` and `max_retries`: those of every endpoint; `part`: of
    every endpoint's requests and tokens a minute, where others call it as well.
    """

    connections: int | None = None
    timeout: float | None = None
    max_retries: int | None = None
    part: float = 1.0

    def within(self, connections: int) -> Calling:
        """The same, with so many requests at once where the user said nothing of them."""
        return self if self.connections is not None else msgspec.structs.replace(self, connections=connections)

    def share(self, nth: int, of: int) -> Calling:
        """The part of the `nth` of so many who call at once, counted from 0: what they may do together is what this
        one may. There have to be as many connections."""
        connections = self.connections or CONNECTIONS
        mine = connections // of + (nth < connections % of)
        return msgspec.structs.replace(self, connections=mine, part=self.part / of)

    def apply(self, endpoint: Endpoint) -> Endpoint:
        """The endpoint as it is called here."""
        rates = {name: None if rate is None else rate * self.part for name, rate in _rates(endpoint)}
        chosen = {"timeout": self.timeout, "max_retries": self.max_retries, **rates}
        return msgspec.structs.replace(endpoint, **{name: v for name, v in chosen.items() if v is not None})


def _rates(endpoint: Endpoint) -> tuple[tuple[str, float | None], ...]:
    return ("rpm", endpoint.rpm), ("tpm", endpoint.tpm)


class Clients:
    """One client for each endpoint, shared by the seats of all matches; closes them all.

    `dialects` are those that were found out; what limits the requests at once is shared by all.
    """

    def __init__(
        self,
        environ: Mapping[str, str] | None = None,
        calling: Calling | None = None,
        dialects: Dialects | None = None,
    ) -> None:
        self._environ = environ
        self._calling = Calling() if calling is None else calling
        self._limiter = Limiter(self._calling.connections or CONNECTIONS)
        self._clients: dict[bytes, Client] = {}
        self._remotes: dict[bytes, RemoteClient] = {}
        self.dialects = Dialects() if dialects is None else dialects

    def of(self, endpoint: Endpoint) -> Client:
        """The client of this endpoint.

        Raises UsageError where a variable that it needs is not set, or so many connections cannot be open at once.
        """
        endpoint = self._calling.apply(endpoint)
        key = msgspec.json.encode(endpoint, order="sorted")
        if key not in self._clients:
            allow(self._limiter.connections)
            self._clients[key] = Client(endpoint, self._environ, limiter=self._limiter)
        return self._clients[key]

    def remote(self, endpoint: Endpoint) -> RemoteClient:
        """The client of the remote agent at this endpoint. Raises UsageError as `of` does."""
        endpoint = self._calling.apply(endpoint)
        key = msgspec.json.encode(endpoint, order="sorted")
        if key not in self._remotes:
            allow(self._limiter.connections)
            self._remotes[key] = RemoteClient(endpoint, self._environ, limiter=self._limiter)
        return self._remotes[key]

    async def aclose(self) -> None:
        """Close every client."""
        for client in self._clients.values():
            await client.aclose()
        for remote in self._remotes.values():
            await remote.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()
