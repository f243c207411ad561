"""The sample transcripts: they verify, they score to what stands here, and playing them again gives the same bytes.

Where a change of the rules, of an agent or of a prompt is meant, `python -m tests.samples` makes them anew.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from arena import assets
from arena.core.events import Forfeited, Moved, PhaseOpened, Refused, Replied, Said
from arena.results.score import score
from arena.runs.verify import verify
from arena.scenarios.bargain.terms import Propose
from arena.transcripts.read import read
from tests.e2e.matches import assert_verified, events
from tests.samples import SAMPLES, header_of, place, write

LARGEST = 60_000
# status, why it closed, the round, the group's value, the optimum, the welfare ratio
FIGURES: dict[str, tuple[str, str, int, float, float, float]] = {
    "planners-agree": ("agreed", "agreed", 2, 71.0, 71.0, 1.0),
    "concession": ("agreed", "agreed", 8, 97.0, 97.0, 1.0),
    "sports-resort": ("agreed", "agreed", 6, 73.0, 105.0, 0.6952),
    "no-deal": ("no_deal_missed", "deadline", 3, 0.0, 54.0, 0.0),
    "refusals": ("forfeit", "deadline", 3, 0.0, 65.0, 0.0),
    "alternating-offers": ("agreed", "agreed", 7, 9.565938, 38.0, 0.2517),
    "items": ("agreed", "agreed", 6, 7.0, 14.0, 0.5),
    "models": ("agreed", "agreed", 3, -49.0, 111.0, 0.0),
}
SCRIPTED = [name for name, sample in SAMPLES.items() if not sample.models]


def test_every_sample_has_its_place_its_line_in_the_readme_and_its_figures() -> None:
    told = (assets.root("samples") / "README.md").read_text()
    assert set(assets.names("samples", ".jsonl")) == set(SAMPLES) == set(FIGURES)
    assert [name for name in SAMPLES if f"| `{name}` |" not in told] == []


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_small_and_verifies_its_prompts_included(name: str) -> None:
    assert place(name).stat().st_size < LARGEST
    assert_verified(place(name))


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_scores_to_these_figures(name: str) -> None:
    card = score(place(name))
    head = card.headline
    assert (card.status, head["closed"], head["rounds"]) == FIGURES[name][:3]
    found = (head["value"], head["optimum"], card.agreement["welfare_ratio"])
    assert found == pytest.approx(FIGURES[name][3:], abs=5e-5)


@pytest.mark.parametrize("name", SCRIPTED)
def test_playing_a_sample_again_gives_the_same_bytes(name: str, tmp_path: Path) -> None:
    kept = read(place(name)).header
    made = replace(header_of(name), versions=kept.versions)  # the version that wrote it may be an older one
    write(made, tmp_path / "again.jsonl")
    assert (tmp_path / "again.jsonl").read_bytes() == place(name).read_bytes()


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_in_which_a_line_is_changed_removed_or_swapped_names_the_first_that_differs(
    name: str, tmp_path: Path
) -> None:
    rows = place(name).read_bytes().splitlines(keepends=True)
    n = len(rows) // 2
    damaged = {
        "changed": [*rows[:n], rows[n].replace(b'"to":[', b'"to":[0,', 1), *rows[n + 1 :]],
        "removed": [*rows[:n], *rows[n + 1 :]],
        "swapped": [*rows[:n], rows[n + 1], rows[n], *rows[n + 2 :]],
    }
    for how, left in damaged.items():
        (tmp_path / how).write_bytes(b"".join(left))
        verdict = verify(tmp_path / how)
        assert (verdict.ok, verdict.line) == (False, n + 1), how
    (tmp_path / "cut").write_bytes(b"".join(rows[:-1]))
    assert not verify(tmp_path / "cut").ok


def test_the_samples_show_what_the_readme_says_of_them() -> None:
    refused = place("refusals")
    assert len({e.code for e in events(refused, Refused)}) > 3  # type: ignore[union-attr]
    assert events(refused, Forfeited)
    assert {len(e.to) for e in events(refused, Said)} == {1, 2}  # type: ignore[union-attr]
    assert max(score(refused).leakage["own_canary"]) > 0
    assert all(e.prompt and e.raw and e.usage for e in events(place("models"), Replied))  # type: ignore[union-attr]
    turn = 0
    for event in read(place("alternating-offers")).table().seen(0):
        turn += isinstance(event, PhaseOpened)
        if isinstance(event, Moved) and isinstance(event.move, Propose):
            assert event.seat == (turn - 1) % 2
    assert turn > 2
    assert all(line.t == 0 for name in SAMPLES for line in read(place(name)).lines)
