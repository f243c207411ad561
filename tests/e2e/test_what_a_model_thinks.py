"""Reasoning and raw replies reach no other seat: not its prompts, not its view, not what is shown as it saw it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from arena.cli.main import main
from arena.core.events import Replied
from arena.transcripts.read import read
from tests.e2e.answering import answering, completion
from tests.e2e.front import Asked
from tests.e2e.matches import PARAMS, arena, assert_verified, configured, events, model

FORMS = ("reasoning", "reasoning_content", "think", "details", "beside a call", "responses")


def seat_of(asked: Asked) -> str:
    """The name of the seat whose prompt this is."""
    body = json.loads(asked.body)
    found = re.match(r"You are (.+?)\.", (body.get("messages") or body["input"])[0]["content"])
    assert found is not None
    return found[1]


def thinker(form: str) -> Any:
    """Thinks of its own name in one of the ways in which servers say so, and begins with a reply that will not do."""

    def answer(asked: Asked) -> tuple[int, dict[str, Any]]:
        mark = f"THOUGHT-OF-{seat_of(asked)}-"
        turns = asked.body.count(b'"assistant"')
        said = json.dumps({"messages": [{"to": "all", "text": "Good morning."}], "move": None, "notes": None})
        if turns == 0:
            said = f"RAW-OF-{seat_of(asked)}- and no object"
        match form:
            case "think":
                return 200, completion(f"<think>{mark}</think>{said}")
            case "details":
                return 200, completion(said, reasoning_details=[{"type": "reasoning.text", "text": mark}])
            case "beside a call":
                call = {"id": "c", "type": "function", "function": {"name": "reply", "arguments": said}}
                return 200, completion(mark, tool_calls=[call])
            case "responses":
                thought = {"type": "reasoning", "summary": [{"type": "summary_text", "text": mark}]}
                message = {"type": "message", "content": [{"type": "output_text", "text": said}]}
                return 200, {"status": "completed", "output": [thought, message]}
        return 200, completion(said, **{form: mark})

    return answer


@pytest.mark.parametrize("form", FORMS)
def test_what_a_model_thinks_and_its_raw_words_are_its_own(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = {"api": "responses"} if form == "responses" else {}
    with answering(thinker(form)) as served:
        config = configured(tmp_path, {"m": model(served.base_url, **settings)}, ["m"] * 3, {**PARAMS, "rounds": 3})
        ended = arena(capsys, "run", config, "--out", tmp_path)
    assert ended.code == 0
    assert_verified(ended.path)
    found = read(ended.path)
    names = found.game.names
    for seat, name in enumerate(names):
        own = events(found, Replied, seat)
        assert len(own) > 1
        assert all(f"THOUGHT-OF-{name}-" in str(event.reasoning) for event in own)  # type: ignore[union-attr]
        assert f"RAW-OF-{name}-" in own[0].raw  # type: ignore[union-attr]
        others = [f"{what}-OF-{other}-" for other in names if other != name for what in ("THOUGHT", "RAW")]
        seen = str([*found.table().seen(seat)])
        assert f"THOUGHT-OF-{name}-" in seen
        assert not [mark for mark in others if mark in seen]
        asked = [one.body.decode() for one in served.asked if seat_of(one) == name]
        assert not [mark for mark in (*others, "THOUGHT-OF") for body in asked if mark in body]
        capsys.readouterr()
        assert main(["replay", str(ended.path), "--as", name, "--no-color"]) == 0
        shown = capsys.readouterr().out
        assert "Good morning." in shown
        assert not [mark for mark in others if mark in shown]
