"""The picture of a bargain among more than two: profiles of deals, measured from thresholds to bests."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np
import pytest

from arena.report.plots.families.bargain.parallel_frame import HEIGHT, Frame
from arena.report.plots.families.bargain.profiles import MOST, profiles
from arena.report.plots.families.bargain.scene import scene
from arena.report.plots.palette import RATIONAL, colour
from arena.report.plots.picture import Record
from arena.results.score import score
from arena.scenarios.bargain.standing import standing
from tests.report.plots.drawings import match, rows, sample, spec, texts
from tests.samples import place

MORE = ("concession", "sports-resort", "refusals", "models", "planners-agree")


def lines(of: Record) -> dict[str, dict[str, tuple[float, ...]]]:
    """Every line of the picture, by its colour and by what it is of."""
    found: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for row in rows(spec(of)):
        if "of" in row:
            found[row["colour"]][row["of"]].append((row["x"], row["y"]))
    return {
        tone: {of: tuple(y for _, y in sorted(each)) for of, each in lines.items()} for tone, lines in found.items()
    }


def normalised(of: Record, rows: Any) -> set[tuple[float, ...]]:
    space = standing(of.table.world).space
    r = (space.utilities[rows] - space.disagreement) / (space.ideal - space.disagreement)
    return {tuple(each) for each in r.tolist()}


@pytest.mark.parametrize("name", MORE)
def test_the_lines_of_the_frontier_are_the_frontier(name: str) -> None:
    of = sample(name)
    space = standing(of.table.world).space
    assert set(lines(of)[RATIONAL].values()) == normalised(of, space.frontier)


@pytest.mark.parametrize("name", MORE)
def test_each_offer_is_a_line_in_the_colour_of_who_made_it(name: str) -> None:
    of = sample(name)
    found = lines(of)
    for offer in scene(of).offers:
        assert {found[colour(offer.by)][str(offer.number)]} == normalised(of, [offer.row])


def test_the_deal_is_a_line_and_what_it_gives_stands_at_the_axes_feet() -> None:
    of = sample("sports-resort")
    deal = standing(of.table.world).outcome
    assert deal is not None
    assert {line for tone in lines(of).values() for what, line in tone.items() if what == "deal"} == normalised(
        of, [deal]
    )
    utilities = score(place("sports-resort")).per_seat["utility"]
    assert {f"deal {u:g}" for u in utilities} <= texts(of)
    assert {f"needs {d:g}" for d in standing(of.table.world).space.disagreement} <= texts(of)


def test_a_discounted_deal_has_a_second_line_as_it_came_out() -> None:
    of = match(("conceder", "boulware", "planner"), seed=3, issues=3, rounds=8, discount=0.9)
    shown = scene(of)
    assert shown.moved
    drawn = next(line for tone in lines(of).values() for what, line in tone.items() if what == "realised")
    assert np.array(drawn) == pytest.approx(profiles(shown).of(np.array(of.outcome.utilities)))


def test_where_nothing_is_rational_gains_are_drawn_in_points() -> None:
    of = match(("conceder", "boulware", "planner"), zone="never")
    how, space = profiles(scene(of)), standing(of.table.world).space
    assert not how.normalised
    offer = scene(of).offers[0]
    assert lines(of)[colour(offer.by)]["1"] == tuple(space.utilities[offer.row] - space.disagreement)
    assert "acceptable to all: 0" in texts(of)


def test_a_large_frontier_is_thinned_evenly_and_the_key_says_so() -> None:
    of = match(("conceder",) * 6, issues=6, options=5, rounds=2, conflict=0.8)
    shown = scene(of)
    how = profiles(shown)
    assert how.thinned
    assert len(how.frontier) == len(set(how.frontier.tolist())) == MOST
    assert set(how.frontier.tolist()) <= set(shown.frontier.tolist())
    sums = shown.space.utilities.sum(axis=1)
    assert sums[how.frontier].min() == sums[shown.frontier].min()
    assert sums[how.frontier].max() == sums[shown.frontier].max()
    assert f"Pareto frontier ({len(shown.frontier):,}, {MOST} drawn)" in texts(of)


def test_a_bent_scale_keeps_half_of_the_height_for_what_lies_between_threshold_and_best() -> None:
    of = sample("sports-resort")
    scale = next(
        layer["encoding"]["y"]["scale"]
        for layer in spec(of)["hconcat"][0]["layer"]
        if len(layer["encoding"].get("y", {}).get("scale", {}).get("domain", ())) == 4
    )
    assert scale["domain"][1:3] == [0.0, 1.0]
    assert scale["range"][1] - scale["range"][2] == pytest.approx(HEIGHT / 2)
    assert "compressed beyond 0 and 1" in texts(of)


def test_a_frame_takes_values_to_pixels_and_back() -> None:
    frame = Frame(3, (-4.0, 0.0, 1.0, 3.0), (410.0, 300.0, 80.0, 0.0))
    for value in (-4.0, -1.5, 0.0, 0.3, 1.0, 2.9):
        assert frame.value(frame.y(value)) == pytest.approx(value)
    assert frame.y(-4.0) > frame.y(0.0) > frame.y(1.0) > frame.y(3.0) == 0.0


@pytest.mark.parametrize("seats", [4, 8])
def test_every_seat_has_an_axis_that_says_whose_it_is_and_what_it_needs(seats: int) -> None:
    of = match(("conceder",) * seats, rounds=2, conflict=0.7)
    said = [row["text"] for row in rows(spec(of)) if "text" in row]
    assert sum(text.startswith("needs ") for text in said) == seats
    assert {name[:4] for name in of.game.names} <= {text[:4] for text in said}
