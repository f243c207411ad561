"""Every kind of meeting that a test over "every moderator" goes through, for three seats or more."""

from __future__ import annotations

from arena.moderators.channels import Chain, Public, Ring, Silent, Star, Teams
from arena.moderators.limits import Limits
from arena.moderators.meeting import Meeting
from arena.moderators.turns import (
    AlternatingOffers,
    BidForFloor,
    ChairCalls,
    RandomOrder,
    Recorded,
    RoundRobin,
    Simultaneous,
)

WHISPERS = Public(whispers=True)

TURNS = {
    "round robin": RoundRobin(),
    "random": RandomOrder(),
    "simultaneous": Simultaneous(),
    "chair calls": ChairCalls(1),
    "bid for the floor": BidForFloor(),
    "recorded": Recorded(((1, 0, 0, 2), (2,), (0, 1, 2))),
}
CHANNELS = {
    "public": Public(),
    "whispers": WHISPERS,
    "star": Star(1),
    "chain": Chain(),
    "ring": Ring(),
    "teams": Teams(((0, 2),), public=True),
    "closed teams": Teams(((0, 1),)),
    "silent": Silent(),
}

MEETINGS: dict[str, Meeting] = {
    **{name: Meeting(turns=turns, channel=WHISPERS) for name, turns in TURNS.items()},
    **{f"{name} channel": Meeting(channel=channel) for name, channel in CHANNELS.items()},
    "tight limits": Meeting(channel=WHISPERS, limits=Limits(messages=3, characters=60, total=90), refusals=1),
    "no second chance": Meeting(channel=WHISPERS, refusals=0),
    "two turns of talk": Meeting(talk=2),
    "bids and star": Meeting(turns=BidForFloor(), channel=Star(0)),
    "simultaneous whispers, tight": Meeting(turns=Simultaneous(), channel=WHISPERS, limits=Limits(messages=2)),
}
MEETINGS |= {
    "board": Meeting(memory="board"),
    "notes and board, all at once": Meeting(Simultaneous(), WHISPERS, Limits(board=60), memory="both"),
    "no memory": Meeting(channel=WHISPERS, memory="none"),
}
OFFERS: dict[str, Meeting] = {"alternating offers": Meeting(turns=AlternatingOffers(), channel=WHISPERS)}
