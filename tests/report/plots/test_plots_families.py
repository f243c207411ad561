"""What holds for the picture of every team family: harmless, narrow, the same every time, at every cut."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import altair as alt
import pytest
from rich.cells import cell_len

from arena.report.plots.drawing import FORMATS, specification
from arena.report.plots.find import find, pictures
from arena.report.plots.picture import Record
from tests.report.plots.drawings import png_size, renamed, spec, tags, team
from tests.report.plots.test_plots_drawing import KINDS, WIDEST, expressions
from tests.report.plots.test_plots_terminal import compact

# The fewest seats that there are, and the most.
FEWEST: dict[str, tuple[str, ...]] = {
    "commons": ("sustainable", "grabber"),
    "workshop": ("planner", "duplicator"),
    "market": ("shading",) * 2,
    "dilemma": ("tit-for-tat", "random"),
    "committee": ("sharer", "hoarder", "saboteur"),
}
MOST: dict[str, tuple[str, ...]] = {
    "commons": ("sustainable",) * 19 + ("greedy",),
    "workshop": ("random",) * 8,
    "market": ("zi-unconstrained",) * 20,
    "dilemma": ("random",) * 6,
    "committee": ("saboteur", *("sharer",) * 6, "selfish"),
}
PARAMS: dict[str, dict[str, Any]] = {
    "commons": {"rounds": 6},
    "workshop": {"tasks": 10},
    "market": {"rounds": 5},
    "dilemma": {"kind": "sexes", "actions": 5},
    "committee": {"voting": "plurality"},
}
FAMILIES = tuple(FEWEST)
SIZES = [(family, size) for family in FAMILIES for size in ("fewest", "most")]


def seated(family: str, size: str) -> tuple[str, ...]:
    return FEWEST[family] if size == "fewest" else MOST[family]


def of(family: str, size: str = "fewest", lines: int | None = None) -> Record:
    return team(family, seated(family, size), lines=lines, **PARAMS[family])


def hostile(family: str, size: str) -> Record:
    return renamed(family, seated(family, size), **PARAMS[family])


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_has_a_picture_of_its_own_that_comes_first(family: str) -> None:
    own = pictures(family)[0]
    assert [each.name for each in pictures(family)[1:]] == ["talk", "value"]
    assert find(of(family), None) is own
    assert 20 < len(own.about) < 100


@pytest.mark.parametrize(("family", "size"), SIZES)
def test_a_picture_is_an_svg_of_plain_shapes_and_words_that_fits_the_page(family: str, size: str) -> None:
    root = ElementTree.fromstring(FORMATS[".svg"](spec(of(family, size))))
    assert tags(root) <= KINDS
    assert 500 < float(root.attrib["width"]) <= WIDEST


@pytest.mark.parametrize("family", FAMILIES)
def test_a_specification_of_a_family_fits_the_schema_of_vega_lite(family: str) -> None:
    made = spec(of(family))
    assert alt.Chart.from_dict(made, validate=True).to_dict(validate=True)["title"] == made["title"]


@pytest.mark.parametrize(("family", "size"), SIZES)
def test_the_same_match_gives_the_same_bytes(family: str, size: str) -> None:
    match = of(family, size)
    again = specification(find(match, None), match)
    assert FORMATS[".svg"](again) == FORMATS[".svg"](spec(match))


@pytest.mark.parametrize(("family", "size"), SIZES)
def test_whatever_has_a_hostile_name_is_words_and_never_markup(family: str, size: str) -> None:
    import vl_convert

    made = spec(hostile(family, size))
    data = FORMATS[".svg"](made)
    root = ElementTree.fromstring(data)
    assert tags(root) <= KINDS
    assert float(root.attrib["width"]) <= WIDEST
    assert not {key for each in root.iter() for key in each.attrib if key.startswith("on") or key.endswith("href")}
    shown = [each.text or "" for each in root.iter() if each.tag.endswith(("text", "tspan"))]
    assert not any(char < " " or char in "\u202e\ufffe" for text in shown for char in text)
    assert b"<script" not in data
    assert any("<s" in text for text in shown)
    assert png_size(FORMATS[".png"](made))
    told = str(expressions(vl_convert.vegalite_to_vega(made)))
    assert "alert" not in told
    assert "evil" not in told


@pytest.mark.parametrize(("family", "size"), SIZES)
@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_is_wider_than_the_terminal_nor_steers_it(family: str, size: str, width: int) -> None:
    for match in (of(family, size), hostile(family, size)):
        shown = compact(match, width=width)
        assert max(map(cell_len, shown.splitlines())) <= width
        assert not set(shown) & set("\x1b\u202e")
    assert "<scr" in shown


@pytest.mark.parametrize("family", FAMILIES)
def test_a_match_is_drawn_at_every_cut(family: str) -> None:
    whole = of(family)
    assert whole.table.closed
    drawn = 0
    for n in range(len(whole.lines) + 1):
        match = of(family, lines=n)
        first = find(match, None)
        if first is not pictures(family)[0]:
            assert "before anything is dealt" in str(pictures(family)[0].missing(match))
            continue
        drawn += 1
        assert compact(match)
        if n % 5 == 1 and n < len(whole.lines):
            assert "Not played to its end" in spec(match)["title"]["subtitle"][1]
    assert drawn > len(whole.lines) / 2
