"""A model, a policy, a script and a callable at one table; forks of it; what one seat saw; scoring it offline."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from msgspec.json import encode

from arena.cli.main import main
from arena.core.events import AnyEvent, Disclosed, Replied, Said
from arena.transcripts.read import read
from tests.e2e.matches import Ended, arena, assert_verified, calls, configured, events, model

CALLABLE = """
from arena.core.events import Body, Message
from arena.core.view import Reply
from arena.scenarios.bargain.terms import Accept

SEEN = []


async def polite(view, ask):
    "Thanks everyone, and accepts whatever may be accepted."
    SEEN.append(view)
    open_ = [o for m in ask.moves if m.kind == "accept" for o in m.fields[0].options]
    others = tuple(s for s in range(len(view.seats)) if s != view.seat)
    return Reply(body=Body((Message(others, "Thank you."),), move=Accept(open_[0]) if open_ else None))
"""
SCRIPT = [{"messages": [{"to": "all", "text": f"This is line {n} of my script."}]} for n in range(9)]


def mixed(folder: Path, base_url: str, **more: Any) -> Path:
    """A configuration with one agent of each kind."""
    (folder / "polite.py").write_text(CALLABLE)
    agents = {
        "a-model": model(base_url, "json_schema"),
        "a-policy": {"scripted": "conceder"},
        "a-script": {"script": SCRIPT},
        "a-callable": {"call": "polite.py:polite"},
    }
    params = {"issues": 3, "options": 3, "rounds": 4, "acceptance": "majority"}
    return configured(folder, agents, list(agents), params, **more)


@pytest.fixture
def played(mock: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Ended:
    ended = arena(capsys, "run", mixed(tmp_path, mock), "--out", tmp_path)
    assert (ended.code, ended.err) == (0, "")
    return ended


def test_agents_of_every_kind_play_together(mock: str, played: Ended) -> None:
    assert_verified(played.path)
    found = read(played.path)
    assert [sitter.kind for sitter in found.header.sitters] == ["model", "scripted", "script", "call"]
    said = {seat: {e.text for e in events(found, Said, seat)} for seat in range(4)}  # type: ignore[union-attr]
    assert said[3] == {"Thank you."}
    assert SCRIPT[0]["messages"][0]["text"] in said[2]
    assert all(e.prompt for e in events(found, Replied, 0))  # type: ignore[union-attr]
    assert not any(e.prompt or e.raw for s in (1, 3) for e in events(found, Replied, s))  # type: ignore[union-attr]


def test_a_fork_gives_a_scripted_seat_to_a_model_and_shares_the_lines_before(
    mock: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    agents = {name: {"scripted": name} for name in ("boulware", "conceder", "planner")}
    params = {"issues": 3, "options": 3, "rounds": 6}
    parent = arena(capsys, "run", configured(tmp_path, agents, list(agents), params), "--out", tmp_path)
    assert_verified(parent.path)
    monkeypatch.setenv("LAB_BASE_URL", mock)
    before = calls(mock)["200"]
    ended = arena(
        capsys, "fork", parent.path, "--at", 6, "--seat", "1=openai-api/lab/mock", "--repeats", 2, "--out", tmp_path
    )
    assert ended.code == 0
    kept = parent.path.read_bytes().splitlines()[1:6]
    asked = 0
    for path in ended.paths:
        found = read(path)
        assert found.header.fork is not None
        assert (found.header.fork.parent, found.header.fork.line) == (read(parent.path).header.id, 6)
        assert [s.kind for s in found.header.sitters] == ["scripted", "model", "scripted"]
        assert [encode(line.es) for line in found.lines[:5]] == [
            encode(line.es) for line in read(parent.path).lines[:5]
        ]
        assert len(kept) == 5
        assert_verified(path)
        asked += sum(bool(e.prompt) for e in events(path, Replied))  # type: ignore[union-attr]
    assert calls(mock)["200"] - before == asked > 0


def test_a_seats_replay_holds_what_it_saw_and_nothing_of_the_others(
    played: Ended, capsys: pytest.CaptureFixture[str]
) -> None:
    found = read(played.path)
    marks = [sheet.canary for sheet in found.game.task.sheets]  # type: ignore[attr-defined]
    assert len(set(marks)) == 4
    for seat, name in enumerate(found.game.names):
        assert main(["replay", str(played.path), "--as", name, "--json"]) == 0
        told = capsys.readouterr().out
        assert [mark in told for mark in marks] == [owner == seat for owner in range(4)]
        seen: list[AnyEvent] = list(found.table().seen(seat))
        assert [json.loads(line) for line in told.splitlines()] == [json.loads(encode(event)) for event in seen]
        assert main(["replay", str(played.path), "--as", str(seat)]) == 0
        shown = capsys.readouterr().out
        assert not [mark for owner, mark in enumerate(marks) if owner != seat and mark in shown]
    assert sum(isinstance(e, Disclosed) for e in found.table().seen(0)) >= 2


def test_a_transcript_is_scored_verified_and_replayed_without_a_key_a_server_or_a_client(
    played: Ended, tmp_path: Path
) -> None:
    code = (
        "import sys\nfrom arena.cli.main import main\n"
        "codes = [main([*words, sys.argv[1]]) for words in (['score', '--json'], ['replay'], ['replay', '--verify'])]\n"
        "assert codes == [0, 0, 0], codes\n"
        "found = {'openai', 'httpx', 'aiohttp', 'arena.models.client'} & set(sys.modules)\n"
        "assert not found, found\n"
    )
    named = ("_API_KEY", "_BASE_URL")
    environment = {name: value for name, value in os.environ.items() if not name.endswith(named)}
    checkout = Path(__file__).parents[2]
    ran = subprocess.run(
        [sys.executable, "-c", code, played.path],
        cwd=tmp_path,
        env={**environment, "PYTHONPATH": str(checkout)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    card, _ = json.JSONDecoder().raw_decode(ran.stdout)
    assert card["matches"] == played.cards


def test_a_finished_match_is_resumed_by_nobody(played: Ended, capsys: pytest.CaptureFixture[str]) -> None:
    before = played.path.read_bytes()
    ended = arena(capsys, "resume", played.path)
    assert (ended.code, ended.cards) == (0, [])
    assert "this match is over" in ended.err
    assert played.path.read_bytes() == before
