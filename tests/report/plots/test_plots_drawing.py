"""Pictures as files: valid, the same every time, and harmless whatever the seats call themselves."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import altair as alt
import pytest

from arena.core.events import Said
from arena.errors import UsageError
from arena.report.plots.drawing import FORMATS, SCALE, drawn
from arena.report.plots.find import find, pictures
from arena.report.plots.picture import Record
from tests.pictures import FOLDER, PICTURES, svg
from tests.report.plots.drawings import HOSTILE, match, named, png_size, rows, sample, spec, tags
from tests.report.plots.drawings import svg as tree
from tests.samples import SAMPLES, place

ALL = [(name, "agreement") for name in SAMPLES] + [("refusals", picture.name) for picture in pictures("bargain")[1:]]
KINDS = {"svg", "g", "path", "rect", "line", "text", "tspan"}
WIDEST = 812  # 800, and the numbers on an axis that are longer than usual


@pytest.mark.parametrize(("name", "picture"), ALL)
def test_every_picture_of_every_sample_is_an_svg_of_plain_shapes_and_words(name: str, picture: str) -> None:
    root = tree(sample(name), picture)
    assert tags(root) <= KINDS
    assert 200 < float(root.attrib["width"]) <= WIDEST
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-label"].endswith(spec(sample(name), picture)["title"]["subtitle"][1])


@pytest.mark.parametrize("name", ["two-seats", "talk"])
def test_a_png_is_the_svg_at_twice_its_size(name: str) -> None:
    match_of, picture = PICTURES[name]
    of = sample(match_of)
    root = tree(of, picture)
    width, height = png_size(FORMATS[".png"](spec(of, picture)))
    assert (width, height) == (float(root.attrib["width"]) * SCALE, float(root.attrib["height"]) * SCALE)


@pytest.mark.parametrize("name", ["two-seats", "six-seats", "talk", "value"])
def test_a_specification_fits_the_schema_of_vega_lite(name: str) -> None:
    of, picture = sample(PICTURES[name][0]), PICTURES[name][1]
    made = json.loads(FORMATS[".json"](spec(of, picture)))
    assert made == spec(of, picture)
    assert made["$schema"].startswith("https://vega.github.io/schema/vega-lite/")
    assert alt.Chart.from_dict(made, validate=True).to_dict(validate=True)["title"] == made["title"]


@pytest.mark.parametrize(("seats", "picture"), [(2, "agreement"), (8, "agreement"), (3, "talk"), (2, "value")])
def test_names_are_words_and_never_markup_norexpressions(seats: int, picture: str) -> None:
    of = named(HOSTILE, ("conceder",) * seats)
    data = FORMATS[".svg"](spec(of, picture))
    root = ElementTree.fromstring(data)
    assert tags(root) <= KINDS
    assert float(root.attrib["width"]) <= WIDEST
    assert not {key for each in root.iter() for key in each.attrib if key.startswith("on") or key.endswith("href")}
    shown = [each.text or "" for each in root.iter() if each.tag.endswith(("text", "tspan"))]
    assert not any(char < " " or char in "\u202e\ufffe" for text in shown for char in text)
    assert b"<script" not in data
    if picture != "value":
        assert any(text.startswith("<scr") or "to <scr" in text for text in shown)
        assert any("\\u202e" in text for text in shown)
    assert png_size(FORMATS[".png"](spec(of, picture)))


def test_no_name_gets_into_an_expression() -> None:
    """Vega-Lite writes the titles of axes into expressions where marks describe themselves."""
    of = named(HOSTILE, ("conceder", "boulware"))
    import vl_convert

    vega = json.dumps(expressions(vl_convert.vegalite_to_vega(spec(of))))
    assert "alert" not in vega
    assert "evil" not in vega


def expressions(made: Any) -> list[Any]:
    """All that Vega evaluates: signals, tests, and the expressions of transforms."""
    if isinstance(made, dict):
        own = [made[key] for key in ("signal", "test", "expr", "update", "init") if isinstance(made.get(key), str)]
        return own + [each for value in made.values() for each in expressions(value)]
    return [each for value in made for each in expressions(value)] if isinstance(made, list) else []


@pytest.mark.parametrize("name", PICTURES)
def test_the_pictures_of_the_documentation_are_what_is_drawn(name: str) -> None:
    """Where they are meant to change: `python -m tests.pictures`."""
    assert (FOLDER / f"{name}.svg").read_bytes() == svg(name)


def test_the_documentation_shows_every_picture_that_stands_there() -> None:
    told = (FOLDER.parent / "pictures.md").read_text(encoding="utf-8")
    assert {file.stem for file in FOLDER.iterdir()} == set(PICTURES)
    assert [name for name in PICTURES if f"](pictures/{name}.svg)" not in told] == []


def test_the_same_input_gives_the_same_bytes_again_and_in_another_process(tmp_path: Path) -> None:
    of = sample("sports-resort")
    first = drawn(find(of, None), of, ".svg")
    assert first == drawn(find(of, None), of, ".svg")
    code = "import sys; from arena.cli.main import main; sys.exit(main(sys.argv[1:]))"
    words = [sys.executable, "-c", code, "plot", str(place("sports-resort")), "-o", str(tmp_path / "again.svg")]
    subprocess.run(words, check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": "7"})
    assert (tmp_path / "again.svg").read_bytes() == first


def test_a_match_is_drawn_at_every_cut_that_has_something_to_show() -> None:
    cuts = [0, 1, 2, 5, len(match(rounds=4).lines)]
    for n in cuts:
        of = match(rounds=4, lines=n)
        made = spec(of)
        assert made["title"]["subtitle"][1].startswith("Agreed" if of.table.closed else "Not played to its end")
        assert made["title"]["text"].startswith("The space" if n else "Who spoke")
    assert match(rounds=4).table.closed


def test_a_match_that_stands_still_is_void_and_why_is_said() -> None:
    whole = match(rounds=4)
    table = whole.table.__copy__()  # type: ignore[attr-defined]
    table.closed, table.halted = None, "the endpoint\x1b is down"
    of = Record(whole.header, whole.lines, table)
    assert "Void, it stands still: the endpoint\\x1b is down" in spec(of)["title"]["subtitle"][1]


def test_an_unknown_format_is_refused_with_those_there_are() -> None:
    of = sample("items")
    with pytest.raises(UsageError, match=r"'\.gif'.*\.svg, \.png, \.json"):
        drawn(find(of, None), of, ".gif")
    assert list(FORMATS) == [".svg", ".png", ".json"]


def test_every_pair_of_seats_is_in_the_matrix_of_who_spoke_to_whom() -> None:
    of = sample("refusals")
    said = [a.e for line in of.lines for a in line.es if isinstance(a.e, Said)]
    cells = [row for row in rows(spec(of, "talk")) if "x2" in row and row["text"]]
    counted = sorted(sum(e.seat == i and j in e.to for e in said) for i in range(3) for j in range(3) if i != j)
    assert sorted(int(row["text"]) for row in cells) == counted
    assert sum(bool(row["aside"]) for row in cells) == len(
        {(e.seat, to) for e in said if len(e.to) == 1 for to in e.to}
    )
