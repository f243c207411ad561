"""Models whose context is small play long matches to the end, with summaries of their own and no cut of ours."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from arena.core.events import Forfeited, Halted, Refused, Replied, Summarised
from arena.transcripts.read import read
from tests.e2e.front import Front, front
from tests.e2e.matches import Ended, arena, assert_verified, configured, events, model

CONTEXT = 7000
LONG: dict[str, Any] = {"issues": 4, "options": 3, "rounds": 40, "acceptance": "unanimous"}
DECLARED, TOLD, UNTOLD = (
    "context length {context}, prompt {prompt}: never asked for",
    "This model's maximum context length is {context} tokens. However, your messages resulted in {prompt} tokens.",
    "Your input exceeds the context window of this model. Please adjust your input and try again.",
)


def talker(question: str) -> str:
    """Talks in every turn and makes no deal; writes a summary where one is asked for."""
    if '"summary"' not in question:
        return json.dumps({"messages": [{"to": "all", "text": f"I wonder. {'And so on. ' * 20}"}], "move": None})
    return json.dumps({"summary": "They talked on and on, and nobody made an offer. "})


def forgetter(question: str) -> str:
    """Never writes a summary."""
    return json.dumps({"messages": [{"to": "all", "text": f"I wonder. {'And so on. ' * 20}"}], "move": None})


def talk(served: Front, folder: Path, **settings: Any) -> Path:
    """A configuration of a match of 40 turns: two models that talk, and a seat that says nothing."""
    agents = {"m": model(served.base_url, **settings), "s": {"scripted": "silent"}}
    return configured(folder, agents, ["m", "s", "m"], LONG)


@pytest.mark.parametrize(
    ("dialect", "settings", "words", "refused"),
    [("text", {"context": CONTEXT}, DECLARED, 0), ("json_schema", {}, TOLD, 1), ("tools", {}, UNTOLD, 2)],
)
def test_a_match_of_40_turns_ends_with_several_summaries_and_no_failure(
    mock: str,
    dialect: str,
    settings: dict[str, Any],
    words: str,
    refused: int,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with front(mock) as served:
        served.context, served.refusal, served.says = CONTEXT, words, talker
        ended = arena(capsys, "run", talk(served, tmp_path, dialect=dialect, **settings), "--out", tmp_path)
    assert (ended.code, ended.err) == (0, "")
    assert_verified(ended.path)
    found = read(ended.path)
    summaries = [len(events(found, Summarised, seat)) for seat in (0, 1, 2)]
    (card,) = ended.cards
    assert summaries[1] == 0
    assert min(summaries[0], summaries[2]) >= 3
    assert (card["conduct"]["summaries"], card["conduct"]["turns"]) == (summaries, [40, 40, 40])
    assert (events(found, Halted), events(found, Forfeited), events(found, Refused)) == ([], [], [])
    # Every request is in the record: those that were answered, and those that did not fit. What was learnt from the
    # first of these is remembered for both seats.
    replies = [e for e in events(found, Replied) if isinstance(e, Replied) and e.seat != 1]
    sent = [e.usage for e in replies if e.usage is not None]
    assert sum(usage.attempts for usage in sent) == len(sent) == len(served.asked)
    assert served.refused == len([e for e in replies if e.overflow is not None and e.usage is not None]) == refused
    # Once per overflow; a request for a summary that did not fit either was put again for less.
    for seat in (0, 2):
        full = [e.overflow is not None for e in replies if e.seat == seat]
        assert sum(now and not before for before, now in pairwise([False, *full])) == summaries[seat]


def test_models_that_play_at_random_summarise_and_go_on(
    mock: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with front(mock) as served:
        served.context, served.refusal = 4600, TOLD
        config = configured(tmp_path, {"m": model(served.base_url, "tools")}, ["m"] * 3, LONG)
        ended = arena(capsys, "run", config, "--out", tmp_path, "--set", "scenarios[0].instances=4")
    assert (ended.code, ended.err) == (0, "")
    assert sum(sum(card["conduct"]["summaries"]) for card in ended.cards) >= 3
    for path in ended.paths:
        assert_verified(path)


def test_a_match_is_the_same_wherever_it_stopped_and_was_resumed(
    mock: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with front(mock) as served:
        served.context, served.says = CONTEXT, talker
        whole = arena(capsys, "run", talk(served, tmp_path, context=CONTEXT), "--out", tmp_path / "whole")
        served.healthy = 25
        ended = arena(capsys, "run", talk(served, tmp_path, context=CONTEXT), "--out", tmp_path / "cut")
        assert ended.code == 3
        while ended.code == 3:
            served.healthy = 4
            code = arena(capsys, "resume", ended.path).code
            ended = Ended(code, ended.cards, ended.run, "")
    assert_verified(ended.path)
    assert len(events(ended.path, Halted)) >= 10
    assert len(events(ended.path, Summarised)) >= len(events(whole.path, Summarised)) >= 6
    assert served.refused == 0


def test_a_fork_in_the_midst_of_a_summary_is_played_by_another_and_verified(
    mock: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with front(mock) as served:
        served.context, served.says = CONTEXT, talker
        whole = arena(capsys, "run", talk(served, tmp_path, context=CONTEXT), "--out", tmp_path)
        lines = read(whole.path).lines
        full = [line.n for line in lines if any(getattr(a.e, "overflow", None) for a in line.es)][3]
        for at in (full, full + 1, full + 2):
            for seat in ("planner", None):
                words = ["--seat", f"0={seat}"] if seat else []
                fork = arena(capsys, "fork", whole.path, "--at", at, *words, "--out", tmp_path / f"{at}{seat}")
                assert fork.code == 0
                assert_verified(fork.path)
                assert fork.path.read_text().count('"kind":"forfeited"') == 0


def test_a_seat_that_never_writes_a_summary_loses_its_turns_and_the_match_ends(
    mock: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with front(mock) as served:
        served.says = forgetter
        ended = arena(capsys, "run", talk(served, tmp_path, context=CONTEXT), "--out", tmp_path)
    assert (ended.code, ended.err) == (0, "")
    found = read(ended.path)
    assert len(events(found, Forfeited)) > 10
    assert {e.code for e in events(found, Refused)} == {"unknown_key"}  # type: ignore[union-attr]
    assert events(found, Summarised) == []
    assert_verified(ended.path)


def test_a_context_that_the_brief_alone_fills_makes_the_match_void_and_says_what_to_do(
    mock: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with front(mock) as served:
        served.context, served.says = 900, talker
        ended = arena(capsys, "run", talk(served, tmp_path), "--out", tmp_path)
        assert ended.code == 3
        assert "prompt is too long" in ended.cards[0]["void"]
        assert "seat a model with a larger context" in ended.err
        served.context = None
        assert arena(capsys, "resume", ended.path).code == 0
    assert_verified(ended.path)
