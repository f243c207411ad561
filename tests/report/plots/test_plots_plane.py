"""The picture of a bargain between two: what is on it is what the solvers and the scorer say."""

from __future__ import annotations

import numpy as np
import pytest

from arena.core.events import Moved
from arena.report.plots.families.bargain.cloud import CELLS, FEW, cloud, staircase
from arena.report.plots.families.bargain.scene import CONCEPTS, scene
from arena.report.plots.palette import DUST, INK, PAPER, RATIONAL, STAR, colour, shape
from arena.results.score import score
from arena.scenarios.bargain.standing import standing
from arena.scenarios.bargain.terms import Propose
from arena.scenarios.bargain.worth import row_of, space
from arena.solutions.frontier import pareto_frontier
from arena.solutions.space import Space
from tests.report.plots.drawings import match, points, rows, sample, spec, texts
from tests.samples import place

TWO = ("alternating-offers", "items", "no-deal")


def worth(found: Space, outcomes: object) -> set[tuple[float, float]]:
    return {(float(u[0]), float(u[1])) for u in found.utilities[outcomes]}


@pytest.mark.parametrize("name", TWO)
def test_the_frontier_on_the_picture_is_the_frontier(name: str) -> None:
    of = sample(name)
    found = standing(of.table.world).space
    drawn = points(spec(of), fill=INK, shape="circle", size=18.0)
    brute = {
        tuple(u)
        for u in found.utilities[found.rational].tolist()
        if not any((v >= u).all() and (v > u).any() for v in found.utilities[found.rational])
    }
    assert drawn == worth(found, found.frontier) == brute
    assert drawn


@pytest.mark.parametrize("name", TWO)
def test_every_outcome_that_attains_a_solution_is_ringed(name: str) -> None:
    of = sample(name)
    found = standing(of.table.world).space
    attained = {int(row) for _, concept in CONCEPTS.values() for row in concept(found).outcomes}  # type: ignore[union-attr]
    assert points(spec(of), shape="circle", fill=PAPER, size=90) == worth(found, sorted(attained))


@pytest.mark.parametrize("name", TWO)
def test_every_outcome_is_a_dot_in_the_colour_of_whether_both_accept_it(name: str) -> None:
    of = sample(name)
    found = standing(of.table.world).space
    made = spec(of)["hconcat"][0]["layer"]
    for tone, chosen in ((DUST, ~found.rational), (RATIONAL, found.rational)):
        layer = next(each for each in made if each["mark"] == {"type": "circle", "color": tone, "opacity": 0.85})
        assert points(layer) == worth(found, chosen)


@pytest.mark.parametrize("name", TWO)
def test_offers_stand_where_they_were_made_in_the_colour_and_shape_of_who_made_them(name: str) -> None:
    of = sample(name)
    rules, found = of.table.world.common.rules, standing(of.table.world).space
    made = spec(of)
    for seat in range(2):
        moves = [a.e.move for line in of.lines for a in line.es if isinstance(a.e, Moved) and a.e.seat == seat]
        offered = [row_of(rules, move.deal) for move in moves if isinstance(move, Propose)]
        assert points(made, shape=shape(seat), fill=colour(seat), size=(95, 55)[seat]) == worth(found, offered)


def test_offers_are_numbered_in_their_order_and_joined_in_it() -> None:
    of = sample("alternating-offers")
    shown = scene(of)
    assert [offer.number for offer in shown.offers] == list(range(1, len(shown.offers) + 1))
    numbered = {text for text in texts(of) if text.isdigit()}
    assert numbered == {str(n) for n in range(1, len(shown.offers))}  # the last is the deal
    joined = [row for row in rows(spec(of)) if row.keys() == {"x", "y", "n"} and row["n"] % 2]
    mine = [offer for offer in shown.offers if offer.by == 0]
    assert {offer.number for offer in mine} <= {row["n"] for row in joined}


def test_a_discounted_deal_has_two_stars_at_once_and_as_it_came_out() -> None:
    of = sample("alternating-offers")
    made, card = spec(of), score(place("alternating-offers"))
    found = standing(of.table.world)
    assert points(made, shape=STAR, fill=INK, size=230) == worth(found.space, [found.outcome])
    assert points(made, shape=STAR, fill=PAPER, size=150) == {card.per_seat["utility"]}
    assert card.per_seat["utility"] != tuple(found.space.utilities[found.outcome])
    assert any(text.startswith("what came of it: 53.1, 55.4") for text in texts(of))


def test_a_deal_that_lost_nothing_has_one_star() -> None:
    made = spec(sample("items"))
    assert points(made["hconcat"][0], shape=STAR) == {(51.0, 51.0)}


def test_without_a_deal_there_is_no_star_and_the_ending_is_said() -> None:
    of = sample("no-deal")
    assert not points(spec(of), shape=STAR)
    assert "No deal, though one was to be had · round 3 · group value 0 of 54" in texts(of)


def test_noisy_values_are_drawn_at_truth_and_it_is_said() -> None:
    of = match(values="noisy", noise=8.0, rounds=8)
    world = of.table.world
    truth = space(world.common.rules, world.own.truth)
    assert not np.array_equal(truth.utilities, space(world.common.rules, world.own.sheets).utilities)
    drawn = points(spec(of), fill=INK, shape="circle", size=18.0)
    assert drawn == worth(truth, truth.frontier)
    assert "Drawn at the true values; the seats saw estimates of them" in texts(of)


def test_where_no_deal_reaches_both_thresholds_the_whole_frontier_is_drawn_and_no_solution() -> None:
    of = match(zone="never")
    found = standing(of.table.world).space
    said = texts(of)
    assert "No deal reaches every threshold" in said
    assert not {"Solutions", *[name for name, _ in CONCEPTS.values()]} & said
    all_of_it = np.flatnonzero(pareto_frontier(found.utilities))
    assert f"Pareto frontier ({len(all_of_it)})" in said
    assert not points(spec(of), fill=INK, shape="circle", size=18.0)
    assert worth(found, all_of_it) <= points(spec(of), shape="circle", size=9.0)


def test_a_match_without_offers_says_so_and_draws_the_rest() -> None:
    of = match(("silent", "silent"), rounds=3)
    assert "No offers were made" in texts(of)
    assert points(spec(of), fill=INK, shape="circle", size=18.0)


def test_many_outcomes_are_counted_in_cells_none_left_out_and_none_across_a_threshold() -> None:
    rng = np.random.default_rng(5)
    utilities = rng.normal(50, 15, (200_000, 2))
    found = Space(utilities, np.array([55.0, 60.0]), np.ones(200_000, dtype=bool))
    low, high = utilities.min(axis=0), utilities.max(axis=0)
    seen = cloud(found, low, high)
    assert seen.cell is not None
    assert len(seen.points) <= (CELLS[0] + 2) * (CELLS[1] + 2)
    assert seen.counts.sum() == 200_000
    assert seen.counts[seen.rational].sum() == len(found.rational_outcomes)
    inside = (utilities >= seen.points[0]).all(axis=1) & (utilities < seen.points[0] + seen.cell).all(axis=1)
    assert inside.sum() == seen.counts[0]


def test_few_different_outcomes_are_drawn_as_they_are_with_their_number() -> None:
    utilities = np.array([[0.1 + 0.2, 1.0], [0.3, 1.0], [5.0, 5.0]])
    seen = cloud(Space(utilities, np.zeros(2), np.ones(3, dtype=bool)), np.zeros(2), np.full(2, 5.0))
    assert seen.cell is None
    assert sorted(zip(seen.points[:, 1].tolist(), seen.counts.tolist(), strict=True)) == [(1.0, 2), (5.0, 1)]


def test_a_large_bargain_is_drawn_in_cells_and_the_key_counts_its_outcomes() -> None:
    of = match(issues=6, options=6, rounds=3)
    said = texts(of)
    assert {"46,656 outcomes", "the darker, the more of them"} <= said
    assert len(list(rows(spec(of)))) < 6000


def test_a_staircase_of_very_many_corners_is_thinned_to_less_than_a_pixel() -> None:
    n = 50_000
    first = np.linspace(0, 100, n)
    found = Space(np.column_stack([first, 100 - first]), np.zeros(2), np.ones(n, dtype=bool))
    corners = staircase(found, found.frontier, 0.05)
    assert FEW < len(corners) <= 2 * (100 / 0.05 + 1)
    assert np.diff(corners[:, 0]).max() <= 0.05 + 1e-9
    assert (np.diff(corners[:, 1]) < 0).all()


def test_tied_solutions_are_counted_in_the_key() -> None:
    points_tied = match(issues=3, options=3, seed=8, rounds=2)
    found = standing(points_tied.table.world).space
    tied = {name: len(concept(found).outcomes) for name, concept in CONCEPTS.values()}  # type: ignore[union-attr]
    said = texts(points_tied)
    for name, n in tied.items():
        assert (f"{name} ({n:,} tied)" if n > 1 else name) in said
