"""The budget: what is in flight finishes, what does not fit waits or ends the run, and nothing is overspent."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arena.core.price import Price
from arena.core.usage import Usage
from arena.errors import BudgetSpent
from arena.models.budget import Budget
from arena.models.gauge import LONGEST, Gauge
from arena.models.spending import Caps, Spent, spent_on


def one(usd: float = 0.0, tokens: int = 0) -> Spent:
    return Spent(usd, tokens, 1)


async def call(budget: Budget, expected: Spent, actual: Spent, turns: int = 1) -> bool:
    """A call that takes some turns of the loop; whether it was made."""
    try:
        await budget.hold(expected)
    except BudgetSpent:
        return False
    for _ in range(turns):
        await asyncio.sleep(0)
    budget.settle(expected, actual)
    return True


def together(*calls: Coroutine[Any, Any, bool]) -> list[bool]:
    async def main() -> list[bool]:
        return await asyncio.gather(*calls)

    return asyncio.run(main())


def test_a_budget_without_caps_lets_everyone_ask() -> None:
    budget = Budget()
    assert not budget.capped
    assert together(*[call(budget, one(1e9, 10**12), one(1e9, 10**12)) for _ in range(5)]) == [True] * 5
    assert budget.ended is None


def test_as_many_calls_are_made_as_are_capped_however_many_ask_at_once() -> None:
    budget = Budget(Caps(calls=3))
    assert sum(together(*[call(budget, one(), one(), turns=i) for i in range(10)])) == 3
    assert budget.ended is not None
    assert budget.ended.why == "3 of 3 calls are made"


def test_a_call_that_does_not_fit_beside_those_in_flight_waits_for_them_and_is_made() -> None:
    budget = Budget(Caps(usd=1.0))
    cheap = [call(budget, one(0.9), one(0.01), turns=3) for _ in range(4)]
    assert together(*cheap) == [True] * 4
    assert budget.spent.usd == pytest.approx(0.04)
    assert budget.ended is None


def test_a_call_that_does_not_fit_with_nothing_in_flight_ends_the_run_for_all() -> None:
    budget = Budget(Caps(usd=1.0), spent=Spent(0.5, 0, 7))
    assert together(call(budget, one(0.6), one(0.6))) == [False]
    assert together(call(budget, one(0.1), one(0.1))) == [False], "once it is spent, it stays so"
    assert budget.ended is not None
    assert budget.ended.cap == "usd"
    assert "$0.6000" in budget.ended.why
    assert "$0.5000" in budget.ended.why


def test_what_is_in_flight_when_the_budget_ends_is_settled() -> None:
    budget = Budget(Caps(tokens=100))
    done = together(call(budget, one(tokens=60), one(tokens=100), turns=5), call(budget, one(tokens=60), one(tokens=1)))
    assert done == [True, False]
    assert budget.spent == Spent(0.0, 100, 1)


def test_a_call_that_fails_gives_back_what_it_held() -> None:
    async def main() -> None:
        budget = Budget(Caps(calls=1))
        await budget.hold(one())
        budget.settle(one())
        await budget.hold(one())
        budget.settle(one(), one())
        assert budget.spent.calls == 1

    asyncio.run(main())


def test_minutes_are_those_of_this_sitting() -> None:
    now = [1000.0]
    budget = Budget(Caps(minutes=2), Spent(calls=99), clock=lambda: now[0])
    now[0] += 119
    assert budget.ended is None
    now[0] += 1
    assert budget.ended is not None
    assert budget.ended.why == "2 minutes are over"


def test_a_reply_whose_tokens_are_not_reported_ends_a_run_whose_money_or_tokens_are_capped() -> None:
    untold = spent_on(Usage(), Price(1, 1, 1))
    for caps in (Caps(usd=1), Caps(tokens=1000)):
        ended = Budget(caps, untold).ended
        assert ended is not None
        assert (ended.cap, "not reported" in ended.why) == ("untold", True)
    assert Budget(Caps(calls=5, minutes=5), untold).ended is None
    assert Budget(Caps(usd=1), spent_on(Usage(), Price(0, 0, 0))).ended is None, "what is free is free"


def test_a_hit_of_the_cache_and_a_scripted_reply_spend_nothing() -> None:
    assert spent_on(Usage(prompt=5, output=5, hit=True, attempts=0), Price(1, 1, 1)) == Spent()
    assert spent_on(None, None) == Spent()
    assert spent_on(Usage(prompt=5, output=5), Price(1e6, 0, 1e6)) == Spent(10.0, 10, 1)


@given(
    costs=st.lists(st.tuples(st.floats(0.01, 1), st.floats(0, 1), st.integers(0, 5)), min_size=1, max_size=25),
    cap=st.floats(0.05, 5),
)
def test_money_is_never_overspent_where_no_call_costs_more_than_was_reserved(
    costs: list[tuple[float, float, int]], cap: float
) -> None:
    budget = Budget(Caps(usd=cap))
    made = together(*[call(budget, one(reserved), one(reserved * share), turns) for reserved, share, turns in costs])
    assert budget.spent.usd <= cap + 1e-9
    assert budget.spent.calls == sum(made)
    if not all(made):
        assert budget.ended is not None


def test_the_reserve_is_the_declared_limit_or_the_longest_reply_so_far() -> None:
    gauge, price = Gauge(), Price(1e6, 1, 1e6)  # a dollar a token
    assert gauge.reserve(100, None, price) == Spent(100.0 + LONGEST, 100 + LONGEST, 1)
    assert gauge.reserve(100, 50, price) == Spent(150.0, 150, 1)
    gauge.learn(Usage(prompt=100, output=3000))
    gauge.learn(Usage(prompt=100, output=10))
    assert gauge.reserve(100, None, price).tokens == 3100
    assert gauge.reserve(100, 50, None) == Spent(0.0, 150, 1)


def test_a_prompt_that_was_refused_as_too_long_cost_nothing() -> None:
    assert spent_on(Usage(attempts=1), Price(1, 1, 1), too_long=True) == Spent()
    assert spent_on(Usage(prompt=7, output=1), Price(1, 1, 1), too_long=True).tokens == 8, "its dialect was tried out"
