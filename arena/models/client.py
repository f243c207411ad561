"""The client of a model endpoint; what carries its requests is loaded when it is first used."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Mapping, Sequence
from random import Random
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import msgspec

from arena.errors import EndpointDown
from arena.models.answer import Answer
from arena.models.endpoint import Endpoint
from arena.models.failures import Failure, of_response, of_status, shown
from arena.models.heard import Heard, NotACompletion
from arena.models.hearing import hear
from arena.models.limiter import Limiter
from arena.models.messages import ChatMessage, as_sent, encoded
from arena.models.secrets import Secrets
from arena.models.too_long import TooLong
from arena.models.transport import of_connection
from arena.models.usage import read_usage
from arena.models.window import Window

if TYPE_CHECKING:
    from arena.models.posting import Poster
    from arena.models.retry import Sleep

CHARACTERS_A_TOKEN = 4  # about; what a request is taken to cost until the endpoint has counted


class PromptTooLong(Exception):
    """A prompt does not fit the model: what the endpoint said of it, in numbers and in words, and the attempts."""

    def __init__(self, told: TooLong, why: str, attempts: int) -> None:
        super().__init__(why)
        self.told = told
        self.attempts = attempts


class Client:
    """Asks one endpoint; shared by all seats that it plays. Opened by its first use, in that event loop.

    `environ` is where the variables of the endpoint are looked up, now; `window` is what is known of the model's
    context; `limiter` is shared by all that go the same way. Raises UsageError where a variable is not set.
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
        self.window = Window(endpoint)
        self._secrets = Secrets(endpoint, os.environ if environ is None else environ)
        self._sleep = sleep
        self._jitter = Random() if jitter is None else jitter  # seeding one costs as much as an attempt's bookkeeping
        self._limiter = Limiter() if limiter is None else limiter
        self._lane = self._limiter.lane(endpoint)
        self._poster: Poster | None = None

    async def complete(self, messages: Sequence[ChatMessage], pieces: Mapping[str, Any], match: str = "") -> Answer:
        """The model's answer to these messages; `pieces` is what the dialect adds to the request.

        Each attempt waits until it may go, in turn with those of other matches. Raises EndpointDown, saying what
        happened and what to do, once the budget of retries is spent, or at once where trying again is of no use;
        PromptTooLong where the messages do not fit the model.
        """
        from arena.models.retry import Exhausted, Retry

        def request() -> bytes:  # made for each attempt: what is kept while thousands wait adds up
            return msgspec.json.encode(self._around(msgspec.Raw(encoded(messages)), pieces))

        tokens = 0 if self.endpoint.tpm is None else sum([len(m.content) for m in messages]) // CHARACTERS_A_TOKEN
        retry = Retry(self.endpoint.max_retries, self._sleep, self._jitter)
        try:
            answer, attempts = await retry.run(lambda: self._attempt(request, match, tokens))
        except Exhausted as e:
            why = self._last_words(e.failure, e.attempts)
            if e.failure.too_long is not None:
                raise PromptTooLong(e.failure.too_long, why, e.attempts) from None
            raise EndpointDown(why, e.failure.status, e.attempts) from None
        heard, response = answer
        return Answer(heard, read_usage(response, attempts))

    async def aclose(self) -> None:
        """Close the connections. Using the client again opens new ones."""
        poster, self._poster = self._poster, None
        if poster is not None:
            await poster.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    def request(self, messages: Sequence[ChatMessage], pieces: Mapping[str, Any]) -> dict[str, Any]:
        """The whole request as it is sent."""
        return self._around(as_sent(messages), pieces)

    def _around(self, messages: object, pieces: Mapping[str, Any]) -> dict[str, Any]:
        said = {"input" if self.endpoint.api == "responses" else "messages": messages}
        request = {"model": self.endpoint.model, **said, **pieces}
        for name, value in self.endpoint.parameters().items():
            before = request.get(name)
            # `text` of the responses API holds the form of the reply, and what the user says of its length.
            request[name] = {**value, **before} if isinstance(before, dict) and isinstance(value, dict) else value
        return request

    async def _attempt(self, request: Callable[[], bytes], match: str, tokens: int) -> tuple[Heard, object]:
        async with self._limiter.turn(self._lane, match, tokens) as turn:
            response = await self._post(request)
            try:
                heard = hear(response, self._secrets.scrub_reply)
            except (NotACompletion, RecursionError) as e:
                raise of_response(self.endpoint, response, str(e)) from None
            usage = read_usage(response, 1)
            turn.tokens = usage.prompt + usage.output or None
        return heard, response

    async def _post(self, request: Callable[[], bytes]) -> object:
        import openai

        poster = self._open()
        try:
            # All of a request: the time-outs of aiohttp are for each of its steps.
            async with asyncio.timeout(self.endpoint.timeout):
                return await poster.post(request)
        except openai.APIStatusError as e:
            raise of_status(self.endpoint, e.status_code, e.body, e.response.headers) from None
        except openai.APIConnectionError as e:
            raise of_connection(self.endpoint, e) from None
        except (openai.OpenAIError, ValueError, RecursionError) as e:
            raise of_response(self.endpoint, None, f"{type(e).__name__}: {e}") from None
        except Exception as e:  # noqa: BLE001 - what aiohttp and those below it raise has no common type
            raise of_connection(self.endpoint, e) from None

    def _open(self) -> Poster:
        from arena.models.posting import Poster

        if self._poster is None:
            self._poster = Poster(self.endpoint, self._secrets, self._limiter.connections)
        return self._poster

    def _last_words(self, failure: Failure, attempts: int) -> str:
        tried = f" ({attempts} attempts)" if attempts > 1 else ""
        what = shown(failure, self._secrets.scrub)
        return self._secrets.scrub(f"{self.endpoint.model!r} at {self.endpoint.place}: {what}{tried}; {failure.advice}")
