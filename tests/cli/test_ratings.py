"""`arena ratings`: in words and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from arena.cli.main import main
from tests.cli.test_compare import TRIO
from tests.runs.trials import ran


def test_a_run_is_rated_with_its_matrix(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = ran(tmp_path, TRIO).path
    assert main(["ratings", str(run), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {each["agent"] for each in found["ratings"]["rated"]} == {"planner", "late", "c"}
    assert found["ratings"]["rated"][0]["agent"] == "planner"
    assert len(found["cross_play"][0]["matrix"]) == 3
    assert main(["ratings", str(run)]) == 0
    out = capsys.readouterr().out
    assert "cycles: 0 of " in out
    assert "self-play less cross-play: " in out
    assert main(["ratings", str(run), "--within"]) == 0
    assert "by payoff, seat against seat" in capsys.readouterr().out
    assert main(["ratings", str(run), "--metric", "wealth"]) == 2
    assert "no measure named 'wealth'" in capsys.readouterr().err
