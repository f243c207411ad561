"""A mark in every secret: at every cut of a match, it is shown to its own seat and to whoever that seat told it.

The matches are bargains with noisy sheets, goals and a veto, under every kind of meeting; in them sit seats that tell
their secrets wherever they can, that write what cannot be understood, and that plan and concede. What a seat is shown
is its events, the world it knows, the ask it would get, and its prompt, system and all, as bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from arena.core.table import Table
from arena.moderators.meeting import Meeting
from tests.meetings import MEETINGS, OFFERS, PERTURBED
from tests.playing import run
from tests.secrecy.casts import bargain, canaries, cast, marks, task_of
from tests.secrecy.shown import Reader, Shown, at_every_cut, changes, heard, tables

EVERY = MEETINGS | OFFERS | PERTURBED
CASTS = {
    "three seats": (("leaker", "marked planner", "garbage"), 11),
    "four seats": (("marked conceder", "leaker", "garbage", "leaker"), 12),
    "a team that leaks": (("marked leaker", "planner", "leaker"), 13),
}


def match(meeting: Meeting, names: Sequence[str], seed: int) -> list[Table]:
    """A match, its table at every cut."""
    game = bargain(len(names), seed)
    return tables(game, run(game, meeting, cast(game, names))[1].lines)


def each_change(cuts: Sequence[Table], meeting: Meeting, seat: int) -> Iterator[tuple[Table, Shown]]:
    """The cuts at which a seat is shown something new."""
    before = None
    for table, now in zip(cuts, at_every_cut(cuts, meeting, seat), strict=True):
        if now is not before:
            yield table, now
        before = now


@pytest.mark.parametrize(("names", "seed"), CASTS.values(), ids=CASTS)
@pytest.mark.parametrize("meeting", EVERY.values(), ids=EVERY)
def test_a_secret_is_shown_to_nobody_but_in_its_own_seats_words(
    meeting: Meeting, names: Sequence[str], seed: int
) -> None:
    cuts = match(meeting, names, seed)
    secrets, truth = canaries(cuts[0].game), [sheet.canary for sheet in task_of(cuts[0].game).truth]
    for seat in range(len(names)):
        others = [mark for owner, own in enumerate(secrets) if owner != seat for mark in own]
        vain = [mark for owner in range(len(names)) if owner != seat for mark in marks(owner)]
        for table, now in each_change(cuts, meeting, seat):
            everything = b"\n".join((now.events, now.known, now.ask, now.prompt)).decode()
            assert not [mark for mark in (*vain, *truth) if mark in everything]
            words = heard(table, seat)
            for mark in others:
                assert now.events.decode().count(mark) == now.prompt.decode().count(mark) == words.count(mark)
                assert mark not in now.known.decode() + now.ask.decode()


def test_these_tests_would_see_a_leak() -> None:
    meeting = EVERY["whispers channel"]
    for names, seed in CASTS.values():
        cuts = match(meeting, names, seed)
        last = [changes(cuts, meeting, seat)[-1] for seat in range(len(names))]
        for owner, own in enumerate(canaries(cuts[0].game)):
            for mark in own:
                shown_to = {seat for seat, now in enumerate(last) if mark.encode() in now.prompt}
                assert owner in shown_to
                assert (len(shown_to) > 1) == names[owner].endswith("leaker")
            if names[owner].startswith("marked"):
                assert all(mark.encode() in last[owner].events for mark in marks(owner))
                assert marks(owner)[0].encode() in last[owner].prompt


@pytest.mark.parametrize("name", ["whispers channel", "simultaneous"])
def test_a_prompt_follows_from_the_rest_of_what_a_seat_is_shown(name: str) -> None:
    cuts = match(EVERY[name], ("leaker", "marked planner", "garbage"), 14)
    for seat in range(3):
        for table, now in zip(cuts, at_every_cut(cuts, EVERY[name], seat), strict=True):
            assert Reader(EVERY[name], seat).shown(table) == now
