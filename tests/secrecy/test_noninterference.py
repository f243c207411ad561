"""What one seat holds, tries and keeps to itself changes no byte of what another is shown, until it acts otherwise.

Two matches are played that differ in one seat's secrets: its points, threshold, discount, cost, interactions, truth,
goals and marks; in its notes; and in how often it is refused before it is understood. Its accepted public acts are the
same. Then whatever another seat is shown (its events, the world it knows, its ask, its prompt) goes through the same
states, byte by byte; lines that it does not see are no state of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from msgspec.json import decode

from arena.core.events import Body, Forfeited, Moved, Refused, Summarised
from arena.core.table import Table
from arena.core.view import Ask, View
from arena.moderators.meeting import Meeting
from arena.moderators.perturbations import Amnesia, Dropout, Newcomer
from arena.moderators.turns import ChairCalls
from arena.scenarios.bargain.terms import Propose
from tests.meetings import MEETINGS, OFFERS, PERTURBED
from tests.playing import Function, run
from tests.secrecy.casts import Acts, acts, bargain, in_private, with_secrets
from tests.secrecy.shown import Shown, changes, tables
from tests.talkers import forgetful

UNDISTURBED = MEETINGS | OFFERS
EVERY = UNDISTURBED | PERTURBED
# Those in which the seats that are looked at are there all along, and remember all along.
LASTING = UNDISTURBED | {
    name: meeting
    for name, meeting in PERTURBED.items()
    if not any(isinstance(each, Newcomer | Amnesia) for each in meeting.perturb)
}
OTHERS = {0: (1, 2), 1: (0, 2), 2: (0, 1)}


def match(meeting: Meeting, seat: int, act: Acts, secrets: bool = False, rounds: int = 2) -> list[Table]:
    """A match of three in which one seat acts in its own way, perhaps with other secrets: the table at every cut."""
    game = bargain(3, 21, rounds=rounds)
    game = with_secrets(game, seat) if secrets else game
    agents = [Function(act if s == seat else acts) for s in range(3)]
    return tables(game, run(game, meeting, agents)[1].lines)


def count(cuts: Sequence[Table], seat: int, kind: type) -> int:
    """How many events of a kind a seat saw."""
    return sum(isinstance(event, kind) for event in cuts[-1].seen(seat))


def late(meeting: Meeting) -> int:
    """A seat that has its turn after another had one."""
    return 0 if isinstance(meeting.turns, ChairCalls) else 2


def events(now: Shown) -> int:
    """How many events a seat has seen."""
    return len(decode(now.events)[2])


@pytest.mark.parametrize("seat", [0, 1])
@pytest.mark.parametrize("meeting", EVERY.values(), ids=EVERY)
def test_secrets_notes_and_refusals_change_no_byte_of_what_the_others_are_shown(meeting: Meeting, seat: int) -> None:
    plain = match(meeting, seat, acts)
    other = match(meeting, seat, in_private(meeting.refusals), secrets=True)
    assert (count(plain, seat, Refused), count(other, seat, Forfeited)) == (0, 0)
    asked = Dropout(seat, 1) not in meeting.perturb
    assert (count(other, seat, Refused) > 0) == (meeting.refusals > 0 and asked)
    assert changes(plain, meeting, seat) != changes(other, meeting, seat)
    for bystander in OTHERS[seat]:
        assert changes(plain, meeting, bystander) == changes(other, meeting, bystander)


@pytest.mark.parametrize("meeting", LASTING.values(), ids=LASTING)
def test_a_seat_that_sums_up_its_secrets_changes_no_byte_of_what_the_others_are_shown(meeting: Meeting) -> None:
    seat = late(meeting)
    plain = match(meeting, seat, acts, rounds=3)
    other = match(meeting, seat, forgetful(in_private(min(meeting.refusals, 1))), secrets=True, rounds=3)
    assert count(other, seat, Summarised) > 0
    assert count(other, seat, Forfeited) == 0
    for bystander in OTHERS[seat]:
        assert changes(plain, meeting, bystander) == changes(other, meeting, bystander)


@pytest.mark.parametrize("meeting", LASTING.values(), ids=LASTING)
def test_all_is_the_same_until_a_secret_shows_in_an_accepted_public_act_and_not_after(meeting: Meeting) -> None:
    def offers_its_best(view: View, ask: Ask) -> Body[Any, Any] | str:
        if "propose" not in {spec.kind for spec in ask.moves}:
            return acts(view, ask)
        rows = zip(view.known.common.rules.issues, view.known.own.sheets[0].points, strict=True)
        best = tuple(max(zip(row, issue.options, strict=True))[1] for issue, row in rows)
        return Body(move=Propose(best), call=ask.callable[0] if ask.kind == "call" else None)

    seat = late(meeting)
    plain = match(meeting, seat, offers_its_best, rounds=3)
    other = match(meeting, seat, offers_its_best, secrets=True, rounds=3)
    for bystander in OTHERS[seat]:
        one, two = list(plain[-1].seen(bystander)), list(other[-1].seen(bystander))
        first = next(i for i, (a, b) in enumerate(zip(one, two, strict=False)) if a != b)
        assert (type(one[first]), type(two[first])) == (Moved, Moved)
        assert one[first].seat == two[first].seat == seat  # type: ignore[union-attr]
        a, b = changes(plain, meeting, bystander), changes(other, meeting, bystander)
        same = next(i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y)
        assert same > 1
        assert events(a[same - 1]) <= first < min(events(a[same]), events(b[same]))
        assert all(x != y for x, y in zip(a[same:], b[same:], strict=False))
        assert a[same].prompt != b[same].prompt


@pytest.mark.parametrize("meeting", LASTING.values(), ids=LASTING)
def test_a_seat_that_loses_all_its_turns_looks_to_the_others_like_one_that_passes(meeting: Meeting) -> None:
    def passes(view: View, ask: Ask) -> Body[Any, Any] | str:
        return Body(bid=0 if ask.kind == "bid" else None)

    def malformed(view: View, ask: Ask) -> Body[Any, Any] | str:
        return "{{{"

    loser = late(meeting)
    plain, lost = match(meeting, loser, passes), match(meeting, loser, malformed)
    assert count(lost, loser, Forfeited) > 1
    for bystander in OTHERS[loser]:
        assert changes(plain, meeting, bystander) == changes(lost, meeting, bystander)
