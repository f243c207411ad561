"""`arena run`: from a configuration to transcripts, and what is said of them."""

from __future__ import annotations

import json
import os
import resource
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from arena.cli.console import program
from arena.cli.main import main
from arena.runs.verify import verify
from arena.transcripts.read import read
from tests.mock_server import serve
from tests.told import ended, events

CHECKOUT = Path(__file__).parents[2]
CALLED = CHECKOUT / "tests" / "runs" / "called.py"
AGENTS = "agents: {a: {scripted: conceder}, b: {scripted: boulware}, c: {scripted: planner}}\n"
SMALL = "scenarios: [{use: bargain, params: {seats: 3, issues: 3, options: 3, rounds: 2}}]\nseed: 3\n"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    return tmp_path


def config(text: str = AGENTS + SMALL, name: str = "c.yaml") -> str:
    Path(name).write_text(text)
    return name


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code = main(["run", *map(str, words)])
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def transcripts() -> list[Path]:
    return sorted(Path().glob("*/*/matches/*.jsonl"))


def test_a_run_shows_the_conversation_a_scorecard_and_where_the_transcript_lies(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out, err = run(capsys, config())
    assert (code, err) == (0, "")
    (path,) = transcripts()
    names = read(path).game.names
    assert all(name in out for name in names)
    assert "coordination gain" in out
    assert f"transcript  {path}" in out
    assert f"{program()} replay --verify {path}" in out
    assert verify(path).ok


def test_quickstart_is_found_from_an_empty_folder(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("configs/quickstart.yaml", "quickstart"):
        code, out, _ = run(capsys, name, "--quiet")
        assert code == 0
        assert Path(out.strip()).is_file()


def test_quiet_prints_where_the_transcripts_lie_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, config(), "--quiet", "--repeats", "2")
    assert (code, err) == (0, "")
    assert out.splitlines() == [str(path) for path in transcripts()]
    assert len(transcripts()) == 2


def test_json_is_all_that_stands_on_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, config(), "--json", "--repeats", "2")
    assert (code, err) == (0, "")
    kinds = [event["event"] for event in events(out)]
    assert kinds == ["starts", "begins", "ends", "begins", "ends", "finished"]
    start, begun, first, *_ = events(out)
    assert (start["run"], start["matches"]) == (ended(out)["run"], 2)
    assert (begun["match"], begun["block"], begun["agents"]) == (
        "00-bargain-0003-0",
        "00-bargain-0003-r0",
        ["a", "b", "c"],
    )
    assert Path(first["path"]) == transcripts()[0]
    assert [card["match"] for card in ended(out)["matches"]] == ["00-bargain-0003-0", "00-bargain-0003-1"]
    assert all(card["void"] is None and card["status"] == "agreed" for card in ended(out)["matches"])
    assert Path(ended(out)["run"]).is_dir()
    assert {key: ended(out)[key] for key in ("played", "void", "failed", "left", "exit_code")} == {
        "played": 2,
        "void": 0,
        "failed": 0,
        "left": 0,
        "exit_code": 0,
    }


def test_seed_repeats_limit_set_and_out_choose_what_is_played_and_where(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--seed", 7, "--repeats", 3, "--limit", 5, "--set", "scenarios[0].instances=2", "--out", "mine")
    code, out, _ = run(capsys, config(), *words, "--quiet")
    assert code == 0
    assert [Path(line).stem for line in out.splitlines()] == [
        "00-bargain-0007-0",
        "00-bargain-0007-1",
        "00-bargain-0007-2",
        "00-bargain-0008-0",
        "00-bargain-0008-1",
    ]
    assert {path.parts[0] for path in transcripts()} == {"mine"}


def test_more_matches_than_a_few_get_a_line_each(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, config(), "--repeats", 4)
    assert code == 0
    lines = [line for line in out.splitlines() if line.startswith("00-bargain-0003-")]
    assert [line.split()[:2] for line in lines] == [[f"00-bargain-0003-{i}", "agreed"] for i in range(4)]
    assert f"({len(lines)} matches)" in out
    assert "matches: 4 (4 agreed)" in out
    assert out.count("coordination gain") == 1, "the mean alone"


def test_a_dry_run_shows_the_plan_and_writes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, config(), "--dry-run", "--repeats", 2)
    assert (code, err) == (0, "")
    assert "2 matches; the configuration is sound" in out
    code, out, _ = run(capsys, config(), "--dry-run", "--json")
    assert json.loads(out)["matches"][0]["calls"] == 6
    assert [path.name for path in Path().iterdir()] == ["c.yaml"]


def test_the_saved_configuration_runs_to_the_same_bytes(capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, config(), "--quiet")
    (first,) = transcripts()
    run(capsys, first.parents[1] / "config.yaml", "--quiet", "--out", "again")
    (again, _) = sorted(transcripts(), key=lambda path: path.parts[0] != "again")
    assert [line.es for line in read(again).lines] == [line.es for line in read(first).lines]
    assert yaml.safe_load((first.parents[1] / "config.yaml").read_text())["name"] == "match"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (AGENTS + SMALL + "reapeats: 2", "reapeats: unknown key; did you mean 'repeats'?"),
        (AGENTS + "scenarios: [{use: bargian}]", "scenarios[0].use: found 'bargian'"),
        (AGENTS + "scenarios: [{use: bargain, params: {seats: 4}}]", "seating: 3 agents (a, b, c) for 4 seats"),
        ("agents: {a: {model: openai/x}}\ndesign: self_play\n" + SMALL, "OPENAI_API_KEY"),
        (
            AGENTS + "scenarios: [{use: bargain, protocol: {turns: {kind: chair_calls, chair: 3}}}]",
            "scenarios[0]: seed 0: this meeting does not fit this game: turns: the chair is seat 3",
        ),
        (f"agents: {{a: {{call: '{CALLED}:slwo'}}}}\ndesign: self_play\n" + SMALL, "did you mean 'slow'?"),
        ("", "the file: it is empty"),
    ],
)
def test_what_cannot_be_run_is_said_before_anything_is_written(
    text: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, config(text))
    assert (code, out) == (2, "")
    assert err.startswith("Error: ")
    assert told in err
    assert [path.name for path in Path().iterdir()] == ["c.yaml"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--seed", "-1"], "'--seed'"),
        (["--repeats", "0"], "'--repeats'"),
        (["--limit", "x"], "'--limit'"),
        (["--nonsense"], "--nonsense"),
        (["--set", "seed"], "--set seed: expected a.b=c"),
        (["--out", "c.yaml"], "c.yaml"),
    ],
)
def test_options_that_make_no_sense_are_said_so(
    words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, config(), *words)
    assert (code, out) == (2, "")
    assert told in err


def down() -> str:
    """The address of a server that there is not."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}/v1"


def test_an_endpoint_that_is_down_makes_a_match_void_with_the_reason_and_never_a_score(
    capsys: pytest.CaptureFixture[str],
) -> None:
    model = f"{{model: openai-api/lab/tiny, base_url: '{down()}', max_retries: 0}}"
    name = config(f"agents: {{a: {model}, b: {{scripted: boulware}}, c: {{scripted: planner}}}}\n{SMALL}")
    code, out, err = run(capsys, name, "--json")
    assert code == 3
    (card,) = cards = ended(out)["matches"]
    assert card["status"] == "void"
    assert "'tiny' at http://127.0.0.1:" in card["void"]
    assert (card["headline"], card["agreement"], card["per_seat"]) == ({}, {}, {})
    (path,) = transcripts()
    assert f"void: 00-bargain-0003-0: {card['void']}" in err
    assert f"go on with: {program()} resume {path}" in err
    assert main(["score", str(path), "--json"]) == 3
    assert json.loads(capsys.readouterr().out)["matches"] == cards
    assert verify(path).ok


def test_a_void_match_is_resumed_once_its_endpoint_is_up(capsys: pytest.CaptureFixture[str]) -> None:
    with serve(seed=1) as url:
        port = url.split(":")[-1]
        model = f"{{model: openai-api/lab/mock, base_url: 'http://127.0.0.1:{port}', max_retries: 0}}"
        name = config(f"agents: {{a: {model}, b: {{scripted: boulware}}, c: {{scripted: planner}}}}\n{SMALL}")
        code, _, _ = run(capsys, name, "--quiet")
        assert code == 0
    (path,) = transcripts()
    code, _, err = run(capsys, name, "--quiet", "--out", "later")
    assert code == 3
    assert "void" in err
    (void,) = [each for each in transcripts() if each.parts[0] == "later"]
    with serve(seed=1, port=port.removesuffix("/v1")):
        assert main(["resume", str(void), "--quiet"]) == 0
    assert read(void).table().closed is not None
    assert verify(void).ok
    assert read(path).table().closed is not None


def test_a_reason_with_control_characters_does_not_reach_the_terminal_as_such(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("rude.py").write_text(
        'async def agent(view, ask):\n    raise ValueError("\\x1b[2Jgone\\nError: all is well")\n'
    )
    name = config("agents: {a: {call: 'rude.py:agent'}}\ndesign: self_play\n" + SMALL)
    for words in ((), ("--quiet",)):
        code, out, err = run(capsys, name, *words)
        assert code == 3
        assert "\x1b[2J" not in out + err
        assert "\\x1b[2Jgone" in err
        assert not any(line.startswith("Error: all is well") for line in (out + err).splitlines())


def test_a_full_disk_stops_a_run_with_a_word_and_whole_lines(capsys: pytest.CaptureFixture[str]) -> None:
    """A real process whose files may not grow beyond what the transcript needs."""
    name = config()

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))

    ran = subprocess.run(
        [sys.executable, "-m", "arena", "run", name, "--quiet"],
        env=os.environ | {"PYTHONPATH": str(CHECKOUT)},
        preexec_fn=limited,
        capture_output=True,
        text=True,
        check=False,
    )
    (path,) = transcripts()
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.startswith(f"Error: {path}: it may not grow further")
    assert "Traceback" not in ran.stderr
    assert path.read_bytes().endswith(b"}\n")
    assert len(read(path).lines) >= 1
    assert main(["resume", str(path.parents[1]), "--quiet"]) == 0
    capsys.readouterr()
    code, out, _ = run(capsys, name, "--quiet", "--out", "whole")
    assert code == 0
    assert read(path).lines[-1].es == read(Path(out.strip())).lines[-1].es
    assert read(path).digest == read(Path(out.strip())).digest


OWN = """from arena.core.events import Body
from arena.core.view import Reply
async def chatty(view, ask):
    print("noise")
    return Reply(body=Body())
async def leaving(view, ask):
    raise SystemExit(0)
"""


def test_what_an_agent_of_ones_own_prints_is_not_among_the_json(capsys: pytest.CaptureFixture[str]) -> None:
    Path("own.py").write_text(OWN)
    code, out, err = run(capsys, config("agents: {a: {call: 'own.py:chatty'}}\ndesign: self_play\n" + SMALL), "--json")
    assert code == 0
    assert ended(out)["matches"][0]["void"] is None
    assert set(err.split()) == {"noise"}


def test_an_agent_that_exits_makes_its_match_void_and_debug_shows_where(capsys: pytest.CaptureFixture[str]) -> None:
    Path("own.py").write_text(OWN)
    name = config("agents: {a: {call: 'own.py:leaving'}}\ndesign: self_play\n" + SMALL)
    code, _, err = run(capsys, name, "--quiet")
    assert code == 3
    assert "crashed: own.py, line 7: SystemExit: 0" in err
    assert "go on with:" in err
    assert "Traceback" not in err
    assert "in leaving" in run(capsys, name, "--quiet", "--debug")[2]


def test_a_name_that_is_nearly_a_shipped_configuration_is_answered_with_it(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "quikstart")
    assert (code, err) == (2, "Error: no configuration named 'quikstart'; did you mean 'quickstart'?\n")
