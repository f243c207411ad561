"""Whether a meeting and a game go together; found out before anything runs, with what to change."""

from __future__ import annotations

from collections.abc import Iterator

from arena.core.events import address
from arena.core.game import Game
from arena.core.table import blank, evolve
from arena.errors import Unfit
from arena.moderators.agenda import opening
from arena.moderators.channels import Chain, Ring, Silent, Star, Teams
from arena.moderators.limits import BOARD
from arena.moderators.meeting import Meeting
from arena.moderators.perturbations import Dropout, Shock, named
from arena.moderators.perturbed import against
from arena.moderators.turns import AlternatingOffers, ChairCalls, Recorded, RoundRobin


def misfits(meeting: Meeting, game: Game) -> Iterator[str]:
    """Every reason why this meeting cannot hold this game, in words."""
    n = len(game.everyone)
    if meeting.refusals < 0:
        yield f"refusals: {meeting.refusals} is below 0"
    for name, value in (
        ("talk", meeting.talk),
        *((f, getattr(meeting.limits, f)) for f in meeting.limits.__struct_fields__),
    ):
        if value is not None and value < 1:
            yield f"{name}: {value} is below 1; leave it out for no limit"
    if meeting.limits.board != BOARD and meeting.memory not in ("board", "both"):
        yield f"limits: board is {meeting.limits.board}, but memory is {meeting.memory!r}; write memory: board or both"
    yield from _turns(meeting, game, n)
    yield from _channel(meeting, n)
    if meeting.merged:
        known = [named(each) for each in meeting.perturb if not isinstance(each, Shock | Dropout)]
        yield from (f"merged: one agent knows and does all, so there is no {name} in it" for name in known)
    yield from against(meeting.perturb, game, meeting.limits.rounds, isinstance(meeting.channel, Silent))


def _turns(meeting: Meeting, game: Game, n: int) -> Iterator[str]:
    turns, task, scenario = meeting.turns, game.task, game.scenario
    if isinstance(turns, AlternatingOffers):
        opened = evolve(blank(game), address(opening(blank(game)).events, game.everyone))
        roles = {spec.role for spec in scenario.moves(opened.known(0), 0)}
        if not {"offer", "answer"} <= roles:
            yield f"turns: alternating offers needs moves that offer and that answer; {scenario.name} has none"
    if isinstance(turns, ChairCalls) and not 0 <= turns.chair < n:
        yield f"turns: the chair is seat {turns.chair}, but the seats are 0 to {n - 1}"
    if isinstance(turns, Recorded):
        strangers = sorted({seat for order in turns.rounds for seat in order} - set(range(n)))
        if strangers:
            yield f"turns: the recorded order names seats {strangers}, but the seats are 0 to {n - 1}"
        if meeting.talk is not None:
            yield "talk: a recorded order says by itself who speaks how often; leave it out"
    if turns != RoundRobin() and all(phase.together for phase in task.agenda):
        yield f"turns: every phase of {scenario.name} is played together, so an order of turns has no use in it"
    if meeting.talk is not None and not any(phase.talk and not phase.together for phase in task.agenda):
        yield f"talk: {scenario.name} has no phase of talk in turns"


def _channel(meeting: Meeting, n: int) -> Iterator[str]:
    match meeting.channel:
        case Star(hub=hub) if not 0 <= hub < n:
            yield f"channel: the hub is seat {hub}, but the seats are 0 to {n - 1}"
        case Star() | Chain() | Ring() if n < 3:
            yield f"channel: {meeting.channel.__struct_config__.tag} needs at least 3 seats; there are {n}"
        case Teams(teams=teams):
            members = [seat for team in teams for seat in team]
            strangers = sorted(set(members) - set(range(n)))
            if strangers:
                yield f"channel: teams name seats {strangers}, but the seats are 0 to {n - 1}"
            if len(set(members)) != len(members):
                yield "channel: a seat is in two teams"


def check_fit(meeting: Meeting, game: Game) -> None:
    """Raises Unfit with every reason at once."""
    reasons = list(misfits(meeting, game))
    if reasons:
        raise Unfit("this meeting does not fit this game: " + "; ".join(reasons))
