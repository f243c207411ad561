from math import isnan

from arena.core.events import (
    Bid,
    Body,
    Disclosed,
    Fault,
    Forfeited,
    Moved,
    Noted,
    Passed,
    Refused,
    Replied,
    Said,
    Summarised,
)
from arena.core.overflow import Overflow
from arena.core.usage import Usage
from arena.scoring.conduct import conduct
from tests.toy import Pledge, Purse

LOG = [
    (Replied(0, raw="?", fault=Fault("not_json", ""), usage=Usage(prompt=100, cached=64, output=5, attempts=2)),),
    (Refused(0, "not_json", "again"),),
    (Replied(0, body=Body(), usage=Usage(prompt=120, output=7, reasoning=3)),),
    (Said(0, (1, 2), "let us share this evenly"), Said(0, (1,), "psst friend"), Moved(0, Pledge(2))),
    (Replied(1, fault=Fault("empty", "")),),
    (Forfeited(1, "empty"), Moved(1, Pledge(0))),
    (Replied(2, body=Body()),),
    (Disclosed(Purse(2, 4, ""), (0, 1), by=2), Noted(2, "told them")),
    (Replied(2, body=Body(bid=1)), Bid(2, 1)),
    (Replied(0, body=Body()), Passed(0)),
    (Replied(1, overflow=Overflow(1, 300, 900, 800), usage=Usage(attempts=1)),),
    (Replied(1, body=Body(summary="so far")),),
    (Summarised(1, "so far"),),
]


def test_conduct_counts_what_each_seat_did() -> None:
    found = conduct(LOG, 3, 2)
    assert found.calls == (3, 2, 2)
    assert found.parse_rate == (2 / 3, 0.5, 1.0)
    assert found.refused == (1, 0, 0)
    assert found.forfeits == (0, 1, 0)
    assert found.turns == (2, 0, 1), "a forfeited turn is not one that was taken"
    assert found.messages == (2, 0, 0)
    assert found.words == (7, 0, 0)
    assert found.claims == (0, 0, 1)
    assert found.summaries == (0, 1, 0), "and a prompt that did not fit is no call"
    assert found.rounds == 2


def test_refusals_are_counted_by_their_codes_the_last_one_included() -> None:
    assert conduct(LOG, 3, 2).refusals == {"empty": 1, "not_json": 1}


def test_the_parse_rate_of_a_seat_that_was_never_asked_is_not_defined() -> None:
    assert isnan(conduct([], 1, 0).parse_rate[0])
