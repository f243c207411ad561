"""The brief says what the rules, the sheet and the settings of the meeting say, whatever they are."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from arena import assets
from arena.core.draw import Draw
from arena.core.game import Game
from arena.errors import BadTemplate
from arena.moderators.channels import Chain, Public, Ring, Silent, Star, Teams
from arena.moderators.limits import Limits
from arena.moderators.meeting import Meeting
from arena.moderators.turns import AlternatingOffers, BidForFloor, ChairCalls, RandomOrder, RoundRobin, Simultaneous
from arena.prompting import Prompter
from arena.scenarios.bargain.params import Params
from arena.scenarios.bargain.rules import Bargain
from arena.scenarios.bargain.settings import SETTINGS
from arena.scenarios.bargain.terms import Goal, Interaction, Rules, Sheet
from tests.prompting.talks import RULES, SHEETS, game, opened, turn

LONGEST = 3600  # characters of a default brief: about 900 tokens, at 4 characters each

MEETINGS: list[tuple[Meeting, str]] = [
    (Meeting(RoundRobin()), "You take turns, in this order: you, Choir and Rowers; then it begins again."),
    (Meeting(RandomOrder()), "You take turns, every time around in an order drawn by lot."),
    (
        Meeting(Simultaneous()),
        "You all answer at the same time: nothing is shown to anyone before everyone has answered.",
    ),
    (Meeting(AlternatingOffers()), "The offer is made by you, Choir and Rowers, one a round in this order"),
    (Meeting(ChairCalls(0)), 'You are the chair: you speak and name who speaks next ("next" in your answer)'),
    (
        Meeting(ChairCalls(2), talk=2),
        "after that turn it is the chair's again. A round has as many turns as there are seats, 2 times over.",
    ),
    (Meeting(BidForFloor()), "each of you makes a secret bid for the floor, from 0 (let others speak) to 10."),
    (Meeting(talk=1), "Each of you has 1 turn to talk in a round."),
    (Meeting(talk=3), "Each of you has 3 turns to talk in a round."),
    (Meeting(channel=Public()), "\nEveryone hears what is said.\n"),
    (Meeting(channel=Public(whispers=True)), "You may also whisper to some alone; nobody else learns of it."),
    (Meeting(channel=Star(0)), "All words go through you: you can speak to everyone, or to some alone; the others can"),
    (
        Meeting(channel=Star(1)),
        "Choir can speak to everyone, or to some alone; you and the others can speak only to Choir.",
    ),
    (Meeting(channel=Chain()), "You sit in a row: you, Choir and Rowers."),
    (Meeting(channel=Ring()), "You sit in a circle: you, Choir and Rowers, and around again."),
    (
        Meeting(channel=Teams(((0, 2), (1,)))),
        "you and Rowers; Choir. Each can speak to their own team only; what is said in a team, nobody else hears.\n",
    ),
    (
        Meeting(channel=Teams(((0, 2),), public=True)),
        "or to everyone at once; what is said in a team, nobody else hears. Whoever is in no team can speak only to",
    ),
    (Meeting(channel=Teams(((0, 2),))), "Whoever is in no team can speak to nobody."),
    (Meeting(channel=Silent()), "Nobody can send messages; only moves are seen."),
    (Meeting(limits=Limits(messages=1)), "In the whole match you may send 1 message.\n"),
    (
        Meeting(limits=Limits(messages=5, characters=80)),
        "you may send at most 5 messages, of at most 80 characters each.\n",
    ),
    (Meeting(limits=Limits(total=400)), "you may send any number of messages, of at most 400 characters in all.\n"),
    (Meeting(limits=Limits(rounds=4)), "There are 4 rounds."),
    (Meeting(limits=Limits(rounds=9)), "There are 6 rounds."),
    (Meeting(refusals=0), "you alone are told why. Your turn is then lost."),
    (Meeting(refusals=1), "You are then asked again, once; after that, your turn is lost."),
    (Meeting(refusals=3), "You are then asked again, up to 3 times; after that, your turn is lost."),
]
PAIR = Interaction("Ground", "riverside", "Finale", "bonfire", 7)
GAMES: list[tuple[Rules, Sheet, str]] = [
    (RULES, SHEETS[0], "The first offer that all of you accept is the deal: the talks end at once.\n"),
    (
        replace(RULES, acceptance="majority", quorum=2),
        SHEETS[0],
        "at least 2 of the 3 of you accept is the deal: the talks end at once, and it holds for everyone, also",
    ),
    (
        replace(RULES, acceptance="all-but-one", quorum=2, vetoes=(0, 2)),
        SHEETS[0],
        "at least 2 of the 3 of you accept, with you and Rowers among them, is the deal",
    ),
    (
        replace(RULES, acceptance="majority", quorum=2, vetoes=(0,)),
        SHEETS[0],
        "Your offer and your acceptances lapse, and no deal can be made any more.",
    ),
    (
        replace(RULES, acceptance="majority", quorum=2, vetoes=(1,)),
        SHEETS[0],
        "Your offer and your acceptances lapse.\n",
    ),
    (replace(RULES, rounds=None), SHEETS[0], "You are not told how many rounds there will be."),
    (replace(RULES, rounds=1), SHEETS[0], "There is one round."),
    (
        replace(RULES, alignment=0.3),
        SHEETS[0],
        "credited with 0.3 times what all of you together have beyond your thresholds",
    ),
    (replace(RULES, alignment=0.3), SHEETS[0], ", plus 0.7 times your own points."),
    (
        replace(RULES, setting="", about="An island.\nTwo boats."),
        SHEETS[0],
        "\nAn island.\nTwo boats.\n\n## What is to be settled",
    ),
    (
        RULES,
        SHEETS[0],
        "Without a deal you have 37 points: that is your threshold, and a deal worth 37 or more is acceptable.",
    ),
    (RULES, SHEETS[0], "\nFinale: what ends the last night\n    12  bonfire\n     0  light show\n     6  torch walk\n"),
    (RULES, replace(SHEETS[0], points=((0.25, 1, 2), (3, 4, 5), (1000, 7, 8))), "\n  0.25  riverside\n"),
    (
        RULES,
        replace(SHEETS[0], interactions=(PAIR, replace(PAIR, points=-2.5, option="mill yard"))),
        "+7 if Ground is riverside and Finale is bonfire; -2.5 if Ground is mill yard and Finale is bonfire. W",
    ),
    (
        RULES,
        replace(SHEETS[0], discount=0.95),
        "beyond your threshold is multiplied by 0.95 for every round that was completed before it.",
    ),
    (RULES, replace(SHEETS[0], cost=0.5), "every message that you send takes 0.5 points from you, deal or no deal."),
    (RULES, replace(SHEETS[0], noise=4.0), "(standard deviation 4)"),
    (RULES, replace(SHEETS[0], canary="OPAL-1"), "Confidential mark of this sheet: OPAL-1; never repeat it."),
]
GOALS: list[tuple[Goal, str]] = [
    (
        Goal(0, "want", 10, "Finale", "bonfire", "ONYX-2"),
        "10 extra points if there is a deal with Finale: bonfire. Confidential mark: ONYX-2; never repeat it.",
    ),
    (Goal(0, "block", 10, "Finale", "bonfire"), "10 extra points if there is a deal in which Finale is not bonfire.\n"),
    (Goal(0, "propose", 2.5), "2.5 extra points if the deal that is made is one that you proposed."),
    (Goal(0, "all", 10), "10 extra points if there is a deal that gives everyone at least their own threshold."),
]


def brief(meeting: Meeting, rules: Rules = RULES, sheet: Sheet = SHEETS[0], goals: tuple[Goal, ...] = ()) -> str:
    """What the first seat is told at the start; all seats have its sheet."""
    sheets = [replace(sheet, seat=seat) for seat in range(rules.seats)]
    return (
        Prompter("bargain", meeting).messages(*turn(opened(game(rules, sheets, goals), meeting), meeting, 0))[0].content
    )


@pytest.mark.parametrize(("meeting", "words"), MEETINGS)
def test_the_brief_says_how_the_meeting_is_held(meeting: Meeting, words: str) -> None:
    assert words in brief(meeting)


@pytest.mark.parametrize(("rules", "sheet", "words"), GAMES)
def test_the_brief_says_what_is_played_and_what_it_is_worth(rules: Rules, sheet: Sheet, words: str) -> None:
    assert words in brief(Meeting(), rules, sheet)


@pytest.mark.parametrize(("goal", "words"), GOALS)
def test_the_brief_says_what_the_private_goal_is(goal: Goal, words: str) -> None:
    assert words in brief(Meeting(), goals=(goal,))
    assert "private goal" not in brief(Meeting(), goals=(replace(goal, seat=1),))


def test_nobody_is_told_how_to_speak_where_nobody_can() -> None:
    assert '"messages"' not in brief(Meeting(channel=Silent()))
    assert "laims" not in brief(Meeting(channel=Silent()))


def test_a_cap_on_rounds_is_not_told_where_the_deadline_is_hidden() -> None:
    hidden = replace(RULES, rounds=None)
    capped, free = Meeting(limits=Limits(rounds=4)), Meeting()
    shown = [Prompter("bargain", m).messages(*turn(opened(game(hidden), m), m, 0)) for m in (capped, free)]
    assert shown[0] == shown[1]
    assert "Round 1. " in shown[0][1].content


@pytest.mark.parametrize("setting", [setting.name for setting in SETTINGS])
def test_every_setting_has_a_story_of_its_own(setting: str) -> None:
    story = assets.path("prompts", "scenarios/bargain/settings", f"{setting}.j2").read_text(encoding="utf-8").strip()
    assert len(story) > 200
    assert story in brief(Meeting(), replace(RULES, setting=setting))
    assert "{" not in story


def test_every_story_is_that_of_a_setting() -> None:
    assert set(assets.names("prompts/scenarios/bargain/settings", ".j2")) == {setting.name for setting in SETTINGS}


def test_turns_and_channels_without_words_are_refused() -> None:
    for odd in (Meeting(turns=Silent()), Meeting(channel=RoundRobin())):  # type: ignore[arg-type]
        with pytest.raises(BadTemplate, match="no_words_for"):
            Prompter("bargain", odd).messages(*turn(opened(game(), Meeting()), Meeting(), 0))


@pytest.mark.parametrize("seed", range(6))
def test_the_brief_of_a_generated_game_is_short_and_names_every_option_and_its_points(seed: int) -> None:
    scenario, draw = Bargain(), Draw.root(seed, "words")
    task = scenario.deal(Params(), draw)
    meeting = Meeting()
    table = opened(Game(scenario, task, draw, (0, 1, 2)), meeting)
    for seat in range(3):
        content = Prompter("bargain", meeting).messages(*turn(table, meeting, seat))[0].content
        assert len(content) < LONGEST
        for issue, points in zip(task.rules.issues, task.sheets[seat].points, strict=True):
            for option, worth in zip(issue.options, points, strict=True):
                assert f"\n{worth:6.0f}  {option}\n" in content
