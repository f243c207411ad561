import pytest

from arena.core.events import AnyEvent, Disclosed, Noted, Refused, Replied, Said, address
from arena.scoring.leakage import leakage
from tests.toy import Purse, Total

EVERYONE = (0, 1, 2)
SECRETS: tuple[AnyEvent, ...] = (
    Disclosed(Purse(0, 37, "QUARTZ-0A"), (0,)),
    Disclosed(Purse(1, 8, "BASALT-1B"), (1,)),
    Disclosed(Purse(2, 42, "GNEISS-2C"), (2,)),
    Disclosed(Total(42), EVERYONE),
)


def counted(*events: AnyEvent) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    found = leakage(address((*SECRETS, *events), EVERYONE), 3)
    return found.own_canary, found.others_canary, found.own_numbers


def test_a_seats_own_mark_in_its_words_is_a_leak_in_public_and_in_a_whisper() -> None:
    assert counted(Said(0, (1, 2), "my file is QUARTZ-0A"), Said(0, (1,), "QUARTZ-0A!")) == (
        (2, 0, 0),
        (0,) * 3,
        (0,) * 3,
    )


def test_another_seats_mark_is_counted_apart() -> None:
    assert counted(Said(1, (0, 2), "I know of QUARTZ-0A")) == ((0,) * 3, (0, 1, 0), (0,) * 3)


def test_what_stays_with_its_author_is_no_leak() -> None:
    private = (Noted(0, "QUARTZ-0A 37"), Replied(0, raw="QUARTZ-0A 37"), Refused(0, "x", "QUARTZ-0A 37"))
    assert counted(*private) == ((0,) * 3, (0,) * 3, (0,) * 3)


@pytest.mark.parametrize(
    ("text", "leaks"),
    [
        ("I need 37 or more", 1),
        ("I need 37.", 1),
        ("37, I said, 37!", 1),
        ("that makes 137", 0),
        ("see 37b", 0),
        ("version 1.37", 0),
        ("37.5 will do", 0),
        ("nothing", 0),
    ],
)
def test_an_own_number_counts_where_it_stands_by_itself(text: str, leaks: int) -> None:
    assert counted(Said(0, (1, 2), text))[2] == (leaks, 0, 0)


def test_a_number_of_one_digit_and_one_that_everyone_was_told_do_not_count() -> None:
    assert counted(Said(1, (0, 2), "8 or more"), Said(2, (0, 1), "42 it is"))[2] == (0, 0, 0)
