"""What a family says of itself so that it can be checked: its cases, its impossible parameters, its refusals."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from arena.core.view import Ask, View

Tries = Callable[[View, Ask, Random], Any]
"""A move that may well be refused, for the seat that is asked; None for none."""


@dataclass(frozen=True)
class Case:
    """Parameters that are played, rendered and cut.

    ceiling: V* is a ceiling for the floors and for every team; False where it cannot know what is to come (a hidden
    horizon, noisy values), and only V_hind is.
    """

    params: Mapping[str, Any] = field(default_factory=dict)
    ceiling: bool = True

    def __str__(self) -> str:
        return ", ".join(f"{name}={value!r}" for name, value in self.params.items()) or "defaults"


@dataclass(frozen=True)
class Place:
    """Where the answer to a dealt task stands, to see that it stands everywhere alike.

    of: from a task to (place from 0, number of places), None where the task has no answer. params: what is dealt.
    """

    of: Callable[[Any], tuple[int, int] | None]
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Contract:
    """What a family promises beyond what every family does.

    cases: the first one is the suite over which positional policies are played. refused: impossible parameters, each
    with the paths of all its mistakes. reasons: the codes of all refusals of the scenario's own; None leaves open
    which there are. tries: moves that reach those which fuzzing does not. secrets: the same task with other secrets of
    a seat, which must show in nothing that the others are shown; without it only the marks are changed. places: by
    name. chance, margin: a positional policy has the best outcome in at most chance + margin of the suite; None leaves
    that open.
    """

    cases: tuple[Case, ...] = (Case(),)
    refused: tuple[tuple[Mapping[str, Any], tuple[str, ...]], ...] = ()
    reasons: frozenset[str] | None = None
    tries: Tries | None = None
    secrets: Callable[[Any, int], Any] | None = None
    places: Mapping[str, Place] = field(default_factory=dict)
    chance: float | None = None
    margin: float = 0.1


@dataclass(frozen=True)
class Size:
    """How far a check goes.

    meetings: kinds of meeting that each case is held in (in turn, so that cases share them out). instances: deals of
    each case that scripted teams play. suite: deals over which places are counted. fuzzed: matches, at most, in which
    refusals are looked for in each case. solved: cuts of a match, evenly, that are solved again, and from which a
    perturbed match is played on. struck: perturbed matches of each case. every: each case in
    every story and every meeting, where else they share them out.
    """

    meetings: int
    instances: int
    suite: int
    fuzzed: int
    solved: int
    struck: int
    every: bool = False


SAMPLE = Size(meetings=2, instances=2, suite=100, fuzzed=8, solved=8, struck=1)
SWEEP = Size(meetings=100, instances=200, suite=500, fuzzed=40, solved=10_000, struck=100, every=True)
