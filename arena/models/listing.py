"""The models that an endpoint says it has: GET /models, where that is served."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from arena.models.endpoint import Endpoint
from arena.models.failures import of_connection, of_status
from arena.models.secrets import Secrets

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
        raise of_connection(endpoint, error) from None
    if response.status_code in UNSERVED:
        return None
    if response.status_code >= 400:
        raise of_status(endpoint, response.status_code, _json(response), response.headers)
    match _json(response):
        case {"data": list(rows)}:
            return tuple(
                sorted({row["id"] for row in rows if isinstance(row, dict) and isinstance(row.get("id"), str)})
            )
    return None


def _json(response: Any) -> object:
    try:
        found: object = response.json()
    except ValueError:
        return None
    return found
