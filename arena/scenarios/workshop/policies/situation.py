"""How a workshop stands for the seat that is asked: read once from what it knows, for any policy to decide on."""

from __future__ import annotations

from dataclasses import dataclass

from arena.core.view import World
from arena.errors import UsageError
from arena.scenarios.workshop.terms import Bench, Intends, Rules, Shop, Skill
from arena.solutions.interruptible import chain, turned
from arena.solutions.shopfloor import Floor, Hand, Project, held, open_to


@dataclass(frozen=True)
class Situation:
    """What a seat decides on.

    project: with the skills that it believes everyone to have. floors: how it stood before each round, and now.
    skills: its own. intents: the task that each seat has last said it would take up.
    """

    seat: int
    rules: Rules
    project: Project
    floors: tuple[Floor, ...]
    skills: frozenset[int]
    intents: dict[int, int]

    @property
    def floor(self) -> Floor:
        return self.floors[-1]

    @property
    def hand(self) -> Hand | None:
        """What this seat has in hand."""
        return self.floor.hands[self.seat]

    @property
    def stuck(self) -> bool:
        """Whether it has something in hand that it has lost the skill for."""
        return self.hand is not None and self.project.kinds[self.hand[0]] not in self.skills

    @property
    def open(self) -> list[int]:
        """The tasks that it could take up now, those in others' hands included; the ones on which most hangs first."""
        after = chain(turned(self.project.after), self.project.work)
        weight = [own + later for own, later in zip(self.project.work, after, strict=True)]
        return sorted(open_to(self.project, self.floor, self.seat), key=lambda task: -weight[task])

    @property
    def free(self) -> list[int]:
        """The open tasks that are in nobody's hand, in the same order."""
        taken = held(self.floor)
        return [task for task in self.open if task not in taken]

    @property
    def others(self) -> list[int]:
        return [seat for seat in range(len(self.rules.names)) if seat != self.seat]

    def helper(self) -> int:
        """To whom it would give what it has in hand: one who is believed to have the skill, with empty hands if there
        is one."""
        assert self.hand is not None, "nothing to give"
        kind = self.project.kinds[self.hand[0]]
        return min(self.others, key=lambda o: (kind not in self.project.able[o], self.floor.hands[o] is not None, o))


def situation(known: World[Shop], seat: int) -> Situation:
    """The situation that a seat's known world holds. Raises UsageError where it has not been told the rules."""
    now = known.common
    if now.rules is None or now.bench is None:
        raise UsageError("a worker was asked before it was told the tasks; open the match first")
    names = [piece.name for piece in now.rules.pieces]
    intents = {told.seat: names.index(told.fact.task) for part in (known.common, known.own)
               for told in part.claims if isinstance(told.fact, Intends) and told.fact.task in names}  # fmt: skip
    skills = frozenset(next((sheet.skills for sheet in known.own.sheets if sheet.seat == seat), ()))
    kinds, work, after = zip(*[(piece.skill, piece.rounds, piece.after) for piece in now.rules.pieces], strict=True)
    project = Project(kinds, work, after, believed(known, now.rules, seat, skills))
    floors = tuple([_floor(bench) for bench in (*now.benches, now.bench)])
    return Situation(seat, now.rules, project, floors, skills, intents)


def _floor(bench: Bench) -> Floor:
    return Floor(bench.left, bench.hands)


def believed(known: World[Shop], rules: Rules, seat: int, skills: frozenset[int]) -> tuple[frozenset[int], ...]:
    """The skills of each seat as this one believes them: what was claimed, and what was seen.

    A skill that nobody is known to have is taken to be with all who have not said a word of theirs, or else with all
    others: somebody has it.
    """
    able = [set[int]() for _ in rules.names]
    told = set[int]()
    for round_ in known.common.deeds:
        for other, deed in enumerate(round_):
            if deed.what in ("took", "worked", "clashed"):
                able[other].add(rules.pieces[deed.task].skill)
    for part in (known.common, known.own):
        for claim in part.claims:
            if isinstance(claim.fact, Skill) and claim.fact.skill in rules.skills:
                told.add(claim.seat)
                change = able[claim.seat].add if claim.fact.have == "yes" else able[claim.seat].discard
                change(rules.skills.index(claim.fact.skill))
    able[seat] = set(skills)
    others = [other for other in range(len(able)) if other != seat]
    unknown = set(range(len(rules.skills))).difference(*able)
    for other in [o for o in others if o not in told] or others:
        able[other] |= unknown
    return tuple([frozenset(each) for each in able])
