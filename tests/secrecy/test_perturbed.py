"""What a perturbation is to hide, it hides at every cut: in events, known world, ask and prompt, byte by byte."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from arena.core.events import Body, Claim, Delivered, Disclosed, Forgot, Joined, Marked, Message, PhaseOpened, Said
from arena.core.table import Table
from arena.core.view import Ask, Reply, View
from arena.moderators.channels import Public, others
from arena.moderators.meeting import Meeting
from arena.moderators.perturbations import Amnesia, Dropout, Newcomer, Noise, Perturbation, Saboteur
from arena.scenarios.bargain.terms import Reserve
from tests.playing import Function, Memory, run
from tests.secrecy.casts import acts, bargain
from tests.secrecy.shown import Shown, at_every_cut, changes, tables

WHISPERS = Public(whispers=True)
SEATS = (0, 1, 2)


def meeting(*perturb: Perturbation) -> Meeting:
    return Meeting(channel=WHISPERS, perturb=perturb)


def marked(view: View, ask: Ask) -> Reply:
    """A word, a whisper, a claim, a note and a thought a turn, each of which tells its seat, its turn and its kind."""
    rounds = sum(isinstance(e, PhaseOpened) for e in view.events)
    mark = f"MARK-{view.seat}-{rounds}-{ask.nth}"
    everyone = others(view.seat, len(view.seats))
    words = (Message(everyone, f"{mark}-SAID"), Message(everyone[:1], f"{mark}-PSST"))
    claim = Claim(everyone, Reserve(float(700 + 37 * view.seat + rounds)))
    return Reply(f"{mark}-RAW", Body(words, (claim,), notes=f"{mark}-NOTE"), reasoning=f"{mark}-THOUGHT")


def match(perturb: Sequence[Perturbation], rounds: int = 4) -> tuple[list[Table], Memory]:
    game = bargain(3, 31, rounds=rounds)
    _, memory = run(game, meeting(*perturb), [Function(marked)] * 3)
    return tables(game, memory.lines), memory


def everything(now: Shown) -> str:
    return b"\n".join((now.events, now.known, now.ask, now.prompt)).decode()


@pytest.mark.parametrize(("perturb", "kind"), [(Newcomer(1, 3, "other"), Joined), (Amnesia(1, 3), Forgot)])
def test_nothing_that_was_said_or_noted_before_reaches_who_is_new_or_forgot(perturb: Any, kind: type) -> None:
    cuts, _ = match([perturb])
    since = next(i for i, table in enumerate(cuts) if any(isinstance(e, kind) for e in table.seen(1)))
    before = [e.text for seat in SEATS for e in cuts[since - 1].seen(seat) if isinstance(e, Said)]
    assert len(before) >= 12
    claims = {e.fact.points for e in cuts[since - 1].seen(0) if isinstance(e, Disclosed) and e.by is not None}
    assert len(claims) >= 6
    for now in at_every_cut(cuts, meeting(perturb), 1)[since:]:
        shown = everything(now)
        assert not [text for text in before if text in shown]
        assert not [points for points in claims if str(points) in shown]
        for mark in ("NOTE", "THOUGHT", "RAW"):
            assert not [text for text in before if text.replace("SAID", mark).replace("PSST", mark) in shown]
    assert "MARK-1" in everything(at_every_cut(cuts, meeting(perturb), 1)[-1]), "what it says itself, it is shown"


def test_words_that_are_lost_or_late_are_in_no_view_before_they_arrive() -> None:
    noise = (Noise(0.6, 2),)
    cuts, memory = match(noise)
    marks = [a.e for line in memory.lines for a in line if isinstance(a.e, Marked)]
    assert {e.what for e in marks} == {"lost", "delayed"}
    arrived: dict[str, int] = {}
    for i, line in enumerate(memory.lines, start=1):
        arrived |= {e.text: i for e in [a.e.e for a in line if isinstance(a.e, Delivered)] if isinstance(e, Said)}
    astray = [e.e for e in marks if isinstance(e.e, Said)]
    assert astray
    assert arrived
    for seat in SEATS:
        every = at_every_cut(cuts, meeting(*noise), seat)
        for said in astray:
            until = arrived.get(said.text, len(every)) if seat in said.to else len(every)
            if seat == said.seat:
                assert said.text in everything(every[-1])
                continue
            assert not [i for i, now in enumerate(every[:until]) if said.text in everything(now)]
            assert (said.text in everything(every[-1])) == (until < len(every))


def test_to_its_author_a_word_that_goes_astray_looks_like_any_other() -> None:
    """The author is shown the same with and without noise, as long as the others do not act otherwise for it."""
    game = bargain(3, 31, rounds=3)
    for perturb in ((Noise(1.0),), (Noise(1.0, 1),)):
        agents = [Function(acts), Function(lambda v, a: Body()), Function(lambda v, a: Body())]
        plain = tables(game, run(game, meeting(), agents)[1].lines)
        noisy = tables(game, run(game, meeting(*perturb), agents)[1].lines)
        assert changes(plain, meeting(), 0) == changes(noisy, meeting(*perturb), 0)


@pytest.mark.parametrize("perturb", [Saboteur(2), Dropout(2, 2), Newcomer(2, 2, "other"), Amnesia(2, 2)])
def test_what_befalls_a_seat_changes_no_byte_of_what_the_others_are_shown_until_it_acts(perturb: Any) -> None:
    """The seat acts by the number of the round alone, or not at all where it has dropped out."""

    def by_round(view: View, ask: Ask) -> Body[Any, Any]:
        return Body() if view.seat == 2 else acts(view, ask)

    game = bargain(3, 31, rounds=3)
    agents = [Function(by_round)] * 3
    plain = tables(game, run(game, meeting(), agents)[1].lines)
    struck = tables(game, run(game, meeting(perturb), agents)[1].lines)
    for bystander in (0, 1):
        assert changes(plain, meeting(), bystander) == changes(struck, meeting(perturb), bystander)


@pytest.mark.parametrize("seat", SEATS)
def test_a_saboteurs_goal_is_in_its_own_prompt_and_in_no_other(seat: int) -> None:
    perturb = (Saboteur(1, 2),)
    cuts, _ = match(perturb)
    last = everything(at_every_cut(cuts, meeting(*perturb), seat)[-1])
    assert ("your goal is replaced" in last) == ('"turned"' in last) == (seat == 1)
    assert "saboteur" not in last


def test_what_will_befall_a_meeting_is_in_no_prompt() -> None:
    perturb = (Noise(0.25, 3), Dropout(0, 4), Newcomer(1, 4, "AGENT-X"), Saboteur(2, 4))
    game = bargain(3, 31, rounds=4)
    first = tables(game, run(game, meeting(*perturb), [Function(marked)] * 3)[1].lines)[1:8]
    plain = tables(game, run(game, meeting(), [Function(marked)] * 3)[1].lines)[1:2]
    for seat in SEATS:
        shown = [everything(now) for now in at_every_cut(first, meeting(*perturb), seat)]
        assert shown[0] == everything(at_every_cut(plain, meeting(), seat)[0])
        assert not [text for text in shown if "AGENT-X" in text or "perturb" in text or "0.25" in text]
