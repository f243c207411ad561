"""Actors of a Ray cluster play a run as one process does. The cluster is a real one, on this machine."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from arena.cli.main import main
from arena.engines.on_ray import OnRay
from arena.runs.directory import read_state
from arena.runs.resuming import resume_run
from tests.engines.trials import ran_by, scores
from tests.runs.trials import CONFIG, SMALL, Seen, contents

DEADLY = Path(__file__).with_name("deadly.py")


@pytest.fixture(scope="module")
def died(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A cluster; its processes find in their environment where to note that they died."""
    place = tmp_path_factory.mktemp("ray") / "died"
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Ray's own
        patch.setenv("DIED", str(place))
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        import ray

        ray.init("local", num_cpus=2, include_dashboard=False, object_store_memory=80 * 2**20, logging_level="error")
        try:
            yield place
        finally:
            ray.shutdown()


def test_actors_give_the_same_transcripts_and_the_same_scores_to_the_byte(died: Path, tmp_path: Path) -> None:
    alone, together = Seen(), Seen()
    one = ran_by(None, tmp_path, CONFIG, alone)
    two = ran_by(OnRay(2), tmp_path, CONFIG, together)
    assert (two.tally.ended, two.tally.void, two.left) == (6, 0, 0)
    assert contents(one.path) == contents(two.path)
    assert scores(alone) == scores(together)
    assert read_state(two.path)["status"] == "complete"


def test_a_lost_actor_is_restarted_and_its_matches_are_gone_on_with(died: Path, tmp_path: Path) -> None:
    agents = {"k": {"call": f"{DEADLY}:once"}}
    scenario = {"use": "bargain", "params": SMALL, "instances": 4}
    config = {"agents": agents, "design": "self_play", "scenarios": [scenario], "seed": 9}
    seen = Seen()
    result = ran_by(OnRay(2), tmp_path, config, seen)
    assert len(died.read_text().splitlines()) == 1
    assert (result.tally.ended, result.tally.void, result.tally.failed, result.left) == (4, 0, 0, 0)
    before = contents(result.path)
    for path in sorted((result.path / "matches").iterdir())[:2]:
        path.unlink()
    assert resume_run(result.path, Seen(), engine=OnRay(1)).tally.ended == 2
    assert contents(result.path) == before


def test_without_the_extra_or_with_an_address_for_nobody_the_command_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("c.yaml").write_text(yaml.safe_dump(CONFIG))
    assert main(["run", "c.yaml", "--address", "auto"]) == 2
    assert capsys.readouterr().err == "Error: --address auto: it goes with --engine ray; leave it out\n"
    monkeypatch.setitem(sys.modules, "ray", None)
    assert main(["run", "c.yaml", "--engine", "ray"]) == 2
    assert "pip install 'coordination-arena[ray]'" in capsys.readouterr().err
    assert not Path("transcripts").exists()
