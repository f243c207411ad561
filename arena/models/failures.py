"""What can go wrong between here and a model: what happened, whether to try again, what to do about it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from http import HTTPStatus

from arena.models.endpoint import Endpoint
from arena.models.quirks import quirk
from arena.models.retry_after import retry_after
from arena.models.too_long import TooLong, too_long

AGAIN = frozenset({408, 409, 429, *range(500, 600)})
STRAINED = frozenset({429, 529})  # too many requests; overloaded, as Anthropic says it
NO_CREDIT = frozenset({"insufficient_quota", "billing_hard_limit_reached", "billing_not_active"})
LONGEST_ASKED = 120.0  # seconds; a server that asks to be left alone for longer gets this
SHOWN = 300  # characters of what a server said that are repeated
READ = 6_000  # characters of what it said that are looked at, from the beginning and from the end
MOVED = frozenset({301, 302, 303, 307, 308})  # nobody follows with a key and a prompt

ADDRESS = "check base_url (it usually ends in /v1) and that the server runs"


class Failure(Exception):
    """One attempt that failed.

    `what` happened; `advice`; `again`: whether the same request may succeed later; `after`: the seconds that the
    server asked to be left alone, None where it asked for nothing; `strained`: whether it has more to do than it can,
    so that fewer requests at once may help; `status`: the HTTP status, where there was one; `too_long`: it was the
    prompt that does not fit.
    """

    def __init__(
        self,
        what: str,
        advice: str,
        again: bool = False,
        after: float | None = None,
        strained: bool = False,
        status: int | None = None,
        too_long: TooLong | None = None,
    ) -> None:
        super().__init__(what)
        self.what = what
        self.advice = advice
        self.again = again
        self.after = after
        self.strained = strained
        self.status = status
        self.too_long = too_long


def shown(failure: Failure, scrub: Callable[[str], str]) -> str:
    """What happened, without secrets and no longer than people read; scrubbed before it is cut, so that no part of a
    secret stays at the end."""
    said = scrub(failure.what)
    return said if len(said) <= SHOWN else f"{said[:SHOWN]}..."


def of_status(endpoint: Endpoint, status: int, body: object, headers: Mapping[str, str]) -> Failure:
    """The server answered with an HTTP status that is no success; `body` is decoded JSON or text."""
    said = _message(body)
    what = f"HTTP {status} {_phrase(status)}" + (f": {said}" if said else "")
    if status in (401, 403):
        # What a provider says to a wrong key repeats parts of the key.
        return Failure(f"HTTP {status} {_phrase(status)}", _about_the_key(endpoint, status), status=status)
    if status == HTTPStatus.PAYMENT_REQUIRED or _code(body) in NO_CREDIT:
        return Failure(what, "the account has no credit left: add some, or use another key", status=status)
    if status in MOVED:
        return Failure(what, "it points elsewhere: write its new address in base_url", status=status)
    long = too_long(status, _code(body), said, body)
    if long is not None:
        return Failure(what, _advice(endpoint, 413), status=status, too_long=long)
    known = quirk(endpoint, status, said)
    if known is not None:
        return Failure(what, known, status=status)
    again = status in AGAIN
    after = retry_after(headers) if again else None
    strained = again and (status in STRAINED or after is not None)
    return Failure(what, _advice(endpoint, status), again, after, strained, status)


def of_response(endpoint: Endpoint, response: object, why: str) -> Failure:
    """The server answered 200 with what is no chat completion; some proxies report an upstream's failure so."""
    match response:
        case {"error": dict(error)} | {"choices": [{"error": dict(error)}, *_]}:
            code = error.get("code")
            upstream = code if isinstance(code, int) and 400 <= code < 600 else 502
            return of_status(endpoint, upstream, error, {})
    return Failure(f"answered, but with no chat completion: {why}", ADDRESS)


def _about_the_key(endpoint: Endpoint, status: int) -> str:
    if endpoint.api_key_env is None:
        return "the server wants a key: set api_key_env to the name of the variable that holds it"
    if status == 401:
        return f"the key in {endpoint.api_key_env} is missing or wrong: set that variable"
    return f"the key in {endpoint.api_key_env} may not do this: check that it has access to {endpoint.model!r}"


def _advice(endpoint: Endpoint, status: int) -> str:
    match status:
        case 404:
            return f"check that the server has a model {endpoint.model!r}, and {ADDRESS.removeprefix('check ')}"
        case 400 | 422:
            form = "" if endpoint.dialect == "text" else f"try dialect: text in place of {endpoint.dialect}, and "
            return f"the server does not take this request: {form}check the parameters and extra_body of this endpoint"
        case 413:
            return "the prompt is too large for this server: shorten the match, or use another model"
        case 429:
            return "the rate limit holds: lower the number of connections, raise max_retries, or wait"
        case 408 | 409:
            return "the server was busy: try again later"
    return "the server is failing: try again later" if status in AGAIN else ADDRESS


def _phrase(status: int) -> str:
    return HTTPStatus(status).phrase if status in HTTPStatus._value2member_map_ else "(an unknown status)"


def _message(body: object) -> str:
    """What the server said, on one line; of what is very long, the beginning and the end."""
    error = body.get("error", body) if isinstance(body, dict) else body
    said = error.get("message") if isinstance(error, dict) else error
    if said is None or said == "":
        return ""
    text = said if isinstance(said, str) else _json(said)
    if len(text) > 2 * READ:
        text = f"{text[:READ]} ... {text[-READ:]}"
    return " ".join(text.split())


def _json(value: object) -> str:
    try:
        return json.dumps(value, default=str)
    except (ValueError, RecursionError):
        return "(nested too deeply to be shown)"


def _code(body: object) -> object:
    error = body.get("error", body) if isinstance(body, dict) else None
    code = error.get("code") or error.get("type") if isinstance(error, dict) else None
    return code if isinstance(code, str) else None
