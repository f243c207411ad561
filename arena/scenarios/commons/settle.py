"""The end of a phase: the catch, rationed where it must be, what is left and what regrows; votes and elections."""

from __future__ import annotations

from collections.abc import Mapping

from arena.core.draw import Draw
from arena.core.events import Disclosed
from arena.core.view import World
from arena.scenarios.commons.forms import elects
from arena.scenarios.commons.growth import after
from arena.scenarios.commons.terms import Catch, Fact, Landed, Manager, Quota, Rules, Season, Waters

Facts = tuple[Disclosed[Fact], ...]


def settle(w: World[Waters], phase: str, draw: Draw) -> Facts:
    """What follows from the moves of a phase, and who is told."""
    rules = w.common.rules
    if rules is None or w.own.fate is None:
        return ()
    match phase:
        case "vote":
            votes = sorted(units for _, units in w.own.votes)
            return to_all(rules, Quota(votes[(len(votes) - 1) // 2])) if votes else ()
        case "elect" if elects(rules, w.common.round):
            return _elected(rules, dict(w.own.ballots), draw)
        case "decree":
            units = dict(w.own.votes).get(w.common.manager) if w.common.manager is not None else None
            return to_all(rules, Quota(units)) if units is not None else ()
        case "harvest":
            return _harvested(w, rules, draw)
    return ()


def ration(asked: Mapping[int, int], stock: int, draw: Draw) -> dict[int, int]:
    """What each seat gets of a stock: what it asked for, or, where that is too much in all, its share by what it asked.

    Shares are rounded down, and what is left goes unit by unit to the largest remainders, ties by lot.
    """
    total = sum(asked.values())
    if total <= stock:
        return dict(asked)
    got = {seat: units * stock // total for seat, units in asked.items()}
    lots = {seat: draw.of("ration", seat).random() for seat in asked}
    first = sorted(asked, key=lambda seat: (-(asked[seat] * stock % total), lots[seat]))
    for seat in first[: stock - sum(got.values())]:
        got[seat] += 1
    return got


def _harvested(w: World[Waters], rules: Rules, draw: Draw) -> Facts:
    fate, now, n = w.own.fate, w.common, len(rules.names)
    assert fate is not None, "a round is settled by one who knows the fate"
    asked = dict.fromkeys(range(n), 0) | dict(w.own.asked)
    got = ration(asked, now.stock, draw)
    left = now.stock - sum(got.values())
    stock = int(after(fate.growth)[left])
    ends = rules.rounds is None and now.round >= fate.rounds
    told: list[Disclosed[Fact]] = [
        Disclosed(Catch(seat, asked[seat], got[seat], _fine(rules, now, got[seat])), (seat,)) for seat in range(n)
    ]
    if rules.monitor == "each":
        told += to_all(rules, Landed(tuple([got[seat] for seat in range(n)])))
    total = None if rules.monitor == "none" else sum(got.values())
    return (*told, *to_all(rules, Season(now.round, total, stock, left < max(fate.growth.threshold, 1), ends)))


def _fine(rules: Rules, now: Waters, units: int) -> float:
    return rules.fine * max(units - now.quota, 0) if now.quota is not None else 0.0


def _elected(rules: Rules, ballots: Mapping[int, str], draw: Draw) -> Facts:
    """Who has the most votes; ties by lot. Where nobody has voted, everyone is tied."""
    count = {name: sum(vote == name for vote in ballots.values()) for name in rules.names}
    most = max(count.values())
    winner = draw.of("manager").choice([seat for seat, name in enumerate(rules.names) if count[name] == most])
    return to_all(rules, Manager(winner))


def to_all(rules: Rules, fact: Fact) -> Facts:
    """A fact that everyone is told."""
    return (Disclosed(fact, tuple(range(len(rules.names)))),)
