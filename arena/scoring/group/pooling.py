"""How a group pooled what its members knew (measures, section 3)."""

from __future__ import annotations

from math import nan
from typing import Any

from arena.accounts.pooling import Pooling
from arena.solutions.tolerance import TOLERANCE


def pooling(account: Pooling) -> dict[str, Any]:
    """Information pooling, and the truth of what was stated.

    `pooling`: decisive facts stated before the decision, of all, in [0, 1]; NaN where none is decisive. `accuracy`: 1
    where the best option was chosen, else 0 (A_team of this match). `pooling_gain`: (A_team - A_hidden)/(A_full -
    A_hidden), where A_hidden and A_full are the chances that those find it who vote by their own views, and who know
    all; never clipped, NaN where the two are equal (Stasser and Titus 1985; Lu, Yuan and McLeod 2012 for the share of
    unique facts). `facts_stated`, `false_disclosures`, `materially_false`: counts, one entry a seat.
    """
    found, room = float(account.found), account.full - account.hidden
    return {
        "pooling": len(account.stated) / len(account.decisive) if account.decisive else nan,
        "accuracy": found,
        "pooling_gain": (found - account.hidden) / room if abs(room) > TOLERANCE else nan,
        "facts_stated": account.told,
        "false_disclosures": account.untrue,
        "materially_false": account.material,
    }
