"""What is claimed of teams in each family holds: a sample in every run, the table of the handbook in the sweep."""

from __future__ import annotations

from pathlib import Path

import pytest

from arena.scenarios.find import names
from tests.known_groups import CLAIMS, HEADING, Claim, line, row

SAMPLE = 24
PAGE = Path(__file__).parents[2] / "docs" / "known-groups.md"


@pytest.mark.parametrize("claim", CLAIMS, ids=str)
def test_a_claim_holds_over_a_sample_of_instances(claim: Claim) -> None:
    assert row(claim, SAMPLE).holds


def test_something_is_claimed_of_every_family_and_of_a_saboteur_in_it() -> None:
    assert {claim.family for claim in CLAIMS} == set(names())
    assert {claim.family for claim in CLAIMS if claim.against and "saboteur" in claim.against.name} == set(names())


def test_a_claim_that_is_false_does_not_hold() -> None:
    """Selfish traders are no worse than planners by any margin; hoarders do not reach the optimum."""
    by_name = {str(claim): claim for claim in CLAIMS}
    sharer = by_name["committee: sharer, more than hoarder"]
    assert sharer.against is not None
    assert not row(Claim("committee", sharer.against, against=sharer.team), SAMPLE).holds
    assert not row(Claim("committee", sharer.team, against=sharer.against, how="the same"), SAMPLE).holds
    assert not row(Claim("committee", sharer.against, least=0.95), SAMPLE).holds


def test_the_table_of_the_handbook_has_a_line_for_each_claim() -> None:
    table = [text for text in PAGE.read_text().splitlines() if text.startswith("|")]
    assert "\n".join(table[:2]) == HEADING
    said = [tuple(cell.strip() for cell in text.split("|")[1:5:3]) for text in table[2:]]
    assert said == [(claim.what, claim.against.name if claim.against else "") for claim in CLAIMS]
    assert all(text.endswith("| holds |") for text in table[2:])


@pytest.mark.sweep
@pytest.mark.parametrize("claim", CLAIMS, ids=str)
def test_a_line_of_the_handbook_is_what_a_hundred_instances_come_to(claim: Claim) -> None:
    assert line(row(claim, 100)) in PAGE.read_text().splitlines()
