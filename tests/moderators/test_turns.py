from collections import Counter

import pytest

from arena.core.draw import Draw
from arena.core.events import Bid, Body, Floor, Message, PhaseOpened, Said
from arena.core.view import Ask, View
from arena.moderators.meeting import Meeting
from arena.moderators.turns import (
    AlternatingOffers,
    BidForFloor,
    ChairCalls,
    Now,
    RandomOrder,
    Recorded,
    RoundRobin,
    Simultaneous,
    Turns,
    Wave,
)
from tests.playing import Function, Memory, run
from tests.talkers import chatty
from tests.toy import pool

DRAW = Draw.root(3, "turns")


def now(
    spoken: tuple[int, ...],
    present: tuple[int, ...] | None = None,
    times: int = 1,
    round_: int = 1,
    floor: int | None = None,
) -> Now:
    return Now(present or tuple(range(len(spoken))), spoken, floor, round_, "talk", times, DRAW)


def speakers(memory: Memory) -> list[int]:
    """Who spoke, in order, in the first talk phase."""
    events = [a.e for line in memory.lines for a in line]
    second = [i for i, e in enumerate(events) if isinstance(e, PhaseOpened)][1]
    return [e.seat for e in events[:second] if isinstance(e, Said)]


def speak(view: View, ask: Ask) -> Body[object, object]:
    """One public word, a call of the lowest seat, a bid of one's own seat number; pledges nothing."""
    if ask.kind == "bid":
        return Body(bid=view.seat)
    if ask.must:
        return chatty(view, ask)
    others = tuple(s for s in range(len(view.seats)) if s != view.seat)
    return Body(messages=(Message(others, "hm"),), call=ask.callable[0] if ask.kind == "call" else None)


def order_of(turns: Turns, seats: int, round_: int, present: tuple[int, ...] | None = None) -> list[int]:
    """Who is asked in a round, one after the other."""
    spoken, asked = [0] * seats, list[int]()
    while (wave := turns.wave(now(tuple(spoken), present, round_=round_))) is not None:
        asked += wave.seats
        spoken[wave.seats[0]] += 1
    return asked


def test_a_recorded_order_is_followed_to_the_letter_and_then_goes_around_as_its_last_round_did() -> None:
    turns = Recorded(((1, 1, 0, 2), (2, 0)))
    assert [order_of(turns, 3, round_) for round_ in (1, 2, 3, 4)] == [[1, 1, 0, 2], [2, 0], [2, 0, 1], [2, 0, 1]]
    assert order_of(Recorded(), 3, 1) == [0, 1, 2]


def test_a_recorded_order_passes_over_who_has_left() -> None:
    turns = Recorded(((1, 1, 0, 2, 1),))
    assert order_of(turns, 3, 1, present=(0, 2)) == [0, 2]
    assert turns.wave(now((1, 2, 0), present=(0, 2))) == Wave((2,)), "also where they had turns before they left"


def test_a_recorded_order_can_be_left_open_from_a_moment_on() -> None:
    turns = Recorded(((1, 0), (1, 1, 0)))
    assert turns.until(2, 2, 2) == Recorded(((1, 0), (1, 1, 0))), "who was due is due"
    assert turns.until(2, 1, 2) == Recorded(((1, 0), (1, 0))), "one turn each for who had none"
    assert turns.until(0, 0, 2) == Recorded(((1, 0),)), "before anything was said"
    assert turns.until(4, 1, 2) == Recorded(((1, 0), (1, 1, 0), (1, 0), (1, 0))), "past its end"


def test_round_robin_goes_around_and_skips_who_has_left() -> None:
    turns = RoundRobin()
    assert turns.wave(now((0, 0, 0))) == Wave((0,))
    assert turns.wave(now((1, 0, 0))) == Wave((1,))
    assert turns.wave(now((1, 0, 0), present=(0, 2))) == Wave((2,))
    assert turns.wave(now((1, 1, 1))) is None
    assert turns.wave(now((1, 1, 1), times=2)) == Wave((0,))
    assert turns.wave(Now((), (0, 0), None, 1, "talk", 1, DRAW)) is None


def test_random_order_is_a_permutation_each_time_around_and_differs_between_times() -> None:
    orders = []
    for taken in range(20):
        spoken = [taken] * 5
        order = []
        while (wave := RandomOrder().wave(now(tuple(spoken), times=taken + 1))) is not None:
            order.append(wave.seats[0])
            spoken[wave.seats[0]] += 1
        assert sorted(order) == [0, 1, 2, 3, 4]
        orders.append(tuple(order))
    assert len(set(orders)) > 10


def test_simultaneous_asks_all_who_are_present() -> None:
    assert Simultaneous().wave(now((0, 0, 0), present=(0, 2))) == Wave((0, 2))
    assert Simultaneous().wave(now((1, 1, 1))) is None


def test_alternating_offers_rotate_the_proposer_and_only_the_proposer_offers() -> None:
    turns = AlternatingOffers()
    assert [turns.wave(now((0, 0, 0), round_=r)) for r in (1, 2, 3, 4)] == [
        Wave((0,)),
        Wave((1,)),
        Wave((2,)),
        Wave((0,)),
    ]
    assert turns.wave(now((0, 1, 0), round_=2)) == Wave((2,))
    assert turns.roles(1, 2, (0, 1, 2), 3) == {"offer", "exit"}
    assert turns.roles(2, 2, (0, 1, 2), 3) == {"answer", "exit"}
    assert turns.roles(2, 2, (0, 2), 3) == {"offer", "exit"}, "the next seat proposes where the proposer has left"
    assert turns.roles(1, 2, (), 3) == {"answer", "exit"}, "nobody offers where all have left"


def test_the_chair_speaks_between_the_others_and_calls_them() -> None:
    turns = ChairCalls(1)
    assert turns.wave(now((0, 0, 0))) == Wave((1,), "call")
    assert turns.wave(now((0, 1, 0), floor=2)) == Wave((2,))
    assert turns.wave(now((0, 1, 0), floor=2, present=(0, 1))) == Wave((1,), "call")
    assert turns.wave(now((1, 2, 0))) is None
    assert turns.wave(now((0, 0, 0), present=(0, 2))) == Wave((0,)), "without the chair: round robin"


def test_the_highest_bid_has_the_floor_and_ties_are_drawn_evenly() -> None:
    turns = BidForFloor()
    assert turns.winner({0: 3, 1: 7, 2: 0}, now((0, 0, 0))) == 1
    assert turns.winner({0: 0, 1: 0}, now((0, 0))) is None
    ties = Counter(turns.winner({0: 5, 1: 5}, Now((0, 1), (i, 0), None, 1, "talk", 999, DRAW)) for i in range(400))
    assert 150 < ties[0] < 250


@pytest.mark.parametrize(
    ("turns", "order"),
    [
        (RoundRobin(), [0, 1, 2]),
        (Simultaneous(), [0, 1, 2]),
        (ChairCalls(1), [1, 0, 1]),
        (BidForFloor(), [2, 2, 2]),
    ],
    ids=lambda x: type(x).__name__,
)
def test_a_phase_of_three_turns_goes_in_this_order(turns: Turns, order: list[int]) -> None:
    _, memory = run(pool(), Meeting(turns=turns), [Function(speak) for _ in range(3)])
    assert speakers(memory) == order


def test_bids_are_sealed_and_the_floor_is_public() -> None:
    table, memory = run(pool(), Meeting(turns=BidForFloor()), [Function(speak) for _ in range(3)])
    assert {e.seat for e in table.seen(0) if isinstance(e, Bid)} == {0}
    floors = [e.seat for line in memory.lines for a in line if isinstance(e := a.e, Floor)]
    assert floors == [2] * 6
    assert [e.seat for e in table.seen(0) if isinstance(e, Floor)] == floors


def test_if_nobody_bids_the_phase_is_over() -> None:
    def shy(view: View, ask: Ask) -> Body[object, object]:
        return Body(bid=0) if ask.kind == "bid" else speak(view, ask)

    table, memory = run(pool(), Meeting(turns=BidForFloor()), [Function(shy) for _ in range(3)])
    assert table.closed == "deadline"
    assert speakers(memory) == []


def test_one_ask_a_turn_in_turns_without_bids() -> None:
    for turns in (RoundRobin(), RandomOrder(), Simultaneous(), ChairCalls(0)):
        agents = [Function(speak) for _ in range(3)]
        run(pool(rounds=2), Meeting(turns=turns), agents)
        assert sum(len(agent.asked) for agent in agents) == 2 * (3 + 3)
