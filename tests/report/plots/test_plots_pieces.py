"""The parts that pictures are made of: colours, widths of words, places for labels, the canvas."""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arena.report.plots.canvas import Canvas
from arena.report.plots.fitting import fitted, width
from arena.report.plots.general.matrix import DARK, TONES
from arena.report.plots.palette import INK, QUIET, SEATS, SHAPES, colour, shape
from arena.report.plots.pixels import ticks
from arena.report.plots.placing import Box, Label, around, box_at, placed, spread

# Machado, Oliveira and Fernandes 2009, severity 1.
VISION = {
    "full": np.eye(3),
    "protanope": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranope": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanope": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)


def linear(tone: str) -> np.ndarray:
    c = np.array([int(tone[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def lab(light: np.ndarray) -> np.ndarray:
    xyz = XYZ @ np.clip(light, 0, 1) / np.array([0.95047, 1, 1.08883])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def contrast(tone: str) -> float:
    """With white, as WCAG 2 defines it."""
    return float(1.05 / (linear(tone) @ XYZ[1] + 0.05))


@pytest.mark.parametrize("vision", VISION)
def test_the_seats_colours_are_told_apart_with_every_kind_of_colour_vision(vision: str) -> None:
    seen = [lab(np.array(VISION[vision]) @ linear(tone)) for tone in (*SEATS, INK)]
    assert min(float(np.linalg.norm(a - b)) for a, b in combinations(seen, 2)) > 16.9


def test_colours_can_be_seen_on_white_and_words_be_read() -> None:
    assert min(map(contrast, SEATS)) >= 3
    assert min(contrast(INK), contrast(QUIET)) >= 4.5
    assert all(contrast(a) < contrast(b) for a, b in pairwise(TONES))
    assert contrast(TONES[DARK]) >= 2.7 < contrast(TONES[DARK + 1])


def test_no_two_of_56_seats_look_alike() -> None:
    assert len({(colour(seat), shape(seat)) for seat in range(len(SEATS) * len(SHAPES))}) == 56


@given(st.text(max_size=60), st.floats(20, 400), st.sampled_from([9, 11, 12, 17]))
def test_words_are_cut_to_their_room(text: str, pixels: float, size: float) -> None:
    shown = fitted(text, pixels, size)
    assert width(shown, size) <= pixels
    assert "\n" not in shown


def test_widths_are_those_of_helvetica() -> None:
    assert width("Will", 1000) == 944 + 222 + 222 + 222
    assert width("東", 1000) == 1200
    assert fitted("Gardeners of the North", 70, 12) == "Gardeners…"


LABELS = st.lists(
    st.tuples(st.sampled_from(["1", "deal · 12", "N K E U", "3, 5 … 27"]), st.floats(0, 500), st.floats(0, 400)),
    max_size=30,
)


@given(LABELS)
def test_words_that_are_placed_cover_neither_marks_nor_each_other(found: list[tuple[str, float, float]]) -> None:
    labels = [Label(*each) for each in found]
    marks = [around(label.x, label.y, 5) for label in labels]
    bounds = Box(0, 0, 500, 400)
    places = placed(labels, 11, marks, [], bounds)
    boxes = [box_at(label.text, 11, p.x, p.y) for label, p in zip(labels, places, strict=True) if p is not None]
    assert not any(a.meets(b) for a, b in combinations(boxes, 2))
    assert not any(box.meets(mark) for box in boxes for mark in marks)
    assert all(box.within(bounds) for box in boxes)
    assert not labels or boxes


def test_a_label_keeps_off_lines_where_it_can_and_stays_near_its_mark() -> None:
    (free,) = placed([Label("7", 100, 100)], 11, [], [], Box(0, 0, 200, 200))
    assert free is not None
    assert (free.x > 100, free.y, free.far) == (True, 100, False)
    line = [(float(x), 100.0) for x in range(100, 140, 2)]
    (moved,) = placed([Label("7", 100, 100)], 11, [], line, Box(0, 0, 200, 200))
    assert moved is not None
    assert not any(box_at("7", 11, moved.x, moved.y).within(around(*point, 1)) for point in line)
    assert moved.y != 100


@given(st.lists(st.floats(0, 400), max_size=20))
def test_places_in_a_row_are_moved_apart_and_no_further_than_need_be(wanted: list[float]) -> None:
    tops = sorted(wanted)
    found = spread(tops, 14, 0, 400)
    assert len(found) == len(tops)
    assert all(b - a >= 14 - 1e-6 for a, b in pairwise(found))
    if all(b - a >= 14 for a, b in pairwise(tops)):
        assert found == pytest.approx(tops)
    assert all(-1e-6 <= top <= 400 + 1e-6 for top in found)


def test_a_canvas_shows_words_over_dots_over_shades_over_lines() -> None:
    canvas = Canvas(5, 2)
    canvas.ruled(0, 0.5, "┆", "dim")
    canvas.ruled(1, 0.0, "┄", "dim")
    canvas.shade((0.1, 0.9), "░", "")
    canvas.line((0.0, 0.99), (0.3, 0.99), "bold")
    assert canvas.write(0.9, 0.9, "N7", "bold")
    assert not canvas.write(0.9, 0.9, "★", "bold")
    assert [line.plain for line in canvas.lines()] == ["⠉⠉┆N7", "┄┄┆┄┄"]


def test_ticks_are_round_numbers_and_one_of_them_is_0() -> None:
    assert ticks(0, 93) == [0, 20, 40, 60, 80]
    assert ticks(0, 0.9) == pytest.approx([0, 0.2, 0.4, 0.6, 0.8])
    assert ticks(-30, 6) == [-30, -20, -10, 0]
    assert ticks(0, 6) == [*range(7)]
