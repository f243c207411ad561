"""What one seat holds, tries and keeps to itself changes nothing that another seat is shown."""

from typing import Any

import msgspec
import pytest
from msgspec import structs
from msgspec.json import encode

from arena.core.events import Body, Message, Moved, Refused, Replied
from arena.core.game import Game
from arena.core.recall import view
from arena.core.table import Table, fold
from arena.core.view import Ask, Seen, View
from arena.moderators.channels import Public
from arena.moderators.limits import Limits
from arena.moderators.meeting import Meeting
from arena.moderators.turns import BidForFloor
from tests.meetings import MEETINGS
from tests.playing import Function, run
from tests.talkers import chatty, clumsy
from tests.toy import Pledge, pool


def with_purse(game: Game, seat: int, coins: int) -> Game:
    """The same deal but for one seat's secret."""
    purses = [structs.replace(p, coins=coins, canary="CHANGED") if p.seat == seat else p for p in game.task.purses]  # type: ignore[attr-defined]
    return structs.replace(game, task=structs.replace(game.task, purses=tuple(purses)))  # type: ignore[type-var]


def shown(table: Table, meeting: Meeting, seat: int) -> bytes:
    """Everything that a seat is shown, as bytes: its view and, if it were asked now, its ask."""
    v = view(table, meeting, seat)
    ask = meeting.ask(table, seat) if table.phase >= 0 else None
    return encode([list(v.events), v.known, v.seats, ask])


def blurts(view: View, ask: Ask) -> Body[Any, Any] | str:
    """Puts its secret into everything that the others should not see."""
    purse = view.known.own.purses[0]
    if ask.nth % 2 == 0:
        return f'{{"move": {purse.canary}'
    body = chatty(view, ask)
    return structs.replace(body, notes=f"my mark is {purse.canary}") if ask.notes and ask.kind != "bid" else body


def everything_shown(game: Game, meeting: Meeting, agents: list[Function]) -> list[list[bytes]]:
    _, memory = run(game, meeting, agents)
    return [
        [shown(fold(game, memory.lines[:cut]), meeting, s) for s in (0, 1, 2)] for cut in range(len(memory.lines) + 1)
    ]


@pytest.mark.parametrize("meeting", MEETINGS.values(), ids=MEETINGS)
def test_a_secret_appears_in_no_other_seats_view_at_any_cut(meeting: Meeting) -> None:
    game = pool()
    views = everything_shown(game, meeting, [Function(blurts), Function(clumsy), Function(blurts)])
    for purse in game.task.purses:  # type: ignore[attr-defined]
        for cut in views:
            for seat, seen in enumerate(cut):
                assert (purse.canary.encode() in seen) == (seat == purse.seat) or cut is views[0]


@pytest.mark.parametrize("meeting", [m for m in MEETINGS.values() if m.refusals > 0], ids=lambda m: repr(m)[:60])
def test_changing_a_seats_secret_changes_no_byte_of_what_the_others_see(meeting: Meeting) -> None:
    """The seat with another purse talks and refuses differently in private, but acts alike in public."""

    def hides(view: View, ask: Ask) -> Body[Any, Any] | str:
        coins = view.known.own.purses[0].coins
        if coins > 5 and not refused_now(view.events):
            return f"malformed, because I have {coins}"
        body = plain(view, ask)
        return structs.replace(body, notes=f"I have {coins}") if ask.notes and ask.kind != "bid" else body

    poor, rich = with_purse(pool(), 0, 4), with_purse(pool(), 0, 8)
    tables, refused = list[tuple[Game, list[Any]]](), list[int]()
    for game in (poor, rich):
        _, memory = run(game, meeting, [Function(hides), Function(chatty), Function(chatty)])
        rulings = [line for line in memory.lines if not any(isinstance(a.e, Replied | Refused) for a in line)]
        tables.append((game, rulings))
        refused.append(sum(isinstance(a.e, Refused) for line in memory.lines for a in line))
    (g1, r1), (g2, r2) = tables
    assert refused[0] < refused[1], "the test would show nothing if nothing differed"
    assert len(r1) == len(r2)
    for cut in range(len(r1) + 1):
        for other in (1, 2):
            a, b = fold(g1, r1[:cut]), fold(g2, r2[:cut])
            assert shown(a, meeting, other) == shown(b, meeting, other)


def refused_now(events: Seen) -> bool:
    return len(events) > 0 and isinstance(events[-1], Refused)


def plain(view: View, ask: Ask) -> Body[Any, Any]:
    """Says what depends on nothing but the rules: in public, in a whisper; pledges two; bids one; calls the first."""
    if ask.kind == "bid":
        return Body(bid=1)
    to = [tuple(s for s in (0, 1, 2) if s != view.seat)] if ask.reach.public else []
    to += [ask.reach.to[-1:]] if ask.reach.to else []
    left = 1 if ask.left.total is not None or ask.left.messages is not None else 2
    call = ask.callable[0] if ask.kind == "call" else None
    return Body(tuple(Message(t, "hm") for t in to[:left]), move=Pledge(2) if ask.must else None, call=call)


def shut_up(view: View, ask: Ask) -> Body[Any, Any]:
    return Body(move=Pledge(0)) if ask.must else Body(bid=0 if ask.kind == "bid" else None)


def seen_by_two(meeting: Meeting, first: Any, second: Any = chatty) -> bytes:
    """Everything seat 2 has seen at the end, as bytes."""
    table, _ = run(pool(), meeting, [Function(first), Function(second), Function(shut_up)])
    return encode(list(table.seen(2)))


# Each channel that architecture.md lists as leaking has its own test below, or where it is named.


def test_a_view_has_no_line_numbers_and_no_times() -> None:
    table, _ = run(pool(), Meeting(), [Function(chatty) for _ in range(3)])
    assert set(View.__struct_fields__) == {"seat", "seats", "events", "known", "earlier", "others"}
    assert view(table, Meeting(), 0).others == (), "only where one agent is given every seat"
    for event in table.seen(0):
        assert not {"n", "t", "h", "time", "seed", "line"} & set(event.__struct_fields__)


def test_a_whisper_to_another_looks_like_silence() -> None:
    def whispers(view: View, ask: Ask) -> Body[Any, Any]:
        return shut_up(view, ask) if ask.must else Body(messages=(Message((1,), "psst"),))

    meeting = Meeting(channel=Public(True))
    assert seen_by_two(meeting, whispers, shut_up) == seen_by_two(meeting, shut_up, shut_up)


def test_a_budget_spent_on_whispers_is_not_visible_to_others() -> None:
    def whispers(view: View, ask: Ask) -> Body[Any, Any]:
        return shut_up(view, ask) if ask.must else Body(messages=(Message((1,), "psst"),) if ask.reach.to else ())

    meeting = Meeting(channel=Public(True), limits=Limits(messages=1, total=10))
    game = pool()
    asks = []
    for first in (whispers, shut_up):
        last = Function(shut_up)
        run(game, meeting, [Function(first), Function(shut_up), last])
        asks.append(encode([ask for _, ask in last.asked]))
    assert asks[0] == asks[1]


def test_losing_bids_are_seen_by_their_bidders_alone() -> None:
    def bidder(amount: int) -> Any:
        return lambda view, ask: Body(bid=amount) if ask.kind == "bid" else chatty(view, ask)

    meeting = Meeting(turns=BidForFloor())
    assert seen_by_two(meeting, bidder(1), bidder(9)) == seen_by_two(meeting, bidder(3), bidder(9))


def test_a_refusal_and_a_malformed_reply_look_like_nothing() -> None:
    def refused(view: View, ask: Ask) -> Body[Any, Any] | str:
        return shut_up(view, ask) if refused_now(view.events) or ask.must else "{{{ my purse is full"

    assert seen_by_two(Meeting(), refused, shut_up) == seen_by_two(Meeting(), shut_up, shut_up)


def test_a_forfeited_turn_of_talk_looks_like_a_pass() -> None:
    def forfeits(view: View, ask: Ask) -> Body[Any, Any] | str:
        return shut_up(view, ask) if ask.must else "{{{"

    assert seen_by_two(Meeting(), forfeits, shut_up) == seen_by_two(Meeting(), shut_up, shut_up)


def test_a_sealed_move_is_shown_to_its_author_alone_until_the_game_tells_what_it_tells() -> None:
    table, memory = run(pool(rounds=1), Meeting(), [Function(chatty) for _ in range(3)])
    for seat in range(3):
        assert [e.seat for e in table.seen(seat) if isinstance(e, Moved)] == [seat]
    assert table.common.totals == (
        sum(a.e.move.amount for line in memory.lines for a in line if isinstance(a.e, Moved)),
    )


def test_the_cap_on_rounds_and_the_deadline_are_in_no_ask() -> None:
    assert not {"round", "rounds", "deadline"} & set(Ask.__struct_fields__)
    short, long = pool(rounds=2), pool(rounds=3)
    tables = [run(game, Meeting(), [Function(chatty) for _ in range(3)])[0] for game in (short, long)]
    n = len(tables[0].seen(0)) - 1  # all but the closing
    assert encode(tables[0].seen(0)[:n]) == encode(tables[1].seen(0)[:n])


def test_the_views_of_a_wave_are_taken_from_the_same_table() -> None:
    agents = [Function(chatty) for _ in range(3)]
    run(pool(), Meeting(), agents)
    pledges = [[v for v, ask in agent.asked if ask.must] for agent in agents]
    for one, two, three in zip(*pledges, strict=True):
        assert one.known.common == two.known.common == three.known.common


def test_what_is_given_to_an_agent_cannot_be_written_on() -> None:
    agents = [Function(chatty) for _ in range(3)]
    run(pool(), Meeting(), agents)
    view_, ask = agents[0].asked[0]
    for value in (view_, ask, view_.known, ask.reach, ask.left, view_.events[0]):
        with pytest.raises(AttributeError):
            value.seat = 1  # type: ignore[union-attr, misc]
    assert msgspec.json.encode(ask.moves) == msgspec.json.encode(tuple(ask.moves))
