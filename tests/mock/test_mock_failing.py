"""Faults as they arrive over HTTP, at a client that knows nothing of them."""

import asyncio
import json
import time
from pathlib import Path
from typing import Any

import httpx
import openai
import pytest
from click.testing import CliRunner
from openai import AsyncOpenAI

from arena.cli.serve_mock import command
from arena.mock.faults import FAULTS
from tests.mock.asking import body, local, post, stats
from tests.mock_server import serve, started

STATUSES = {name: fault.status for name, fault in FAULTS.items() if fault.stage == "status"}


@pytest.mark.parametrize("name", STATUSES)
def test_a_status_comes_with_openais_shape(name: str) -> None:
    with local(f"{name}=1", retry_after=0.25) as url:
        response = post(url)
        assert response.status_code == STATUSES[name]
        assert response.json()["error"].keys() == {"message", "type", "param", "code"}
        waits = (response.headers.get("retry-after"), response.headers.get("retry-after-ms"))
        assert waits == (("1", "250") if name == "429" else (None, None))
        assert stats(url)["by_kind"] == {name: 1}
        assert stats(url)["by_status"] == {str(STATUSES[name]): 1}


def test_the_official_client_names_each_status() -> None:
    async def ask(url: str) -> None:
        async with AsyncOpenAI(base_url=url, api_key="none", max_retries=0) as client:
            await client.chat.completions.create(**body())

    for name, error in (("429", openai.RateLimitError), ("500", openai.InternalServerError)):
        with local(f"{name}=1") as url, pytest.raises(error, match="ordered to fail"):
            asyncio.run(ask(url))


def test_a_reset_a_cut_and_a_hang_are_what_they_are_called() -> None:
    with local("reset=1") as url:
        with pytest.raises(httpx.ReadError, match=r"[Rr]eset"):
            post(url)
        assert stats(url)["by_kind"] == {"reset": 1}
        assert stats(url)["by_status"] == {}
    with local("cut=1") as url:
        with pytest.raises(httpx.RemoteProtocolError, match="without sending complete"):
            post(url)
        assert stats(url)["by_kind"] == {"cut": 1}
    with local("hang=1") as url:
        with pytest.raises(httpx.ReadTimeout):
            httpx.post(f"{url}/chat/completions", json=body(), timeout=0.2, trust_env=False)
        assert stats(url)["by_kind"] == {"hang": 1}


def arrived(url: str) -> None:
    """Returns once the server has been asked."""
    while stats(url)["calls"] == 0:
        time.sleep(0.01)


def test_a_server_in_which_calls_hang_stops_all_the_same() -> None:
    async def hang(url: str) -> None:
        async with httpx.AsyncClient(trust_env=False, timeout=20) as client:
            waiting = asyncio.create_task(client.post(f"{url}/chat/completions", json=body()))
            await asyncio.to_thread(arrived, url)
            process.terminate()
            assert await asyncio.to_thread(process.wait, 20) == 0
            with pytest.raises(httpx.RemoteProtocolError):
                await waiting

    with started("--port", "0", "--fault", "hang=1", "--quiet") as (process, url):
        asyncio.run(hang(url))


def test_a_body_that_is_not_json_arrives_whole() -> None:
    with local("bad-body=1") as url:
        response = post(url)
        assert response.status_code == 200
        with pytest.raises(json.JSONDecodeError):
            response.json()


@pytest.mark.parametrize(
    ("name", "finish", "message"),
    [
        ("empty", "stop", {"content": "", "refusal": None}),
        ("refusal", "stop", {"content": None, "refusal": "I'm sorry, but I can't help with that."}),
        ("content-filter", "content_filter", {"content": None, "refusal": None}),
    ],
)
def test_an_answer_that_is_none_says_why(name: str, finish: str, message: dict[str, Any]) -> None:
    with local(f"{name}=1") as url:
        choice = post(url).json()["choices"][0]
        assert (choice["finish_reason"], choice["message"]) == (finish, {"role": "assistant", **message})


def test_null_content_comes_with_the_reasoning_that_it_was_spent_on() -> None:
    for options, place in (({}, "reasoning_content"), ({"reasoning": "reasoning"}, "reasoning")):
        with local("thought-only=1", **options) as url:
            told = post(url).json()
            message = told["choices"][0]["message"]
            assert message["content"] is None
            assert len(message[place]) > 40
            assert told["usage"]["completion_tokens_details"]["reasoning_tokens"] == told["usage"]["completion_tokens"]


@pytest.mark.parametrize("place", ["reasoning", "reasoning_content", "think"])
def test_thoughts_stand_where_they_are_ordered_and_are_counted(place: str) -> None:
    with local(reasoning=place) as url:
        told = post(url).json()
    message = told["choices"][0]["message"]
    assert message["content"].startswith("<think>\n") == (place == "think")
    assert (place in message) == (place != "think")
    details = told["usage"]["completion_tokens_details"]
    assert 0 < details["reasoning_tokens"] < told["usage"]["completion_tokens"]


def test_rates_may_stand_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "faults.yaml"
    file.write_text("500: 0.5\nhang: 0.0\n")
    with serve(faults=file, fault="429=0.5") as url:
        assert {post(url, str(i)).status_code for i in range(20)} == {429, 500}


@pytest.mark.parametrize(
    ("text", "says"),
    [("[1]", "expected names of faults"), ("429: often", "the rate of '429'"), ("{", "not YAML")],
)
def test_a_file_of_rates_that_will_not_do_is_a_mistake_of_usage(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "faults.yaml"
    file.write_text(text)
    result = CliRunner().invoke(command, ["--faults", str(file)])
    assert result.exit_code == 2
    assert says in result.output


def test_the_help_names_every_fault() -> None:
    shown = " ".join(CliRunner().invoke(command, ["--help"]).output.split())
    named = shown.partition("tells about: ")[2].partition(" Options:")[0]
    assert named.split(", ") == list(FAULTS)


def test_a_call_is_logged_by_its_kind_and_neither_by_its_body_nor_by_its_headers() -> None:
    lines: list[str] = []
    with local("500=1", key="sk-secret", log=lines.append) as url:
        headers = {"Authorization": "Bearer sk-secret"}
        for _ in range(2):
            httpx.post(f"{url}/chat/completions?t=t0ken", json=body("a secret"), headers=headers, trust_env=False)
        assert post(url).status_code == 401
    first, second, third = [line.partition(" (request ") for line in lines]
    assert [first[0], second[0], third[0]] == ["POST /v1/chat/completions 500"] * 2 + ["POST /v1/chat/completions 401"]
    assert [first[2][8:], second[2][8:]] == [", attempt 0)", ", attempt 1)"]
    assert not [word for word in ("sk-secret", "t0ken", "a secret") if word in str(lines)]


def test_a_fault_does_not_wait_for_the_latency_and_an_answer_does() -> None:
    with local("500=1", latency=30) as url:
        assert post(url).status_code == 500  # within the ten seconds that it has
    with local(latency=30) as url, pytest.raises(httpx.ReadTimeout):
        httpx.post(f"{url}/chat/completions", json=body(), timeout=0.1, trust_env=False)
