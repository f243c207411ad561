import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arena.core.view import Choice, MoveSpec, Record, Whole, World
from arena.scenarios.bargain.rules import SCENARIO
from arena.scenarios.bargain.terms import (
    Accept,
    Fact,
    Intends,
    Move,
    Points,
    Propose,
    Reject,
    Reserve,
    Synergy,
    WalkAway,
)
from tests.scenarios.small_bargains import PAIR, after, dealt, many, opened

FIRST, SECOND = ("o0",), ("o1",)


def by_kind(specs: tuple[MoveSpec, ...]) -> dict[str, MoveSpec]:
    return {spec.kind: spec for spec in specs}


def offers(spec: MoveSpec) -> tuple[str | int, ...]:
    assert isinstance(spec.fields[0], Choice)
    return spec.fields[0].options if spec.legal else ()


def test_every_kind_of_move_is_always_listed_and_says_whether_it_is_legal() -> None:
    w = opened(dealt(many(3)), 0)
    kinds = ["propose", "accept", "reject", "walk_away"]
    assert [spec.kind for spec in SCENARIO.moves(w, 0)] == kinds
    assert [spec.legal for spec in SCENARIO.moves(w, 0)] == [True, False, False, True]
    agreed = after(w, (0, Propose(FIRST)), (1, Accept(1)), (2, Accept(1)))
    assert [(spec.kind, spec.legal) for spec in SCENARIO.moves(agreed, 0)] == [(kind, False) for kind in kinds]


def test_roles_tell_a_meeting_what_a_move_is_without_knowing_the_game() -> None:
    specs = SCENARIO.moves(opened(dealt(PAIR), 0), 0)
    assert [spec.role for spec in specs] == ["offer", "answer", "answer", "exit"]
    assert {spec.role for spec in SCENARIO.claims(opened(dealt(PAIR), 0), 0)} == {"claim"}


def test_a_proposal_names_an_option_of_every_issue_in_order() -> None:
    propose = by_kind(SCENARIO.moves(opened(dealt(PAIR), 0), 0))["propose"]
    deal = Record("deal", (Choice("price", ("low", "high")), Choice("term", ("short", "long"))))
    assert propose.fields == (deal,)
    move = msgspec.convert({"kind": "propose", "deal": ["low", "long"]}, Move)
    assert move == Propose(("low", "long"))


def test_a_seat_answers_the_others_offers_and_may_change_but_not_repeat_its_answer() -> None:
    w = after(opened(dealt(many(3))), (0, Propose(FIRST)), (1, Propose(SECOND)))
    assert [offers(by_kind(SCENARIO.moves(w, 0))[kind]) for kind in ("accept", "reject")] == [(2,), (2,)]
    assert [offers(by_kind(SCENARIO.moves(w, 2))[kind]) for kind in ("accept", "reject")] == [(1, 2), (1, 2)]
    w = after(w, (2, Accept(1)), (2, Reject(2)))
    assert [offers(by_kind(SCENARIO.moves(w, 2))[kind]) for kind in ("accept", "reject")] == [(2,), (1,)]


def test_the_offers_to_answer_are_marked_as_changing_so_that_a_schema_can_leave_them_open() -> None:
    w = after(opened(dealt(many(2))), (0, Propose(FIRST)))
    assert by_kind(SCENARIO.moves(w, 1))["accept"].fields == (Choice("offer", (1,), changing=True),)


@pytest.mark.parametrize(
    ("seat", "move", "code", "words"),
    [
        (1, Accept(9), "no_such_offer", "There is no offer 9. Standing offers: 2, 3."),
        (1, Accept(1), "replaced", "Offer 1 no longer stands. Standing offers: 2, 3."),
        (1, Reject(2), "own_offer", "Offer 2 is your own; proposing another deal replaces it."),
        (2, Accept(2), "same_answer", "You have already accepted offer 2."),
        (2, Reject(3), "same_answer", "You have already rejected offer 3."),
        (3, Propose(FIRST), "left", "You have walked away, for good."),
    ],
)
def test_a_refusal_has_a_code_and_says_what_stands(seat: int, move: Move, code: str, words: str) -> None:
    w = opened(dealt(many(4, acceptance="majority")))
    w = after(w, (0, Propose(FIRST)), (1, Propose(SECOND)), (0, Propose(("o2",))))
    w = after(w, (2, Accept(2)), (2, Reject(3)), (3, WalkAway()))
    refusal = SCENARIO.refuse(w, seat, move)
    assert refusal is not None
    assert (refusal.code, refusal.detail) == (code, words)


def test_after_a_deal_every_move_is_refused() -> None:
    w = after(opened(dealt(many(2))), (0, Propose(FIRST)), (1, Accept(1)))
    found = [SCENARIO.refuse(w, 1, move) for move in (Propose(SECOND), Accept(1), Reject(1), WalkAway())]
    assert [refusal.code for refusal in found if refusal] == ["closed"] * 4


SEATS, NUMBERS = st.integers(0, 3), st.integers(1, 8)
DEALS = st.sampled_from([("o0",), ("o1",), ("o2",), ("o3",)])
MOVES = st.one_of(
    st.builds(Propose, DEALS), st.builds(Accept, NUMBERS), st.builds(Reject, NUMBERS), st.just(WalkAway())
)


@given(st.lists(st.tuples(SEATS, MOVES), max_size=15), SEATS, MOVES)
def test_a_move_is_refused_exactly_when_it_is_not_among_the_legal_ones(
    acts: list[tuple[int, Move]], seat: int, move: Move
) -> None:
    w = after(opened(dealt(many(4, acceptance="majority"))), *acts)
    spec = by_kind(SCENARIO.moves(w, seat))[type(move).__struct_config__.tag]
    legal = spec.legal and (not isinstance(move, Accept | Reject) or move.offer in offers(spec))
    assert legal == (SCENARIO.refuse(w, seat, move) is None)


@given(st.lists(st.tuples(SEATS, MOVES), max_size=15), SEATS, MOVES)
def test_a_legal_move_changes_the_world_unless_it_proposes_what_one_stands_for_already(
    acts: list[tuple[int, Move]], seat: int, move: Move
) -> None:
    w = after(opened(dealt(many(4, acceptance="majority"))), *acts)
    offers_made = w.common.offers
    again = (
        isinstance(move, Propose)
        and any(o.deal == move.deal and seat in o.accepted for o in offers_made)
        and all(o.deal == move.deal for o in offers_made if o.by == seat)
    )
    legal = SCENARIO.refuse(w, seat, move) is None
    assert (after(w, (seat, move)) != w) == (legal and not again)


def test_before_the_rules_are_known_there_is_nothing_to_do_or_to_claim() -> None:
    nothing = World(SCENARIO.blank(), SCENARIO.blank())
    assert (SCENARIO.moves(nothing, 0), SCENARIO.claims(nothing, 0)) == ((), ())


def test_claims_state_points_by_issue_a_reserve_a_synergy_and_an_intention() -> None:
    claims = SCENARIO.claims(opened(dealt(PAIR), 0), 0)
    assert [claim.kind for claim in claims] == ["points", "points", "reserve", "synergy", "intends"]
    assert claims[0].fields == (
        Choice("issue", ("price",)),
        Record("points", (Whole("low", 0, 1000), Whole("high", 0, 1000))),
    )
    labels = ("price: low", "price: high", "term: short", "term: long")
    assert claims[3].fields == (Choice("first", labels), Choice("second", labels), Whole("points", -1000, 1000))


@pytest.mark.parametrize(
    ("wire", "fact"),
    [
        ({"kind": "points", "issue": "price", "points": [10, 0]}, Points("price", (10, 0))),
        ({"kind": "reserve", "points": 5}, Reserve(5)),
        (
            {"kind": "synergy", "first": "price: low", "second": "term: long", "points": -3},
            Synergy("price: low", "term: long", -3),
        ),
        ({"kind": "intends", "deal": ["low", "long"]}, Intends(("low", "long"))),
    ],
)
def test_a_claim_on_the_wire_is_the_familys_fact(wire: dict[str, object], fact: Fact) -> None:
    assert msgspec.convert(wire, Fact) == fact


def test_what_a_seat_may_claim_does_not_depend_on_its_sheet() -> None:
    rich = {**PAIR, "parties": {name: {"threshold": 60, "points": [[90, 0], [0, 70]]} for name in PAIR["parties"]}}
    assert SCENARIO.claims(opened(dealt(rich), 0), 0) == SCENARIO.claims(opened(dealt(PAIR), 0), 0)
