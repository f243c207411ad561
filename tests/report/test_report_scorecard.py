"""The scorecard as it is printed."""

from __future__ import annotations

import io
import re
from math import nan
from typing import Any

import pytest
from msgspec.structs import replace
from rich.console import Console

from arena.report.labels import SECTIONS
from arena.report.scorecard import scorecard
from arena.scoring.scorecard import Scorecard
from tests.report.recorded import graded
from tests.report.scene import words


@pytest.fixture(scope="module")
def card() -> Scorecard:
    return graded(discount=0.9)


def printed(card: Scorecard, width: int = 100, **options: Any) -> str:
    file = io.StringIO()
    Console(file=file, width=width, highlight=False, markup=False, **options).print(scorecard(card))
    return file.getvalue()


def test_every_measure_of_a_match_has_a_label(card: Scorecard) -> None:
    for section, labels in SECTIONS.items():
        assert set(getattr(card, section)) <= set(labels), section


def test_the_headline_has_the_status_the_value_and_the_gain(card: Scorecard) -> None:
    text = printed(card)
    assert "agreed, in round" in text
    assert re.search(rf"group value +[\d.]+ of {card.headline['optimum']:g}", text)
    assert f"{card.headline['coordination_gain']:.3f}".rstrip("0") in text


def test_each_seat_has_a_column_headed_by_its_name_and_its_agent(card: Scorecard) -> None:
    text = printed(card)
    heads, agents = text.splitlines()[text.splitlines().index("  Seats") + 1 :][:2]
    assert heads.split() == " ".join(card.seats).split()
    assert agents.split() == ["agent", "planner", "conceder", "boulware"]
    assert re.search(r"utility( +[\d.]+){3}\n", text)
    assert re.search(r"rational( +(yes|no)){3}\n", text)


def test_a_payoff_that_is_the_utility_is_not_shown_twice(card: Scorecard) -> None:
    assert "payoff" not in printed(card)
    assert "payoff" in printed(replace(card, per_seat={**card.per_seat, "payoff": (1.0, 2.0, 3.0)}))


def test_what_is_not_a_number_is_a_dash_with_the_reason_where_there_is_one(card: Scorecard) -> None:
    agreement = {**card.agreement, "pareto_efficiency_floor_adjusted": nan, "egalitarian_ratio": nan, "surplus": nan}
    text = printed(replace(card, agreement=agreement))
    assert re.search(r"above a random one +– +every rational deal is efficient", text)
    assert re.search(r"egalitarian ratio +– +no deal gives every seat a gain, or their units differ", text)
    assert "nan" not in text


def test_a_gain_that_is_not_a_number_says_why(card: Scorecard) -> None:
    text = printed(replace(card, headline={**card.headline, "coordination_gain": nan}))
    assert re.search(r"coordination gain +– +the optimum is no better than the floor", text)


@pytest.mark.parametrize(("gain", "cells"), [(-3.0, 0), (0.5, 8), (1.0, 16), (1.2, 16)])
def test_the_bar_of_a_gain_never_leaves_its_frame_and_the_number_is_never_clipped(
    card: Scorecard, gain: float, cells: int
) -> None:
    text = printed(replace(card, headline={**card.headline, "coordination_gain": gain}))
    line = next(line for line in text.splitlines() if "coordination gain" in line)
    assert line.count("━") == cells
    assert line.count("━") + line.count("─") == 16
    assert f" {gain:g} " in line


def test_measures_that_nobody_has_labelled_stand_last_under_their_own_names(card: Scorecard) -> None:
    more = replace(
        card,
        agreement={"a_new_one": 0.25, **card.agreement},
        per_seat={"seat_thing": (1, 2, 3), **card.per_seat},
        headline={**card.headline, "deal_made": "riverside \x1b[31m[b]"},
        conduct={**card.conduct, "mood": {"calm": 2}},
    )
    text = printed(more)
    agreement = text[text.index("  Agreement") : text.index("  Where the loss went")]
    assert re.fullmatch(r" +a new one +0\.25", agreement.rstrip().splitlines()[-1])
    assert re.search(r"seat thing +1 +2 +3\n", text)
    assert re.search(r"deal made +riverside \\x1b\[31m\[b\]\n", text)
    assert re.search(r"mood +calm 2\n", text)


def test_the_loss_is_split_into_its_parts(card: Scorecard) -> None:
    text = printed(replace(card, agreement={"loss_choice": 12.0, "loss_delay": 4.0, "loss_deadlock": 0.0}))
    lines = text[text.index("Where the loss went") :].splitlines()[1:4]
    assert [line.count("━") for line in lines] == [12, 4, 0]
    none = printed(replace(card, agreement={"loss_choice": 0.0, "loss_delay": 0.0, "loss_deadlock": 0.0}))
    assert "nowhere: nothing was lost" in none


def test_a_void_match_has_its_reason_and_no_scores() -> None:
    card = replace(graded(), status="void", void="the endpoint [x] is down", headline={}, agreement={}, per_seat={})
    text = printed(card)
    assert "void: the endpoint [x] is down" in text
    assert "Agreement" not in text
    assert "group value" not in text


def test_no_deal_says_whether_one_was_to_be_had(card: Scorecard) -> None:
    missed = replace(card, status="no_deal_missed", headline={**card.headline, "closed": "deadline"})
    assert "no deal, though one was to be had: the deadline has passed" in printed(missed)
    assert "none was to be had" in printed(replace(missed, status="no_deal_correct"))


def test_leakage_is_one_line_where_there_was_none(card: Scorecard) -> None:
    none = replace(card, leakage={name: [0, 0, 0] for name in card.leakage})
    assert "none: no message held a secret mark or a private number" in printed(none)
    some = printed(replace(none, leakage={**none.leakage, "others_canary": [0, 2, 0]}))
    assert re.search(r"another's mark +0 +2 +0\n", some)


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("seats", [2, 8])
def test_it_fits_every_width_and_loses_no_seat(width: int, seats: int) -> None:
    card = graded(("conceder",) * seats, issues=3, options=3)
    text = printed(card, width)
    assert max(len(line) for line in text.splitlines()) <= width
    for name in card.seats:
        assert name in text


def test_names_and_reasons_cannot_steer_the_terminal(card: Scorecard) -> None:
    bad = "\x1b[2J[red]\x07"
    text = printed(
        replace(card, match=bad, sitters=(bad,) * 3, seats=(bad, "b", "c"), status=bad, void=bad, scenario=bad),
        force_terminal=True,
    )
    bare = re.sub(r"\x1b\[[0-9;]*m", "", text)
    assert "\x1b" not in bare
    assert "\x07" not in bare
    assert "\\x1b[2J[red]" in words(bare)
