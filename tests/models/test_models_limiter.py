"""Waiting until a request may go, in a real event loop."""

from __future__ import annotations

import asyncio
from collections import Counter

import pytest

from arena.models.endpoint import Endpoint
from arena.models.failures import Failure
from arena.models.limiter import Limiter

HERE = Endpoint("m", "http://here/v1")


class Clock:
    """Seconds that pass only when they are told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


async def settled() -> None:
    """Everyone who can go has gone."""
    for _ in range(20):
        await asyncio.sleep(0)


def test_no_more_are_out_than_there_are_places_and_all_get_their_turn() -> None:
    async def run() -> tuple[int, list[str]]:
        limiter, out, most, order = Limiter(3), 0, 0, []

        async def ask(match: str) -> None:
            nonlocal out, most
            async with limiter.turn(limiter.lane(HERE), match):
                out += 1
                most = max(most, out)
                order.append(match)
                await asyncio.sleep(0.001)
                out -= 1

        await asyncio.gather(*[ask(match) for match in "aaaaaabbbccd"])
        return most, order

    most, order = asyncio.run(run())
    assert most == 3
    assert Counter(order) == {"a": 6, "b": 3, "c": 2, "d": 1}
    assert order[:3] == ["a", "a", "a"]  # nobody else was there
    assert order[3:7] == ["a", "b", "c", "d"]


@pytest.mark.parametrize("waits", [True, False])
def test_one_that_is_cancelled_leaves_its_place_to_the_next_whether_it_waits_or_was_just_let_go(waits: bool) -> None:
    async def run() -> list[str]:
        limiter, done = Limiter(1), list[str]()
        first = asyncio.Event()

        async def ask(match: str) -> None:
            async with limiter.turn(limiter.lane(HERE), match):
                await first.wait()
                done.append(match)
            if match == "a" and not waits:
                tasks[1].cancel()  # b has been let go, and has not run yet

        tasks = [asyncio.create_task(ask(match)) for match in "abc"]
        await settled()
        if waits:
            tasks[1].cancel()
            await settled()
        first.set()
        await asyncio.gather(*tasks, return_exceptions=True)
        return done

    assert asyncio.run(run()) == ["a", "c"]


def test_a_refusal_is_heard_and_an_error_of_another_kind_is_not_held_against_the_endpoint() -> None:
    async def run(failure: Exception) -> int:
        limiter = Limiter(64)
        lane = limiter.lane(HERE)
        for _ in range(3):
            with pytest.raises(type(failure)):
                async with limiter.turn(lane, "a"):
                    raise failure
        return lane.window.limit(0.0)

    assert asyncio.run(run(Failure("HTTP 500", "", again=True))) == 32
    assert asyncio.run(run(ValueError())) == 32
    assert asyncio.run(run(Failure("HTTP 429", "", again=True, strained=True))) == 1
    assert asyncio.run(run(Failure("HTTP 429", "", again=True, after=60.0, strained=True))) == 0  # left alone for now


def test_what_only_time_can_let_go_goes_when_its_time_has_come() -> None:
    async def run() -> list[str]:
        clock = Clock()
        limiter, went = Limiter(10, clock), list[str]()
        slow = Endpoint("m", "http://here/v1", rpm=60_000)

        async def ask(match: str) -> None:
            async with limiter.turn(limiter.lane(slow), match):
                went.append(match)

        limiter.lane(slow).requests.take(1000, 0.0)  # type: ignore[union-attr] # all of the second's worth is gone
        tasks = [asyncio.create_task(ask(match)) for match in "ab"]
        await settled()
        assert went == []
        clock.now = 1.0
        await asyncio.gather(*tasks)
        return went

    assert asyncio.run(run()) == ["a", "b"]


def test_a_limiter_serves_one_event_loop_after_the_other() -> None:
    limiter = Limiter(1)

    async def run() -> str:
        async with limiter.turn(limiter.lane(HERE), "a"):
            return "done"

    assert [asyncio.run(run()), asyncio.run(run())] == ["done", "done"]
