"""What a family deals: sane parameters, the same deal from the same seed, a task that survives the codec."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from msgspec.json import decode, encode

from arena.core.task import Reference
from arena.errors import BadParams
from arena.planning.instances import certificate
from arena.testing.findings import Failure, short
from arena.testing.trial import Trial, deal
from arena.transcripts.codec import event_decoder

SEEDS = range(4)


def parameters(trial: Trial) -> Iterator[Failure]:
    """The defaults and every case pass; impossible ones are refused by `check` and `deal`, each mistake by its path."""
    scenario, check = trial.scenario, "parameters"
    for case in trial.contract.cases:
        try:
            scenario.check(scenario.params_type(**case.params))
        except BadParams as error:
            yield Failure(check, str(case), f"good parameters are refused: {error}")
    for params, paths in trial.contract.refused:
        trial.looked["impossible parameters"] += 1
        where = ", ".join(f"{name}={value!r}" for name, value in params.items())
        for name, ask in (("check", scenario.check), ("deal", lambda p: scenario.deal(p, trial.game({}, 0).draw))):
            try:
                ask(scenario.params_type(**params))
            except BadParams as error:
                found = {mistake.path for mistake in error.mistakes}
                if found != set(paths):
                    yield Failure(check, where, f"{name} names {sorted(found)}, expected {sorted(paths)}")
            else:
                yield Failure(check, where, f"{name} lets impossible parameters pass")


def deals(trial: Trial) -> Iterator[Failure]:
    """A seed deals the same bytes, and has the same certificate; another seed deals another task."""
    for case in trial.contract.cases:
        tasks = set[bytes]()
        for seed in SEEDS:
            game, again = trial.game(case.params, seed), deal(trial.scenario, case.params, seed)
            where = f"{case}; seed {seed}"
            tasks.add(encode(game.task))
            if encode(game.task) != encode(again.task):
                yield Failure("a seed deals the same bytes", where, "dealt twice, the tasks differ")
            if seed == SEEDS[0] and encode(certificate(game)) != encode(certificate(again)):
                yield Failure("a seed has one certificate", where, f"{certificate(game)} and {certificate(again)}")
        if len(tasks) != len(SEEDS):
            yield Failure("another seed deals another task", str(case), f"{len(SEEDS)} seeds, {len(tasks)} tasks")


def codec(trial: Trial) -> Iterator[Failure]:
    """Tasks, certificates and every line of a match come back from JSON as they were, byte for byte."""
    for case in trial.contract.cases:
        game = trial.game(case.params, SEEDS[0])
        reference = certificate(game)
        for what, value, kind in (("task", game.task, type(game.task)), ("certificate", reference, Reference)):
            yield from _through(what, value, kind, str(case))
    decoder = event_decoder(trial.scenario)
    for held in trial.held:
        for cut, line in enumerate(held.lines):
            trial.looked["lines"] += 1
            wire = encode(line)
            read = decoder.decode(wire)
            if read != tuple(line) or encode(read) != wire:
                yield Failure("a line survives the codec", f"{held.where}; line {cut}", short(wire.decode()))


def _through(what: str, value: object, kind: type, where: str) -> Iterator[Failure]:
    wire, check = encode(value), f"the {what} survives the codec"
    try:
        read: object = decode(wire, type=kind)
    except msgspec.MsgspecError as error:
        yield Failure(check, where, str(error))
        return
    if read != value or encode(read) != wire:
        yield Failure(check, where, f"{short(wire.decode())} became {short(encode(read).decode())}")


def replays(trial: Trial) -> Iterator[Failure]:
    """The same match, played twice, has the same lines."""
    for held in trial.held:
        _, memory = trial.play(held.game, held.meeting, held.agents())
        if encode(memory.lines) != encode(held.lines):
            at = next(i for i, (a, b) in enumerate(zip(memory.lines, held.lines, strict=False)) if a != b)
            yield Failure("a match has the same lines twice", held.where, f"line {at} differs")
