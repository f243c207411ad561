"""The real client over real HTTP: a server in a process of its own, AsyncOpenAI on its aiohttp transport."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import httpx
import openai
import pytest
from openai import AsyncOpenAI, DefaultAioHttpClient
from openai.types.chat import ChatCompletion

from tests.mock_server import serve

T = TypeVar("T")

SCHEMA = {
    "type": "object",
    "properties": {"text": {"type": "string"}, "move": {"enum": ["accept", "reject"]}},
    "required": ["text", "move"],
    "additionalProperties": False,
}
FENCED = f"Your turn.\n```schema\n{json.dumps(SCHEMA)}\n```"
TOOLS = [{"type": "function", "function": {"name": "reply", "parameters": SCHEMA}}]
FORMAT = {"type": "json_schema", "json_schema": {"name": "reply", "strict": True, "schema": SCHEMA}}
DIALECTS: dict[str, dict[str, Any]] = {
    "text": {"content": FENCED},
    "json_schema": {"response_format": FORMAT},
    "tools": {"tools": TOOLS, "tool_choice": "required"},
}


def asking(base_url: str, act: Callable[[AsyncOpenAI], Awaitable[T]], key: str = "none") -> T:
    async def session() -> T:
        http_client = DefaultAioHttpClient()
        async with AsyncOpenAI(base_url=base_url, api_key=key, http_client=http_client, max_retries=0) as client:
            return await act(client)

    return asyncio.run(session())


def request(content: str = "Hello", **more: Any) -> dict[str, Any]:
    return {"model": "mock", "messages": [{"role": "user", "content": content}]} | more


def complete(base_url: str, **fields: Any) -> ChatCompletion:
    def create(client: AsyncOpenAI) -> Awaitable[ChatCompletion]:
        created: Awaitable[ChatCompletion] = client.chat.completions.create(**request(**fields))
        return created

    return asking(base_url, create)


def spoken(dialect: str, completion: ChatCompletion) -> Any:
    message = completion.choices[0].message
    match dialect:
        case "tools":
            (call,) = message.tool_calls or []
            assert call.type == "function"
            return json.loads(call.function.arguments)
        case "text":
            return json.loads((message.content or "").split("```json\n")[1].removesuffix("\n```"))
        case _:
            return json.loads(message.content or "")


def stats(base_url: str) -> Any:
    return httpx.get(base_url.removesuffix("/v1") + "/stats", trust_env=False).json()


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_official_client_gets_a_legal_answer_in_every_dialect(base_url: str, dialect: str) -> None:
    reply = spoken(dialect, complete(base_url, **DIALECTS[dialect]))
    assert reply.keys() == {"text", "move"}
    assert reply["move"] in ("accept", "reject")


def test_client_post_reads_the_same_answer_as_create(base_url: str) -> None:
    posted = asking(
        base_url, lambda client: client.post("/chat/completions", body=request(FENCED), cast_to=ChatCompletion)
    )
    assert posted.choices == complete(base_url, content=FENCED).choices


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others() -> None:
    # Draws among kinds and names are where the order of a set, which differs from process to process, could show.
    many = {"type": "array", "items": {"type": ["string", "null", "boolean", "integer"]}, "minItems": 20}
    named = {"type": "object", "required": ["a", "b", "c", "d", "e"], "additionalProperties": {"type": "integer"}}
    mixed = [request(f"```schema\n{json.dumps(schema)}\n```") for schema in (many, named)]
    grown = [request("x" * 5000), request("x" * 6000)]
    bodies = [*(request(**fields) for fields in DIALECTS.values()), *mixed, *grown]

    def sent_to_a_new_server(seed: int) -> list[bytes]:
        with serve(seed=seed) as url:
            return [httpx.post(f"{url}/chat/completions", json=body, trust_env=False).content for body in bodies]

    first = sent_to_a_new_server(11)
    assert first == sent_to_a_new_server(11)
    assert all(a != b for a, b in zip(first, sent_to_a_new_server(12), strict=True))


def test_models_are_listed_and_found_by_name() -> None:
    with serve(model=("mock", "lab/small")) as url:
        listed = asking(url, _collected)
        assert listed == ["mock", "lab/small"]
        found = asking(url, lambda client: client.models.retrieve("lab/small"))
        assert (found.id, found.object) == ("lab/small", "model")
        assert complete(url, model="lab/small").model == "lab/small"


def test_an_unknown_model_is_not_found(base_url: str) -> None:
    with pytest.raises(openai.NotFoundError, match="'gpt' does not exist") as refused:
        complete(base_url, model="gpt")
    assert refused.value.code == "model_not_found"
    with pytest.raises(openai.NotFoundError, match="does not exist"):
        asking(base_url, lambda client: client.models.retrieve("gpt"))


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({"messages": []}, "messages"),
        ({"stream": True}, "stream"),
        ({"n": 2}, "n"),
        (
            {"response_format": {"type": "json_schema", "json_schema": {"name": "x"}}},
            "response_format.json_schema.schema",
        ),
        ({"content": '```schema\n{"type": "string", "pattern": "a"}\n```'}, "messages[0]"),
    ],
)
def test_the_client_reads_a_refusal_as_a_bad_request(base_url: str, fields: dict[str, Any], param: str) -> None:
    with pytest.raises(openai.BadRequestError) as refused:
        complete(base_url, **fields)
    assert (refused.value.status_code, refused.value.param, refused.value.type) == (400, param, "invalid_request_error")


@pytest.mark.parametrize(
    ("method", "path", "content", "status"),
    [
        ("POST", "/chat/completions", b"{", 400),
        ("POST", "/chat/completions", b"[]", 400),
        ("GET", "/chat/completions", b"", 405),
        ("GET", "/nowhere", b"", 404),
    ],
)
def test_every_error_has_openais_shape(base_url: str, method: str, path: str, content: bytes, status: int) -> None:
    response = httpx.request(method, base_url + path, content=content, trust_env=False)
    assert response.status_code == status
    assert response.json().keys() == {"error"}
    assert response.json()["error"].keys() == {"message", "type", "param", "code"}


def test_a_body_that_cannot_be_unpacked_is_refused(base_url: str) -> None:
    headers = {"Content-Encoding": "gzip"}
    response = httpx.post(f"{base_url}/chat/completions", content=b"x", headers=headers, trust_env=False)
    assert response.status_code == 400
    assert "error" in response.json()


def test_a_key_is_demanded_only_where_one_was_set(base_url: str) -> None:
    assert httpx.get(f"{base_url}/models", trust_env=False).status_code == 200
    with serve(key="open sesame") as url:
        with pytest.raises(openai.AuthenticationError, match="Incorrect API key") as refused:
            complete(url)
        assert refused.value.code == "invalid_api_key"
        for sent in (b"Bearer open", b"Bearer \xff\xfe", b""):
            headers = [(b"Authorization", sent)]
            assert httpx.get(f"{url}/models", headers=headers, trust_env=False).status_code == 401
        accepted = asking(url, lambda client: client.chat.completions.create(**request()), key="open sesame")
        assert accepted.object == "chat.completion"
        assert (stats(url)["calls"], stats(url)["by_status"]) == (2, {"200": 1, "401": 1})


def test_stats_count_model_calls_by_kind_and_status_and_nothing_else() -> None:
    with serve() as url:
        assert stats(url) == {"calls": 0, "by_kind": {}, "by_status": {}, "requests": 0, "answered_again": 0}
        complete(url)
        complete(url)
        httpx.get(f"{url}/models", trust_env=False)
        httpx.get(f"{url}/chat/completions", trust_env=False)
        with pytest.raises(openai.NotFoundError):
            complete(url, model="gpt")
        assert stats(url) == {
            "calls": 3,
            "by_kind": {"answer": 2, "refused": 1},
            "by_status": {"200": 2, "404": 1},
            "requests": 1,
            "answered_again": 1,
        }


def test_a_conversation_that_grows_is_served_from_the_prefix_cache() -> None:
    with serve() as url:
        assert [_cached(url, n) for n in (4000, 8000, 8000)] == [0, 896, 1920]


def test_an_answer_is_held_back_for_at_least_the_latency() -> None:
    with serve(latency="0.2-0.3") as url:
        started = time.monotonic()
        complete(url)
        assert time.monotonic() - started >= 0.2


def test_answers_are_held_back_side_by_side() -> None:
    async def wave(client: AsyncOpenAI) -> list[ChatCompletion]:
        return await asyncio.gather(*(client.chat.completions.create(**request(str(i))) for i in range(20)))

    with serve(latency="0.1") as url:
        assert len({completion.id for completion in asking(url, wave)}) == 20
        assert (stats(url)["calls"], stats(url)["requests"]) == (20, 20)


async def _collected(client: AsyncOpenAI) -> list[str]:
    return [model.id async for model in client.models.list()]


def _cached(base_url: str, length: int) -> int:
    spent = complete(base_url, content="x" * length).usage
    assert spent is not None
    assert spent.prompt_tokens_details is not None
    return spent.prompt_tokens_details.cached_tokens or 0
