"""Checks an agent: pure in (view, ask), legal in every meeting, and still there when its talk is spent."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from msgspec.json import encode

from arena.agents.scripted import Scripted
from arena.core.events import Body
from arena.core.game import Game
from arena.core.protocol import AnyScenario, Refusal
from arena.core.recall import own_table, view
from arena.core.view import Agent, Ask, Reply, View
from arena.core.wire import parse, render
from arena.moderators.meeting import Meeting
from arena.moderators.refusals import judge, judge_move
from arena.runs.called import Called
from arena.scripting.policies import Policy
from arena.testing.anyone import Anyone
from arena.testing.contract import SWEEP, Contract
from arena.testing.findings import Failure, Report, short
from arena.testing.meetings import fitting
from arena.testing.playing import Function
from arena.testing.trial import Trial
from arena.testing.trial import short as soon_over

Make = Callable[[Game], Agent]


class Watched:
    """An agent in a seat, every answer of which is asked for again and judged."""

    def __init__(self, agent: Agent, game: Game, meeting: Meeting, where: str) -> None:
        self._agent, self._game, self._meeting, self._where = agent, game, meeting, where
        self.failures, self.asked = list[Failure](), list[tuple[View, Ask, Reply]]()

    async def reply(self, seen: View, ask: Ask) -> Reply:
        reply = await self._agent.reply(seen, ask)
        self._same(reply, await self._agent.reply(seen, ask), ask, "asked twice, it answers differently")
        own = view(own_table(self._game.public or self._game, list(seen.events)), self._meeting, seen.seat)
        self._same(reply, await self._agent.reply(own, ask), ask, "from a view folded anew, it answers differently")
        self._judged(seen, ask, reply)
        self.asked.append((seen, ask, reply))
        return reply

    async def later(self) -> None:
        """Everything is asked for once more, the last first: what it remembers outside of its view would show."""
        for seen, ask, reply in reversed(self.asked):
            self._same(reply, await self._agent.reply(seen, ask), ask, "asked again later, it answers differently")

    def _same(self, one: Reply, other: Reply, ask: Ask, found: str) -> None:
        if (one.raw, one.body, one.fault) != (other.raw, other.body, other.fault):
            self._fail("an agent is pure in (view, ask)", ask, f"{found}: {short(one.body)}, then {short(other.body)}")

    def _judged(self, seen: View, ask: Ask, reply: Reply) -> None:
        if reply.overflow is not None:
            return
        if reply.body is None:
            why = reply.fault.detail if reply.fault else "no body"
            self._fail("an agent's answers can be understood", ask, why)
            return
        refusal = refused(self._game, seen, ask, reply.body)
        if refusal is not None:
            self._fail("an agent's answers are legal", ask, f"{refusal.code}: {refusal.detail} {short(reply.body)}")
        elif reply.raw == "" and ask.kind != "summarise":
            scenario = self._game.scenario
            wire = render(reply.body, ask, seen.seats)
            if parse(wire, ask, seen.seats, scenario.move_types, scenario.fact_types) != reply.body:
                self._fail("an answer survives the wire", ask, short(encode(wire).decode()))

    def _fail(self, check: str, ask: Ask, found: str) -> None:
        self.failures.append(Failure(check, f"{self._where}; seat {ask.seat}, ask {ask.nth} ({ask.kind})", found))


def refused(game: Game, seen: View, ask: Ask, body: Body[Any, Any]) -> Refusal | None:
    """What a moderator would say to this answer."""
    refusal = judge(ask, game.everyone, body)
    if refusal is not None or body.move is None:
        return refusal
    return game.scenario.refuse(seen.known, seen.seat, body.move) or judge_move(ask, body.move)


def check_agent(
    agent: Make | str,
    scenario: AnyScenario,
    contract: Contract | None = None,
    meetings: Mapping[str, Meeting] | None = None,
    name: str = "",
) -> Report:
    """Hold an agent to the rules of play, alone among people who do anything and in company of its like.

    agent: an async callable of your own as a configuration names it, `file.py:name`; or a function from the dealt game
    to an agent, a fresh one for each match. contract: its cases are what is played. meetings: those that the agent is
    meant for, by name; None for every kind that fits. Returns what was looked at. Raises Broken, an AssertionError,
    with every failure and its evidence.
    """
    trial = Trial(scenario, contract or Contract(), SWEEP)
    name = name or (agent if isinstance(agent, str) else "agent")
    report = Report(f"{name} in {scenario.name}", looked=trial.looked)
    make = (lambda game: Called(agent, game)) if isinstance(agent, str) else agent
    report.take("an agent", lambda: _everywhere(trial, make, name, meetings))
    return report.settle()


def _everywhere(
    trial: Trial, make: Make, name: str, meetings: Mapping[str, Meeting] | None = None
) -> Iterator[Failure]:
    for index, case in enumerate(trial.contract.cases):
        game = trial.game(case.params, index)
        for kind, meeting in (meetings or fitting(game)).items():
            for alone in (True, False):
                yield from _met(trial, make, game, soon_over(meeting), f"{name}; {case}; {kind}", alone)


def legal_policies(trial: Trial) -> Iterator[Failure]:
    """The scripted agents that come with the family are agents that `check_agent` passes; a sample shares out the
    meetings."""
    for offset, (name, policy) in enumerate(trial.policies.items()):
        make = _seating(policy)
        yield from _everywhere(trial, make, name) if trial.size.every else _somewhere(trial, make, name, offset)


def _seating(policy: Policy) -> Make:
    return lambda game: Scripted(policy, game.draw.at("policy"))


def _somewhere(trial: Trial, make: Make, name: str, offset: int) -> Iterator[Failure]:
    """As many meetings of every case as the size says, from the offset on."""
    for index, case in enumerate(trial.contract.cases):
        game = trial.game(case.params, index)
        meetings = list(fitting(game).items())
        step = max(len(meetings) // trial.size.meetings, 1)
        for kind, meeting in meetings[(offset + index) % step :: step]:
            alone = (offset + index) % 2 == 0
            yield from _met(trial, make, game, soon_over(meeting), f"{name}; {case}; {kind}", alone)


def _met(trial: Trial, make: Make, game: Game, meeting: Meeting, where: str, alone: bool) -> Iterator[Failure]:
    anyone = Anyone(game.scenario, game.draw.at("company"))
    sits = {len(where) % len(game.everyone)} if alone else set(game.everyone)
    watched = {seat: Watched(make(game), game, meeting, where) for seat in sits}
    agents: list[Agent] = [watched[seat] if seat in sits else Function(anyone) for seat in game.everyone]
    trial.play(game, meeting, agents)
    for each in watched.values():
        asyncio.run(each.later())
        trial.looked["answers"] += len(each.asked)
        yield from each.failures
