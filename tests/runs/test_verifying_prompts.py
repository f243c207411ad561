"""A match of a model's seat over real HTTP is verified with the prompts that were sent."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from arena.core.events import Replied
from arena.moderators.channels import Public
from arena.moderators.meeting import Meeting
from arena.runs.verify import Verdict, verify
from arena.transcripts.read import read
from tests.mock_server import serve
from tests.runs.matches import Line, bargain, edited, played, rows


def verdict(folder: Path, raw: bytes) -> Verdict:
    path = folder / "m.jsonl"
    path.write_bytes(raw)
    return verify(path)


def prompt_of(line: Line, prompt: str) -> None:
    line["es"][0]["e"]["prompt"] = prompt


@pytest.fixture(scope="module")
def asked_over_http(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    with serve(seed=4) as url:
        model = {"model": "openai-api/mock/mock", "base_url": url, "dialect": "text"}
        made = bargain(Meeting(channel=Public(whispers=True)), (model, "boulware", "planner"))
        path = tmp_path_factory.mktemp("http") / "m.jsonl"
        return played(made, path).path.read_bytes()


def prompted(raw: bytes) -> list[int]:
    """The lines with a reply that a prompt was sent for."""
    return [n for n, row in enumerate(rows(raw), start=1) if b'"prompt":"' in row]


def test_a_match_of_a_model_is_verified_with_its_prompts(asked_over_http: bytes, tmp_path: Path) -> None:
    assert len(prompted(asked_over_http)) >= 2
    assert verdict(tmp_path, asked_over_http).ok
    assert "not checked" not in verdict(tmp_path, asked_over_http).why
    path = tmp_path / "m.jsonl"
    replies = [a.e for line in read(path).lines for a in line.es if isinstance(a.e, Replied) and a.e.seat == 0]
    assert all(reply.raw and reply.prompt and reply.usage and reply.usage.prompt > 0 for reply in replies)


def test_a_prompt_that_was_not_the_one_sent_is_named(asked_over_http: bytes, tmp_path: Path) -> None:
    for n in prompted(asked_over_http):
        found = verdict(tmp_path, edited(asked_over_http, n, lambda line: prompt_of(line, "00" * 16)))
        assert (found.ok, found.line) == (False, n)
        assert found.why == "the prompt that was sent is not the one that this view gives"


@pytest.mark.parametrize(
    ("roles", "why"),
    [
        ("merged", "the prompt that was sent is not the one that this view gives"),
        ("odd", "the agent 'a0' has roles that there are not"),
        (["strict"], "the agent 'a0' has roles that there are not"),
    ],
)
def test_other_roles_than_those_that_were_sent_are_named(
    roles: object, why: str, asked_over_http: bytes, tmp_path: Path
) -> None:
    changed = edited(asked_over_http, 1, lambda h: h["sitters"][0]["settings"].update({"roles": roles}))
    found = verdict(tmp_path, changed)
    assert (found.ok, found.line, found.why) == (False, prompted(asked_over_http)[0], why)


def test_prompts_of_templates_that_have_changed_are_told_to_be_unchecked(
    asked_over_http: bytes, tmp_path: Path
) -> None:
    changed = edited(asked_over_http, 1, lambda h: h["prompts"].update({"system.j2": "00" * 16}))
    assert verdict(tmp_path, changed).ok
    assert verdict(tmp_path, changed).why.endswith("not checked: the prompts, whose templates have changed since")
    hidden = edited(asked_over_http, 1, lambda h: h.pop("prompts"))
    assert verdict(tmp_path, hidden).why.endswith("not checked: the prompts, whose templates the header does not tell")


def test_no_key_and_no_address_is_needed_to_verify(asked_over_http: bytes, tmp_path: Path) -> None:
    assert not {"MOCK_API_KEY", "OPENAI_API_KEY"} & set(os.environ)
    assert b"127.0.0.1" in rows(asked_over_http)[0]
    assert verdict(tmp_path, asked_over_http).ok
