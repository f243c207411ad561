"""What can go wrong below HTTP: nobody is there, the time runs out, the connection breaks, the answer is spoilt."""

from __future__ import annotations

import re

from arena.models.endpoint import Endpoint
from arena.models.failures import ADDRESS, Failure

# By the names of their types: httpx, httpx2 and aiohttp each have their own, and wrap one another's.
_BROKEN = frozenset(
    {
        "ClientPayloadError",  # aiohttp: less came than was announced
        "ServerDisconnectedError",
        "ReadError",
        "ConnectionResetError",
        "BrokenPipeError",
    }
)
_PACKED = frozenset({"DecodingError", "ContentEncodingError"})
_SPOILT = frozenset({"ClientResponseError", "BadHttpMessage", "RemoteProtocolError"})
_CLOSED = re.compile("disconnected|closed")  # httpx has one type for both
# What aiohttp puts before its words; and what it repeats of an answer, cut, where that is part of a key.
_AIOHTTP = re.compile(r"\A\d+, message: |(?<= when reading): b'.*")
# Then nobody was asked yet. What aiohttp calls a broken connection, the SDK may call the second.
_UNCONNECTED = frozenset({"ConnectionTimeoutError", "ConnectTimeout"})


def of_connection(endpoint: Endpoint, cause: BaseException) -> Failure:
    """No response came that can be read; each may be another time."""
    chain = _chain(cause)
    names = {each.__name__ for error in chain for each in type(error).__mro__}
    if "TimeoutError" in names and not _UNCONNECTED & names:
        advice = "raise timeout, lower max_output_tokens, or try when the server is less busy"
        return Failure(f"no answer within {endpoint.timeout:g} s", advice, again=True, strained=True)
    # The innermost says why: the SDK's own words are "Connection error." or, over aiohttp, a time-out that was none.
    said = next((str(e) for e in reversed(chain) if str(e)), type(cause).__name__)
    reason = _AIOHTTP.sub("", " ".join(said.split()))
    if _PACKED & names:
        advice = "look at what compresses its answers: the server, or a proxy before it"
        return Failure(f"its answer is compressed and cannot be unpacked: {reason}", advice, again=True)
    if _BROKEN & names or ("RemoteProtocolError" in names and _CLOSED.search(reason)):
        advice = "look at the log of the server, or of a proxy before it, or try again later"
        return Failure(f"the connection broke before the answer was whole: {reason}", advice, again=True)
    if _SPOILT & names:
        advice = "check base_url: another kind of server may be there, or a proxy before it spoils what it says"
        return Failure(f"its answer is not HTTP that can be read: {reason}", advice, again=True)
    return Failure(f"cannot be reached: {reason}", ADDRESS, again=True)


def _chain(cause: BaseException) -> list[BaseException]:
    chain: list[BaseException] = []
    link: BaseException | None = cause
    while link is not None and link not in chain:
        chain.append(link)
        link = link.__cause__ or link.__context__
    return chain
