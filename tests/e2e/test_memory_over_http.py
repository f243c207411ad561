"""Model seats that write on a shared board, or keep no notes, over real HTTP; stopped on the way and resumed."""

from __future__ import annotations

from pathlib import Path

import pytest

from arena.core.events import Noted, Posted
from arena.models.endpoint import Dialect
from arena.transcripts.read import read
from tests.e2e.front import front
from tests.e2e.matches import PARAMS, arena, assert_verified, configured, events, model


@pytest.mark.parametrize(
    ("dialect", "turns"), [("text", "simultaneous"), ("tools", "round_robin"), ("json_schema", "bid_for_floor")]
)
def test_models_write_on_the_board_and_the_match_is_verified_wherever_it_stopped(
    mock: str, dialect: Dialect, turns: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    protocol = {"memory": "both", "turns": turns, "limits": {"board": 400, "rounds": 4}}
    with front(mock) as served:
        served.healthy = 3
        config = configured(tmp_path, {"m": model(served.base_url, dialect)}, ["m"] * 3, PARAMS, protocol)
        ended = arena(capsys, "run", config, "--out", tmp_path, "--set", "scenarios[0].instances=3")
        assert ended.code == 3
        served.healthy = None
        assert arena(capsys, "resume", ended.run).code == 0
    posts = 0
    for path in ended.paths:
        assert_verified(path)
        found = [e for e in events(read(path), Posted) if isinstance(e, Posted)]
        assert [e.version for e in found] == list(range(1, len(found) + 1))
        assert all(len(e.text) <= 400 for e in found)
        posts += len(found)
    assert posts >= 3


def test_models_that_may_keep_nothing_note_nothing(
    mock: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = configured(tmp_path, {"m": model(mock, "tools")}, ["m"] * 3, PARAMS, {"memory": "none"})
    ended = arena(capsys, "run", config, "--out", tmp_path)
    assert ended.code == 0
    assert_verified(ended.path)
    assert (events(ended.path, Noted), events(ended.path, Posted)) == ([], [])
    assert set(ended.cards[0]["conduct"]["parse_rate"]) <= {1.0, None}
