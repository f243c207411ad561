"""The rational deals of an additive space as an integer program, for spaces too large to enumerate."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from arena.errors import ArenaError
from arena.solutions.space import Floats, Indices
from arena.solutions.tolerance import TOLERANCE

Deal = tuple[int, ...]  # an option's index per issue


@dataclass(frozen=True)
class Found:
    """A rational deal, and the objective that it attains."""

    deal: Deal
    value: float


@dataclass(frozen=True, eq=False)
class DealProgram:
    """One 0/1 variable for each option, one option chosen for each issue, nobody below d.

    options (all options, parties): the points of each, issue after issue; issue_of (all options,); disagreement
    (parties,).
    """

    options: Floats
    issue_of: Indices
    disagreement: Floats

    @classmethod
    def of(cls, points: Sequence[Floats], disagreement: Floats) -> DealProgram:
        """From points[k] (options_k, parties) per issue. Raises ValueError where shapes do not fit."""
        tables = [np.asarray(table, dtype=np.float64) for table in points]
        least = np.asarray(disagreement, dtype=np.float64)
        if not tables or any(table.ndim != 2 or not len(table) or table.shape[1:] != least.shape for table in tables):
            found = ", ".join(str(table.shape) for table in tables) or "no issue"
            raise ValueError(
                f"points are {found} for {least.shape} thresholds; expected (options, parties) for each issue"
            )
        return cls(np.concatenate(tables), np.repeat(np.arange(len(tables)), [len(table) for table in tables]), least)

    @property
    def parties(self) -> int:
        return len(self.disagreement)

    @property
    def issues(self) -> int:
        return int(self.issue_of[-1]) + 1

    def utilities(self, deal: Deal) -> Floats:
        """u (parties,) of a deal, summed from the first issue to the last."""
        starts = np.searchsorted(self.issue_of, np.arange(self.issues))
        return np.asarray(np.sum([self.options[start + o] for start, o in zip(starts, deal, strict=True)], axis=0))

    def gains(self, deal: Deal) -> Floats:
        return self.utilities(deal) - self.disagreement

    def gain_rows(self, parties: Iterable[int]) -> Floats:
        """g_i as a linear form for each of the parties: its points of every option, and -d_i last."""
        chosen = list(parties)
        return np.column_stack([self.options.T[chosen], -self.disagreement[chosen]])

    def any_deal(self) -> Deal:
        """Some rational deal; call it where there is one."""
        found = self.best(np.zeros(len(self.options)))
        assert found is not None, "somebody's best deal was rational"
        return found.deal

    def best(self, objective: Floats, limits: Floats | None = None, *, lowest: float = 0.0) -> Found | None:
        """A rational deal of the largest objective, None where no deal is rational.

        objective: a number for each option, and for each further variable, which is continuous and at least `lowest`;
        limits (rows, those and 1): coefficients, and in the last column what they may add up to. The solver lets a
        threshold be missed by up to 1e-6; a deal that misses it by more than our tolerance is cut off and the rest
        solved again. Raises ArenaError where the solver gives up.
        """
        from scipy.optimize import Bounds, LinearConstraint, milp

        count, more = len(self.options), len(objective) - len(self.options)
        one_each = (self.issue_of == np.arange(self.issues)[:, None]).astype(float)
        rows = [
            LinearConstraint(_widened(one_each, more), 1, 1),
            LinearConstraint(_widened(self.options.T, more), self.disagreement, np.inf),
        ]
        if limits is not None:
            rows.append(LinearConstraint(limits[:, :-1], -np.inf, limits[:, -1]))
        bounds = Bounds(
            np.append(np.zeros(count), np.full(more, lowest)), np.append(np.ones(count), np.full(more, np.inf))
        )
        whole = np.append(np.ones(count), np.zeros(more))
        while True:
            result = milp(-objective, integrality=whole, bounds=bounds, constraints=rows, options={"mip_rel_gap": 0})
            if result.status == 2:  # infeasible
                return None
            if result.x is None:
                raise ArenaError(f"the solver gave up on {self.issues} issues: {result.message}; use fewer or smaller")
            chosen = result.x[:count] > 0.5
            if (self.options[chosen].sum(axis=0) >= self.disagreement - TOLERANCE).all():
                options = [int(np.flatnonzero(chosen[self.issue_of == issue])[0]) for issue in range(self.issues)]
                return Found(tuple(options), float(-result.fun))
            cut = _widened(chosen.astype(float)[None, :], more)
            rows.append(LinearConstraint(cut, -np.inf, self.issues - 1))


def _widened(rows: Floats, more: int) -> Floats:
    """The rows with so many variables more, which do not count in them."""
    return np.column_stack([rows, np.zeros((len(rows), more))])
