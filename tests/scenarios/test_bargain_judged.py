"""A bargain that is judged: offers alone, and at the end the thresholds decide."""

from __future__ import annotations

from typing import Any

import pytest

from arena.core.draw import Draw
from arena.core.events import Body, Disclosed
from arena.core.game import Game
from arena.core.view import Ask, View
from arena.errors import ConfigError
from arena.moderators.limits import Limits
from arena.moderators.meeting import Meeting
from arena.planning.instances import certificate
from arena.prompting import Prompter
from arena.scenarios.bargain import games
from arena.scenarios.bargain.policies import names as policies
from arena.scenarios.bargain.rules import SCENARIO
from arena.scenarios.bargain.terms import Accept, Judged, Propose, Reject, WalkAway
from tests.playing import Function, Memory, run
from tests.scenarios.small_bargains import DRAW, dealt, many, opened, table

# Worth to p0, p1, p2; the thresholds are 5 each.
ROWS = ([9, 9, 0], [5, 5, 5], [9, 4, 9], [9, 0, 0])


def judged(**more: Any) -> dict[str, Any]:
    rows = table(*[list(map(float, row)) for row in ROWS], thresholds=[5, 5, 5], rounds=2)
    return {**rows, "acceptance": "all-but-one", "judged": "p0", **more}


def play(game: dict[str, Any], *offers: tuple[str | None, ...], meeting: Meeting | None = None) -> tuple[Any, Memory]:
    """Each seat makes these offers, one a round; None makes none."""
    dealt_game = Game(SCENARIO, dealt(game), DRAW, (0, 1, 2))

    def seat(mine: tuple[str | None, ...]) -> Function:
        def answer(view: View, ask: Ask) -> Body[Any, Any]:
            label = mine[ask.nth] if ask.nth < len(mine) else None
            return Body(move=None if label is None else Propose((label,)))

        return Function(answer)

    return run(dealt_game, meeting or Meeting(), [seat(each) for each in offers])


def verdicts(memory: Memory) -> list[Judged]:
    return [a.e.fact for line in memory.lines for a in line
            if isinstance(a.e, Disclosed) and isinstance(a.e.fact, Judged)]  # fmt: skip


@pytest.mark.parametrize(
    ("offer", "vetoes", "stands"),
    [
        ("o0", (), True),  # two of three, at or above
        ("o1", (), True),  # at the threshold is enough
        ("o3", (), False),
        ("o0", ("p2",), False),  # p2 has less, and a veto
        ("o2", ("p2",), True),
        ("o2", ("p1",), False),
    ],
)
def test_the_last_offer_of_the_judged_party_stands_by_the_thresholds_of_a_quorum_and_of_all_vetoes(
    offer: str, vetoes: tuple[str, ...], stands: bool
) -> None:
    game = judged()
    for party in vetoes:
        game["parties"][party]["veto"] = True
    found, memory = play(game, ("o3", offer), ("o1", "o1"), ("o2",))
    assert [verdict.stands for verdict in verdicts(memory)] == [stands]
    assert found.closed == ("agreed" if stands else "deadline")
    if stands:
        assert (found.common.agreement.offer.deal, found.common.agreement.completed) == ((offer,), 1)
        assert found.common.agreement.offer.accepted == (0,), "nobody but its author has accepted it"


def test_offers_that_agree_make_no_deal_before_the_end() -> None:
    found, memory = play(judged(), ("o1", None), ("o1", None), ("o1", None))
    assert [len(verdicts(Memory(memory.lines[:-1]))), len(verdicts(memory))] == [0, 1], "with the last line"
    assert [offer.by for offer in found.common.offers] == [0, 1, 2]
    assert (found.round, found.closed) == (2, "agreed")


def test_without_an_offer_of_the_judged_party_there_is_nothing_to_judge() -> None:
    found, memory = play(judged(), (), ("o1",), ("o1",))
    assert verdicts(memory) == []
    assert (found.closed, found.valued.status, found.valued.value) == ("deadline", "no_deal_missed", 0)


def test_a_meeting_that_closes_before_the_last_round_judges_nothing() -> None:
    found, memory = play(judged(), ("o1",), (), (), meeting=Meeting(limits=Limits(rounds=1)))
    assert (verdicts(memory), found.closed) == ([], "rounds")


def test_there_is_nothing_to_accept_and_no_leaving() -> None:
    w = opened(dealt(judged()), 1)
    assert [(spec.kind, spec.legal) for spec in SCENARIO.moves(w, 1)] == [("propose", True)]
    for move in (Accept(1), Reject(1), WalkAway()):
        found, _ = run(
            Game(SCENARIO, dealt(judged()), DRAW, (0, 1, 2)),
            Meeting(refusals=0),
            [Function(lambda view, ask, move=move: Body(move=move))] * 3,  # type: ignore[misc]
        )
        assert len(found.forfeits) == 3
        assert found.common.offers == ()


def test_the_optimum_is_settled_at_the_deadline() -> None:
    game = judged()
    for party in game["parties"].values():
        party["discount"] = 0.5
    at_the_end = certificate(Game(SCENARIO, dealt(game), DRAW, (0, 1, 2)))
    assert certificate(Game(SCENARIO, dealt(judged()), DRAW, (0, 1, 2))).best == 7, "9 + 4 + 9 - 15"
    assert at_the_end.best == 3.5
    assert at_the_end.how == "exact"


def test_the_prompt_says_how_it_is_judged() -> None:
    game = Game(SCENARIO, dealt(judged()), DRAW, (0, 1, 2))
    prompts: list[str] = []

    def answer(view: View, ask: Ask) -> Body[Any, Any]:
        prompts.append("\n".join(m.content for m in Prompter("bargain", Meeting()).messages(view, ask)))
        return Body()

    run(game, Meeting(), [Function(answer)] * 3)
    assert "Nobody accepts or rejects one" in prompts[0]
    assert "your offer that stands then is judged" in prompts[0]
    assert "the offer of p0 that stands then is judged" in prompts[1]
    assert "at least 2 of the 3 of you" in prompts[1]
    assert not any("accept, reject" in prompt or "walk_away: leave" in prompt for prompt in prompts)


@pytest.mark.parametrize("name", policies())
def test_every_scripted_agent_keeps_the_rules_of_a_judged_bargain(name: str) -> None:
    from arena.agents.find import find
    from arena.runs.seating import parser

    game = Game(SCENARIO, dealt(judged(rounds=4)), DRAW, (0, 1, 2))
    agents = [find(name, "bargain", Draw.root(seat, name), parser(game)) for seat in range(3)]
    found, memory = run(game, Meeting(), agents)
    assert found.closed in ("agreed", "deadline")
    kinds = {type(a.e).__name__ for line in memory.lines for a in line}
    assert not kinds & {"Refused", "Forfeited"}


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "judged": (judged(judged="p9"), "found 'p9'; there is: p0, p1, p2"),
    "rounds": (judged(rounds="none"), "found none with a judged offer; expected a deadline"),
}


@pytest.mark.parametrize(("path", "case"), BAD.items(), ids=BAD)
def test_what_cannot_be_judged_is_a_mistake(path: str, case: tuple[dict[str, Any], str]) -> None:
    game, words = case
    with pytest.raises(ConfigError) as error:
        games.task(game, DRAW)
    (mistake,) = error.value.mistakes
    assert mistake.path == path
    assert f"{mistake.found}; {mistake.expected}".startswith(words)


def test_the_rules_of_other_bargains_are_written_as_they_were() -> None:
    import msgspec

    assert b"judged" not in msgspec.json.encode(dealt(many(3)).rules)
