"""Keys: none is taken for a name, kept in a file or repeated in a message."""

from __future__ import annotations

import html
import json
from base64 import b64encode, urlsafe_b64encode
from typing import Any
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arena.errors import UsageError
from arena.models.endpoint import Endpoint
from arena.models.secrets import HIDDEN, Secrets
from tests.models.keys import KEYS

PLAIN = "The server is failing; the variable LAB_API_KEY is none of its business."


def secrets(key: str) -> Secrets:
    return Secrets(Endpoint("m", "http://h/v1", api_key_env="K"), {"K": key})


def spellings(key: str) -> list[str]:
    """The ways in which a server may repeat a key."""
    bearer = f"Bearer {key}"
    return [
        key,
        bearer,
        json.dumps({"key": key}),
        repr(key),
        html.escape(key),
        quote(key, safe=""),
        f"?key={quote_plus(key)}&x=1",
        b64encode(key.encode()).decode(),
        b64encode(bearer.encode()).decode(),
        urlsafe_b64encode(key.encode()).decode().rstrip("="),
        key.upper(),
    ]


@pytest.mark.parametrize("key", KEYS.values(), ids=KEYS)
def test_a_key_is_hidden_however_it_is_spelt(key: str) -> None:
    hide = secrets(key)
    for spelt in spellings(key):
        said = hide.scrub(f"upstream said: {spelt} (see above)")
        assert HIDDEN in said
        assert spelt not in said
        assert said.startswith("upstream said: ")
        assert said.endswith("(see above)")
    assert key not in repr(hide)


@pytest.mark.parametrize("key", KEYS.values(), ids=KEYS)
def test_what_is_no_key_stays(key: str) -> None:
    assert secrets(key).scrub(PLAIN) == PLAIN
    assert secrets(key).scrub_reply(PLAIN) == PLAIN


keys = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=60)


@given(keys, st.sampled_from(range(11)))
def test_any_key_is_hidden_in_any_spelling(key: str, how: int) -> None:
    spelt = spellings(key)[how]
    said = secrets(key).scrub(f"\n{spelt}\n")
    assert HIDDEN in said
    assert spelt not in said.replace(HIDDEN, "")  # a key may be a letter of that word


def test_a_short_key_is_hidden_where_it_stands_alone_and_leaves_words_alone() -> None:
    hide = secrets("key")
    assert hide.scrub("your key: 'key' (keyboard)") == f"your {HIDDEN}: '{HIDDEN}' (keyboard)"
    assert hide.scrub_reply("the key of the house") == "the key of the house"


def test_the_beginning_of_a_long_key_is_hidden_as_well_and_so_is_what_is_starred_out() -> None:
    hide = secrets("abcd1234efgh5678ijkl")
    assert hide.scrub("no: abcd1234efgh... sent") == f"no: {HIDDEN} sent"
    assert hide.scrub("no: abcd1234***ijkl, sent") == f"no: {HIDDEN} sent"
    assert hide.scrub("no: abc****jkl, sent") == f"no: {HIDDEN}, sent"


@pytest.mark.parametrize("key", [key for name, key in KEYS.items() if not name.startswith("of any")])
def test_the_keys_of_others_are_known_by_their_shape(key: str) -> None:
    assert key not in secrets("something-else-1").scrub(f"upstream said: {key} is wrong")


def test_of_a_header_with_a_word_before_it_the_key_alone_is_hidden_too() -> None:
    endpoint = Endpoint("m", "http://h/v1", headers={"Authorization": "$T"})
    hide = Secrets(endpoint, {"T": "Token abcdefgh12345"})
    assert hide.headers == {"Authorization": "Token abcdefgh12345"}
    assert hide.scrub("got abcdefgh12345") == f"got {HIDDEN}"


def test_what_a_model_says_is_its_own_but_for_the_key_itself() -> None:
    hide = secrets("arena-key-9876543210")
    said = "sk-abcdef is no key of mine, Bearer x neither; ***; arena-key-98; but arena-key-9876543210 is"
    assert hide.scrub_reply(said) == said.replace("arena-key-9876543210", HIDDEN)


@pytest.mark.parametrize("key", KEYS.values(), ids=KEYS)
@pytest.mark.parametrize(
    "settings",
    [
        lambda key: {"api_key_env": key},
        lambda key: {"headers": {"Authorization": f"Bearer {key}"}},
        lambda key: {"headers": {"X-Api-Key": key}},
        lambda key: {"headers": {"X-Api-Key": f"${key}"}},
        lambda key: {"base_url": f"http://ann:{quote(key, safe='')}@h/v1"},
        lambda key: {"base_url": f"http://h/v1?key={quote(key, safe='')}"},
        lambda key: {"base_url": f"http://h/v1#{quote(key, safe='')}"},
        lambda key: {"base_url": f"http://h/v1;key={quote(key, safe='')}"},
        lambda key: {"base_url": f"http://h/v1;key={quote(key, safe='')}?x"},
        lambda key: {"base_url": f"ann:{quote(key, safe='')}@h/v1"},
        lambda key: {"base_url": f"http:/ann:{quote(key, safe='')}@h/v1"},
        lambda key: {"base_url": f"http://ann:{quote(key, safe='')}@[h/v1"},
        lambda key: {"base_url": f"http://h:x{quote(key, safe='')}/v1"},
    ],
)
def test_a_key_in_place_of_its_name_is_refused_and_not_repeated(key: str, settings: Any) -> None:
    with pytest.raises(UsageError) as caught:
        Endpoint(**{"model": "m", "base_url": "http://h/v1", **settings(key)})
    assert key not in str(caught.value)
    assert quote(key, safe="") not in str(caught.value)


@pytest.mark.parametrize("key", [key for name, key in KEYS.items() if not name.startswith("of any")])
def test_what_looks_like_a_key_is_refused_in_a_path(key: str) -> None:
    with pytest.raises(UsageError, match="no key in it") as caught:
        Endpoint("m", f"http://h/{key}/v1")
    assert key not in str(caught.value)


@pytest.mark.parametrize("key", [key for key in KEYS.values() if len(key) >= 16])
def test_an_address_with_the_key_that_is_sent_is_refused_before_it_is_written(key: str) -> None:
    for spelt in (quote(key, safe=""), quote(quote(key, safe=""), safe="")):
        try:
            endpoint = Endpoint("m", f"http://h/{spelt}/v1", "K")
        except UsageError:
            continue  # by its shape
        with pytest.raises(UsageError, match="holds its key; leave it out") as caught:
            Secrets(endpoint, {"K": key})
        assert key not in str(caught.value)
        assert spelt not in str(caught.value)


@pytest.mark.parametrize("body", [{"api_key": "{}"}, {"a": [{"b": "x {} y"}]}, {"{}": 1}])
def test_a_key_in_extra_body_is_refused_and_not_repeated(body: dict[str, Any]) -> None:
    key = KEYS["of OpenAI"]
    with pytest.raises(UsageError, match="extra_body holds a key") as caught:
        Endpoint("m", "http://h/v1", extra_body=json.loads(json.dumps(body).replace("{}", key)))
    assert key not in str(caught.value)


def test_ordinary_headers_and_bodies_are_no_keys() -> None:
    headers = {"X-Team": "blue", "X-Title": "Arena", "HTTP-Referer": "https://example.org", "X-Tokenizer": "fast"}
    body = {"reasoning": {"effort": "low"}, "stop": ["task-1", "sk"], "provider": {"order": ["a"]}, "seed": 1}
    assert Endpoint("m", "http://h/v1", headers=headers, extra_body=body).headers == headers
