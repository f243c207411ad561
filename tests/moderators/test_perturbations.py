"""What befalls a meeting: who sees it, what it does, and that playing on from any line is the same."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec import structs
from msgspec.json import encode

from arena.core.events import (
    Body,
    Certified,
    Delivered,
    Disclosed,
    Dropped,
    Forgot,
    Joined,
    Marked,
    Message,
    Moved,
    Noted,
    Opened,
    Passed,
    PhaseOpened,
    Posted,
    Replied,
    Said,
    Seated,
    Sent,
    Turned,
    Valued,
)
from arena.core.game import Game
from arena.core.recall import own_table, recall
from arena.core.table import Table, fold
from arena.core.view import Ask, View
from arena.errors import Unfit
from arena.moderators.channels import Silent
from arena.moderators.fit import check_fit
from arena.moderators.limits import Limits
from arena.moderators.meeting import Meeting
from arena.moderators.perturbations import Amnesia, Dropout, Newcomer, Noise, Perturbation, Saboteur, Shock
from arena.moderators.turns import AlternatingOffers, BidForFloor, ChairCalls
from tests.meetings import PERTURBED
from tests.playing import Function, Memory, run
from tests.secrecy.casts import bargain
from tests.talkers import chatty, clumsy, forgetful
from tests.teams import deal
from tests.toy import SCENARIO, Pledge, Pool, Total, pool

EVERYONE = (0, 1, 2)


class Stormy(Pool):
    """The toy family with a shock: a windfall that everyone sees."""

    def shock(self, w: Any, draw: Any) -> tuple[Disclosed[Any], ...]:
        return (Disclosed(Total(draw.of("windfall").randint(1, 3)), tuple(range(len(w.own.purses)))),)


def stormy(rounds: int = 3) -> Game:
    return structs.replace(pool(rounds=rounds), scenario=Stormy())


SHOCKED = {"a shock": Meeting(perturb=(Shock(2),)), "two shocks": Meeting(perturb=(Shock(1), Shock(3), Noise(0.5, 1)))}
EVERY = PERTURBED | SHOCKED


def team() -> list[Function]:
    return [Function(clumsy), Function(forgetful(chatty)), Function(forgetful(clumsy, 1))]


def played(meeting: Meeting, *agents: Function, rounds: int = 3) -> tuple[Table, Memory]:
    return run(stormy(rounds), meeting, agents or team())


def events(memory: Memory, kind: type) -> list[Any]:
    return [a.e for line in memory.lines for a in line if isinstance(a.e, kind)]


def noted(view: View, ask: Ask) -> Body[Any, Any]:
    """Says and notes what could be recognised; pledges what it may."""
    mark = f"mark of seat {view.seat}, answer {ask.nth}"
    others = tuple(s for s in range(len(view.seats)) if s != view.seat)
    words = (Message(others, mark), Message(ask.reach.to[:1], f"{mark}, aside")) if ask.reach.to else ()
    return Body(words, move=Pledge(0) if ask.must else None, notes=mark if ask.notes else None)


# Every kind --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("meeting", EVERY.values(), ids=EVERY)
def test_playing_on_from_every_line_gives_the_same_lines(meeting: Meeting) -> None:
    game = stormy()
    whole = run(game, meeting, team())[1].lines
    for cut in range(len(whole) + 1):
        table, memory = run(game, meeting, team(), fold(game, whole[:cut]), Memory(whole[:cut]))
        assert table.closed is not None
        assert encode(memory.lines) == encode(whole), f"cut after line {cut}"


@pytest.mark.parametrize("meeting", EVERY.values(), ids=EVERY)
def test_a_seats_own_events_fold_to_the_table_as_it_knows_it(meeting: Meeting) -> None:
    game = stormy()
    lines = run(game, meeting, team())[1].lines
    for cut in range(1, len(lines) + 1):
        table = fold(game, lines[:cut])
        for seat in EVERYONE:
            own = own_table(game, table.seen(seat))
            assert own.known(seat) == table.known(seat)
            assert own.seen(seat) == table.seen(seat)
            for count in ("nth", "refused", "answers", "overflow", "messages", "characters"):
                assert getattr(own.desks[seat], count) == getattr(table.desks[seat], count)
            assert meeting.told.ask(own, seat) == meeting.ask(table, seat)


@pytest.mark.parametrize("meeting", EVERY.values(), ids=EVERY)
def test_the_turns_since_a_seat_last_forgot_are_recalled_as_they_were(meeting: Meeting) -> None:
    agents = team()
    table, _ = played(meeting, *agents)
    for seat, agent in enumerate(agents):
        then = list(recall(table.game, meeting.told, seat, table.seen(seat)))
        since = agent.asked[len(agent.asked) - len(then) :]
        assert then or seat in table.silent
        assert [ask for _, ask in then] == [ask for _, ask in since]
        assert [(v.events, v.known) for v, _ in then] == [(v.events, v.known) for v, _ in since]


@pytest.mark.parametrize("meeting", EVERY.values(), ids=EVERY)
def test_no_view_holds_what_was_done_to_others_or_what_is_to_come(meeting: Meeting) -> None:
    agents = team()
    played(meeting, *agents)
    for seat, agent in enumerate(agents):
        for view, _ in agent.asked:
            for event in view.events:
                assert not isinstance(event, Seated | Dropped | Sent | Delivered | Marked | Certified)
                assert not isinstance(event, Turned | Joined | Forgot) or event.seat == seat
            cells = [cell.cell_contents for cell in view.earlier.__closure__ or ()]  # type: ignore[attr-defined]
            assert not [cell for cell in cells if isinstance(cell, Meeting) and cell.perturb]


# One by one --------------------------------------------------------------------------------------------------------


def test_a_shock_is_published_as_its_round_begins_and_all_is_solved_again_there() -> None:
    table, memory = played(Meeting(perturb=(Shock(2),)))
    (line,) = [line for line in memory.lines if any(isinstance(a.e, Certified) for a in line)]
    kinds = [type(a.e) for a in line]
    assert kinds[-3:] == [PhaseOpened, Disclosed, Certified]
    assert line[-2].to == EVERYONE
    assert line[-1].to == ()
    assert line[-1].e.after == ("shock",)  # type: ignore[union-attr]
    assert line[-1].e.reference == SCENARIO.solve(table.world)  # type: ignore[union-attr]


def test_a_seat_that_drops_out_is_asked_no_more_and_the_game_plays_its_forfeits() -> None:
    agents = [Function(noted) for _ in EVERYONE]
    table, memory = played(Meeting(perturb=(Dropout(1, 2),)), *agents)
    assert [len(agent.asked) for agent in agents] == [6, 2, 6]
    assert [e for e in events(memory, Moved) if e.seat == 1][1:] == [Moved(1, Pledge(0), True)] * 2
    assert events(memory, Passed) == [Passed(1)] * 2
    assert table.forfeits == frozenset()
    (known,) = events(memory, Certified)
    assert known.reference.how == "bound"


@pytest.mark.parametrize("turns", [ChairCalls(1), BidForFloor()])
def test_the_others_have_their_turns_where_a_seat_has_dropped_out(turns: ChairCalls | BidForFloor) -> None:
    agents = [Function(chatty) for _ in EVERYONE]
    table, _ = played(Meeting(turns, perturb=(Dropout(1, 1),)), *agents)
    assert [bool(agent.asked) for agent in agents] == [True, False, True]
    assert table.closed is not None


def test_where_the_proposer_has_dropped_out_its_round_goes_by() -> None:
    game = bargain(3, 5, rounds=3)
    meeting = Meeting(AlternatingOffers(), perturb=(Dropout(1, 2),))
    agents = [Function(lambda view, ask: Body()) for _ in EVERYONE]
    assert run(game, meeting, agents)[0].closed == "deadline"
    assert [len(agent.asked) for agent in agents] == [3, 1, 3]


def test_a_newcomer_finds_the_game_and_its_moves_and_nothing_that_was_said() -> None:
    agents = [Function(noted) for _ in EVERYONE]
    meeting = Meeting(channel=PERTURBED["noise"].channel, memory="both", perturb=(Newcomer(1, 2, "other"),))
    _, memory = played(meeting, *agents)
    assert events(memory, Seated) == [Seated(1, "other")]
    first = next(view for view, _ in agents[1].asked if any(isinstance(e, Joined) for e in view.events))
    joined = list(first.events).index(Joined(1, 2, 2 * len("mark of seat 1, answer 0") + len(", aside")))
    found = list(first.events)[:joined]
    assert {type(e) for e in found} <= {Opened, Disclosed, PhaseOpened, Moved, Posted}
    assert [e for e in found if isinstance(e, Disclosed) and e.to == (1,)]
    assert [e for e in found if isinstance(e, Moved)] == [Moved(1, Pledge(0), True)]
    assert not [e for e in first.events if isinstance(e, Replied | Noted)]
    assert "answer 0" not in encode([e for e in first.events if isinstance(e, Said) and e.seat == 1]).decode()
    assert first.earlier() == []
    assert next(ask for view, ask in agents[1].asked if view.events == first.events).nth == 0


def test_a_newcomer_wakes_a_seat_that_had_dropped_out() -> None:
    agents = [Function(noted) for _ in EVERYONE]
    table, _ = played(Meeting(perturb=(Dropout(1, 1), Newcomer(1, 3, "other"))), *agents)
    assert [len(agent.asked) for agent in agents] == [6, 2, 6]
    assert (table.silent, table.relieved) == ((), (1,))


def test_amnesia_leaves_what_a_newcomer_finds_and_how_much_the_seat_may_still_say() -> None:
    agents = [Function(noted) for _ in EVERYONE]
    limits = Limits(messages=6)
    meeting = Meeting(channel=PERTURBED["noise"].channel, limits=limits, perturb=(Amnesia(1, 2),))
    played(meeting, *agents)
    after = [(view, ask) for view, ask in agents[1].asked if any(isinstance(e, Forgot) for e in view.events)]
    assert [ask.nth for _, ask in agents[1].asked] == list(range(6))
    assert after[0][1].left.messages == 4
    assert next(e for e in after[0][0].events if isinstance(e, Forgot)).nth == after[0][1].nth == 2
    assert "answer 0" not in encode([e for e in after[0][0].events if isinstance(e, Said | Noted)]).decode().replace(
        "mark of seat 0", ""
    )
    assert [e for e in after[-1][0].events if isinstance(e, Noted)]


def test_a_saboteur_alone_is_told_and_its_payoff_is_the_groups_value_against_it() -> None:
    game = bargain(3, 5, rounds=2)
    agents = [Function(lambda view, ask: Body()) for _ in EVERYONE]
    table, memory = run(game, Meeting(perturb=(Saboteur(2),)), agents)
    plain, _ = run(game, Meeting(), agents)
    for seat in EVERYONE:
        assert (Turned(2) in list(table.seen(seat))) == (seat == 2)
    assert table.turned == (2,)
    (valued,) = events(memory, Valued)
    assert plain.valued is not None
    assert valued.payoffs == (*plain.valued.payoffs[:2], -valued.value)
    assert (valued.utilities, valued.value) == (plain.valued.utilities, plain.valued.value)


# Noise -------------------------------------------------------------------------------------------------------------


def says(view: View, ask: Ask) -> Body[Any, Any]:
    """A message and nothing else that differs from turn to turn."""
    others = tuple(s for s in range(len(view.seats)) if s != view.seat)
    words = (Message(others, f"{ask.nth} by {view.seat}"),) if ask.reach.public else ()
    return Body(words, move=Pledge(0) if ask.must else None)


@pytest.mark.parametrize("delay", [0, 1, 3])
def test_the_author_sees_its_words_as_always_and_the_others_when_they_arrive_or_never(delay: int) -> None:
    agents = [Function(says) for _ in EVERYONE]
    table, memory = played(Meeting(perturb=(Noise(0.7, delay),)), *agents, rounds=8)
    marks = events(memory, Marked)
    assert {m.what for m in marks} == ({"lost"} if delay == 0 else {"lost", "delayed"})
    said = {(e.seat, e.text) for e in [*events(memory, Said), *[s.e for s in events(memory, Sent)]]}
    assert len(said) == 3 * 8
    for seat in EVERYONE:
        words = [e for e in table.seen(seat) if isinstance(e, Said)]
        assert {(e.seat, e.text) for e in words if e.seat == seat} == {each for each in said if each[0] == seat}
        lost = {(m.seat, m.e.text) for m in marks if m.until is None or m.until > 8}
        assert {(e.seat, e.text) for e in words if e.seat != seat} == {e for e in said - lost if e[0] != seat}


def test_late_words_arrive_as_the_round_begins_that_they_are_due_in() -> None:
    _, memory = played(Meeting(perturb=(Noise(1.0, 2),)), *[Function(says) for _ in EVERYONE], rounds=8)
    round_, due = 0, dict[str, int]()
    for event in [a.e for line in memory.lines for a in line]:
        if isinstance(event, PhaseOpened):
            round_ = event.round
        elif isinstance(event, Marked) and event.until is not None:
            assert round_ < event.until <= round_ + 2
            due[event.e.text] = event.until  # type: ignore[union-attr]
        elif isinstance(event, Delivered):
            assert due.pop(event.e.text) == round_  # type: ignore[union-attr]
    assert all(until > 8 for until in due.values())


def test_noise_of_rate_0_is_silence_about_itself_and_of_rate_1_leaves_nothing() -> None:
    assert not events(played(Meeting(perturb=(Noise(0.0),)))[1], Sent)
    assert not events(played(Meeting(perturb=(Noise(1.0),)))[1], Said)


def test_what_goes_astray_is_as_likely_as_the_rate_and_as_late_as_lost() -> None:
    agents = [Function(says) for _ in EVERYONE]
    _, memory = played(Meeting(perturb=(Noise(0.5, 1),)), *agents, rounds=400)
    marks, sent = events(memory, Marked), 3 * 400
    assert abs(len(marks) / sent - 0.5) < 4 * (0.25 / sent) ** 0.5
    late = sum(m.what == "delayed" for m in marks)
    assert abs(late / len(marks) - 0.5) < 4 * (0.25 / len(marks)) ** 0.5


def test_a_public_word_that_is_late_is_in_no_others_idea_of_what_is_common() -> None:
    agents = [Function(says) for _ in EVERYONE]
    _, memory = played(Meeting(perturb=(Noise(1.0),)), *agents)
    table = fold(stormy(), memory.lines)
    assert table.common.heard == 9
    assert [table.known(seat).common.heard for seat in EVERYONE] == [3, 3, 3]


# What does not fit -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("perturb", "words"),
    [
        ((Shock(2),), "shock: bargain has none; leave it out"),
        ((Dropout(3, 1),), "dropout: there is no seat 3; the seats are 0 to 2"),
        ((Amnesia(1, 4),), "amnesia: there is no round 4; the rounds are 1 to 3"),
        ((Saboteur(1, 0),), "saboteur: there is no round 0; the rounds are 1 to 3"),
        ((Newcomer(0, 2, "a"), Newcomer(0, 3, "b")), "perturb: newcomer of seat 0 is declared 2 times"),
        ((Dropout(0, 1), Dropout(1, 2), Dropout(2, 3)), "dropout: every seat would fall silent"),
        ((Dropout(0, 1), Amnesia(0, 2)), "amnesia: seat 0 has fallen silent by round 2"),
        ((Noise(1.5),), "noise: a rate of 1.5 is no probability"),
        ((Noise(0.5, -1),), "noise: a delay of -1 rounds is below 0"),
    ],
)
def test_what_cannot_befall_a_game_is_refused_with_the_reason(perturb: tuple[Perturbation, ...], words: str) -> None:
    with pytest.raises(Unfit, match=words.replace("(", r"\(")):
        check_fit(Meeting(perturb=perturb), bargain(3, 5, rounds=3))


def test_a_shock_that_changes_nothing_in_this_game_is_refused() -> None:
    with pytest.raises(Unfit, match="shock: nothing in this dilemma can change; leave it out"):
        check_fit(Meeting(perturb=(Shock(2),)), deal("dilemma", 0, kind="traveller"))
    check_fit(Meeting(perturb=(Shock(2),)), deal("dilemma", 0, kind="stag"))


def test_noise_needs_words() -> None:
    with pytest.raises(Unfit, match="nobody can send messages"):
        check_fit(Meeting(channel=Silent(), perturb=(Noise(0.5),)), bargain(3, 5))


def test_a_newcomer_makes_room_for_what_befalls_its_seat() -> None:
    perturb = (Dropout(0, 1), Newcomer(0, 2, "a"), Amnesia(0, 3))
    check_fit(Meeting(perturb=perturb), bargain(3, 5, rounds=3))


def test_what_is_told_of_a_meeting_is_the_rest_of_it() -> None:
    meeting = Meeting(talk=2, perturb=(Saboteur(1),))
    assert meeting.told == Meeting(talk=2)
    assert Meeting(talk=2).told == Meeting(talk=2)
