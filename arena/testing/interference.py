"""What one seat holds, tries and keeps to itself changes no byte of what another is shown."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.json import decode, encode
from msgspec.structs import replace

from arena.core.game import Game
from arena.core.view import Agent
from arena.moderators.perturbations import Shock
from arena.testing.anyone import Anyone
from arena.testing.findings import Failure
from arena.testing.forgetting import forgetful, in_private
from arena.testing.playing import Function, tables
from arena.testing.secrecy import marks, secrets
from arena.testing.shown import Shown, changes
from arena.testing.trial import Trial

OTHER = "OTHER-MARK"


def noninterference(trial: Trial) -> Iterator[Failure]:
    """Another's secrets, notes, refusals and summaries change no byte of what a seat is shown.

    What a shock is may depend on any secret, and who is told of it as well, as news from outside does.
    """
    calm = [held for held in trial.struck if not any(isinstance(each, Shock) for each in held.meeting.perturb)]
    for index, held in enumerate([*trial.held, *calm]):
        seat, game, meeting = index % len(held.game.everyone), held.game, held.meeting
        plain = Function(Anyone(game.scenario, game.draw.at("alike")))
        tried = in_private(plain.answer, min(meeting.refusals, 1))
        odd = Function(forgetful(tried) if index % 2 and meeting.refusals > 1 else tried)
        cast: list[Agent] = [odd if s == seat else plain for s in game.everyone]
        one = trial.play(game, meeting, [plain] * len(cast))[1].lines
        other = trial.play(with_secrets(trial, game, seat), meeting, cast)[1].lines
        before, after = tables(game, one), tables(with_secrets(trial, game, seat), other)
        trial.looked["bystanders"] += len(cast) - 1
        for bystander in (s for s in game.everyone if s != seat):
            a, b = changes(before, meeting, bystander), changes(after, meeting, bystander)
            if a != b:
                at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
                where = f"{held.where}; what seat {seat} keeps to itself, as shown to seat {bystander}"
                yield Failure("a secret changes nothing for the others", where, _differs(a, b, at))


def _differs(a: list[Shown], b: list[Shown], at: int) -> str:
    if at >= min(len(a), len(b)):
        return f"{len(a)} changes in what is shown became {len(b)}"
    parts = [part for part in Shown.__struct_fields__ if getattr(a[at], part) != getattr(b[at], part)]
    return f"change {at}: {' and '.join(parts)} differ"


def with_secrets(trial: Trial, game: Game, seat: int) -> Game:
    """The same deal but for a seat's secrets: what the family puts in their place, and in any case other marks."""
    task = game.task if trial.contract.secrets is None else trial.contract.secrets(game.task, seat)
    wire, owned = encode(task), [d for d in secrets(game) if d.to == (seat,)]
    for mark in {mark for d in owned for mark in marks(d.fact)}:
        wire = wire.replace(mark.encode(), OTHER.encode())
    return replace(game, task=decode(wire, type=type(game.task)))
