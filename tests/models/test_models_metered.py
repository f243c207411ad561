"""A seat's way to its model, over real HTTP: what comes from the cache, what is paid, what is never kept."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct

from arena.core.price import Price
from arena.errors import BudgetSpent, EndpointDown
from arena.models.answer import Answer
from arena.models.budget import Budget
from arena.models.cache import Cache
from arena.models.client import Client
from arena.models.endpoint import Endpoint
from arena.models.metered import Means, Metered, Seat
from arena.models.spending import Caps
from tests.models.fake_endpoint import COMPLETION, Fake, Handler, answer, error, fake

SEAT = Seat("ab12", 0, 1)
PRICE = Price(1.0, 0.5, 2.0)


class Line(Struct, frozen=True):
    role: str
    content: str


HELLO = (Line("user", "hello"),)
LATER = (*HELLO, Line("assistant", "hi"), Line("user", "hello"))


def said(content: str | None, finish: str = "stop", **more: Any) -> Handler:
    message = {"role": "assistant", "content": content, **more}
    return answer({**COMPLETION, "choices": [{"index": 0, "message": message, "finish_reason": finish}]})


def asked(
    handlers: Sequence[Handler],
    path: Path,
    *questions: tuple[Line, ...],
    seats: Sequence[Seat] = (SEAT,),
    wanted: bool = True,
    caps: Caps | None = None,
) -> tuple[list[Answer | Exception], Fake, Budget]:
    """The answers to the questions, each by every seat, in order; and what the server and the budget saw of it."""

    async def main() -> tuple[list[Answer | Exception], Fake, Budget]:
        found: list[Answer | Exception] = []
        budget = Budget(caps if caps is not None else Caps(calls=1000))
        async with fake(*handlers) as server:
            endpoint = Endpoint("m", server.base_url.replace("127.0.0.1", "localhost"), max_retries=0)
            async with Client(endpoint, {}) as client:
                with Means(budget, Cache(path)) as means:
                    for question in questions:
                        for seat in seats:
                            try:
                                found.append(await Metered(client, means, seat, PRICE, wanted).complete(question, {}))
                            except (EndpointDown, BudgetSpent) as failure:
                                found.append(failure)
        return found, server, budget

    return asyncio.run(main())


def test_the_same_question_in_the_same_place_is_asked_once_and_marked_the_second_time(tmp_path: Path) -> None:
    (first, second), server, budget = asked([answer()], tmp_path / "c", HELLO, HELLO)
    assert isinstance(first, Answer)
    assert isinstance(second, Answer)
    assert len(server.asked) == 1
    assert second.heard == first.heard
    assert (first.usage.hit, first.usage.attempts) == (False, 1)
    assert (second.usage.hit, second.usage.attempts, second.usage.prompt) == (True, 0, first.usage.prompt)
    assert (budget.spent.calls, budget.spent.tokens) == (1, 150)
    assert budget.spent.usd == pytest.approx((56 * 1 + 64 * 0.5 + 30 * 2) / 1e6)


def test_another_turn_another_seat_another_match_and_another_repeat_are_asked(tmp_path: Path) -> None:
    seats = (SEAT, Seat("ab12", 0, 2), Seat("ab13", 0, 1), Seat("ab12", 1, 1))
    answers, server, _ = asked([answer()], tmp_path / "c", HELLO, LATER, seats=seats)
    assert len(server.asked) == 8
    assert not any(isinstance(a, Answer) and a.usage.hit for a in answers)


def test_a_seat_that_did_not_ask_for_the_cache_neither_reads_nor_fills_it(tmp_path: Path) -> None:
    _, server, _ = asked([answer()], tmp_path / "c", HELLO, HELLO, wanted=False)
    assert len(server.asked) == 2
    assert not (tmp_path / "c").exists()


@pytest.mark.parametrize(
    "unfit",
    [
        said("half of a rep", "length"),
        said("", "content_filter"),
        said(None, refusal="I will not."),
        said(""),
        said(None),
        error(500),
        error(400),
        error(429),
        answer({"no": "completion"}),
    ],
    ids=["cut off", "withheld", "refusal", "empty", "null", "500", "400", "429", "no completion"],
)
def test_what_was_not_heard_whole_is_never_kept(unfit: Handler, tmp_path: Path) -> None:
    answers, server, _ = asked([unfit, answer()], tmp_path / "c", HELLO, HELLO, HELLO)
    assert len(server.asked) == 2, "the first is asked again, the second is kept"
    assert isinstance(answers[2], Answer)
    assert answers[2].usage.hit


def test_a_reply_that_is_heard_but_not_understood_is_the_models_own_and_is_kept(tmp_path: Path) -> None:
    answers, server, _ = asked([said("no JSON at all"), answer()], tmp_path / "c", HELLO, HELLO)
    assert len(server.asked) == 1
    assert isinstance(answers[1], Answer)
    assert answers[1].heard.raw == "no JSON at all"


def test_a_call_that_fails_spends_nothing_and_frees_what_it_held(tmp_path: Path) -> None:
    answers, _, budget = asked([error(400), answer()], tmp_path / "c", HELLO, HELLO, caps=Caps(calls=1))
    assert isinstance(answers[0], EndpointDown)
    assert isinstance(answers[1], Answer)
    assert budget.spent.calls == 1


def test_once_the_budget_is_spent_nobody_is_asked_but_what_is_kept_is_still_there(tmp_path: Path) -> None:
    answers, server, budget = asked([answer()], tmp_path / "c", HELLO, LATER, HELLO, caps=Caps(calls=1))
    assert [type(a) for a in answers] == [Answer, BudgetSpent, Answer]
    assert len(server.asked) == 1
    assert str(answers[1]) == "the budget is spent: 1 of 1 calls are made"
    assert budget.ended is not None
