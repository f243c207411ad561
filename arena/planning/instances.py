"""Instances: a scenario dealt from a seed, fit for its meeting, with its certificate."""

from __future__ import annotations

import msgspec
from msgspec import Struct

from arena.configs.resolve import Entry, Resolved, convert_params
from arena.core.draw import Draw
from arena.core.events import address
from arena.core.game import Game
from arena.core.table import blank, evolve
from arena.core.task import Reference, Task
from arena.errors import ConfigError, Mistake
from arena.moderators.agenda import opening
from arena.moderators.fit import check_fit
from arena.moderators.playout import certify
from arena.prompting import Prompter
from arena.transcripts.header import Header

KEPT = 4  # matches of one instance stand together in a plan


class Instance(Struct, frozen=True):
    """A dealt game, its task as a header holds it, its certificate."""

    game: Game
    task: msgspec.Raw
    reference: Reference


class Instances:
    """Deals the instances of a configuration, each once for all matches that follow one another in it."""

    def __init__(self, resolved: Resolved) -> None:
        self.resolved = resolved
        self._kept: dict[tuple[int, int], Instance] = {}
        self._prompts: dict[int, dict[str, str]] = {}

    def of(self, entry: int, seed: int) -> Instance:
        """The instance of an entry's scenario from a seed. Raises BadParams, Unfit and TooLarge."""
        found = self._kept.get((entry, seed))
        if found is None:
            game = deal(self.resolved.entries[entry], seed, self.resolved.config.salt)
            found = Instance(game, msgspec.Raw(msgspec.json.encode(game.task)), certificate(game))
            while len(self._kept) >= KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[entry, seed] = found
        return found

    def prompts(self, entry: int) -> dict[str, str]:
        """The hashes of the templates by which the models of an entry are prompted. Raises BadTemplate."""
        if entry not in self._prompts:
            about = self.resolved.entries[entry]
            self._prompts[entry] = Prompter(about.scenario.name, about.meeting).hashes()
        return self._prompts[entry]


def deal(entry: Entry, seed: int, salt: str) -> Game:
    """The dealt game of a seed, fit for its meeting. Raises BadParams and Unfit."""
    root = Draw.root(seed, salt)
    task: Task = entry.scenario.deal(entry.params, root.at("deal"))
    game = Game(entry.scenario, task, root, tuple(range(len(task.seats))))
    check_fit(entry.meeting, game)
    return game


def certificate(game: Game) -> Reference:
    """The optimum and the floors of a dealt game, before anyone has spoken."""
    opened = evolve(blank(game), address(opening(blank(game)).events, game.everyone))
    return certify(opened)


def dealt(header: Header) -> tuple[Task, Reference]:
    """The task and the certificate that a header's seed and parameters give. Raises UsageError."""
    scenario = header.game().scenario
    found: list[Mistake] = []
    params = convert_params(scenario, header.params, "params", found)
    if found:
        raise ConfigError(found, "the header")
    root = Draw(bytes.fromhex(header.key))
    task: Task = scenario.deal(params, root.at("deal"))
    return task, certificate(Game(scenario, task, root, tuple(range(len(task.seats)))))
