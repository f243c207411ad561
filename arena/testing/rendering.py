"""Words: every template renders in every story, with talk and without, in every phase, for every seat, and afresh."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from arena import assets
from arena.core.events import PhaseOpened
from arena.core.game import Game
from arena.core.recall import view
from arena.core.table import Table
from arena.core.view import Ask, View
from arena.errors import BadParams, BadTemplate
from arena.moderators.channels import Public, Silent
from arena.moderators.meeting import Meeting
from arena.prompting import Prompter
from arena.testing.anyone import Anyone, Given
from arena.testing.contract import Case
from arena.testing.findings import Failure
from arena.testing.forgetting import forgetful
from arena.testing.playing import Function
from arena.testing.trial import Trial, short

MEETINGS = {
    "talk": Meeting(channel=Public(whispers=True), memory="both"),
    "no talk": Meeting(channel=Silent(), memory="none"),
}


def told(trial: Trial, case: Case, some: int | None) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The stories that a case can be told in, one for each template of a setting that fits it, and the parameters.

    some: only the one of this number; None for all.
    """
    if "setting" not in getattr(trial.scenario.params_type, "__struct_fields__", ()):
        yield "no story", case.params
        return
    folder = assets.root("prompts") / "scenarios" / trial.scenario.name / "settings"
    stories = [path.stem for path in sorted(folder.glob("*.j2"))]
    fitting = [story for story in stories if _fits(trial, {**case.params, "setting": story})]
    for story in fitting if some is None else fitting[some % max(len(fitting), 1) :][:1]:
        yield story, {**case.params, "setting": story}


def _fits(trial: Trial, params: Mapping[str, Any]) -> bool:
    try:
        trial.scenario.check(trial.scenario.params_type(**params))
    except BadParams:
        return False
    return True


def renders(trial: Trial) -> Iterator[Failure]:
    """Every prompt of a match renders; a template that asks for what is not there is an error, as everywhere."""
    stories = set[str]()
    for index, case in enumerate(trial.contract.cases):
        some = None if index == 0 or trial.size.every else index
        for story, params in told(trial, case, some):
            stories.add(story)
            for name, meeting in MEETINGS.items():
                trial.looked["stories rendered"] += 1
                yield from _rendered(trial, trial.game(params, index), short(meeting), f"{case}; {story}, {name}")
    if not stories:
        yield Failure("every template renders", trial.scenario.name, "there is no story that fits a case")


def _rendered(trial: Trial, game: Game, meeting: Meeting, where: str) -> Iterator[Failure]:
    """One match in which everybody outgrows their context; every prompt that is asked for is written."""
    prompter, found = Prompter(game.scenario.name, meeting), list[Failure]()
    anyone = Anyone(game.scenario, game.draw.at("rendered"))

    def answer(seen: View, ask: Ask) -> Given:
        here = f"{where}; seat {ask.seat}, ask {ask.nth} ({ask.kind})"
        try:
            prompter.messages(seen, ask)
        except BadTemplate as error:
            found.append(Failure("every template renders", here, str(error)))
        trial.looked["prompts"] += 1
        return anyone(seen, ask)

    end, _ = trial.play(game, meeting, [Function(forgetful(answer)) for _ in game.everyone])
    yield from found
    yield from _whole(game, meeting, end, where)


def _whole(game: Game, meeting: Meeting, end: Table, where: str) -> Iterator[Failure]:
    """Whether all phases came, and whether all of it can be told anew at the end, as to an agent that takes over."""
    phases = {event.name for event in end.seen(0) if isinstance(event, PhaseOpened)}
    missing = sorted({phase.name for phase in game.task.agenda} - phases)
    if end.closed in ("rounds", "deadline") and missing:
        yield Failure("every phase is rendered", where, f"{', '.join(missing)} never came")
    for seat in game.everyone:
        try:
            Prompter(game.scenario.name, meeting).messages(view(end, meeting, seat), meeting.ask(end, seat))
        except BadTemplate as error:
            yield Failure("every template renders", f"{where}; seat {seat}, told anew at the end", str(error))
