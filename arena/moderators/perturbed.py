"""Whether what is to befall a meeting can befall this game: in words, what speaks against it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from arena.core.events import address
from arena.core.game import Game
from arena.core.protocol import Shocked
from arena.core.table import blank, evolve
from arena.moderators.agenda import opening
from arena.moderators.perturbations import Dropout, Newcomer, Noise, Perturbation, Shock, Strike, named


def against(perturb: Sequence[Perturbation], game: Game, cap: int | None, silent: bool) -> Iterator[str]:
    """Every reason; `cap` is the meeting's own on rounds, `silent` whether nobody can send messages in it."""
    counts = Counter(_place(each) for each in perturb)
    yield from (f"{what} is declared {times} times; once is enough" for what, times in counts.items() if times > 1)
    for each in perturb:
        if isinstance(each, Noise):
            yield from _noise(each, silent)
            continue
        yield from _when(each, game, cap)
        yield from _where(each, perturb, game)
    gone = {each.seat for each in perturb if isinstance(each, Dropout)}
    relieved = {each.seat for each in perturb if isinstance(each, Newcomer)}
    if gone and not set(game.everyone) - (gone - relieved):
        yield "dropout: every seat would fall silent; leave one that does not"


def _place(each: Perturbation) -> str:
    """What may happen once only."""
    if isinstance(each, Noise):
        return "perturb: noise"
    where = f"in round {each.round}" if isinstance(each, Shock) else f"of seat {each.seat}"
    return f"perturb: {named(each)} {where}"


def _noise(noise: Noise, silent: bool) -> Iterator[str]:
    if not 0 <= noise.rate <= 1:
        yield f"noise: a rate of {noise.rate:g} is no probability; write one from 0 to 1"
    if noise.delay < 0:
        yield f"noise: a delay of {noise.delay} rounds is below 0; with 0, what goes astray is lost"
    if silent:
        yield "noise: nobody can send messages in this meeting; leave it out"


def _when(each: Strike, game: Game, cap: int | None) -> Iterator[str]:
    last = min([most for most in (game.task.rounds, cap) if most is not None], default=None)
    if each.round < 1 or (last is not None and each.round > last):
        until = "from 1 on" if last is None else f"1 to {last}"
        yield f"{named(each)}: there is no round {each.round}; the rounds are {until}"


def _where(each: Strike, perturb: Sequence[Perturbation], game: Game) -> Iterator[str]:
    if isinstance(each, Shock):
        if not isinstance(game.scenario, Shocked):
            yield f"shock: {game.scenario.name} has none; leave it out"
        elif not _changes(game.scenario, each, game):
            yield f"shock: nothing in this {game.scenario.name} can change; leave it out"
        return
    if each.seat not in game.everyone:
        yield f"{named(each)}: there is no seat {each.seat}; the seats are 0 to {len(game.everyone) - 1}"
    if isinstance(each, Dropout | Newcomer):
        return
    gone = [d.round for d in perturb if isinstance(d, Dropout) and d.seat == each.seat and d.round <= each.round]
    back = [n for n in perturb if isinstance(n, Newcomer) and n.seat == each.seat and n.round <= each.round]
    if gone and not [n for n in back if n.round >= gone[0]]:
        yield f"{named(each)}: seat {each.seat} has fallen silent by round {each.round}"


def _changes(scenario: Shocked, each: Shock, game: Game) -> bool:
    """Whether this shock, were the game just dealt, would change anything."""
    opened = evolve(blank(game), address(opening(blank(game)).events, game.everyone))
    return bool(scenario.shock(opened.world, game.draw.at("shock", each.round)))
