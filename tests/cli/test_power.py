"""`arena power`: in words and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from arena.cli.main import main
from tests.cli.test_compare import TRIO
from tests.runs.trials import ran


def test_a_run_says_how_many_instances_it_takes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = ran(tmp_path, TRIO).path
    assert main(["power", str(run), "--delta", "0.05", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [(row["first"], row["second"]) for row in rows] == [
        ("c", "late"),
        ("c", "planner"),
        ("late", "planner"),
        ("c", None),
        ("late", None),
        ("planner", None),
    ]
    assert all(row["needed"]["low"] <= row["needed"]["instances"] <= row["needed"]["high"] for row in rows)
    assert main(["power", str(run), "--delta", "0.05"]) == 0
    out = capsys.readouterr().out
    assert "instances that tell a difference of 0.05 in coordination gain" in out
    assert "c - late, paired" in out
    assert main(["power", str(run), "--delta", "0"]) == 2
