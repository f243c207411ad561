"""An agent that is not pure, not legal or not to be understood does not pass; scripted ones do."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest

from arena.agents.scripted import Scripted
from arena.core.events import Body, Message
from arena.core.view import Ask, View
from arena.moderators.meeting import Meeting
from arena.scenarios.commons.rules import SCENARIO
from arena.scenarios.commons.terms import Harvest
from arena.scripting import policies
from arena.testing import Broken, check_agent
from arena.testing.meetings import MEETINGS
from arena.testing.playing import Answer, Function
from tests.testing.mutants import CASES

PACKAGE = "arena.scenarios.commons.policies"
SOME = {name: MEETINGS[name] for name in ("random", "chair calls", "star channel", "tight limits", "board")}


def broken(answer: Answer) -> set[str]:
    """The names of what is wrong with an agent."""
    with pytest.raises(Broken) as caught:
        check_agent(lambda game: Function(answer), SCENARIO, CASES, SOME)
    return {failure.check for failure in caught.value.report.failures}


@pytest.mark.parametrize("name", policies.names(PACKAGE))
def test_a_scripted_agent_passes(name: str) -> None:
    policy = policies.find(PACKAGE, name)
    looked = check_agent(lambda game: Scripted(policy, game.draw), SCENARIO, CASES, SOME, name).looked
    assert looked["answers"] > 10


def test_an_agent_that_remembers_outside_of_its_notes_is_found() -> None:
    times = count()

    def counting(view: View, ask: Ask) -> Body[Any, Any]:
        return Body(bid=next(times) % 5) if ask.kind == "bid" else Body(notes=f"asked {next(times)} times")

    assert "an agent is pure in (view, ask)" in broken(counting)


def test_an_agent_that_counts_its_calls_only_later_is_found() -> None:
    seen = list[int]()

    def remembering(view: View, ask: Ask) -> Body[Any, Any]:
        seen.append(ask.nth)
        return Body(notes=f"never beyond {max(seen)}") if ask.notes and ask.kind == "speak" else Body()

    assert "an agent is pure in (view, ask)" in broken(remembering)


def test_an_agent_that_breaks_the_rules_is_found_and_told_why() -> None:
    def to_itself(view: View, ask: Ask) -> Body[Any, Any]:
        return Body((Message((view.seat,), "note to self"),))

    assert broken(to_itself) == {"an agent's answers are legal"}


def test_an_agent_is_held_to_every_kind_of_meeting_unless_it_is_meant_for_some() -> None:
    def never_bids(view: View, ask: Ask) -> Body[Any, Any]:
        return Body(call=ask.callable[0] if ask.kind == "call" else None, move=Harvest(0) if ask.must else None)

    plain = {"as usual": Meeting()}
    assert check_agent(lambda game: Function(never_bids), SCENARIO, CASES, plain).looked["answers"] > 10
    with pytest.raises(Broken, match="bid for the floor") as caught:
        check_agent(lambda game: Function(never_bids), SCENARIO, CASES)
    assert all("bid" in failure.where for failure in caught.value.report.failures)


def test_an_agent_that_cannot_be_understood_is_found() -> None:
    assert broken(lambda view, ask: "I would rather not answer in JSON.") == {"an agent's answers can be understood"}


def test_an_agent_that_crashes_is_found() -> None:
    def crashes(view: View, ask: Ask) -> Body[Any, Any]:
        raise ValueError("no idea")

    with pytest.raises(Broken, match="ValueError: no idea"):
        check_agent(lambda game: Function(crashes), SCENARIO, CASES, SOME)
