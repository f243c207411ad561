"""One scenario under examination: the games that are dealt of it, the matches that are played, what is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib.util import find_spec
from itertools import count
from math import gcd
from typing import Any, Final

from msgspec import structs

from arena.agents.scripted import Scripted
from arena.core.draw import Draw
from arena.core.game import Game
from arena.core.protocol import AnyScenario
from arena.core.table import Table
from arena.core.view import Agent
from arena.moderators.fit import misfits
from arena.moderators.meeting import Meeting
from arena.scripting import policies
from arena.testing.anyone import Anyone
from arena.testing.contract import Case, Contract, Size
from arena.testing.forgetting import forgetful
from arena.testing.fumbling import Fuzzer
from arena.testing.meetings import fitting, perturbed
from arena.testing.playing import Function, Memory, run, tables

ROUNDS: Final = 2  # of a match that is looked at cut by cut
ENDLESS: Final = 20_000  # asks after which a match is taken to have no end


@dataclass(frozen=True)
class Held:
    """A match that was played: the table at every cut (the empty one first), and how to seat its agents again."""

    where: str
    case: Case
    meeting: Meeting
    cuts: Sequence[Table]
    lines: Sequence[Any]
    agents: Callable[[], list[Agent]]

    @property
    def game(self) -> Game:
        return self.cuts[0].game


@dataclass
class Trial:
    """What the checks of a scenario share. Games are dealt once, by fixed seeds."""

    scenario: AnyScenario
    contract: Contract
    size: Size
    looked: Counter[str] = field(default_factory=Counter)
    _dealt: dict[tuple[str, int], Game] = field(default_factory=dict)

    def game(self, params: Mapping[str, Any], seed: int) -> Game:
        """The game that a seed deals."""
        key = repr(sorted(params.items())), seed
        if key not in self._dealt:
            self._dealt[key] = deal(self.scenario, params, seed)
            self.looked["games"] += 1
        return self._dealt[key]

    @cached_property
    def policies(self) -> dict[str, policies.Policy]:
        """The scripted agents that come with the family, by name."""
        return scripted(self.scenario.name)

    def team(self, names: Sequence[str], draw: Draw) -> list[Agent]:
        """Scripted agents, one a seat."""
        return [Scripted(self.policies[name], draw) for name in names]

    @cached_property
    def held(self) -> tuple[Held, ...]:
        """Matches of every case, in meetings that the cases share out; in them sit people who fumble and forget."""
        return tuple(self._shared_out(fitting, self.size.meetings))

    @cached_property
    def struck(self) -> tuple[Held, ...]:
        """Matches of every case that something befalls; the kinds are shared out as meetings are."""
        found = tuple(self._shared_out(perturbed, self.size.struck))
        self.looked["perturbed matches"] += len(found)
        return found

    def _shared_out(self, kinds: Callable[[Game], Mapping[str, Meeting]], each: int) -> Iterator[Held]:
        turn = count()
        for index, case in enumerate(self.contract.cases):
            game = self.game(case.params, index)
            meetings = [item for item in kinds(game).items() if not any(misfits(short(item[1]), game))]
            step = next(step for step in count(7) if gcd(step, max(len(meetings), 1)) == 1)
            for _ in range(min(each, len(meetings))):
                name, meeting = meetings[step * next(turn) % len(meetings)]
                yield self.hold(case, game, name, short(meeting))

    def hold(self, case: Case, game: Game, name: str, meeting: Meeting) -> Held:
        """A match: the first seat plays as anyone, the second fumbles, from the third on they forget as well."""
        draw = game.draw.at("contract")
        fuzzer = Fuzzer(game.scenario, draw.at("fuzzer"), self.contract.tries)
        anyone = Anyone(game.scenario, draw.at("anyone"))
        answers = (anyone, fuzzer, forgetful(anyone), forgetful(fuzzer, 3))

        def agents() -> list[Agent]:
            return [Function(answers[seat % len(answers)]) for seat in game.everyone]

        end, memory = self.play(game, meeting, agents())
        self.looked["rounds"] += end.round
        self.looked["cuts"] += len(memory.lines) + 1
        return Held(f"{case}; {name}", case, meeting, tables(game, memory.lines), memory.lines, agents)

    def play(
        self, game: Game, meeting: Meeting, agents: Sequence[Agent], table: Table | None = None, lines: Any = ()
    ) -> tuple[Table, Memory]:
        """Play to the end. Raises RuntimeError where the match does not end, or halts."""
        asked = count(1)
        end, memory = run(game, meeting, agents, table, Memory(lines), stop=lambda: next(asked) > ENDLESS)
        self.looked["matches"] += 1
        if end.halted is not None:
            raise RuntimeError(f"the match halted: {end.halted}")
        if end.closed is None:
            raise RuntimeError(f"the match did not end within {ENDLESS:,} asks")
        return end, memory


def deal(scenario: AnyScenario, params: Mapping[str, Any], seed: int) -> Game:
    """A game as a run deals it."""
    root = Draw.root(seed, "contract")
    task = scenario.deal(scenario.params_type(**params), root.at("deal"))
    return Game(scenario, task, root, tuple(range(len(task.seats))))


def short(meeting: Meeting) -> Meeting:
    """The same meeting, over after a few rounds."""
    return structs.replace(meeting, limits=structs.replace(meeting.limits, rounds=ROUNDS))


def scripted(family: str) -> dict[str, policies.Policy]:
    """The policies of a family that ships with Arena; none for any other."""
    package = f"arena.scenarios.{family}.policies"
    folder = find_spec(f"arena.scenarios.{family}") if family.isidentifier() else None
    if folder is None or folder.submodule_search_locations is None or find_spec(package) is None:
        return {}
    return {name: policies.find(package, name) for name in policies.names(package)}
