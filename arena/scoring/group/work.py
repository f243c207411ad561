"""How a group shared out its work (measures, section 3)."""

from __future__ import annotations

from math import log, nan
from typing import Any

from arena.accounts.work import Work
from arena.scoring.group.labour import adjusted_mutual_information, entropy


def shared(account: Work) -> dict[str, Any]:
    """The set of shared work.

    `redundancy`: see `redundancy`. `division_of_labour`: the adjusted mutual information between seat and kind of task,
    a round of work each; NaN where all is of one seat or of one kind. `load_entropy`: the entropy of the seats' rounds
    of work over log n, in [0, 1], 1 where all have worked alike; NaN without any work. `idle_time`: the share of all
    seats' rounds in which nothing was done, in [0, 1]; NaN before the first; `idle`: such rounds, one entry a seat.
    `conflicts`: rounds of work lost because several took up the same task at once. `handovers`: how often a task was
    handed over. `worked`: rounds of work, one entry a seat.
    """
    loads = tuple([len(units) for units in account.units])
    seats, kinds = len(loads), range(max(account.kinds, default=-1) + 1)
    of_kind = [[sum(account.kinds[task] == kind for task, _ in units) for kind in kinds] for units in account.units]
    time = seats * account.rounds
    return {
        "redundancy": redundancy(account),
        "division_of_labour": adjusted_mutual_information(of_kind),
        "load_entropy": entropy(loads) / log(seats) + 0.0 if seats > 1 else nan,
        "idle_time": sum(account.idle) / time if time else nan,
        "conflicts": account.clashes,
        "handovers": account.handed,
        "worked": loads,
        "idle": account.idle,
    }


def redundancy(account: Work) -> float:
    """1 - |union| / the sum of the seats' sets of rounds of work, in [0, 1 - 1/n]; NaN without any work.

    A round of work is told by its task and its place in it, so that one who begins anew what another has in hand does
    the same again.
    """
    sets = [set(units) for units in account.units]
    total = sum([len(units) for units in sets])
    return 1 - len(set[tuple[int, int]]().union(*sets)) / total if total else nan
