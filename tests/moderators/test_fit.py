import pytest

from arena.errors import Unfit
from arena.moderators.channels import Chain, Ring, Star, Teams
from arena.moderators.fit import check_fit, misfits
from arena.moderators.limits import Limits
from arena.moderators.meeting import Meeting
from arena.moderators.turns import AlternatingOffers, ChairCalls, Recorded
from tests.meetings import MEETINGS
from tests.toy import pool


@pytest.mark.parametrize(
    ("meeting", "seats", "words"),
    [
        (Meeting(turns=AlternatingOffers()), 3, "pool has none"),
        (Meeting(turns=ChairCalls(3)), 3, "the chair is seat 3, but the seats are 0 to 2"),
        (
            Meeting(turns=Recorded(((0, 3), (1, -1)))),
            3,
            r"the recorded order names seats \[-1, 3\], but the seats are 0",
        ),
        (Meeting(turns=Recorded(((0, 1, 2),)), talk=2), 3, "talk: a recorded order says by itself"),
        (Meeting(channel=Star(5)), 3, "the hub is seat 5"),
        (Meeting(channel=Star(0)), 2, "star needs at least 3 seats; there are 2"),
        (Meeting(channel=Chain()), 2, "chain needs at least 3 seats"),
        (Meeting(channel=Ring()), 2, "ring needs at least 3 seats"),
        (Meeting(channel=Teams(((0, 7),))), 3, r"teams name seats \[7\]"),
        (Meeting(channel=Teams(((0, 1), (1, 2)))), 3, "a seat is in two teams"),
        (Meeting(limits=Limits(messages=0)), 3, "messages: 0 is below 1"),
        (Meeting(limits=Limits(rounds=-1)), 3, "rounds: -1 is below 1"),
        (Meeting(refusals=-1), 3, "refusals: -1 is below 0"),
    ],
)
def test_an_unfit_meeting_is_an_error_that_says_why(meeting: Meeting, seats: int, words: str) -> None:
    with pytest.raises(Unfit, match=words):
        check_fit(meeting, pool(seats))


def test_all_reasons_are_given_at_once() -> None:
    assert len(list(misfits(Meeting(turns=ChairCalls(9), channel=Star(9), refusals=-1), pool()))) == 3


@pytest.mark.parametrize("meeting", MEETINGS.values(), ids=MEETINGS)
def test_these_meetings_fit(meeting: Meeting) -> None:
    assert list(misfits(meeting, pool())) == []
