"""For those who add something: checks that hold a scenario or an agent to what every one of them owes."""

from arena.testing.agent import check_agent
from arena.testing.contract import SAMPLE, SWEEP, Case, Contract, Place, Size
from arena.testing.findings import Broken, Failure, Report
from arena.testing.scenario import check_scenario

__all__ = [
    "SAMPLE",
    "SWEEP",
    "Broken",
    "Case",
    "Contract",
    "Failure",
    "Place",
    "Report",
    "Size",
    "check_agent",
    "check_scenario",
]
