"""The channels that leak, one by one, as architecture.md lists them; on a bargain, with its prompts.

a sequence number or a time     here; tests/moderators/test_secrecy.py on a family with sealed moves
a seed small enough to try      test_dice.py; over HTTP in test_over_http.py
the deal's seat order           test_dice.py; tests/scenarios/test_bargain_deal.py
a public `passed`               here; test_noninterference.py, under every meeting
a shared budget of talk         here; tests/moderators/test_secrecy.py
a stateful generator            test_dice.py; here, the lot for the floor
a hidden horizon                here; tests/moderators/test_secrecy.py
half-accepted replies           here; test_canaries.py, the marks of what was refused
public refusals and forfeits    here, by name; test_noninterference.py, under every meeting
losing bids for the floor       here, and winning ones; tests/moderators/test_secrecy.py
names of files, matches, agents here; over HTTP in test_over_http.py
the order of arrival in a wave  here. Wall time itself is not hidden: a seat that waits long knows that others think
what is handed to an agent      test_digging.py: what can be dug out of a view, of an agent, of its dice

The viewer's lens is the viewer's; `arena replay --as` is tested in tests/e2e/test_mixed_seats.py.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from arena.core.events import Body, Claim, Forfeited, Message, Refused, Replied
from arena.core.view import Ask, Reply, View
from arena.models.clients import Clients
from arena.moderators.channels import Public, others
from arena.moderators.limits import Limits
from arena.moderators.meeting import Meeting
from arena.moderators.turns import BidForFloor, Simultaneous
from arena.planning.plan import header, plan
from arena.runs.seating import seat_agents
from arena.scenarios.bargain.terms import Accept, Reserve
from tests.playing import Function, run
from tests.runs.matches import settled
from tests.secrecy.casts import Acts, acts, bargain, task_of
from tests.secrecy.shown import Shown, at_every_cut, changes, tables

WHISPERS = Meeting(channel=Public(whispers=True))


def shown_to(seat: int, meeting: Meeting, *answers: Acts) -> list[Shown]:
    """All that a seat is shown in a match of three."""
    game = bargain(3, 31)
    return changes(tables(game, run(game, meeting, [Function(a) for a in answers])[1].lines), meeting, seat)


def quiet(view: View, ask: Ask) -> Body[Any, Any]:
    """Passes, and bids nothing."""
    return Body(bid=0 if ask.kind == "bid" else None)


def saying(text: str, *to: int) -> Acts:
    """Says one thing to these seats on each of its turns, as long as it may say anything."""
    return lambda view, ask: Body((Message(to, text),)) if ask.left.messages != 0 else Body()


# A sequence number or a time ------------------------------------------------------------------------------------------


def keys(value: object) -> Iterator[str]:
    """Every key in some JSON."""
    if isinstance(value, dict):
        yield from value
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in parts:
        yield from keys(part)


def test_no_line_number_no_time_and_no_digest_is_in_anything_that_a_seat_is_shown() -> None:
    last = shown_to(0, WHISPERS, acts, acts, acts)[-1]
    found = {key for part in (last.events, last.known, last.ask) for key in keys(json.loads(part))}
    assert {"kind", "seat", "text", "move"} <= found
    assert not {"n", "t", "h", "line", "lines", "time", "when", "digest", "seed", "key", "draw"} & found


def test_lines_that_a_seat_does_not_see_count_nowhere_in_what_it_is_shown() -> None:
    def hesitates(view: View, ask: Ask) -> Body[Any, Any] | str:
        return quiet(view, ask) if view.events and isinstance(view.events[-1], Refused) else "Hm."

    assert shown_to(2, WHISPERS, acts, hesitates, acts) == shown_to(2, WHISPERS, acts, quiet, acts)


# A public `passed` ----------------------------------------------------------------------------------------------------


def test_a_turn_spent_on_a_whisper_looks_to_the_third_seat_like_one_that_was_passed() -> None:
    whispers = saying("Between us: I would take less.", 1)
    assert shown_to(2, WHISPERS, whispers, quiet, acts) == shown_to(2, WHISPERS, quiet, quiet, acts)
    assert shown_to(1, WHISPERS, whispers, quiet, acts) != shown_to(1, WHISPERS, quiet, quiet, acts)


def test_a_claim_made_to_one_seat_looks_to_the_third_like_a_turn_that_was_passed() -> None:
    def claims(view: View, ask: Ask) -> Body[Any, Any]:
        return Body(claims=(Claim((1,), Reserve(61.0)),))

    assert shown_to(2, WHISPERS, claims, quiet, acts) == shown_to(2, WHISPERS, quiet, quiet, acts)
    assert b"I need at least 61 points" in shown_to(1, WHISPERS, claims, quiet, acts)[-1].prompt


def test_a_turn_spent_on_a_note_looks_like_one_that_was_passed() -> None:
    notes: Acts = lambda view, ask: Body(notes="I would take less.")  # noqa: E731
    assert shown_to(2, WHISPERS, notes, quiet, acts) == shown_to(2, WHISPERS, quiet, quiet, acts)


# A shared budget of talk ----------------------------------------------------------------------------------------------


def test_what_one_seat_whispers_takes_nothing_from_what_another_may_say() -> None:
    meeting = structs.replace(WHISPERS, limits=Limits(messages=1, total=60))
    chatty, silent = (shown_to(2, meeting, first, quiet, acts) for first in (saying("psst", 1), quiet))
    assert chatty == silent
    assert b"Left to you: 1 message, 60 characters." in silent[-3].prompt


# A hidden horizon -----------------------------------------------------------------------------------------------------


def capped(rounds: int | None, cap: int) -> tuple[list[Shown], str | None]:
    """What a seat is shown where the game tells this deadline, none for None, and the meeting caps it at another."""
    game = bargain(3, 51, rounds=9)
    task = task_of(game)
    rules = structs.replace(task.rules, rounds=rounds)
    game = structs.replace(game, task=structs.replace(task, rules=rules, rounds=rounds))
    meeting = Meeting(limits=Limits(rounds=cap))
    cuts = tables(game, run(game, meeting, [Function(acts)] * 3)[1].lines)
    return changes(cuts, meeting, 2), cuts[-1].closed


def test_the_cap_of_a_meeting_shows_nowhere_where_the_deadline_is_hidden() -> None:
    (two, ended), (three, _) = capped(None, 2), capped(None, 3)
    assert ended == "rounds"
    assert two[:-1] == three[: len(two) - 1]
    assert len(three) > len(two)
    assert b"You are not told how many rounds there will be." in two[-2].prompt
    assert not [now for now in two if b"the last" in now.prompt.replace(b"the last one counts", b"")]


def test_where_the_deadline_is_known_so_is_an_earlier_cap() -> None:
    (two, _), (three, _) = capped(9, 2), capped(9, 3)
    assert b"There are 2 rounds." in two[1].prompt
    assert b"There are 3 rounds." in three[1].prompt


# Half-accepted replies, refusals and forfeits -------------------------------------------------------------------------


def test_of_a_reply_that_is_refused_for_its_move_the_words_reach_nobody() -> None:
    def overreaches(view: View, ask: Ask) -> Body[Any, Any]:
        again = bool(view.events) and isinstance(view.events[-1], Refused)
        words = (Message(others(view.seat, 3), "I accept what you all want."),)
        return Body() if again else Body(words, move=Accept(77), notes="That was a bluff.")

    for bystander in (1, 2):
        assert shown_to(bystander, WHISPERS, overreaches, acts, acts) == shown_to(
            bystander, WHISPERS, quiet, acts, acts
        )


def test_who_was_refused_or_lost_a_turn_is_known_to_that_seat_alone() -> None:
    game = bargain(3, 31)
    cuts = tables(game, run(game, WHISPERS, [Function(lambda v, a: "no"), Function(acts), Function(acts)])[1].lines)
    kinds = [{type(e) for e in cuts[-1].seen(seat)} & {Refused, Forfeited} for seat in range(3)]
    assert kinds == [{Refused, Forfeited}, set(), set()]
    assert cuts[-1].forfeits == {0}
    for bystander in (1, 2):
        last = at_every_cut(cuts, WHISPERS, bystander)[-1]
        assert b"refused (" not in last.prompt
        assert b"no_object" not in last.events + last.prompt
        assert b"forfeit" not in last.events


# Bids -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("first", "second"), [((1, 9), (3, 9)), ((0, 9), (8, 9)), ((2, 5), (2, 10))])
def test_what_was_bid_shows_in_nothing_but_who_has_the_floor(first: tuple[int, int], second: tuple[int, int]) -> None:
    def bids(amount: int) -> Acts:
        return lambda view, ask: Body(bid=amount) if ask.kind == "bid" else acts(view, ask)

    meeting = Meeting(turns=BidForFloor())
    one, two = (shown_to(2, meeting, bids(a), bids(b), quiet) for a, b in (first, second))
    assert one == two
    assert b"The floor goes to" in one[-1].prompt


def test_a_tie_for_the_floor_falls_alike_whatever_was_refused_before_it() -> None:
    def bids(view: View, ask: Ask) -> Body[Any, Any] | str:
        return Body(bid=5) if ask.kind == "bid" else acts(view, ask)

    def hesitates(view: View, ask: Ask) -> Body[Any, Any] | str:
        return bids(view, ask) if view.events and isinstance(view.events[-1], Refused) else "I bid high."

    meeting = Meeting(turns=BidForFloor())
    assert shown_to(2, meeting, bids, hesitates, bids) == shown_to(2, meeting, bids, bids, bids)


# Names of files, matches and agents -----------------------------------------------------------------------------------


def test_no_seat_is_shown_who_the_others_are_nor_what_the_match_is_called(tmp_path: Path) -> None:
    agents = {"gpt-in-disguise": "conceder", "claude-next-door": "boulware", "the-planner": "planner"}
    resolved = settled(
        {
            "name": "a-telling-name",
            "agents": {name: {"scripted": policy} for name, policy in agents.items()},
            "scenarios": [{"use": "bargain", "params": {"rounds": 3}}],
            "seed": 123456789,
        }
    )
    made = header(resolved, next(plan(resolved)))
    game = made.game()
    agents_of = seat_agents(made, game, Clients())
    cuts = tables(game, run(game, made.meeting, agents_of)[1].lines)
    assert len(cuts) > 5
    names = [*agents, *agents.values(), "scripted", "a-telling-name", made.id, "123456789", made.key, "gpt", "claude"]
    for seat in range(3):
        for now in changes(cuts, made.meeting, seat):
            everything = (now.events + now.known + now.ask + now.prompt).decode().lower()
            assert not [name for name in names if name.lower() in everything]


# The order of arrival -------------------------------------------------------------------------------------------------


class Slow:
    """Acts like anyone, after waiting so many turns of the event loop."""

    def __init__(self, turns: int) -> None:
        self._turns = turns

    async def reply(self, view: View, ask: Ask) -> Reply:
        for _ in range(self._turns):
            await asyncio.sleep(0)
        return Reply(body=acts(view, ask))


def test_who_of_a_wave_answered_first_shows_nowhere() -> None:
    meeting, game = Meeting(turns=Simultaneous(), channel=Public(True)), bargain(3, 61)
    found, arrived = [], []
    for delays in ((0, 5, 9), (9, 5, 0)):
        lines = run(game, meeting, [Slow(turns) for turns in delays])[1].lines
        arrived.append([a.e.seat for line in lines for a in line if isinstance(a.e, Replied)])
        found.append([changes(tables(game, lines), meeting, seat) for seat in range(3)])
    assert arrived[0] != arrived[1]
    assert found[0] == found[1]
