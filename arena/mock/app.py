"""The HTTP routes of the mock server: OpenAI's, and /stats for tests."""

import hmac
import json
import logging
from collections.abc import Callable

from aiohttp import web
from aiohttp.typedefs import Handler

from arena.mock.api_error import ApiError, bad_request
from arena.mock.breaking import broken_off
from arena.mock.calls import READERS, Calls, Settings
from arena.mock.completion import EPOCH
from arena.mock.counts import REFUSED
from arena.mock.json_value import Json
from arena.mock.script import Script

LARGEST_BODY = 64 * 2**20

logger = logging.getLogger(__name__)


class MockServer:
    """The handlers, over the state of one server process; `log` is given a line a request, without body and headers."""

    def __init__(self, settings: Settings, log: Callable[[str], None], script: Script | None = None) -> None:
        self.settings = settings
        self.log = log
        self.calls = Calls(settings, script or Script(), log)

    def app(self) -> web.Application:
        """The application that serves all routes."""
        app = web.Application(middlewares=[self.answer], client_max_size=LARGEST_BODY)
        for path in READERS:
            app.router.add_post(path, self.call)
        app.router.add_get("/v1/models", self.models)
        app.router.add_get("/v1/models/{id:.+}", self.model)
        app.router.add_get("/stats", self.stats)
        return app

    @web.middleware
    async def answer(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Serve one request: check its key, put every failure into OpenAI's shape, count it and log it."""
        is_call = request.method == "POST" and request.path in READERS
        error: ApiError | None = None
        try:
            self._check_key(request)
            response = await handler(request)
        except ApiError as e:
            error = e
        except web.HTTPException as e:
            error = _http_error(request, e)
        except Exception:
            logger.exception("the mock server failed on %s %s", request.method, request.path)
            error = ApiError(500, "The mock server failed; its stderr says where.")
        if error is not None:
            response = _json(error.body(), error.status)
            self.calls.counts.by_kind[REFUSED] += is_call
        if is_call and not broken_off(request):
            self.calls.counts.by_status[response.status] += 1
        if error is not None or not is_call:  # of the other calls there is more to log than their status
            self.log(f"{request.method} {request.rel_url.raw_path} {response.status}")
        return response

    async def call(self, request: web.Request) -> web.StreamResponse:
        return await self.calls.answer(request, await _body(request))

    async def models(self, request: web.Request) -> web.Response:
        return _json({"object": "list", "data": [_model(name) for name in self.settings.models]})

    async def model(self, request: web.Request) -> web.Response:
        name = request.match_info["id"]
        self.calls.check_model(name)
        return _json(_model(name))

    async def stats(self, request: web.Request) -> web.Response:
        """The model calls so far, refused ones included; see `Counts`."""
        return _json(self.calls.counts.told(len(self.calls.attempts)))

    def _check_key(self, request: web.Request) -> None:
        if self.settings.key is None or not request.path.startswith("/v1/"):
            return
        sent = request.headers.get("Authorization", "")
        # aiohttp reads header bytes that are no UTF-8 as lone surrogates, which plain encoding would choke on.
        if not hmac.compare_digest(_bytes(sent), _bytes(f"Bearer {self.settings.key}")):
            raise ApiError(401, "Incorrect API key provided, or none.", code="invalid_api_key")


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
