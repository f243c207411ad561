import pytest
from msgspec.structs import replace

from arena.core.draw import Draw
from arena.core.task import Estimate
from arena.core.view import World
from arena.scenarios.bargain.params import Params
from arena.scenarios.bargain.rules import SCENARIO
from arena.scenarios.bargain.terms import BargainTask, Propose, WalkAway
from tests.scenarios.small_bargains import PAIR, after, dealt, opened, table


def sheets(task: BargainTask, *points: list[float], **more: object) -> BargainTask:
    """The same game in table form with these true points, one list for each seat."""
    truth = tuple(replace(sheet, points=(tuple(row),), **more) for sheet, row in zip(task.sheets, points, strict=True))
    return replace(task, truth=truth)


def test_the_first_best_is_the_largest_sum_of_gains_that_passes() -> None:
    # (10,10,1) has the largest sum of all and does not pass; (6,5,3) gains 4 + 3 + 1.
    veto = dealt(table([10, 10, 1], [6, 5, 3], [4, 4, 4], [5, 4, 3], thresholds=[2, 2, 2]))
    found = SCENARIO.solve(opened(veto))
    assert (found.best, found.hind, found.how, found.headline) == (8.0, 8.0, "exact", "silent")
    majority = dealt(table([10, 10, 1], [6, 5, 3], thresholds=[2, 2, 2], acceptance="majority"))
    assert SCENARIO.solve(opened(majority)).best == 15.0


def test_where_nothing_worth_having_passes_no_deal_is_the_best() -> None:
    assert SCENARIO.solve(opened(dealt(table([1, 9], [9, 1], thresholds=[5, 5])))).best == 0.0
    loses = dealt(table([3, 3, -9], [3, 3, -8], thresholds=[2, 2, 2], acceptance="majority"))
    assert SCENARIO.solve(opened(loses)).best == 0.0


def test_with_noisy_values_the_best_expected_deal_is_valued_at_truth_and_hindsight_sees_more() -> None:
    told = dealt(table([5, 5], [4, 4], [0, 9], thresholds=[3, 3]))
    found = SCENARIO.solve(opened(sheets(told, [4, 9, 9], [3, 8, 9])))
    # Told: o0 gains 4, o1 gains 2, o2 does not pass. In truth o0 gains 1 and o1 gains 11.
    assert (found.best, found.hind) == (1.0, 11.0)
    unlucky = SCENARIO.solve(opened(sheets(told, [1, 2, 9], [1, 3, 9])))
    assert (unlucky.best, unlucky.hind) == (-4.0, 0.0)


def test_ties_in_expectation_go_to_the_first_deal() -> None:
    told = dealt(table([5, 4], [4, 5], thresholds=[3, 3]))
    assert SCENARIO.solve(opened(sheets(told, [7, 3], [3, 3]))).best == 4.0


def test_where_seats_discount_unequally_and_one_may_lose_waiting_can_be_best() -> None:
    game = table([10, 10, -6], thresholds=[2, 2, 2], acceptance="majority", rounds=3)
    game["parties"]["p2"]["discount"] = 0.5
    # At once 8 + 8 - 8; after two completed rounds, the last chance, 8 + 8 - 8/4.
    assert SCENARIO.solve(opened(dealt(game))).best == 14.0
    for party in game["parties"].values():
        party["discount"] = 0.5
    assert SCENARIO.solve(opened(dealt(game))).best == 8.0


def test_without_a_deadline_a_best_that_may_wait_is_only_a_bound() -> None:
    game = table([10, 10, -6], thresholds=[2, 2, 2], acceptance="majority")
    game["parties"]["p2"]["discount"] = 0.5
    task = dealt(game)
    found = SCENARIO.solve(opened(replace(task, rounds=None, rules=replace(task.rules, rounds=None))))
    assert (found.best, found.how) == (pytest.approx(16.0), "bound")


def test_solved_again_later_it_counts_what_is_left_and_what_has_gone() -> None:
    game = {**PAIR, "parties": {name: {**party, "discount": 0.5} for name, party in PAIR["parties"].items()}}
    w = opened(dealt(game))
    assert SCENARIO.solve(w).best == 7.0
    assert SCENARIO.solve(after(w, 2)).best == 3.5
    assert SCENARIO.solve(after(w, (1, WalkAway()))).best == 0.0


def test_the_silent_and_the_solo_floor_are_nothing() -> None:
    floors = SCENARIO.solve(opened(dealt(PAIR))).floors
    assert (floors["silent"], floors["solo"]) == (Estimate(0.0), Estimate(0.0))


def test_the_random_floor_is_a_mean_of_64_with_its_standard_error_and_the_same_every_time() -> None:
    task = SCENARIO.deal(Params(seats=2), Draw.root(5, "floor"))
    found = SCENARIO.solve(opened(task)).floors["random"]
    assert found == SCENARIO.solve(opened(task)).floors["random"]
    assert found.error > 0
    other = SCENARIO.deal(Params(seats=2), Draw.root(6, "floor"))
    assert found != SCENARIO.solve(opened(other)).floors["random"]


def test_the_random_floor_of_a_game_with_one_outcome_is_the_chance_to_agree_before_someone_leaves() -> None:
    # Seat 0 proposes (1/2) or leaves; then seat 1 accepts or proposes the same (2 of 4) before it rejects or leaves.
    # Playing on, the chance of a deal is at least 1/4 and the deal is worth 2; 64 playouts have an error of about .12.
    found = SCENARIO.solve(opened(dealt(table([1, 1], thresholds=[0, 0])))).floors["random"]
    assert 2 * 0.25 - 4 * found.error < found.value < 2 * 0.5 + 4 * found.error


def test_random_play_loses_where_no_deal_is_worth_having() -> None:
    task = dealt(table([0, 0], [0, 0], thresholds=[10, 10]))
    assert SCENARIO.solve(opened(task)).floors["random"].value < 0


def test_before_the_briefs_there_is_nothing_to_measure_against() -> None:
    found = SCENARIO.solve(World(SCENARIO.blank(), SCENARIO.blank()))
    assert (found.best, found.hind, found.floors["random"]) == (0.0, 0.0, Estimate(0.0))


def test_what_stands_is_handed_to_the_measures_with_its_place_in_the_space() -> None:
    game = {**PAIR, "parties": {**PAIR["parties"], "buyer": {**PAIR["parties"]["buyer"], "discount": 0.5}}}
    w = opened(dealt(game))
    standing = SCENARIO.standing(w)
    assert (standing.outcome, standing.rounds) == (None, 0)
    assert standing.space.utilities.tolist() == [[10, 5], [14, 0], [0, 15], [4, 10]]
    assert standing.space.passing.tolist() == [True, False, False, False]
    w = after(w, 3, (0, Propose(("high", "short"))), (1, Propose(("high", "short"))))
    standing = SCENARIO.standing(w)
    assert (standing.outcome, standing.rounds, standing.discounts) == (2, 2, (0.5, 1.0))


def test_before_the_briefs_nothing_stands_anywhere() -> None:
    with pytest.raises(ValueError, match="no sheets have been dealt"):
        SCENARIO.standing(World(SCENARIO.blank(), SCENARIO.blank()))
