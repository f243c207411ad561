"""The endpoints that the environment names, where no configuration does."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping

from arena.errors import UsageError
from arena.models.address import OPENAI
from arena.models.doctor import look
from arena.models.endpoint import Endpoint
from arena.models.finding import Diagnosis, Finding

BASE_URL, API_KEY = "_BASE_URL", "_API_KEY"


def look_at_all(environ: Mapping[str, str] = os.environ) -> list[Diagnosis]:
    """Whether each can be reached and takes its key; no model is called."""

    async def main() -> list[Diagnosis]:
        return [await _look(name, url, environ) for name, url in _named(environ).items()]

    return asyncio.run(main())


def _named(environ: Mapping[str, str]) -> dict[str, str]:
    """The addresses by NAME: those of NAME_BASE_URL, and OpenAI's own where there is a key for it."""
    named = {key.removesuffix(BASE_URL): url for key, url in sorted(environ.items()) if key.endswith(BASE_URL) and url}
    return {"OPENAI": OPENAI, **named} if environ.get("OPENAI_API_KEY") else named


async def _look(name: str, url: str, environ: Mapping[str, str]) -> Diagnosis:
    model = "openai/..." if name == "OPENAI" else f"openai-api/{name.lower()}/..."
    try:
        endpoint = Endpoint(model, url, name + API_KEY, key_optional=True)
    except UsageError as error:
        what, _, advice = str(error).rpartition("; ")
        return Diagnosis(model, f"{name}{BASE_URL}", (Finding("address", "bad", what, advice),))
    findings = await look(endpoint, environ)
    key = "the variable is not set; none is sent" if not environ.get(name + API_KEY) else "is set"
    told = Finding(name + API_KEY, "note" if "not" in key else "good", key)
    # There is no model to look for.
    return Diagnosis(model, endpoint.place, (*[each for each in findings if each.name != "model"], told))
