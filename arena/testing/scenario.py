"""Checks a scenario: everything that a family owes, with the evidence for what does not hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from arena.core.protocol import AnyScenario
from arena.testing import bounds, cutting, dealing, fairness, interference, refusing, rendering, secrecy
from arena.testing.agent import legal_policies
from arena.testing.contract import SAMPLE, Contract, Size
from arena.testing.findings import Failure, Report
from arena.testing.trial import Trial

Check = Callable[[Trial], Iterator[Failure]]
CHECKS: Final[dict[str, Check]] = {
    "parameters": dealing.parameters,
    "a seed deals the same": dealing.deals,
    "the codec": dealing.codec,
    "a match twice": dealing.replays,
    "canaries": secrecy.canaries,
    "a seat's own events": secrecy.own_events,
    "non-interference": interference.noninterference,
    "resume at every cut": cutting.resumes,
    "outcome at every cut": cutting.outcomes,
    "evolve on any subset": cutting.worlds,
    "solve at every cut": cutting.solutions,
    "shocks": cutting.shocks,
    "templates": rendering.renders,
    "floors": bounds.floors,
    "scripted teams": bounds.teams,
    "scripted agents": legal_policies,
    "places": fairness.places,
    "positional policies": fairness.positions,
    "reasons": refusing.reasons,
    "forfeits": refusing.forfeits,
}


def check_scenario(scenario: AnyScenario, contract: Contract | None = None, size: Size = SAMPLE) -> Report:
    """Hold a scenario to what every family owes, and to its own contract.

    contract: its cases, impossible parameters, reasons and places; without one, the defaults are all there is. size:
    `SAMPLE` takes seconds, `SWEEP` minutes to hours. Returns what was looked at. Raises Broken, an AssertionError, with
    every failure and its evidence.
    """
    trial = Trial(scenario, contract or Contract(), size)
    report = Report(scenario.name, looked=trial.looked)
    for name, check in CHECKS.items():
        report.take(name, lambda check=check: check(trial))  # type: ignore[misc]
    return report.settle()
