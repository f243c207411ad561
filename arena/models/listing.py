"""The models that an endpoint says it has: GET /models, where that is served."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from arena.models.endpoint import Endpoint
from arena.models.failures import Failure, of_status, shown
from arena.models.secrets import Secrets
from arena.models.transport import of_connection

SECONDS = 20.0
UNSERVED = frozenset({404, 405, 501})  # many servers have no such list


async def listed(endpoint: Endpoint, environ: Mapping[str, str] | None = None) -> tuple[str, ...] | None:
    """The ids of the endpoint's models, sorted; None where it does not list them.

    Raises Failure where it cannot be reached or refuses, and UsageError where a variable that it needs is not set.
    """
    import httpx

    secrets = Secrets(endpoint, os.environ if environ is None else environ)
    headers = {"Authorization": f"Bearer {secrets.key}"} if secrets.key else {}
    url = f"{endpoint.base_url.rstrip('/')}/models"
    try:
        async with httpx.AsyncClient(timeout=min(SECONDS, endpoint.timeout), follow_redirects=False) as client:
            response = await client.get(url, headers={**headers, **secrets.headers})
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise _scrubbed(of_connection(endpoint, error), secrets) from None
    if response.status_code in UNSERVED:
        return None
    if not response.is_success:
        failure = of_status(endpoint, response.status_code, _json(response), response.headers)
        raise _scrubbed(failure, secrets)
    match _json(response):
        case {"data": list(rows)}:
            ids = {row["id"] for row in rows if isinstance(row, dict) and isinstance(row.get("id"), str)}
            return tuple(sorted({secrets.scrub_reply(each) for each in ids}))
    return None


def _scrubbed(failure: Failure, secrets: Secrets) -> Failure:
    failure.what = shown(failure, secrets.scrub)
    return failure


def _json(response: Any) -> object:
    try:
        found: object = response.json()
    except (ValueError, RecursionError):
        return None
    return found
