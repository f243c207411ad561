"""What is exported is what was observed, in the form that others read."""

from __future__ import annotations

import csv
import io
import json
import math
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from msgspec.structs import replace

from arena.cli.main import main
from arena.errors import UsageError
from arena.exporting import csv_file, jsonl, junit, parquet
from arena.exporting.row import Row, row
from arena.exporting.spool import spooled
from arena.results.measured import figure
from arena.results.observed import Observation, observed
from tests.runs.trials import ran

HOSTILE = '=cmd|"/c calc"!A0,\n</testcase><script>alert(1)</script>&amp;\x1b[31m\x00\ufffe'


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ran(tmp_path_factory.mktemp("runs")).path


@pytest.fixture(scope="module")
def seen(run: Path) -> list[Observation]:
    """Six matches, the last of which is void for a hostile reason, in a seat of a hostile name."""
    found = list(observed([run]))
    void = {"void": HOSTILE, "status": "void", "values": {}, "per_seat": {}, "agents": ("@SUM(1)", "-b", "c")}
    return [*found[:-1], replace(found[-1], **void)]


def as_csv(rows: list[Row]) -> list[dict[str, str]]:
    out = io.BytesIO()
    csv_file.write(iter(rows), out)
    return list(csv.DictReader(io.StringIO(out.getvalue().decode(), newline="")))


def test_a_spool_gives_back_what_was_put_in_and_what_it_had(seen: list[Observation]) -> None:
    rows = [row(each) for each in seen]
    with spooled(iter(rows)) as spool:
        assert list(spool.rows()) == list(spool.rows()) == rows
        assert spool.seats == max(len(each.agents) for each in seen)
        assert spool.values == {name for each in seen for name in each.values}
        assert spool.statuses["void"] == 1
    with spooled(iter(())) as empty:
        assert list(empty.rows()) == []


def test_csv_has_a_line_a_match_and_a_column_a_measure(seen: list[Observation]) -> None:
    lines = as_csv([row(each) for each in seen])
    assert [line["match"] for line in lines] == [each.match for each in seen]
    for line, each in zip(lines[:-1], seen[:-1], strict=True):
        assert float(line["coordination_gain"]) == each.values["coordination_gain"]
        assert float(line["payoff[1]"]) == each.per_seat["payoff"][1]
        assert [line[f"agent[{seat}]"] for seat in range(len(each.agents))] == list(each.agents)
    assert lines[-1]["coordination_gain"] == ""


def test_no_cell_of_a_csv_is_a_formula(seen: list[Observation]) -> None:
    last = as_csv([row(each) for each in seen])[-1]
    assert last["void"] == f"'{HOSTILE}"
    assert (last["agent[0]"], last["agent[1]"], last["agent[2]"]) == ("'@SUM(1)", "'-b", "c")
    named = replace(seen[0], values={"=1+1": 2.0, "loss": -3.5})
    (line,) = as_csv([row(named)])
    assert (line["'=1+1"], line["loss"]) == ("2.0", "-3.5")


def test_jsonl_says_all_of_a_match_and_null_where_nothing_is_defined(seen: list[Observation]) -> None:
    out = io.BytesIO()
    undefined = replace(seen[0], values=seen[0].values | {"coordination_gain": math.nan, "far": math.inf, "run": 1.0})
    jsonl.write(map(row, [undefined, *seen[1:]]), out)
    first, *_, last = [json.loads(line) for line in out.getvalue().splitlines()]
    assert (first["values"]["coordination_gain"], first["values"]["far"]) == (None, None)
    assert (first["run"], first["values"]["measure.run"]) == (seen[0].run, 1.0)
    assert first["per_seat"]["payoff"] == list(seen[0].per_seat["payoff"])
    assert (last["void"], last["values"]) == (HOSTILE, {})


def test_parquet_has_types_and_the_same_figures(seen: list[Observation]) -> None:
    from pyarrow import parquet as reading

    out = io.BytesIO()
    parquet.write(map(row, seen), out)
    table = reading.read_table(io.BytesIO(out.getvalue()))
    assert table.column("match").to_pylist() == [each.match for each in seen]
    gains = [each.values.get("coordination_gain") for each in seen]
    assert table.column("coordination_gain").to_pylist() == gains
    assert gains[-1] is None
    assert table.column("per_seat.payoff").to_pylist()[0] == list(seen[0].per_seat["payoff"])
    assert str(table.schema.field("seed").type) == "int64"
    assert table.column("void").to_pylist()[-1] == HOSTILE


def test_without_pyarrow_parquet_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UsageError, match=r"coordination-arena\[parquet\]"):
        parquet.write(iter(()), io.BytesIO())


def test_junit_has_a_test_a_match_and_void_is_an_error(seen: list[Observation]) -> None:
    out = io.BytesIO()
    checks = [("a=1", True, "held"), ("b=2", False, "missed <b> & more")]
    junit.write(map(row, seen), out, lambda: checks)
    root = ElementTree.fromstring(out.getvalue())
    (suite,) = root
    assert suite.attrib | {"tests": "8", "errors": "1", "failures": "1"} == suite.attrib
    cases = {case.attrib["name"]: case for case in suite}
    assert list(cases) == [*[each.match for each in seen], "a=1", "b=2"]
    (error,) = suite.iter("error")
    assert error.attrib["message"] == HOSTILE.replace("\x1b", "\ufffd").replace("\x00", "\ufffd").replace(
        "\ufffe", "\ufffd"
    )
    assert cases[seen[-1].match].find("error") is error
    (failure,) = suite.iter("failure")
    assert (failure.attrib["message"], cases["b=2"].find("failure")) == ("missed <b> & more", failure)
    assert cases["a=1"].find("failure") is None


def test_a_run_is_exported_to_stdout_or_to_a_file(
    run: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["export", str(run), "--to", "jsonl"]) == 0
    printed = capfdbinary.readouterr().out
    assert len(printed.splitlines()) == 6
    file = tmp_path / "matches.jsonl"
    file.write_text("an older one")
    assert main(["export", str(run), "--to", "jsonl", "-o", str(file)]) == 0
    assert file.read_bytes() == printed
    assert [path.name for path in tmp_path.iterdir()] == ["matches.jsonl"]


def test_a_threshold_that_is_missed_fails_the_export_once_it_is_written(
    run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = figure(list(observed([run])), "coordination_gain").overall.value
    file = tmp_path / "report.xml"
    words = ["export", str(run), "--to", "junit", "-o", str(file), "--fail-under"]
    assert main([*words, f"coordination_gain={found - 0.01}"]) == 0
    assert main([*words, f"coordination_gain={found + 0.01}"]) == 4
    assert "is less" in capsys.readouterr().err
    (failure,) = ElementTree.parse(file).getroot().iter("failure")
    assert failure.attrib["message"].startswith("missed: coordination_gain=")


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("gone", "there is no such run; it was removed"),
        ("2026", "there is no such run"),
        ("", "a folder of 1 runs; name one"),
    ],
)
def test_what_is_no_run_is_said_so(run: Path, path: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(run.parent / path), "--to", "csv"]) == 2
    assert words in capsys.readouterr().err


def test_a_run_whose_transcripts_were_removed_is_said_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = ran(tmp_path, limit=1).path
    for file in (path / "matches").iterdir():
        file.unlink()
    assert main(["export", str(path), "--to", "csv"]) == 2
    assert "their transcripts were removed" in capsys.readouterr().err
    assert main(["export", f"{path}x", "--to", "csv"]) == 2
    assert f"did you mean {path}?" in capsys.readouterr().err


def test_a_transcript_that_cannot_be_read_is_listed_and_the_rest_exported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = ran(tmp_path, limit=3).path
    one = min((path / "matches").iterdir())
    one.write_bytes(b"no transcript\n")
    assert main(["export", str(path), "--to", "jsonl", "--fail-under", "settled=2"]) == 2
    shown = capsys.readouterr()
    assert len(shown.out.splitlines()) == 2
    assert shown.err.startswith(f"not exported: {one}: ")


def test_parquet_wants_a_file(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(run), "--to", "parquet"]) == 2
    assert "name a file with -o" in capsys.readouterr().err
