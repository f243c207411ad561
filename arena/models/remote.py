"""The client of a remote agent: one POST for each ask, over httpx, which is loaded when it is first used."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Callable, Mapping
from http.cookiejar import CookieJar, DefaultCookiePolicy
from random import Random
from typing import TYPE_CHECKING, Any

from arena.errors import EndpointDown, UsageError
from arena.models.endpoint import Endpoint
from arena.models.failures import ADDRESS, MOVED, Failure, of_status, shown
from arena.models.heard import KEPT, LARGEST
from arena.models.limiter import Limiter
from arena.models.secrets import Secrets
from arena.models.transport import of_connection

if TYPE_CHECKING:
    import httpx

    from arena.models.retry import Sleep

NAME = "remote agent"  # what stands for a model's name in the endpoint of one
CONNECT_SECONDS = 20.0
CUT = "\n[endpoint: oversize]"  # how a raw text ends that was not taken whole
START = "check url, and that the server runs"


def remote_endpoint(settings: Mapping[str, Any]) -> Endpoint:
    """The endpoint of a remote agent with these settings. Raises UsageError."""
    declared = {name: settings[name] for name in ("timeout", "max_retries", "headers") if name in settings}
    try:
        return Endpoint(NAME, settings["url"], settings.get("api_key_env"), **declared)
    except UsageError as error:
        said = str(error).removeprefix(f"endpoint of {NAME!r}: ").replace("base_url is", "url is")
        raise UsageError(said.replace("http://HOST/v1 or https", "http://HOST/PATH or https")) from None


class RemoteClient:
    """Asks one remote agent; shared by all seats that it plays. Opened by its first use, in that event loop.

    `environ` is where the variables of the endpoint are looked up, now. `limiter` is shared by all that go the same
    way. Raises UsageError where a variable is not set.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        environ: Mapping[str, str] | None = None,
        sleep: Sleep = asyncio.sleep,
        jitter: Random | None = None,
        limiter: Limiter | None = None,
    ) -> None:
        self.endpoint = endpoint
        self._secrets = Secrets(endpoint, os.environ if environ is None else environ)
        self._sleep = sleep
        self._jitter = jitter
        self._limiter = Limiter() if limiter is None else limiter
        self._lane = self._limiter.lane(endpoint)
        self._http: httpx.AsyncClient | None = None

    async def ask(self, body: bytes, match: str = "") -> tuple[str, int]:
        """The text of the answer, and how many attempts it took.

        Each attempt waits until it may go, in turn with those of other matches. Raises EndpointDown, saying what
        happened and what to do, once the budget of retries is spent, or at once where trying again is of no use.
        """
        from arena.models.retry import Exhausted, Retry

        retry = Retry(self.endpoint.max_retries, self._sleep, self._jitter)
        try:
            said, attempts = await retry.run(lambda: self._attempt(body, match))
        except Exhausted as e:
            tried = f" ({e.attempts} attempts)" if e.attempts > 1 else ""
            what = shown(e.failure, self._secrets.scrub)
            words = f"the remote agent at {self.endpoint.place}: {what}{tried}; {e.failure.advice}"
            raise EndpointDown(self._secrets.scrub(words), e.failure.status, e.attempts) from None
        return said, attempts

    async def aclose(self) -> None:
        """Close the connections. Using the client again opens new ones."""
        http, self._http = self._http, None
        if http is not None:
            await http.aclose()

    async def _attempt(self, body: bytes, match: str) -> str:
        async with self._limiter.turn(self._lane, match):
            return await self._post(body)

    async def _post(self, body: bytes) -> str:
        import httpx

        try:
            async with (
                asyncio.timeout(self.endpoint.timeout),
                self._open().stream("POST", self.endpoint.base_url, content=body, headers=self._headers()) as response,
            ):
                said = await _text(response, self._secrets.scrub_reply)
        except TimeoutError:
            advice = "raise timeout, or make the agent quicker"
            raise Failure(f"no answer within {self.endpoint.timeout:g} s", advice, again=True) from None
        except (httpx.HTTPError, httpx.InvalidURL) as e:
            failure = of_connection(self.endpoint, e)
            failure.advice = START if failure.advice == ADDRESS else failure.advice.replace("base_url", "url")
            raise failure from None
        if not response.is_success:
            raise _refusal(self.endpoint, response, said)
        return said

    def _open(self) -> httpx.AsyncClient:
        import httpx

        if self._http is None:
            # The whole of an attempt has a limit of its own, so that a slow one is told from one that never was.
            timeout = httpx.Timeout(None, connect=CONNECT_SECONDS)
            limits = httpx.Limits(max_connections=None, max_keepalive_connections=None, keepalive_expiry=2.0)
            # What a server asks to be kept would follow one seat into the requests of another.
            none = CookieJar(DefaultCookiePolicy(allowed_domains=()))
            self._http = httpx.AsyncClient(timeout=timeout, limits=limits, cookies=none, follow_redirects=False)
        return self._http

    def _headers(self) -> dict[str, str]:
        key = self._secrets.key
        named = {"Content-Type": "application/json", "Accept": "application/json"}
        return {**named, **({"Authorization": f"Bearer {key}"} if key else {}), **self._secrets.headers}


async def _text(response: httpx.Response, scrub: Callable[[str], str]) -> str:
    """What a response says, up to a limit; of more, the beginning, and that it was cut off. Scrubbed before that."""
    found = bytearray()
    async for part in response.aiter_bytes():
        found += part
        if len(found) > LARGEST:
            return scrub(found[:LARGEST].decode(errors="replace"))[:KEPT] + CUT
    return scrub(found.decode(errors="replace"))


def _refusal(endpoint: Endpoint, response: httpx.Response, said: str) -> Failure:
    try:
        body: object = json.loads(said)
    except (ValueError, RecursionError):
        body = said
    failure = of_status(endpoint, response.status_code, body, response.headers)
    match response.status_code:
        case 401 | 403:
            pass  # which is about the key, whoever it is that wants it
        case status if status in MOVED:
            failure.advice = "it points elsewhere, and nobody follows with a key: write its new address as url"
        case status if status < 400:
            failure.advice = f"it answers without an answer: {START}"
        case 404 | 405:
            failure.advice = f"nothing answers a POST there: {START}"
        case _ if failure.again:
            failure.advice = "the agent's server is busy or failing: try again later"
        case _:
            failure.advice = "the agent does not take this request: see what its server logs, and docs/remote-agents.md"
    return failure
