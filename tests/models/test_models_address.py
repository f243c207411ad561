"""Model strings and endpoints."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from arena.errors import NotFound, UsageError
from arena.models.address import OPENAI, Address, resolve
from arena.models.endpoint import Endpoint
from arena.models.retry import Retry
from arena.models.secrets import Secrets


def test_openai_is_openai_s_own_service_with_its_key() -> None:
    assert resolve("openai/gpt-5-mini", {}) == Address(
        "gpt-5-mini", OPENAI, "OPENAI_API_KEY", False, "max_completion_tokens"
    )


def test_another_address_for_openai_is_honoured_and_may_do_without_a_key() -> None:
    found = resolve("openai/gpt-5-mini", {"OPENAI_BASE_URL": "http://localhost:1/v1"})
    assert (found.base_url, found.key_optional) == ("http://localhost:1/v1", True)
    assert resolve("openai/m", {"OPENAI_BASE_URL": "http://a/v1"}, base_url="http://b/v1").base_url == "http://b/v1"


def test_any_compatible_endpoint_has_variables_of_its_own_name() -> None:
    found = resolve("openai-api/my-lab.2/meta/llama-3", {"MY_LAB_2_BASE_URL": "http://h/v1"})
    assert found == Address("meta/llama-3", "http://h/v1", "MY_LAB_2_API_KEY", True, "max_tokens")


def test_a_variable_that_was_named_must_be_set() -> None:
    for name in ("openai-api/lab/qwen3", "openai/gpt-5-mini"):
        found = resolve(name, {}, base_url="http://h/v1", api_key_env="MINE")
        assert (found.api_key_env, found.key_optional) == ("MINE", False)


@pytest.mark.parametrize(
    ("name", "error", "words"),
    [
        ("opnai/gpt-5", NotFound, "did you mean 'openai'"),
        ("gpt-5", NotFound, "no model provider named 'gpt-5'"),
        ("openai/", UsageError, "names no model"),
        ("openai-api/lab", UsageError, "openai-api/NAME/MODEL"),
        ("openai-api//m", UsageError, "openai-api/NAME/MODEL"),
        ("openai-api/lab/qwen3", UsageError, "LAB_BASE_URL"),
    ],
)
def test_a_string_that_names_no_model_says_what_to_write(name: str, error: type[Exception], words: str) -> None:
    with pytest.raises(error) as caught:
        resolve(name, {})
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"base_url": "localhost:8000/v1"}, "base_url"),
        ({"base_url": "ftp://ann:hunter22@h/v1"}, "base_url is ftp://h/v1; expected http"),
        ({"base_url": "http://ann:hunter22@h/v1"}, "base_url is http://h/v1; expected no user or password in it"),
        ({"model": ""}, "model is ''"),
        ({"timeout": 0}, "timeout is 0"),
        ({"max_retries": -1}, "max_retries is -1"),
        ({"max_output_tokens": 0}, "max_output_tokens is 0"),
        ({"extra_body": {"messages": [], "stream": True, "seed": 1}}, "extra_body sets messages, stream"),
    ],
)
def test_an_endpoint_that_cannot_be_is_refused(settings: dict[str, Any], words: str) -> None:
    with pytest.raises(UsageError) as caught:
        Endpoint(**{"model": "m", "base_url": "http://h/v1", **settings})
    assert words in str(caught.value)
    assert "hunter" not in str(caught.value)


def test_an_endpoint_is_written_without_what_was_not_set() -> None:
    endpoint = Endpoint("m", "http://h/v1", temperature=0.5)
    written = msgspec.json.encode(endpoint)
    assert written == b'{"model":"m","base_url":"http://h/v1","temperature":0.5}'
    assert msgspec.json.decode(written, type=Endpoint) == endpoint
    with pytest.raises(msgspec.ValidationError, match="unknown field `temprature`"):
        msgspec.convert({"model": "m", "base_url": "http://h/v1", "temprature": 1}, Endpoint)


def test_only_openai_s_own_hosts_are_openai() -> None:
    assert Endpoint("m", OPENAI).is_openai
    assert not Endpoint("m", "https://notopenai.com/v1").is_openai
    assert not Endpoint("m", "https://openai.com.evil.example/v1").is_openai


def test_secrets_do_not_show_themselves() -> None:
    endpoint = Endpoint("m", "http://h/v1", api_key_env="K", headers={"a": "$T", "b": "plain"})
    secrets = Secrets(endpoint, {"K": "key-12345", "T": "token-678"})
    assert "12345" not in repr(secrets)
    assert secrets.headers == {"a": "token-678", "b": "plain"}
    said = secrets.scrub("key-12345 token-678 plain Bearer abc sk-x*y")
    assert said == "[hidden] [hidden] plain [hidden] [hidden]"


def test_waiting_is_stretched_by_at_most_a_quarter() -> None:
    from random import Random
    from types import SimpleNamespace

    retry = Retry(3, jitter=Random(1))
    waits = [retry._wait(SimpleNamespace(outcome=None, attempt_number=n)) for n in range(1, 12)]  # type: ignore[arg-type]
    plain = [min(0.5 * 2 ** (n - 1), 30.0) for n in range(1, 12)]
    assert all(p <= w <= p * 1.25 for p, w in zip(plain, waits, strict=True))
    assert waits != plain
