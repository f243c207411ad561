"""What leaves the machine: every request of a match's models, header and body, as a server saw it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct

from arena.cli.main import main
from arena.core.draw import Draw
from arena.core.events import Replied
from arena.models.messages import prompt_hash
from arena.transcripts.read import Transcript, read
from tests.e2e.front import Asked, front
from tests.e2e.matches import assert_verified, configured, model
from tests.mock_server import serve
from tests.secrecy.casts import canaries

KEY, SALT, SEED = "key-of-the-lab-1234567", "a-salt-that-nobody-may-see", 987654321987654321
AGENTS = ("gpt-in-disguise", "claude-next-door", "the-one-of-ours")
MODELS = ("hidden-model-a", "hidden-model-b")


class Sent(Struct, frozen=True):
    """A message of a chat."""

    role: str
    content: str


class Match(Struct, frozen=True):
    """A match with two model seats, and what was asked by each of them, in order."""

    transcript: Transcript
    run: Path
    asked: dict[int, list[Asked]]


@pytest.fixture(scope="module")
def match(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Match]:
    """Played once, through a front that writes down what passes."""
    with pytest.MonkeyPatch.context() as patch, serve(model=MODELS, seed=5) as behind, front(behind) as served:
        patch.setenv("LAB_API_KEY", KEY)
        folder = tmp_path_factory.mktemp("a-folder-with-a-telling-name")
        agents: dict[str, Any] = {
            AGENTS[0]: model(served.base_url, "json_schema", model=f"openai-api/lab/{MODELS[0]}"),
            AGENTS[1]: model(served.base_url, "tools", model=f"openai-api/lab/{MODELS[1]}", temperature=0.3),
            AGENTS[2]: {"scripted": "saboteur"},
        }
        params = {"issues": 3, "options": 3, "rounds": 4, "goals": 3, "values": "noisy", "acceptance": "majority"}
        named = {"seed": SEED, "salt": SALT, "name": "the-run-with-a-name"}
        config = configured(folder, agents, AGENTS, params, {"channel": "whispers"}, **named)
        assert main(["run", str(config), "--out", str(folder), "--quiet"]) == 0
        (path,) = folder.glob("*/matches/*.jsonl")
        assert_verified(path)
        found = read(path)
        asked: dict[int, list[Asked]] = {0: [], 1: []}
        for one in served.asked:
            system = one.messages[0]["content"]
            (seat,) = [s for s, name in enumerate(found.game.names) if system.startswith(f"You are {name}.")]
            asked[seat].append(one)
        yield Match(found, path.parents[1], asked)


def test_no_request_holds_the_seed_the_salt_the_key_of_the_match_or_anything_derived_from_it(match: Match) -> None:
    root = match.transcript.game.draw
    assert root == Draw.root(SEED, SALT)
    draws = [root, root.at("deal"), root.at("agents", 0), *(root.at("agents", 0).at(s, 0) for s in range(3))]
    secret = [str(SEED), f"{SEED:x}", SALT, *(draw.key.hex() for draw in draws), match.transcript.header.digest]
    assert all(match.asked.values())
    for asked in (one for some in match.asked.values() for one in some):
        assert not [word for word in secret if word.encode() in asked.all]
        assert not {"seed", "user", "metadata", "store"} & set(json.loads(asked.body))


def test_no_request_names_the_agents_the_match_the_run_or_its_files(match: Match) -> None:
    header = match.transcript.header
    names = [*AGENTS, "saboteur", "scripted", header.id, match.run.name, match.run.parent.name, "the-run-with-a-name"]
    for seat, some in match.asked.items():
        for asked in some:
            assert MODELS[seat].encode() in asked.body  # whom the server is to ask, which it must know
            assert not [n for n in (*names, MODELS[1 - seat]) if n.encode() in asked.all]


def test_a_request_holds_the_marks_of_its_own_seat_and_of_no_other(match: Match) -> None:
    marks = canaries(match.transcript.game)
    truth = [sheet.canary for sheet in match.transcript.game.task.truth]  # type: ignore[attr-defined]
    for seat, some in match.asked.items():
        for asked in some:
            assert all(mark.encode() in asked.body for mark in marks[seat])
            others = [mark for owner, own in enumerate(marks) if owner != seat for mark in own]
            assert not [mark for mark in (*others, *truth) if mark.encode() in asked.all]


def test_the_key_of_the_endpoint_is_in_one_header_and_nowhere_else(match: Match) -> None:
    for asked in (one for some in match.asked.values() for one in some):
        assert {k.lower(): v for k, v in asked.headers.items()}["authorization"] == f"Bearer {KEY}"
        assert asked.all.count(KEY.encode()) == 1
    assert not [file for file in match.run.parent.rglob("*") if file.is_file() and KEY.encode() in file.read_bytes()]


def test_a_request_holds_the_model_the_messages_the_form_and_what_the_user_set(match: Match) -> None:
    first, second = ({key for one in match.asked[seat] for key in json.loads(one.body)} for seat in (0, 1))
    assert first == {"model", "messages", "response_format"}
    assert second == {"model", "messages", "tools", "tool_choice", "temperature"}
    known = {"host", "connection", "accept", "accept-encoding", "authorization", "content-length", "content-type"}
    for asked in (one for some in match.asked.values() for one in some):
        rest = {name.lower() for name in asked.headers} - known - {"user-agent"}
        assert not [name for name in rest if not name.startswith("x-stainless-")]  # the SDK's version and platform


def test_the_messages_of_a_request_are_the_prompt_that_the_record_has_the_hash_of(match: Match) -> None:
    for seat, some in match.asked.items():
        told = [e.prompt for e in match.transcript.table().seen(seat) if isinstance(e, Replied)]
        assert [prompt_hash([Sent(**m) for m in one.messages]) for one in some] == told
