"""Every kind of meeting: turn orders, channels, limits, memory."""

from __future__ import annotations

from typing import Final

from arena.core.game import Game
from arena.moderators.channels import Chain, Channel, Public, Ring, Silent, Star, Teams
from arena.moderators.fit import misfits
from arena.moderators.limits import Limits
from arena.moderators.meeting import Meeting
from arena.moderators.perturbations import Amnesia, Dropout, Newcomer, Noise, Saboteur, Shock
from arena.moderators.turns import (
    AlternatingOffers,
    BidForFloor,
    ChairCalls,
    RandomOrder,
    Recorded,
    RoundRobin,
    Simultaneous,
    Turns,
)

WHISPERS: Final = Public(whispers=True)
TURNS: Final[dict[str, Turns]] = {
    "round robin": RoundRobin(),
    "random": RandomOrder(),
    "simultaneous": Simultaneous(),
    "chair calls": ChairCalls(1),
    "bid for the floor": BidForFloor(),
    "recorded": Recorded(((1, 0, 0, 2), (2,), (0, 1, 2))),
}
CHANNELS: Final[dict[str, Channel]] = {
    "public": Public(),
    "whispers": WHISPERS,
    "star": Star(1),
    "chain": Chain(),
    "ring": Ring(),
    "teams": Teams(((0, 2),), public=True),
    "closed teams": Teams(((0, 1),)),
    "silent": Silent(),
}
MEETINGS: Final[dict[str, Meeting]] = {
    **{name: Meeting(turns=turns, channel=WHISPERS) for name, turns in TURNS.items()},
    **{f"{name} channel": Meeting(channel=channel) for name, channel in CHANNELS.items()},
    "tight limits": Meeting(channel=WHISPERS, limits=Limits(messages=3, characters=60, total=90), refusals=1),
    "no second chance": Meeting(channel=WHISPERS, refusals=0),
    "two turns of talk": Meeting(talk=2),
    "bids and star": Meeting(turns=BidForFloor(), channel=Star(0)),
    "simultaneous whispers, tight": Meeting(turns=Simultaneous(), channel=WHISPERS, limits=Limits(messages=2)),
    "board": Meeting(memory="board"),
    "notes and board, all at once": Meeting(Simultaneous(), WHISPERS, Limits(board=60), memory="both"),
    "no memory": Meeting(channel=WHISPERS, memory="none"),
}
"""For three seats or more, and any game that has talk in turns."""
OFFERS: Final[dict[str, Meeting]] = {"alternating offers": Meeting(turns=AlternatingOffers(), channel=WHISPERS)}
"""For games with moves that offer and moves that answer."""
PERTURBED: Final[dict[str, Meeting]] = {
    "noise": Meeting(channel=WHISPERS, perturb=(Noise(0.6, 1),)),
    "noise among all at once": Meeting(Simultaneous(), WHISPERS, perturb=(Noise(0.5),)),
    "a seat drops out": Meeting(channel=WHISPERS, perturb=(Dropout(1, 2),)),
    "the chair drops out": Meeting(ChairCalls(1), WHISPERS, perturb=(Dropout(1, 2),)),
    "a bidder drops out": Meeting(BidForFloor(), WHISPERS, perturb=(Dropout(0, 1),)),
    "a newcomer": Meeting(channel=WHISPERS, memory="both", perturb=(Newcomer(1, 2, "other"),)),
    "a newcomer to a silent seat": Meeting(perturb=(Dropout(2, 1), Newcomer(2, 2, "other"))),
    "amnesia": Meeting(channel=WHISPERS, limits=Limits(messages=9), perturb=(Amnesia(0, 2),)),
    "a saboteur": Meeting(perturb=(Saboteur(2),)),
    "all of it": Meeting(
        channel=WHISPERS,
        perturb=(Noise(0.4, 2), Saboteur(0, 2), Amnesia(0, 2), Newcomer(1, 2, "other"), Dropout(2, 2)),
    ),
}
"""What may befall any of three seats in two rounds or more."""
SHOCKED: Final[dict[str, Meeting]] = {
    "a shock": Meeting(channel=WHISPERS, perturb=(Shock(1),)),
    "a shock among seats that change": Meeting(
        memory="both", perturb=(Shock(2), Dropout(0, 2), Newcomer(1, 2, "other"))
    ),
}
"""For games that have a shock."""
PAIRS: Final[dict[str, Meeting]] = {"recorded pair": Meeting(turns=Recorded(((1, 0, 0), (0, 1))), channel=WHISPERS)}


def fitting(game: Game) -> dict[str, Meeting]:
    """The meetings that can hold this game, by name."""
    return _fit(game, MEETINGS | OFFERS | (PAIRS if len(game.everyone) == 2 else {}))


def perturbed(game: Game) -> dict[str, Meeting]:
    """What may befall this game, by name."""
    return _fit(game, PERTURBED | SHOCKED)


def _fit(game: Game, meetings: dict[str, Meeting]) -> dict[str, Meeting]:
    return {name: meeting for name, meeting in meetings.items() if not any(misfits(meeting, game))}
