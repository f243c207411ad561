"""Examining an endpoint: each thing that can be wrong with it is found, named, and comes with what to do."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from aiohttp import web

from arena.models.doctor import CALLS, LONG, Question, examine
from arena.models.endpoint import Dialect, Endpoint
from arena.models.finding import Diagnosis, Finding
from arena.scenarios.bargain.terms import Fact, Move
from tests.models.bargain_asks import SEATS, an_ask
from tests.models.fake_endpoint import Fake, fake

REPLY = json.dumps({"messages": [], "claims": [], "move": None, "notes": None})
KEY = "sk-very-secret-0123456789abcdef"


class Line:
    def __init__(self, role: str, content: str) -> None:
        self.role, self.content = role, content


QUESTION = Question((Line("system", "A game."), Line("user", "Your turn.")), an_ask(), SEATS, Move, Fact)
Answer = Callable[[dict[str, Any]], tuple[int, object]]


def completion(body: dict[str, Any], content: str | None = REPLY, cached: int | None = 0) -> tuple[int, object]:
    message: dict[str, Any] = {"role": "assistant", "content": content}
    if "tools" in body:
        call = {"id": "1", "type": "function", "function": {"name": "reply", "arguments": content}}
        message = {"role": "assistant", "content": None, "tool_calls": [call]}
    usage = {"prompt_tokens": 1500, "completion_tokens": 9, "prompt_tokens_details": {"cached_tokens": cached}}
    told = {} if cached is None else {"usage": usage}
    return 200, {"choices": [{"index": 0, "message": message, "finish_reason": "stop"}], **told}


def examined(
    answer: Answer,
    declared: tuple[Dialect, ...] = ("text",),
    models: tuple[int, object] = (200, {"data": [{"id": "m"}, {"id": "n"}]}),
    environ: Mapping[str, str] | None = None,
    **settings: Any,
) -> tuple[dict[str, Finding], Diagnosis, Fake]:
    """What is found of a server that answers calls so, and the list of its models so."""

    async def handle(request: web.Request) -> web.StreamResponse:
        raw = await request.read()
        status, said = models if request.path.endswith("/models") else answer(json.loads(raw))
        return web.json_response(said, status=status)

    async def main() -> tuple[Diagnosis, Fake]:
        async with fake(handle) as server:
            endpoint = Endpoint("m", server.base_url.replace("127.0.0.1", "localhost"), **settings)
            return await examine(endpoint, declared, QUESTION, environ or {}), server

    diagnosis, server = asyncio.run(main())
    return {finding.name: finding for finding in diagnosis.findings}, diagnosis, server


def test_a_server_that_does_everything_is_well_and_takes_a_handful_of_calls() -> None:
    seen: set[str] = set()

    def answer(body: dict[str, Any]) -> tuple[int, object]:
        prompt = json.dumps(body["messages"])
        known = 1408 if prompt in seen else 0
        seen.add(prompt)
        return completion(body, cached=known)

    found, diagnosis, _ = examined(answer, ("json_schema", "tools"))
    assert diagnosis.well
    assert [finding.state for finding in diagnosis.findings] == ["good"] * 6
    assert found["dialects"].what == "json_schema, tools, json_object, text"
    assert found["prefix cache"].what.startswith("hits: 1,408 of 1,500 tokens")
    assert found["latency"].what.endswith(")")
    assert len(diagnosis.usages) == CALLS


def test_the_prompt_is_long_enough_to_be_cached_and_new_each_time() -> None:
    prompts: list[str] = []

    def answer(body: dict[str, Any]) -> tuple[int, object]:
        prompts.append(body["messages"][0]["content"])
        return completion(body)

    examined(answer)
    examined(answer)
    assert min(map(len, prompts)) > LONG * 0.9
    assert len(prompts) == 2 * CALLS
    assert len(set(prompts)) == 2, "one beginning for each examination"


def test_a_server_that_is_not_there_is_not_asked_anything_more() -> None:
    endpoint = Endpoint("m", "http://127.0.0.1:9/v1")
    diagnosis = asyncio.run(examine(endpoint, ("text",), QUESTION, {}))
    (finding,) = diagnosis.findings
    assert (finding.name, finding.state, diagnosis.well) == ("reachable", "bad", False)
    assert "check base_url" in finding.advice


@pytest.mark.parametrize("listed", [True, False], ids=["already at the list", "only at the call"])
def test_a_refused_key_is_found_and_never_shown(listed: bool) -> None:
    refused = (401, {"error": {"message": f"Incorrect API key provided: {KEY}"}})
    models = refused if listed else (200, {"data": [{"id": "m"}]})
    found, diagnosis, _ = examined(lambda body: refused, models=models, environ={"LAB_KEY": KEY}, api_key_env="LAB_KEY")
    assert not diagnosis.well
    assert found["key"].state == "bad"
    assert "LAB_KEY" in found["key"].advice
    assert KEY not in str(diagnosis)


def test_a_key_that_is_not_set_is_said_without_asking_anyone() -> None:
    found, diagnosis, server = examined(completion, api_key_env="LAB_KEY")
    assert (diagnosis.well, server.asked) == (False, [])
    assert "LAB_KEY" in found["key"].what
    assert "set it" in found["key"].advice


def test_a_model_that_is_not_there_is_told_with_the_nearest_that_is() -> None:
    gone = (404, {"error": {"message": "The model `m` does not exist"}})
    found, diagnosis, _ = examined(lambda body: gone, models=(200, {"data": [{"id": "m2"}, {"id": "llama"}]}))
    assert not diagnosis.well
    assert found["model"].state == "bad"
    assert "'m2'" in diagnosis.findings[1].advice


def test_a_model_that_answers_is_there_whatever_the_list_says() -> None:
    for models in ((404, {}), (200, {"data": []}), (500, {}), (200, "not a list")):
        found, diagnosis, _ = examined(completion, models=models)
        assert diagnosis.well
        assert found["model"].what == "answers"


def test_a_declared_dialect_that_is_not_taken_is_wrong_and_another_one_is_not() -> None:
    def no_tools(body: dict[str, Any]) -> tuple[int, object]:
        return (400, {"error": {"message": "tools are not supported"}}) if "tools" in body else completion(body)

    found, diagnosis, _ = examined(no_tools, ("tools",))
    assert not diagnosis.well
    assert "tools, which is declared, does not work" in found["dialects"].what
    assert "tools are not supported" in found["dialects"].what
    assert found["dialects"].advice == "declare dialect: json_schema, or auto"
    found, diagnosis, _ = examined(no_tools, ("json_schema",))
    assert diagnosis.well
    assert found["dialects"].what == "json_schema, json_object, text; not tools"


def test_a_model_that_answers_in_prose_works_in_no_dialect() -> None:
    found, diagnosis, _ = examined(lambda body: completion(body, "Hello there!"))
    assert not diagnosis.well
    assert "none works: no_object" in found["dialects"].what


def test_without_a_prefix_cache_or_counts_matches_can_be_played_and_it_is_said_what_that_means() -> None:
    found, diagnosis, _ = examined(completion)
    assert diagnosis.well
    assert found["prefix cache"].state == "note"
    assert "every turn pays for its whole prompt" in found["prefix cache"].advice
    found, diagnosis, _ = examined(lambda body: completion(body, cached=None))
    assert diagnosis.well
    assert found["prefix cache"].what == "the server does not report tokens"
    assert "cap calls or minutes" in found["prefix cache"].advice
