"""The words for how a match ended and what it counts as."""

from __future__ import annotations

ENDINGS = {
    "agreed": "a deal stands",
    "walked away": "those who are left can make no deal",
    "deadline": "the deadline has passed",
    "rounds": "the meeting has had its rounds",
}

STATUS = {
    "agreed": "agreed",
    "no_deal_missed": "no deal, though one was to be had",
    "no_deal_correct": "no deal, and none was to be had",
    "completed": "completed",
    "forfeit": "forfeit",
    "open": "still open",
    "void": "void",
}
