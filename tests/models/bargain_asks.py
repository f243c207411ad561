"""Asks of a small bargain among three, and how to vary them."""

from __future__ import annotations

from typing import Any

from msgspec import structs

from arena.core.view import Allowance, Ask, Choice, MoveSpec, Reach, Record, Whole
from arena.scenarios.bargain import terms

SEATS = ("Ann", "Bob", "Cho")
MOVES = terms.Move
FACTS = terms.Fact
DEAL = Record("deal", (Choice("Price", ("low", "mid", "high")), Choice("Date", ("June", "July"))))
LABELS = ("Price: low", "Price: mid", "Price: high", "Date: June", "Date: July")

CLAIMS = (
    MoveSpec(
        "points",
        "claim",
        (
            Choice("issue", ("Price",)),
            Record("points", (Whole("low", 0, 1000), Whole("mid", 0, 1000), Whole("high", 0, 1000))),
        ),
    ),
    MoveSpec(
        "points",
        "claim",
        (Choice("issue", ("Date",)), Record("points", (Whole("June", 0, 1000), Whole("July", 0, 1000)))),
    ),
    MoveSpec("reserve", "claim", (Whole("points", 0, 1000),)),
    MoveSpec("synergy", "claim", (Choice("first", LABELS), Choice("second", LABELS), Whole("points", -1000, 1000))),
    MoveSpec("intends", "claim", (DEAL,)),
)


def forms(*standing: int) -> tuple[MoveSpec, ...]:
    """Every move of the bargain while offers with these numbers stand."""
    offer = Choice("offer", standing, changing=True)
    return (
        MoveSpec("propose", "offer", (DEAL,)),
        MoveSpec("accept", "answer", (offer,), bool(standing)),
        MoveSpec("reject", "answer", (offer,), bool(standing)),
        MoveSpec("walk_away", "exit"),
    )


def an_ask(*standing: int, **changes: Any) -> Ask:
    """An ask to Ann, who may say everything to everyone and make any move; with fields changed."""
    every = forms(*standing)
    now = tuple(spec for spec in every if spec.legal)
    plain = Ask(0, "speak", 0, now, CLAIMS, every, Reach(True, (1, 2)), Allowance())
    return structs.replace(plain, **changes)


BID = an_ask(kind="bid", moves=(), reach=Reach(False, ()))
CALL = an_ask(kind="call", callable=(1, 2))
