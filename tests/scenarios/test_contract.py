"""Every family keeps the contract of `arena.testing`: a sample here, all of it in the sweep."""

from __future__ import annotations

import pytest

from arena.scenarios.find import find, names
from arena.testing import SWEEP, check_scenario
from tests.contracts.find import contract


@pytest.mark.parametrize("family", names())
def test_a_family_keeps_its_contract(family: str) -> None:
    looked = check_scenario(find(family), contract(family)).looked
    for what in ("rounds", "cuts", "prompts", "resumes", "solved cuts", "teams", "answers", "bystanders", "forfeits"):
        assert looked[what] > 10, f"too little was looked at: {looked}"
    assert looked["perturbed matches"] >= len(contract(family).cases)


@pytest.mark.sweep
@pytest.mark.parametrize("family", names())
def test_a_family_keeps_its_contract_over_the_whole_suite_and_in_every_meeting(family: str) -> None:
    looked = check_scenario(find(family), contract(family), SWEEP).looked
    assert looked["certificates"] >= SWEEP.instances
    assert looked["positional playouts"] >= 3 * SWEEP.suite
    assert looked["perturbed matches"] > 5 * len(contract(family).cases)
