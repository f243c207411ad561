"""Families with one thing wrong, to see that the checks see it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from arena.core.protocol import AnyScenario
from arena.scenarios.commons.rules import SCENARIO as COMMONS
from arena.scenarios.dilemma.rules import SCENARIO as DILEMMA
from arena.testing import Case, Contract, Size
from arena.testing.scenario import CHECKS
from arena.testing.trial import Trial

SMALL = Size(meetings=1, instances=2, suite=60, fuzzed=3, solved=5, struck=1)
CASES = Contract(cases=(Case({"seats": 3, "rate": 3.0, "rounds": 6, "goals": 2}),))


def commons(**changes: Any) -> AnyScenario:
    """A commons in which something is different."""
    return _changed(COMMONS, changes)


def dilemma(**changes: Any) -> AnyScenario:
    """A dilemma in which something is different."""
    return _changed(DILEMMA, changes)


def _changed(scenario: AnyScenario, changes: dict[str, Any]) -> Any:
    whole = {name: getattr(scenario, name) for name in dir(scenario) if not name.startswith("_")}
    return SimpleNamespace(**(whole | changes))


def after(method: Callable[..., Any], change: Callable[[Any], Any]) -> Callable[..., Any]:
    """The method, with something done to what it gives."""
    return lambda *args: change(method(*args))


def but(contract: Contract = CASES, **changes: Any) -> Contract:
    """The contract, something of it different."""
    return replace(contract, **changes)


def failures(check: str, scenario: AnyScenario, contract: Contract = CASES, size: Size = SMALL) -> set[str]:
    """The names of the failures that one check finds; that of an exception is the exception's."""
    trial = Trial(scenario, contract, size)
    try:
        return {failure.check for failure in CHECKS[check](trial)}
    except Exception as error:  # noqa: BLE001 (what the report would take for a failure)
        return {type(error).__name__}
