"""The generator: a fresh committee for every seed, secrets included."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from arena.core.draw import Draw
from arena.core.task import Phase, Seat
from arena.dealing.canary import canary
from arena.errors import BadParams
from arena.scenarios.committee.draft import Draft, draft, proved
from arena.scenarios.committee.params import Params, check
from arena.scenarios.committee.settings import SETTINGS, Setting
from arena.scenarios.committee.terms import CommitteeTask, Goal, Item, Rules, Sheet, Stake

VOTE = Phase("vote", talk=False, act="may", together=True)
ATTEMPTS = 2_000


def agenda(talk: int) -> tuple[Phase, ...]:
    """A round: so many turns of talk for each seat, then a ballot."""
    return (Phase("talk", act="no", times=talk), VOTE) if talk else (VOTE,)


def deal(params: Params, draw: Draw) -> CommitteeTask:
    """A dealt committee: facts are drawn until they make a hidden profile; then all is shuffled and named.

    Raises BadParams.
    """
    check(params)
    made = _drawn(params, draw.of("facts"))
    story = draw.of("setting").choice(SETTINGS) if params.setting == "any" else None
    setting = story or next(each for each in SETTINGS if each.name == params.setting)
    options = tuple(draw.of("options").sample(setting.options, params.options))
    names = tuple(draw.of("names").sample(setting.parties, params.seats))
    worst = min(made.pooled())
    rules = Rules(
        setting=setting.name,
        names=names,
        options=options,
        facts=params.options * (params.shared + params.seats * params.unique),
        largest=params.largest,
        voting=params.voting,
        ballots=params.ballots,
        status_quo=worst - draw.of("status quo").randint(1, params.largest),
        chair=draw.of("chair").randrange(params.seats) if params.voting == "chair" else None,
        alignment=params.alignment,
    )
    sheets = tuple(_sheets(made, setting, options, draw))
    stakes, goals = tuple(_stakes(params, rules, draw)), tuple(_goals(params, rules, draw))
    seats = tuple(Seat(name) for name in names)
    return CommitteeTask(seats, agenda(params.talk), params.ballots, rules, sheets, stakes, goals)


def _drawn(params: Params, rng: Random) -> Draft:
    """The first facts by lot that make a hidden profile. Raises BadParams."""
    for _ in range(ATTEMPTS):
        made = draft(params, rng)
        if made is not None and proved(made):
            return made
    raise BadParams(
        f"committee: none of {ATTEMPTS:,} drawn sets of facts is a hidden profile for {params.seats} seats and "
        f"{params.options} options; ask for a higher `largest`, or for more shared or unique facts"
    )


def _sheets(made: Draft, setting: Setting, options: tuple[str, ...], draw: Draw) -> Iterator[Sheet]:
    """What each seat knows, by numbers that tell nothing; the options and the seats in an order by lot."""
    named = draw.of("order").sample(options, len(options))  # option k of the draft is called named[k]
    topics = [draw.of("topics", k).sample(setting.topics, len(setting.topics)) for k in range(len(options))]
    count = sum(map(len, made.shared)) + sum(len(facts) for own in made.unique for facts in own)
    numbers = iter(draw.of("numbers").sample(range(1, count + 1), count))

    def items(facts: tuple[tuple[int, ...], ...]) -> list[Item]:
        return [Item(next(numbers), named[k], topics[k].pop(), amount) for k, own in enumerate(facts) for amount in own]

    known = items(made.shared)
    owns = [items(own) for own in made.unique]
    for seat, place in enumerate(draw.of("seats").sample(range(len(owns)), len(owns))):
        told = sorted([*known, *owns[place]], key=lambda item: item.number)
        yield Sheet(seat, tuple(told), canary(draw, "sheet", seat))


def _stakes(params: Params, rules: Rules, draw: Draw) -> Iterator[Stake]:
    """Stakes in any option, the best one too, so that a stake says nothing about the option."""
    for seat in sorted(draw.of("stakes").sample(range(params.seats), params.stakes)):
        option = draw.of("stake", seat).choice(rules.options)
        yield Stake(seat, option, params.stake, canary(draw, "stake", seat))


def _goals(params: Params, rules: Rules, draw: Draw) -> Iterator[Goal]:
    for seat in sorted(draw.of("goals").sample(range(params.seats), params.goals)):
        rng = draw.of("goal", seat)
        mark = canary(draw, "goal", seat)
        if rng.random() < 0.5 or rules.voting == "chair":  # who has no vote can take no side
            yield Goal(seat, "block", params.goal_bonus, rng.choice(rules.options), mark)
        else:
            yield Goal(seat, "side", params.goal_bonus, canary=mark)
