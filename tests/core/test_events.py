from typing import Any, get_args, get_origin

import msgspec
import pytest

from arena.core.events import (
    Bid,
    Body,
    Carried,
    Certified,
    Closed,
    Delivered,
    Disclosed,
    Dropped,
    Event,
    Fault,
    Floor,
    Forfeited,
    Forgot,
    Halted,
    Joined,
    Marked,
    Moved,
    Noted,
    Opened,
    Passed,
    PhaseOpened,
    Posted,
    Refused,
    Replied,
    Said,
    Seated,
    Sent,
    Summarised,
    Turned,
    Valued,
    address,
    audience,
)
from arena.core.table import CHANGES, STILL
from arena.core.task import Reference
from tests.toy import Pledge, Purse

EVERYONE = (0, 1, 2)
AUDIENCES: list[tuple[Any, tuple[int, ...]]] = [
    (Opened(("a", "b", "c")), EVERYONE),
    (PhaseOpened(1, "talk"), EVERYONE),
    (Disclosed(Purse(1, 5, "x"), (1,)), (1,)),
    (Disclosed(Purse(1, 5, "x"), ()), ()),
    (Disclosed(Purse(1, 5, "x"), (0,), by=2), (0, 2)),
    (Replied(1, raw="my secret plan"), (1,)),
    (Replied(1, fault=Fault("empty", "")), (1,)),
    (Refused(2, "illegal", "no"), (2,)),
    (Said(0, (1, 2), "hello"), EVERYONE),
    (Said(0, (2,), "psst"), (0, 2)),
    (Said(2, (0,), "psst"), (0, 2)),
    (Moved(1, Pledge(2)), EVERYONE),
    (Moved(1, Pledge(2), sealed=True), (1,)),
    (Noted(1, "remember"), (1,)),
    (Summarised(1, "so far"), (1,)),
    (Passed(0), (0,)),
    (Bid(0, 7), (0,)),
    (Forfeited(0, "illegal"), (0,)),
    (Floor(2, "granted"), EVERYONE),
    (Posted(1, 1, "board"), EVERYONE),
    (Carried(1, "last time"), (1,)),
    (Seated(1, "other"), ()),
    (Joined(1), (1,)),
    (Forgot(1, 4), (1,)),
    (Dropped(1), ()),
    (Turned(1), (1,)),
    (Sent(Said(0, (1, 2), "hello")), (0,)),
    (Sent(Disclosed(Purse(1, 5, "x"), (0,), by=2)), (2,)),
    (Delivered(Said(0, (2,), "psst")), (2,)),
    (Delivered(Disclosed(Purse(1, 5, "x"), (0, 1), by=2)), (0, 1)),
    (Marked(1, "delayed", Said(1, (0,), "psst"), 4), ()),
    (Certified(("shock",), Reference(1.0, 1.0, {}, "silent", "exact")), ()),
    (Halted("the endpoint is down"), ()),
    (Valued("agreed", (1.0,), (1.0,), 1.0), ()),
    (Closed("agreed"), EVERYONE),
]


def kinds() -> set[type]:
    return {get_origin(kind) or kind for kind in get_args(Event)}


@pytest.mark.parametrize(("event", "seats"), AUDIENCES, ids=lambda x: type(x).__name__)
def test_an_event_is_seen_by_exactly_these_seats(event: Any, seats: tuple[int, ...]) -> None:
    assert audience(event, EVERYONE) == seats


def test_every_kind_of_event_has_its_audience_tested() -> None:
    assert {type(event) for event, _ in AUDIENCES} == kinds()


def test_the_table_knows_every_kind_of_event_once() -> None:
    assert set(CHANGES) | STILL == kinds()
    assert not set(CHANGES) & STILL


def test_an_event_that_nobody_decided_about_has_no_audience() -> None:
    class Gossip(msgspec.Struct, frozen=True):
        seat: int

    with pytest.raises(AssertionError):
        audience(Gossip(0), EVERYONE)  # type: ignore[arg-type]


def test_a_line_is_addressed_event_by_event() -> None:
    line = address((Said(0, (1,), "psst"), Moved(0, Pledge(2))), EVERYONE)
    assert [a.to for a in line] == [(0, 1), EVERYONE]


def test_facts_cannot_be_written_on() -> None:
    for fact in (Said(0, (1,), "x"), Body(), Fault("a", "b")):
        with pytest.raises(AttributeError):
            fact.text = "y"  # type: ignore[union-attr]
