"""What a workshop is measured against: the shortest schedule, and what comes of it without a plan, by chance, alone."""

from __future__ import annotations

from arena.core.task import Estimate, Reference
from arena.core.view import World
from arena.scenarios.workshop.project import floor, project
from arena.scenarios.workshop.terms import Shop
from arena.solutions.scheduling import shortest
from arena.solutions.shopfloor import done
from arena.solutions.unplanned import Profile, alone, blindly, playouts, quietly


def solve(w: World[Shop]) -> Reference:
    """V*, V_hind and the floors of a workshop from where it stands, the rounds gone included.

    best: less the rounds of the shortest schedule of what is left, at most H; `exact` where the schedule that was found
    meets its bound, else `bound`, and best is less the bound. Nothing that is still to be drawn matters to one who
    plans, so hind is the same. silent, random: 64 playouts each, with the dice of seeds 0 to 63. solo: the best seat
    alone, exact; -H where nobody can. Before anything was dealt, all is 0.
    """
    rules, bench = w.common.rules, w.common.bench
    if rules is None or bench is None:
        return Reference(0.0, 0.0, {"silent": Estimate(0.0)}, "silent", "exact")
    gone, now, todo = len(w.common.deeds), floor(bench), project(w)
    left = rules.rounds - gone
    if done(now) or left <= 0:
        stands = Estimate(-float(gone if done(now) else rules.rounds))
        return Reference(
            stands.value, stands.value, dict.fromkeys(("silent", "random", "solo"), stands), "silent", "exact"
        )

    made = shortest(todo, now)

    def floor_of(profile: Profile) -> Estimate:
        mean, error = playouts(todo, now, profile, left, marks=(min(made.bound, left), left))
        return Estimate(-(gone + mean), error)

    best = -float(gone + min(made.bound, left))
    floors = {
        "silent": floor_of(quietly),
        "random": floor_of(blindly),
        "solo": Estimate(-float(gone + alone(todo, now, left))),
    }
    return Reference(best, best, floors, "silent", "exact" if made.exact or made.bound >= left else "bound")
