from dataclasses import dataclass
from random import Random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from arena.core.draw import Draw
from arena.core.events import Moved, PhaseOpened, Said
from arena.core.task import Outcome
from arena.core.view import World
from arena.scenarios.bargain.params import Params
from arena.scenarios.bargain.rules import SCENARIO
from arena.scenarios.bargain.terms import Accept, BargainTask, Dealings, Goal, Move, Propose, Reject, WalkAway
from tests.scenarios.small_bargains import PAIR, after, dealt, opened, table, told

NOBODY: frozenset[int] = frozenset()


def agreed(task: BargainTask, deal: tuple[str, ...], at: int = 1) -> World[Dealings]:
    """All accept, in this round, what the first seat proposes."""
    others = [(seat, Accept(1)) for seat in range(1, len(task.seats))]
    return after(opened(task), at, (0, Propose(deal)), *others)


def closed(w: World[Dealings]) -> Outcome:
    return SCENARIO.outcome(w, "deadline", NOBODY)


def test_a_deal_is_worth_its_points_and_the_group_has_the_sum_of_gains() -> None:
    found = closed(agreed(dealt(PAIR), ("low", "short")))
    assert found == Outcome("agreed", (10.0, 5.0), (10.0, 5.0), 7.0)


def test_without_a_deal_everyone_has_their_threshold_and_the_group_nothing() -> None:
    found = closed(opened(dealt(PAIR)))
    assert found == Outcome("no_deal_missed", (5.0, 3.0), (5.0, 3.0), 0.0)


def test_a_match_that_goes_on_is_open_and_stands_where_breaking_off_would_leave_it() -> None:
    w = after(opened(dealt(PAIR)), (0, Propose(("low", "short"))))
    assert SCENARIO.outcome(w, None, NOBODY) == Outcome("open", (5.0, 3.0), (5.0, 3.0), 0.0)


def test_no_deal_is_correct_where_none_passes_or_none_gives_anyone_a_gain() -> None:
    assert closed(opened(dealt(table([1, 1], [2, 0], thresholds=[2, 1])))).status == "no_deal_correct"
    assert closed(opened(dealt(table([2, 1], [1, 0], thresholds=[2, 1])))).status == "no_deal_correct"
    assert closed(opened(dealt(table([2, 1.5], [1, 0], thresholds=[2, 1])))).status == "no_deal_missed"


def test_no_deal_after_a_forfeit_is_a_forfeit_and_a_deal_after_one_is_a_deal() -> None:
    assert SCENARIO.outcome(opened(dealt(PAIR)), "deadline", frozenset({1})).status == "forfeit"
    w = agreed(dealt(PAIR), ("low", "short"))
    assert SCENARIO.outcome(w, "agreed", frozenset({1})).status == "agreed"


def test_a_deal_that_should_not_have_passed_never_counts_for_more_than_nothing() -> None:
    # (10, 10, 1) with d = (2, 2, 2): the third seat accepts what leaves it below its threshold.
    task = dealt(table([10, 10, 1], [6, 5, 3], [4, 4, 4], [5, 4, 3], thresholds=[2, 2, 2]))
    assert closed(agreed(task, ("o0",))).value == 0.0
    assert closed(agreed(task, ("o1",))).value == 8.0
    loss = dealt(table([3, 0, 0], [4, 4, 4], thresholds=[2, 2, 2]))
    assert closed(agreed(loss, ("o0",))).value == -3.0


def test_under_majority_a_deal_may_leave_a_seat_below_its_threshold_and_still_count() -> None:
    task = dealt(table([10, 10, 1], [4, 4, 4], thresholds=[2, 2, 2], acceptance="majority"))
    found = closed(agreed(task, ("o0",)))
    assert (found.status, found.utilities, found.value) == ("agreed", (10.0, 10.0, 1.0), 15.0)


def test_a_gain_is_discounted_by_the_rounds_completed_before_the_deal_and_d_is_not() -> None:
    game = {**PAIR, "parties": {**PAIR["parties"], "buyer": {**PAIR["parties"]["buyer"], "discount": 0.5}}}
    assert closed(agreed(dealt(game), ("low", "short"), at=1)).utilities == (10.0, 5.0)
    assert closed(agreed(dealt(game), ("low", "short"), at=3)).utilities == (5 + 0.25 * 5, 5.0)


def test_messages_cost_their_sender_with_a_deal_and_without() -> None:
    game = {**PAIR, "parties": {**PAIR["parties"], "buyer": {**PAIR["parties"]["buyer"], "message_cost": 0.5}}}
    said = [Said(0, (1,), "a"), Said(0, (1,), "b"), Said(1, (0,), "c")]
    w = told(opened(dealt(game)), 2, None, *said)
    assert closed(w) == Outcome("no_deal_missed", (4.0, 3.0), (4.0, 3.0), -1.0)
    deal = after(w, (0, Propose(("low", "short"))), (1, Accept(1)))
    assert closed(deal) == Outcome("agreed", (9.0, 5.0), (9.0, 5.0), 6.0)


def test_a_private_goal_is_paid_to_its_seat_and_is_no_part_of_the_groups_value() -> None:
    task = dealt(PAIR)
    goals = {
        "want": Goal(1, "want", 8.0, "price", "low"),
        "block": Goal(1, "block", 8.0, "price", "high"),
        "propose": Goal(0, "propose", 8.0),
        "all": Goal(1, "all", 8.0),
    }
    for goal in goals.values():
        found = closed(agreed(replace(task, goals=(goal,)), ("low", "short")))
        paid = tuple(8.0 if seat == goal.seat else 0.0 for seat in range(2))
        assert found.payoffs == (10.0 + paid[0], 5.0 + paid[1])
        assert (found.utilities, found.value) == ((10.0, 5.0), 7.0)


@pytest.mark.parametrize(
    "goal",
    [
        Goal(1, "want", 8.0, "price", "high"),
        Goal(1, "block", 8.0, "price", "low"),
        Goal(1, "propose", 8.0),
        Goal(1, "all", 8.0),
    ],
)
def test_a_private_goal_that_is_not_reached_pays_nothing(goal: Goal) -> None:
    # At (low, long) the seller is below its threshold.
    found = closed(agreed(replace(dealt(PAIR), goals=(goal,)), ("low", "long")))
    assert found.payoffs == found.utilities == (14.0, 0.0)


def test_no_goal_is_reached_without_a_deal() -> None:
    task = replace(dealt(PAIR), goals=(Goal(0, "block", 8.0, "price", "high"), Goal(1, "all", 8.0)))
    assert closed(opened(task)).payoffs == (5.0, 3.0)


def test_alignment_mixes_a_seats_own_payoff_with_the_groups_value() -> None:
    task = dealt(PAIR)
    task = replace(task, rules=replace(task.rules, alignment=0.25))
    found = closed(agreed(task, ("low", "short")))
    assert found.payoffs == (0.25 * 7 + 0.75 * 10, 0.25 * 7 + 0.75 * 5)
    assert found.utilities == (10.0, 5.0)


def test_noisy_points_settle_at_the_truth_while_agreeing_goes_by_what_was_told() -> None:
    task = dealt(table([5, 5], [4, 4], thresholds=[3, 3]))
    truth = (replace(task.sheets[0], points=((1.0, 9.0),)), replace(task.sheets[1], points=((1.0, 2.0),)))
    task = replace(task, truth=truth)
    # o0 is in A, since both were told 5 >= 3; it is worth 1 to each in the end.
    assert closed(agreed(task, ("o0",))) == Outcome("agreed", (1.0, 1.0), (1.0, 1.0), -4.0)
    assert closed(agreed(task, ("o1",))) == Outcome("agreed", (9.0, 2.0), (9.0, 2.0), 5.0)


def test_an_outcome_can_be_asked_for_before_anything_was_dealt() -> None:
    assert SCENARIO.outcome(World(SCENARIO.blank(), SCENARIO.blank()), None, NOBODY) == Outcome("open", (), (), 0.0)


@dataclass(frozen=True)
class Instance:
    task: BargainTask
    best: float
    hind: float


def instance(**params: object) -> Instance:
    task = SCENARIO.deal(msgspec.convert(params, Params), Draw.root(3, "outcome"))
    reference = SCENARIO.solve(opened(task))
    return Instance(task, reference.best, reference.hind)


INSTANCES = (
    instance(seats=3),
    instance(seats=4, acceptance="majority", discount=[0.5, 1], message_cost=0.5),
    instance(seats=3, acceptance="all-but-one", vetoes=1, values="noisy", noise=12, interactions=2),
    instance(seats=2, zone="never"),
    instance(seats=3, form="items", issues=3),
)


@given(st.sampled_from(INSTANCES), st.randoms(use_true_random=False), st.integers(0, 40))
def test_the_groups_value_is_never_above_the_best_with_hindsight(one: Instance, rng: Random, length: int) -> None:
    w = opened(one.task)
    n = len(one.task.seats)
    for _ in range(length):
        seat = rng.randrange(n)
        deal = tuple(rng.choice(issue.options) for issue in one.task.rules.issues)
        number = rng.randint(1, 6)
        moves: list[Move] = [Propose(deal), Accept(number), Accept(number), Reject(number), WalkAway()]
        event = rng.choice(
            [Moved(seat, m) for m in moves]
            + [Said(seat, (1 - min(seat, 1),), "x"), PhaseOpened(w.common.round + 1, "table")]
        )
        if isinstance(event, PhaseOpened) and w.common.round == one.task.rounds:
            break
        w = told(w, n, None, event)
        found = SCENARIO.outcome(w, SCENARIO.over(w), NOBODY)
        assert found.value <= one.hind + 1e-9
        assert len(found.utilities) == len(found.payoffs) == n
        assert (found.status == "agreed") == (w.common.agreement is not None)
