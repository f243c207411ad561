"""What happens on a market: offers, trades, refusals, the end, who sees what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from arena.core.events import AnyEvent, Body, Disclosed, Moved, PhaseOpened, Refused
from arena.core.protocol import Refusal
from arena.core.table import Table, fold
from arena.core.task import Outcome
from arena.core.view import Ask, View, World
from arena.moderators.meeting import Meeting
from arena.moderators.turns import Simultaneous
from arena.scenarios.market.book import BLANK, evolve
from arena.scenarios.market.forms import claims, moves, refuse
from arena.scenarios.market.outcome import outcome, over
from arena.scenarios.market.solve import solve
from arena.scenarios.market.terms import (
    Book,
    Goal,
    Move,
    Offer,
    PostAsk,
    PostBid,
    Rules,
    Sheet,
    Take,
    Trade,
    Withdraw,
    Worth,
)
from tests.playing import Function, Memory, run
from tests.teams import deal, play, team

NAMES = ("Ann", "Bo", "Cy", "Di")
ALIKE = Rules("bulbs", NAMES, (0, 1), 100, 4)  # Ann and Bo buy, Cy and Di sell
SEVERAL = Rules("bulbs", NAMES, (0, 1), 100, 4, units=2)
DIFFERENT = Rules("bulbs", NAMES, (0, 1), 100, 4, goods="different")
WORTH = {0: (80,), 1: (50,), 2: (30,), 3: (60,)}
SHEETS = tuple(Sheet(seat, worth) for seat, worth in WORTH.items())
EVERYONE = (0, 1, 2, 3)


def after(rules: Rules, *moved: tuple[int, Move]) -> Book:
    """The book after these moves of the second round."""
    events: list[Any] = [Disclosed(rules, EVERYONE), PhaseOpened(2, "trade"), *[Moved(s, m) for s, m in moved]]
    book = BLANK
    for event in events:
        book = evolve(book, event)
    return book


def result(book: Book, sheets: tuple[Sheet, ...] = SHEETS, goals: tuple[Goal, ...] = ()) -> Outcome:
    return outcome(World(book, Book(sheets=sheets, goals=goals)), "deadline", frozenset())


def test_a_taken_ask_is_a_trade_at_its_price_and_who_has_traded_is_done() -> None:
    book = after(ALIKE, (2, PostAsk(45)), (1, PostBid(20)), (3, PostAsk(70)), (1, Take(1)))
    assert book.trades == (Trade(1, 2, 45, 1, 2),)
    assert (book.done, book.left) == ((1, 2), (1, 0, 0, 1))
    assert (book.asks, book.bids) == ((Offer(3, 3, 70),), ())
    assert not book.closed
    assert result(book) == Outcome("completed", (0, 5, 15, 0), (0, 5, 15, 0), 20)


def test_a_bid_may_be_taken_by_any_seller_and_trades_that_lose_are_allowed() -> None:
    book = after(ALIKE, (0, PostBid(20)), (3, Take(1)), (1, PostBid(100)), (2, Take(2)))
    assert [(t.buyer, t.seller, t.price) for t in book.trades] == [(0, 3, 20), (1, 2, 100)]
    assert result(book).utilities == (60, -50, 70, -40)
    assert result(book).value == 40
    assert book.closed
    assert over(World(book, BLANK)) == "traded out"


def test_a_newer_offer_replaces_the_older_and_the_same_again_changes_nothing() -> None:
    book = after(ALIKE, (2, PostAsk(45)), (2, PostAsk(40)), (2, PostAsk(40)))
    assert book.asks == (Offer(2, 2, 40),)
    assert after(ALIKE, (2, PostAsk(45)), (2, Withdraw())).asks == ()
    assert after(ALIKE, (2, PostAsk(45)), (2, PostAsk(40)), (0, Take(1))).trades == ()


def test_a_second_take_of_one_wave_lapses() -> None:
    book = after(ALIKE, (2, PostAsk(45)), (0, Take(1)), (1, Take(1)))
    assert [trade.buyer for trade in book.trades] == [0]


def test_moves_of_the_other_side_and_of_seats_that_are_done_change_nothing() -> None:
    start = after(ALIKE)
    assert after(ALIKE, (0, PostAsk(5)), (2, PostBid(5))) == start
    assert after(ALIKE, (2, PostAsk(45)), (0, Take(1)), (0, PostBid(9))).bids == ()


def test_of_several_units_each_has_its_own_worth_in_order() -> None:
    sheets = (Sheet(0, (80, 40)), Sheet(1, (50, 10)), Sheet(2, (30, 35)), Sheet(3, (60, 90)))
    book = after(SEVERAL, (2, PostAsk(45)), (0, Take(1)), (2, PostAsk(45)), (0, Take(2)))
    assert book.left == (0, 2, 0, 2)
    assert result(book, sheets).utilities == (80 - 45 + 40 - 45, 0, 45 - 30 + 45 - 35, 0)
    assert solve(World(book, Book(sheets=sheets))).best == (80 - 30) + (40 - 35)
    late = World(evolve(after(SEVERAL), PhaseOpened(4, "trade")), Book(sheets=sheets))
    assert solve(late).how == "bound", "one round is not enough for two units"


def test_who_takes_an_offer_has_none_standing_for_a_unit_that_is_worth_something_else() -> None:
    book = after(SEVERAL, (0, PostBid(75)), (2, PostAsk(70)), (3, PostAsk(80)), (0, Take(2)))
    assert (book.bids, [ask.by for ask in book.asks]) == ((), [3])
    assert book.left == (1, 2, 1, 2)


def test_where_units_differ_a_bid_is_for_one_seller_and_worth_what_that_unit_is() -> None:
    sheets = (Sheet(0, (80, 20)), Sheet(1, (50, 90)), *SHEETS[2:])
    book = after(DIFFERENT, (0, PostBid(35, "Cy")), (1, PostBid(70, "Di")), (3, Take(1)), (3, Take(2)))
    assert book.trades == (Trade(1, 3, 70, 2, 2),)
    assert result(book, sheets).utilities == (0, 20, 0, 10)
    assert after(DIFFERENT, (0, PostBid(35, "Zoe"))).bids == ()
    sold = after(DIFFERENT, (0, PostBid(40, "Cy")), (1, PostBid(35, "Cy")), (2, Take(1)))
    assert sold.bids == (), "nothing stands for a seller who has sold"
    assert solve(World(sold, Book(sheets=sheets))).best == 50 + 30


def test_the_best_that_is_left_counts_what_was_gained_and_solo_takes_what_stands() -> None:
    world = World(after(ALIKE, (3, PostAsk(70)), (0, Take(1))), Book(sheets=SHEETS))
    found = solve(world)
    assert (found.best, found.floors["solo"].value) == (20 + 20, 20)
    offered = solve(World(after(ALIKE, (3, PostAsk(70)), (2, PostAsk(45))), Book(sheets=SHEETS)))
    assert (offered.best, offered.floors["solo"].value) == (50, 50), "Ann alone can take the ask of Cy"


def test_private_goals_are_paid_to_their_seats_alone() -> None:
    goals = (Goal(0, "first", 10), Goal(1, "partner", 7, 2), Goal(3, "partner", 5, 0))
    book = after(ALIKE, (2, PostAsk(45)), (1, Take(1)))
    found = result(book, goals=goals)
    assert found.payoffs == (0, 12, 15, 0)
    both = result(after(ALIKE, (3, PostAsk(70)), (0, Take(1))), goals=goals)
    assert both.payoffs == (20, 0, 0, 15)
    assert found.utilities == (0, 5, 15, 0)


def test_payoffs_are_mixed_with_the_value_by_the_alignment() -> None:
    rules = Rules("bulbs", NAMES, (0, 1), 100, 4, alignment=0.5)
    assert result(after(rules, (2, PostAsk(45)), (1, Take(1)))).payoffs == (10, 12.5, 17.5, 10)


@pytest.mark.parametrize(
    ("rules", "moved", "seat", "move", "code"),
    [
        (ALIKE, [], 0, PostAsk(5), "wrong_side"),
        (ALIKE, [], 2, PostBid(5), "wrong_side"),
        (ALIKE, [], 0, Take(1), "no_such_offer"),
        (ALIKE, [(2, PostAsk(5)), (2, PostAsk(6))], 0, Take(1), "gone"),
        (ALIKE, [(1, PostBid(5))], 0, Take(1), "own_side"),
        (DIFFERENT, [(1, PostBid(5, "Di"))], 2, Take(1), "not_for_you"),
        (DIFFERENT, [(1, PostBid(5, "Di")), (3, Take(1))], 0, PostBid(5, "Di"), "sold_out"),
        (ALIKE, [], 0, Withdraw(), "nothing_to_withdraw"),
        (ALIKE, [(2, PostAsk(5)), (0, Take(1))], 0, PostBid(5), "done"),
        (ALIKE, [(2, PostAsk(5)), (0, Take(1)), (3, PostAsk(5)), (1, Take(2))], 0, PostBid(5), "closed"),
    ],
)
def test_what_may_not_be_done_is_refused_with_its_reason(
    rules: Rules, moved: list[tuple[int, Move]], seat: int, move: Move, code: str
) -> None:
    refusal = refuse(World(after(rules, *moved), BLANK), seat, move)
    assert isinstance(refusal, Refusal)
    assert refusal.code == code
    assert refusal.detail.endswith(".")


def test_the_forms_say_what_is_legal_now() -> None:
    book = after(DIFFERENT, (2, PostAsk(5)), (1, PostBid(9, "Di")), (3, Take(2)))
    bid, take, withdraw = moves(World(book, BLANK), 0)
    assert [field.options for field in (*bid.fields[:1], *take.fields)] == [("Cy",), (1,)]  # type: ignore[union-attr]
    assert (bid.legal, take.legal, withdraw.legal) == (True, True, False)
    assert not any(spec.legal for spec in moves(World(book, BLANK), 1)), "Bo has bought"
    assert [spec.kind for spec in claims(World(book, BLANK), 0)] == ["worth", "intends"]


def acted(answer: Callable[[View, Ask], Any], meeting: Meeting | None = None, **params: Any) -> tuple[Table, Memory]:
    game = deal("market", 3, seats=4, rounds=3, **params)
    return run(game, meeting or Meeting(), [Function(answer)] * 4)


def test_who_has_traded_is_not_asked_again_and_the_market_closes_when_a_side_is_done() -> None:
    def answer(view: View, ask: Ask) -> Body[Any, Any]:
        kinds = {spec.kind: spec for spec in ask.moves}
        if "take" in kinds:
            return Body(move=Take(kinds["take"].fields[0].options[0]))  # type: ignore[union-attr]
        return Body(move=PostAsk(50) if "ask" in kinds else PostBid(50))

    table, _ = acted(answer)
    assert table.closed == "traded out"
    assert len(table.common.trades) == 2
    assert table.round == 1
    assert sum(desk.nth for desk in table.desks) == 4


def test_a_forfeited_turn_is_lost_and_the_offer_stands_on() -> None:
    def answer(view: View, ask: Ask) -> Any:
        kinds = {spec.kind for spec in ask.moves}
        return Body(move=PostAsk(77)) if "ask" in kinds and not ask.nth else "nonsense" if "ask" in kinds else Body()

    table, _ = acted(answer)
    assert len(table.common.asks) == 2
    assert len(table.forfeits) == 2
    assert table.closed == "deadline"


def test_all_at_once_the_first_seat_that_takes_an_offer_has_it() -> None:
    def answer(view: View, ask: Ask) -> Body[Any, Any]:
        kinds = {spec.kind: spec for spec in ask.moves}
        if "ask" in kinds:
            return Body(move=PostAsk(50) if view.seat == view.known.common.rules.sellers[0] else None)
        return Body(move=Take(kinds["take"].fields[0].options[0]) if "take" in kinds else None)  # type: ignore[union-attr]

    table, memory = acted(answer, Meeting(turns=Simultaneous()))
    (trade,) = table.common.trades
    assert trade.buyer == table.common.rules.buyers[0]
    taken = [a.e.seat for line in memory.lines for a in line if isinstance(a.e, Moved) and type(a.e.move) is Take]
    assert len(taken) == 2
    assert not [a for line in memory.lines for a in line if isinstance(a.e, Refused)]


def test_no_seat_is_shown_what_units_are_worth_to_another() -> None:
    game = deal("market", 4, seats=6, goals=6)
    task: Any = game.task
    _, lines = play(game, ["selfish", "truthful", "shading", "silent", "random", "absent"])
    for seat in range(6):
        shown: list[AnyEvent] = [a.e for line in lines for a in line if seat in a.to]
        text = repr(shown)
        for other in range(6):
            marks = [task.sheets[other].canary, *[goal.canary for goal in task.goals if goal.seat == other]]
            assert all((mark in text) is (other == seat) for mark in marks)


def test_playing_on_from_every_line_gives_the_same_lines() -> None:
    names = ["planner", "selfish", "random", "zi-constrained"]
    game = deal("market", 5, seats=4, rounds=4, units=2)
    _, whole = play(game, names)
    for cut in range(len(whole) + 1):
        _, memory = run(game, Meeting(), team("market", names), fold(game, whole[:cut]), Memory(whole[:cut]))
        assert memory.lines == list(whole), f"cut after line {cut}"


def test_a_claim_is_kept_with_its_author() -> None:
    book = evolve(after(ALIKE), Disclosed(Worth((70,)), (1, 2, 3), 0))
    assert [(told.seat, told.fact) for told in book.claims] == [(0, Worth((70,)))]
