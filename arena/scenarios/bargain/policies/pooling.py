"""What a planner knows of the whole table: the sheets that have been told, its own too, and who has told none."""

from __future__ import annotations

from msgspec import Struct

from arena.core.events import Seats
from arena.core.view import View
from arena.scenarios.bargain.policies.disclosure import as_told, known_sheets
from arena.scenarios.bargain.policies.history import rejections
from arena.scenarios.bargain.policies.joint import needed, passing, ranking
from arena.scenarios.bargain.policies.own import place
from arena.scenarios.bargain.policies.situation import Situation
from arena.scenarios.bargain.terms import Offer, Sheet
from arena.solutions.space import Indices, Mask


class Pool(Struct, frozen=True):
    """Sheets by seat, the own one as it was told; `told`, whether it was; `missing`, who is present and told none."""

    now: Situation
    sheets: tuple[Sheet, ...]
    told: bool
    missing: Seats

    @property
    def passing(self) -> Mask:
        """The deals that would pass, as far as the pool can tell (deals,)."""
        return passing(self.now.rules, self.sheets, self.now.away)

    @property
    def ranking(self) -> Indices:
        """The deals that would pass, the best for all first."""
        return ranking(self.now.rules, self.sheets, self.now.away)

    def best_open(self) -> Offer | None:
        """Of the open offers that would pass and that the seat agrees to, the best for all."""
        rank = {int(index): k for k, index in enumerate(self.ranking)}
        at = {offer.number: place(self.now.rules, offer.deal) for offer in self.now.open if self.now.agreeable(offer)}
        good = [offer for offer in self.now.open if at.get(offer.number) in rank]
        return min(good, key=lambda offer: rank[at[offer.number]]) if good else None


def pool_of(view: View, now: Situation) -> Pool:
    """The pool as this seat sees it."""
    told = as_told(view, now.rules)
    sheets = {**known_sheets(view, now.rules), now.seat: told or now.sheet}
    missing = tuple(s for s in range(now.rules.seats) if s not in sheets and s not in now.away)
    return Pool(now, tuple(sheets[seat] for seat in sorted(sheets)), told is not None, missing)


def turned_down(view: View, now: Situation) -> set[int]:
    """The deals that cannot pass because of who has rejected them, by index."""
    return {place(now.rules, d) for d, seats in rejections(view).items() if needed(now.rules, seats, now.away)}
