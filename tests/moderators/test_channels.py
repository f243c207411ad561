import pytest

from arena.core.events import Body, Message, Refused, Said
from arena.core.view import Ask, Reach, View
from arena.moderators.channels import Chain, Channel, Public, Ring, Silent, Star, Teams
from arena.moderators.meeting import Meeting
from tests.playing import Function, run
from tests.talkers import chatty
from tests.toy import pool

CASES: list[tuple[Channel, list[Reach]]] = [
    (Public(), [Reach(True, ())] * 4),
    (
        Public(whispers=True),
        [Reach(True, (1, 2, 3)), Reach(True, (0, 2, 3)), Reach(True, (0, 1, 3)), Reach(True, (0, 1, 2))],
    ),
    (Star(1), [Reach(False, (1,)), Reach(True, (0, 2, 3)), Reach(False, (1,)), Reach(False, (1,))]),
    (Chain(), [Reach(False, (1,)), Reach(False, (0, 2)), Reach(False, (1, 3)), Reach(False, (2,))]),
    (Ring(), [Reach(False, (1, 3)), Reach(False, (0, 2)), Reach(False, (1, 3)), Reach(False, (0, 2))]),
    (Teams(((0, 1), (2, 3))), [Reach(False, (1,)), Reach(False, (0,)), Reach(False, (3,)), Reach(False, (2,))]),
    (Teams(((0, 1),), public=True), [Reach(True, (1,)), Reach(True, (0,)), Reach(True, ()), Reach(True, ())]),
    (Silent(), [Reach(False, ())] * 4),
]


@pytest.mark.parametrize(("channel", "reaches"), CASES, ids=lambda x: repr(x)[:30])
def test_a_channel_lets_each_seat_reach_these(channel: Channel, reaches: list[Reach]) -> None:
    assert [channel.reach(seat, 4) for seat in range(4)] == reaches


@pytest.mark.parametrize(("channel", "reaches"), CASES, ids=lambda x: repr(x)[:30])
@pytest.mark.parametrize("to", [(1,), (2,), (1, 2), (3,), (1, 2, 3)])
def test_a_message_arrives_where_the_channel_reaches_and_nowhere_else(
    channel: Channel, reaches: list[Reach], to: tuple[int, ...]
) -> None:
    def first(view: View, ask: Ask) -> Body[object, object]:
        return chatty(view, ask) if ask.must else Body(messages=(Message(to, "for you"),) if view.seat == 0 else ())

    table, memory = run(pool(4, 1), Meeting(channel=channel, refusals=0), [Function(first) for _ in range(4)])
    reach = reaches[0]
    allowed = (reach.public and len(to) == 3) or set(to) <= set(reach.to)
    heard = [seat for seat in range(1, 4) if any(isinstance(e, Said) and e.text == "for you" for e in table.seen(seat))]
    assert heard == (list(to) if allowed else [])
    refused = [a.e.code for line in memory.lines for a in line if isinstance(a.e, Refused)]
    assert refused == [], "with no second chance a refusal is a forfeit"
    assert (0 in table.forfeits) == (not allowed)


@pytest.mark.parametrize("to", [(), (0,), (0, 1), (1, 1), (9,), (-1,)])
def test_an_impossible_audience_is_refused_under_every_channel(to: tuple[int, ...]) -> None:
    def lost(view: View, ask: Ask) -> Body[object, object]:
        return chatty(view, ask) if ask.must else Body(messages=(Message(to, "anyone?"),) if view.seat == 0 else ())

    for channel, _ in CASES:
        table, _ = run(pool(4, 1), Meeting(channel=channel), [Function(lost) for _ in range(4)])
        assert [e.code for e in table.seen(0) if isinstance(e, Refused)] == ["channel", "channel"]
        assert not any(isinstance(e, Said) for seat in range(4) for e in table.seen(seat) if seat)
