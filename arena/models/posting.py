"""Requests on their way to one endpoint: the official SDK says how they are signed and what a refusal means, aiohttp
carries them.

The SDK's own way of sending builds a request, its address and its headers anew each time, through three libraries: with
short answers that was most of what a call cost. Signed once, a call costs little more than aiohttp itself.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any
from urllib.request import getproxies, proxy_bypass

import aiohttp
import msgspec
import openai
from aiohttp.abc import AbstractStreamWriter
from openai import AsyncOpenAI
from yarl import URL

from arena.models.endpoint import Endpoint
from arena.models.secrets import Secrets

CONNECT_SECONDS = 20.0
IDLE_SECONDS = 4.0  # a connection that nobody uses; uvicorn, which serves many models, hangs up after 5
JSON = "application/json"
_decode = msgspec.json.Decoder().decode


class Once(aiohttp.Payload):
    """A body that is let go of once it is sent: an answer may be long in coming, and thousands are waited for."""

    def __init__(self, body: bytes) -> None:
        super().__init__(None, content_type=JSON)
        self._body, self._size = body, len(body)

    def decode(self, encoding: str = "utf-8", errors: str = "strict") -> str:
        """What is left of it, as text."""
        return self._body.decode(encoding, errors)

    async def write(self, writer: AbstractStreamWriter) -> None:
        """Send it, for the first and only time: a request that failed is made anew."""
        body, self._body = self._body, b""
        await writer.write(body)


class Poster:
    """Posts bodies to an endpoint, at most `connections` at once. Belongs to the event loop that it was opened in."""

    def __init__(self, endpoint: Endpoint, secrets: Secrets, connections: int) -> None:
        self._came: dict[bytes, tuple[int, list[tuple[bytes, bytes]], bytes]] = {}
        self._count = 0
        self._path = "/responses" if endpoint.api == "responses" else "/chat/completions"
        self._sdk = self._signing(endpoint, secrets)
        self._headers = _headers(self._sdk, secrets)
        self._session = _session(endpoint, connections)
        self._url, self._proxy = _address(f"{str(self._sdk.base_url).rstrip('/')}{self._path}")

    async def post(self, body: Callable[[], bytes]) -> object:
        """What the endpoint answers to this body, which is made just before it is sent: decoded JSON.

        Raises openai.OpenAIError for an answer that is none, and what aiohttp raises where none came.
        """
        # A server that points elsewhere would have the secret headers and the prompts sent there.
        sent = self._session.post(
            self._url, data=Once(body()), headers=self._headers, proxy=self._proxy, allow_redirects=False
        )
        async with sent as response:
            came = await response.read()
        if response.status == 200 and JSON in response.headers.get("Content-Type", ""):
            try:
                found: object = _decode(came)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
                return await self._judged(response, came)
            return found
        return await self._judged(response, came)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._session.close()
        await self._sdk.close()

    async def _judged(self, response: aiohttp.ClientResponse, came: bytes) -> object:
        """What the SDK makes of an answer, as if it had come to it: the value that it holds, or an error."""
        self._count += 1
        name = b"%d" % self._count
        coded = (b"content-encoding", b"transfer-encoding", b"content-length")  # it is unpacked already
        headers = [(k, v) for k, v in response.raw_headers if k.lower() not in coded]
        self._came[name] = response.status, headers, came
        options: Any = {"headers": {"Authorization": "none"}}  # it is sent nowhere
        return await self._sdk.post(self._path, content=name, cast_to=object, options=options)

    def _signing(self, endpoint: Endpoint, secrets: Secrets) -> AsyncOpenAI:
        """The SDK's client, which is given what came and sends nothing itself."""
        http = _library()

        async def hand_over(request: Any) -> Any:
            status, headers, came = self._came.pop(request.content)
            return http.Response(status, headers=headers, content=came)

        sdk = openai.AsyncOpenAI(
            # Without one, the SDK would send OPENAI_API_KEY to any server.
            api_key=secrets.key or "none",
            base_url=endpoint.base_url,
            default_headers=secrets.headers,
            max_retries=0,
            http_client=openai.DefaultAsyncHttpxClient(
                transport=http.MockTransport(hand_over), follow_redirects=False, trust_env=False
            ),
        )
        if not endpoint.is_openai:
            # Taken from OPENAI_ORG_ID and OPENAI_PROJECT_ID, which are nobody else's business.
            sdk.organization = sdk.project = None
        return sdk


def _headers(sdk: AsyncOpenAI, secrets: Secrets) -> dict[str, str]:
    """What the SDK sends beside every body; a header of the user's own goes before one of the SDK's."""
    found: dict[str, tuple[str, object]] = {}
    given = {**sdk.auth_headers, **sdk.default_headers} if secrets.key else sdk.default_headers
    for name, value in given.items():
        found[name.lower()] = name, value
    return {name: value for name, value in found.values() if isinstance(value, str)}


def _session(endpoint: Endpoint, connections: int) -> aiohttp.ClientSession:
    # The whole of an attempt is limited by who asks; this tells a server that is not there from one that is slow.
    timeout = aiohttp.ClientTimeout(total=None, sock_connect=min(CONNECT_SECONDS, endpoint.timeout))
    # Whom the SDK trusts is trusted here; it takes a while to read.
    encrypted = endpoint.base_url.lower().startswith("https")
    secure: dict[str, Any] = {"ssl": _library().create_ssl_context()} if encrypted else {}
    connector = aiohttp.TCPConnector(limit=connections, keepalive_timeout=IDLE_SECONDS, **secure)
    # What a server asks to be kept would follow one match into the requests of another.
    return aiohttp.ClientSession(connector=connector, timeout=timeout, cookie_jar=aiohttp.DummyCookieJar())


def _library() -> Any:
    """What the SDK itself sends with: httpx, or another of its interface, from one version to the next."""
    return import_module(type(openai.DEFAULT_CONNECTION_LIMITS).__module__.partition(".")[0])


def _address(url: str) -> tuple[URL, str | None]:
    """An address, parsed, and the proxy on the way there, as the environment says (HTTPS_PROXY, NO_PROXY)."""
    parsed = URL(url, encoded=True)
    proxies = getproxies()
    proxy = proxies.get(parsed.scheme) or proxies.get("all")
    if proxy is None or proxy_bypass(parsed.host or ""):
        return parsed, None
    return parsed, proxy if "://" in proxy else f"http://{proxy}"
