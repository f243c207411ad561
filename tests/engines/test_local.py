"""Several processes play a run as one does: the same transcripts and scores, whatever becomes of a worker."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from arena.cli.main import main
from arena.core.events import Addressed, Replied, Seated
from arena.core.overflow import Overflow
from arena.core.usage import Usage
from arena.engines.frames import Answered, frame
from arena.engines.local import Local
from arena.engines.telling import Telling
from arena.engines.worker import broke
from arena.errors import StorageError, UsageError
from arena.models.clients import Calling, Clients
from arena.models.endpoint import Endpoint
from arena.runs.directory import read_state
from arena.runs.resuming import resume_run
from arena.runs.retrying import retry_run
from arena.runs.verify import verify
from tests.engines.trials import Here, ran_by, scores
from tests.runs.matches import bargain, rows
from tests.runs.trials import CONFIG, SMALL, Seen, contents

DEADLY = Path(__file__).with_name("deadly.py")
FICKLE = f"{Path(__file__).parents[1] / 'runs' / 'fickle.py'}"


def deadly(agent: str, instances: int = 3, **more: Any) -> dict[str, Any]:
    """Matches among slow agents, and among those that kill the process that asks them."""
    agents = {"a": {"call": f"{DEADLY}:slow"}, "k": {"call": f"{DEADLY}:{agent}"}}
    scenario = {"use": "bargain", "params": SMALL, "instances": instances}
    return {"agents": agents, "design": "self_play", "scenarios": [scenario], "seed": 9} | more


def test_two_workers_give_the_same_transcripts_and_the_same_scores_to_the_byte(tmp_path: Path) -> None:
    alone, together = Seen(), Seen()
    one = ran_by(None, tmp_path, CONFIG, alone)
    two = ran_by(Local(2), tmp_path, CONFIG, together)
    assert (two.tally.ended, two.tally.void, two.left, two.interrupted) == (6, 0, 0, False)
    assert contents(one.path) == contents(two.path)
    assert scores(alone) == scores(together)
    assert sorted(together.begun) == sorted(alone.begun)
    assert read_state(two.path)["status"] == "complete"
    assert all(verify(path).ok for path in two.tally.paths)


def test_a_worker_that_is_killed_in_the_middle_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIED", str(tmp_path / "died"))
    seen = Seen()
    result = ran_by(Local(2), tmp_path, deadly("once"), seen)
    assert (tmp_path / "died").exists()
    assert (result.tally.ended, result.tally.void, result.tally.failed, result.left) == (6, 0, 0, 0)
    assert len(seen.begun) > 6, "what the dead worker played was gone on with"
    assert contents(result.path) == contents(ran_by(None, tmp_path, deadly("once")).path)


@pytest.mark.parametrize("connections", [2, 12])
def test_a_match_that_kills_every_worker_fails_and_no_other_does(
    connections: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIED", str(tmp_path / "died"))
    seen = Seen()
    result = ran_by(Local(2), tmp_path, deadly("always", 1, limits={"connections": connections}), seen)
    assert list(seen.failed) == ["00-bargain-0009-k-0"]
    assert "workers or more died while they played it" in seen.failed["00-bargain-0009-k-0"]
    assert seen.ids == ["00-bargain-0009-a-0"]
    assert len((tmp_path / "died").read_text().splitlines()) == 3
    assert read_state(result.path)["status"] == "complete with matches that failed"


def test_a_run_that_was_stopped_goes_on_with_workers_and_is_retried_with_them(tmp_path: Path) -> None:
    result = ran_by(None, tmp_path, CONFIG)
    before = contents(result.path)
    first, second, third, *_ = sorted((result.path / "matches").iterdir())
    first.unlink()
    second.write_bytes(b"".join(rows(second.read_bytes())[:4]))
    third.write_bytes(third.read_bytes()[:100])
    again = resume_run(result.path, Seen(), engine=Local(2))
    assert (again.tally.ended, again.left) == (3, 0)
    assert contents(result.path) == before
    retried = retry_run(result.path, ["agreed", "no_deal_missed"], Seen(), engine=Local(2))
    assert retried.tally.ended == len(list((result.path / "retried").iterdir())) >= 1
    assert contents(result.path) == before


def test_a_transcript_that_was_set_aside_is_not_set_aside_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker dies in a match that it plays anew: another goes on with it."""
    monkeypatch.setenv("DIED", str(tmp_path / "died"))
    (tmp_path / "died").write_text("before\n")
    result = ran_by(None, tmp_path, deadly("once", 2))
    before = contents(result.path)
    (tmp_path / "died").unlink()
    again = retry_run(result.path, ["agreed", "no_deal_missed"], Seen(), engine=Local(2))
    assert (tmp_path / "died").exists()
    assert sorted(path.name for path in (result.path / "retried").iterdir()) == sorted(
        f"{Path(name).stem}.1.jsonl" for name in before
    )
    assert (again.tally.ended, again.tally.failed, again.left) == (4, 0, 0)
    assert contents(result.path) == before


def test_what_fails_in_a_worker_is_told_as_if_there_were_one_process(tmp_path: Path) -> None:
    config = {
        "agents": {"a": {"call": f"{FICKLE}:passing"}},
        "design": "self_play",
        "scenarios": [{"use": f"{FICKLE}:SCENARIO", "instances": 8}],
        "seed": 3,
    }
    alone, together = Seen(), Seen()
    one, two = ran_by(None, tmp_path, config, alone), ran_by(Here(2), tmp_path, config, together)
    assert alone.failed == together.failed
    assert one.tally.failed == two.tally.failed >= 1
    assert contents(one.path) == contents(two.path)


def test_what_nobody_foresaw_in_a_worker_ends_the_run_with_words(tmp_path: Path) -> None:
    def gone(seen: Seen) -> None:
        (run,) = (tmp_path / "out").iterdir()
        (run / "config.yaml").unlink(missing_ok=True)

    class Without(Here):
        async def fill(self, *told: Any) -> None:
            gone(Seen())
            await super().fill(*told)

    with pytest.raises(UsageError, match=r"config\.yaml"):
        ran_by(Without(2), tmp_path, CONFIG)
    (run,) = (tmp_path / "out").iterdir()
    assert read_state(run)["status"] == "interrupted"


def test_errors_that_a_command_tells_apart_come_back_as_they_were() -> None:
    assert broke(StorageError("full")).kind == "StorageError"
    assert broke(UsageError("no")).kind == "UsageError"
    told = broke(ZeroDivisionError("a bug"))
    assert (told.kind, told.why) == ("", "ZeroDivisionError: a bug")
    assert "ZeroDivisionError" in told.trace


def test_more_workers_than_matches_or_connections_are_refused_before_anything_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("c.yaml").write_text(yaml.safe_dump(CONFIG))
    assert main(["run", "c.yaml", "--workers", "7"]) == 2
    assert capsys.readouterr().err == "Error: --workers 7: there are 6 matches to play; use --workers 6 or fewer\n"
    assert main(["run", "c.yaml", "--workers", "3", "--max-connections", "2"]) == 2
    assert "use --workers 2 or fewer, or raise --max-connections" in capsys.readouterr().err
    assert main(["run", "c.yaml", "--workers", "0"]) == 2
    assert "--workers" in capsys.readouterr().err
    assert not Path("transcripts").exists()


def test_a_program_is_told_the_same_events_in_another_order(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("c.yaml").write_text(yaml.safe_dump(CONFIG))
    told = []
    for words in ([], ["--workers", "2"]):
        assert main(["run", "c.yaml", "--json", "--out", "out", *words]) == 0
        told.append([json.loads(line) for line in capsys.readouterr().out.splitlines()])
    run = [events[0].pop("run") for events in told]

    def plain(events: list[dict[str, Any]], run: str) -> list[str]:
        return sorted(json.dumps(event).replace(run, "") for event in events if event["event"] != "progress")

    assert plain(told[0], run[0]) == plain(told[1], run[1])


@pytest.mark.parametrize(("connections", "workers"), [(64, 2), (7, 3), (3, 3)])
def test_the_shares_of_workers_add_up_to_what_was_asked_for(connections: int, workers: int) -> None:
    calling = Calling(connections, max_retries=3)
    shares = [calling.share(nth, workers) for nth in range(workers)]
    found = [share.connections or 0 for share in shares]
    assert (sum(found), min(found) >= 1, max(found) - min(found) <= 1) == (connections, True, True)
    endpoint = Endpoint("m", "http://127.0.0.1:1/v1", rpm=60, tpm=1000)
    applied = [share.apply(endpoint) for share in shares]
    assert sum(each.rpm or 0 for each in applied) == pytest.approx(60)
    assert sum(each.tpm or 0 for each in applied) == pytest.approx(1000)
    assert {each.max_retries for each in applied} == {3}
    assert Clients(calling=shares[0]).of(Endpoint("m", "http://127.0.0.1:1/v1")).endpoint.rpm is None


def test_of_replies_that_somebody_was_called_for_all_but_the_words_is_told() -> None:
    sent: list[Any] = []
    header = bargain(agents=("planner", {"call": f"{DEADLY}:slow"}))
    usage, overflow = Usage(prompt=5), Overflow(1, 10, 100, 90)

    async def told() -> None:
        telling = Telling(sent.append)
        telling.begins(header, None, ())
        for seat in (0, 1):
            telling.line(header.id, [Addressed((seat,), Replied(seat, "the words", usage=usage, overflow=overflow))])
        telling.tell()

    asyncio.run(told())
    assert isinstance(sent[1], Answered)
    assert [(reply.seat, reply.usage, reply.overflow) for reply in sent[1].replies] == [(1, usage, overflow)]
    assert b"the words" not in b"".join(frame(message) for message in sent)


def test_that_a_newcomer_takes_a_seat_is_told(tmp_path: Path) -> None:
    """So that its calls are counted as its own: here by the events that whoever watches is shown."""

    class Shown(Seen):
        def __init__(self) -> None:
            super().__init__()
            self.seated: list[str] = []

        def line(self, match: str, events: Any) -> None:
            self.seated += [f"{match} {a.e.seat} {a.e.agent}" for a in events if isinstance(a.e, Seated)]

    newcomer = {"kind": "newcomer", "seat": 0, "agent": "b", "round": 2}
    scenario = {"use": "bargain", "params": SMALL, "instances": 2, "protocol": {"perturb": [newcomer]}}
    config = CONFIG | {"scenarios": [scenario], "seating": ["a", "b", "c"]}
    alone, together = Shown(), Shown()
    ran_by(None, tmp_path, config, alone)
    ran_by(Here(2), tmp_path, config, together)
    assert sorted(alone.seated) == sorted(together.seated)
    assert len(alone.seated) >= 1


def test_a_comparison_is_decided_on_the_same_matches_whoever_plays(tmp_path: Path) -> None:
    agents = {"a": {"scripted": "planner"}, "b": {"scripted": "silent"}}
    scenario = {"use": "bargain", "params": SMALL | {"seats": 2}, "instances": 60}
    config = {"agents": agents, "design": "self_play", "scenarios": [scenario], "stop": {"delta": 0.05}}
    one, two = ran_by(None, tmp_path, config), ran_by(Here(2), tmp_path, config)
    assert one.decided == two.decided != ()
    assert (one.saved, one.left) == (two.saved, two.left)
    assert one.saved > 0
    assert contents(one.path) == contents(two.path), "what was played beyond the verdict is counted nowhere"
    assert [one.tally.ended, one.tally.void] == [two.tally.ended, two.tally.void]
