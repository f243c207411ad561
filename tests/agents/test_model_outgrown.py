"""A model whose context is small, over real HTTP: what becomes of a prompt that does not fit it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from aiohttp import web

from arena.agents.model import ModelAgent
from arena.core.events import Body
from arena.core.overflow import Overflow
from arena.core.usage import Usage
from arena.core.view import Allowance, Ask, Reach, Reply, Seen, View, World
from arena.errors import ContextTooSmall
from arena.models.client import Client
from arena.models.clients import Clients
from arena.models.endpoint import Endpoint
from arena.models.messages import prompt_hash
from arena.prompting import ChatMessage
from tests.models.bargain_asks import FACTS, MOVES, SEATS, an_ask
from tests.models.fake_endpoint import Fake, fake

QUESTION = "w" * 3000
BRIEF = 400
ASK = an_ask(nth=3)
SUMMARISE = Ask(0, "summarise", 4, (), (), (), Reach(False, ()), Allowance(characters=300), covers=2)
SEES = View(0, SEATS, Seen(), World(None, None), lambda: ())


class Talk:
    """A conversation with so many answers in it; each question and answer has 3,000 characters."""

    def __init__(self, answers: int) -> None:
        self.answers = answers

    def messages(self, view: View, ask: Ask) -> tuple[ChatMessage, ...]:
        answers = ask.covers if ask.kind == "summarise" else self.answers
        pairs = [ChatMessage(role, QUESTION) for _ in range(answers) for role in ("user", "assistant")]  # type: ignore[arg-type]
        return (ChatMessage("system", "s" * BRIEF), *pairs, ChatMessage("user", QUESTION))


def small(context: int, words: str, per_token: int = 3) -> Callable[[web.Request], Awaitable[web.Response]]:
    """A server that counts a token for so many characters, and says so in these words where there are too many."""

    async def handle(request: web.Request) -> web.Response:
        prompt = sum(len(m["content"]) for m in (await request.json())["messages"]) // per_token
        if prompt > context:
            message = words.format(context=context, prompt=prompt)
            return web.json_response({"error": {"message": message, "type": "invalid_request_error"}}, status=400)
        said = {"role": "assistant", "content": json.dumps({"summary": "All of it."})}
        choice = {"message": said, "finish_reason": "stop"}
        return web.json_response({"choices": [choice], "usage": {"prompt_tokens": prompt, "completion_tokens": 9}})

    return handle


OPENAI = "This model's maximum context length is {context} tokens. However, your messages resulted in {prompt} tokens."
SILENT = "Your input exceeds the context window of this model."


def replies(server: Callable[[web.Request], Awaitable[web.Response]], *talks: tuple[int, Ask], **settings: Any) -> Any:
    """What a model there answers at the end of talks with so many answers, one after the other; and the server."""

    async def run() -> tuple[list[Reply], Fake, Client]:
        async with fake(server) as served, Clients({}) as clients:
            endpoint = Endpoint("m", served.base_url, **settings)
            said = []
            for answers, ask in talks:
                agent = ModelAgent(clients.of(endpoint), Talk(answers), MOVES, FACTS)
                said.append(await agent.reply(SEES, ask))
            return said, served, clients.of(endpoint)

    return asyncio.run(run())


def test_a_prompt_that_outgrows_the_declared_context_is_not_sent() -> None:
    (reply,), served, _ = replies(small(8000, OPENAI), (4, ASK), context=8000)
    assert served.asked == []
    # 4 answers and this question: 27,400 bytes, 9,134 tokens. Three, the request and its answer: 7,824 tokens.
    assert reply.overflow == Overflow(3, 3000, 9134, 8000)
    assert (reply.body, reply.fault, reply.raw, reply.usage) == (None, None, "", None)
    assert reply.prompt == prompt_hash(Talk(4).messages(SEES, ASK))


def test_one_that_the_endpoint_refuses_is_counted_as_an_attempt_and_never_tried_again() -> None:
    (reply,), served, client = replies(small(8000, OPENAI), (4, ASK), max_retries=4)
    assert len(served.asked) == 1
    assert reply.usage == Usage(attempts=1)
    assert reply.overflow is not None
    assert (reply.overflow.covers, reply.overflow.context, reply.overflow.tokens) == (3, 8000, 9133)
    assert client.window.context == 8000


def test_what_was_learnt_is_remembered_for_every_seat_that_asks_the_endpoint() -> None:
    said, served, _ = replies(small(8000, OPENAI), (4, ASK), (4, ASK), (5, ASK), (1, SUMMARISE), (1, ASK))
    assert [reply.overflow is None for reply in said] == [False, False, False, True, True]
    assert len(served.asked) == 3


def test_an_endpoint_that_tells_no_numbers_is_asked_for_less_until_it_takes_it() -> None:
    (full, less), served, client = replies(small(5000, SILENT), (4, ASK), (4, SUMMARISE), context=None)
    assert full.overflow.covers == 3
    assert less.overflow == Overflow(1, less.overflow.room, less.overflow.tokens, client.window.context)
    assert len(served.asked) == 2


def test_the_request_for_a_summary_is_answered_with_one() -> None:
    (reply,), _, _ = replies(small(8000, OPENAI), (4, SUMMARISE), context=8000)
    assert reply.body == Body(summary="All of it.")
    assert reply.usage == Usage(prompt=5133, output=9)


def test_the_endpoints_own_counts_decide_what_is_sent_and_what_not() -> None:
    # 6 characters a token: what would be 9,134 tokens by rule of thumb is half of that.
    said, served, _ = replies(small(8000, OPENAI, per_token=6), (1, ASK), (4, ASK), context=8000)
    assert [reply.overflow for reply in said] == [None, None]
    assert len(served.asked) == 2


@pytest.mark.parametrize("context", [None, 2000])
def test_a_brief_that_does_not_fit_halts_the_match_and_says_what_to_do(context: int | None) -> None:
    with pytest.raises(ContextTooSmall) as caught:
        replies(small(900, OPENAI), (0, ASK), context=context)
    said = str(caught.value)
    assert "maximum context length is 900 tokens" in said
    assert "of Ann (seat 0) has about" in said or "(seat 0) has about" in said
    assert "the model takes 900, answer included" in said
    assert "seat a model with a larger context" in said


def test_a_brief_that_no_tokenizer_could_make_fit_is_not_even_sent() -> None:
    with pytest.raises(ContextTooSmall, match="the model takes 500, answer included"):
        replies(small(10**6, OPENAI), (0, ASK), context=500)


def test_a_brief_that_may_fit_is_sent_whatever_the_rule_of_thumb_says() -> None:
    (reply,), served, _ = replies(small(10**6, OPENAI), (0, ASK), context=1000)
    assert (reply.overflow, len(served.asked)) == (None, 1)


def test_a_summary_of_one_answer_that_does_not_fit_either_halts_the_match() -> None:
    one = Ask(0, "summarise", 4, (), (), (), Reach(False, ()), Allowance(characters=300), covers=1)
    with pytest.raises(ContextTooSmall, match="cannot be made shorter"):
        replies(small(1500, OPENAI), (4, one))
