"""The HTTP routes of the mock server: OpenAI's, and /stats for tests."""

import asyncio
import hmac
import json
import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web
from aiohttp.typedefs import Handler

from arena.mock.api_error import ApiError, bad_request
from arena.mock.chat_request import read_chat_request
from arena.mock.completion import EPOCH, complete, request_draw
from arena.mock.json_value import Json
from arena.mock.latency import NO_LATENCY, Latency
from arena.mock.prefixes import PrefixCache

CHAT = "/v1/chat/completions"
MODEL_CALLS = frozenset({("POST", CHAT)})
LARGEST_BODY = 64 * 2**20

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the server is told at its start: the models it has, its seed, its latency, and the key that it demands."""

    models: tuple[str, ...] = ("mock",)
    seed: int = 0
    latency: Latency = NO_LATENCY
    key: str | None = None


class MockServer:
    """The handlers, over the state of one server process: the prefix cache and the counts of model calls."""

    def __init__(self, settings: Settings, log: Callable[[str], None]) -> None:
        self.settings = settings
        self.log = log
        self.prefixes = PrefixCache()
        self.statuses: Counter[int] = Counter()

    def app(self) -> web.Application:
        """The application that serves all routes."""
        app = web.Application(middlewares=[self.answer], client_max_size=LARGEST_BODY)
        app.router.add_post(CHAT, self.chat)
        app.router.add_get("/v1/models", self.models)
        app.router.add_get("/v1/models/{id:.+}", self.model)
        app.router.add_get("/stats", self.stats)
        return app

    @web.middleware
    async def answer(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Serve one request: check its key, put every failure into OpenAI's shape, count it and log it."""
        try:
            self._check_key(request)
            response = await handler(request)
        except ApiError as e:
            response = _json(e.body(), e.status)
        except web.HTTPException as e:
            response = _json(_http_error(request, e).body(), e.status)
        except Exception:
            logger.exception("the mock server failed on %s %s", request.method, request.path)
            response = _json(ApiError(500, "The mock server failed; its stderr says where.").body(), 500)
        if (request.method, request.path) in MODEL_CALLS:
            self.statuses[response.status] += 1
        self.log(f"{request.method} {request.rel_url.raw_path} {response.status}")
        return response

    async def chat(self, request: web.Request) -> web.Response:
        asked = read_chat_request(await _body(request))
        self._check_model(asked.model)
        completion = complete(asked, self.settings.seed, self.prefixes.reuse(asked.prompt))
        self.prefixes.remember(asked.prompt)
        await asyncio.sleep(self.settings.latency.draw(request_draw(self.settings.seed, asked).of("latency")))
        return _json(completion)

    async def models(self, request: web.Request) -> web.Response:
        return _json({"object": "list", "data": [_model(name) for name in self.settings.models]})

    async def model(self, request: web.Request) -> web.Response:
        name = request.match_info["id"]
        self._check_model(name)
        return _json(_model(name))

    async def stats(self, request: web.Request) -> web.Response:
        """The model calls answered so far, refused ones included: {"calls": n, "by_status": {"200": n, ...}}."""
        by_status: Json = {str(status): n for status, n in sorted(self.statuses.items())}
        return _json({"calls": self.statuses.total(), "by_status": by_status})

    def _check_key(self, request: web.Request) -> None:
        if self.settings.key is None or not request.path.startswith("/v1/"):
            return
        sent = request.headers.get("Authorization", "")
        # aiohttp reads header bytes that are no UTF-8 as lone surrogates, which plain encoding would choke on.
        if not hmac.compare_digest(_bytes(sent), _bytes(f"Bearer {self.settings.key}")):
            raise ApiError(401, "Incorrect API key provided, or none.", code="invalid_api_key")

    def _check_model(self, name: str) -> None:
        if name not in self.settings.models:
            known = ", ".join(self.settings.models)
            raise ApiError(404, f"The model {name!r} does not exist; there is: {known}.", code="model_not_found")


async def _body(request: web.Request) -> bytes:
    try:
        return await request.read()
    except (ConnectionError, web.RequestPayloadError) as e:
        raise bad_request(f"The body of your request could not be read to its end: {e}.") from None


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _model(name: str) -> dict[str, Json]:
    return {"id": name, "object": "model", "created": EPOCH, "owned_by": "arena"}


def _json(body: dict[str, Json], status: int = 200) -> web.Response:
    return web.json_response(body, status=status, dumps=json.dumps)


def _http_error(request: web.Request, error: web.HTTPException) -> ApiError:
    match error.status:
        case 404:
            return ApiError(404, f"Unknown request URL: {request.method} {request.path}.", code="unknown_url")
        case 405:
            return ApiError(405, f"Not allowed to {request.method} {request.path}.", code="method_not_supported")
    return ApiError(error.status, f"{error.reason}: {error.text}")
