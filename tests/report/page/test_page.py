"""The report of a run: what it says, that it is safe whatever models wrote, that it needs nothing but itself."""

from __future__ import annotations

import re
import subprocess
import sys
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from shutil import which
from urllib.parse import unquote

import pytest
from msgspec.structs import replace

from arena.cli.main import main
from arena.report.estimates import interval
from arena.report.page.agents import agents
from arena.report.page.gathered import Gathered, gathered
from arena.report.page.html import html
from arena.report.page.markdown import markdown, plain
from arena.report.plots.drawing import drawn_chart
from arena.report.plots.runs.spread import Spread, spread
from arena.results.measured import figure
from arena.runs.directory import read_state
from arena.statistics.estimate import Estimate
from tests.report.plots.drawings import HOSTILE as HOSTILE_SEATS
from tests.runs.trials import CONFIG, ran

HOSTILE = (
    "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">'\"&amp;|`**[a](javascript:1)"
)
BROWSER = which("chromium")
CROSSED = CONFIG | {
    "agents": {"planner": {"scripted": "planner"}, "boulware": {"scripted": "boulware"}},
    "scenarios": [{"use": "bargain", "params": {"seats": 2, "issues": 3, "options": 3, "rounds": 2}, "instances": 2}],
    "design": "cross_play",
    "repeats": 1,
}


class Read(HTMLParser):
    """The elements of a page, with their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ran(tmp_path_factory.mktemp("runs"), CROSSED).path


@pytest.fixture(scope="module")
def of(run: Path) -> Gathered:
    return gathered(run)


@pytest.fixture(scope="module")
def page(of: Gathered) -> str:
    return html(of, of.path)


@pytest.fixture(scope="module")
def hostile(of: Gathered) -> str:
    return html(spoilt(of), of.path)


def spoilt(of: Gathered) -> Gathered:
    """The same run, with hostile words wherever others write any."""
    first, *rest = [replace(each, agents=(HOSTILE, *each.agents[1:])) for each in of.matches]
    void = replace(first, void=HOSTILE, status="void", values={}, per_seat={}, match=HOSTILE, label=HOSTILE)
    config = {"agents": {HOSTILE: {"model": HOSTILE, "headers": {"X-Key": "hidden-key"}}}, "design": HOSTILE}
    state = {"status": HOSTILE, "configuration": config, "failures": {HOSTILE: HOSTILE}, "versions": {HOSTILE: HOSTILE}}
    return Gathered(of.path, state, (void, *rest))


def test_it_says_what_was_run_and_what_came_of_it(of: Gathered, page: str) -> None:
    text = Read(page).text
    for words in (of.name, "complete", "8 of 8, 0 void", "scripted: planner", "cross_play", "no model was called"):
        assert words in text
    assert interval(figure(of.matches, "coordination_gain").overall) in text
    for agent in ("planner", "boulware"):
        assert interval(figure(of.matches, "coordination_gain", agent).overall) in text
    assert "Few instances: 2" in text
    assert "jackknife" in text
    assert "Student's t over the instances" in text


def test_it_has_the_pictures_and_every_link_leads_to_a_transcript(of: Gathered, page: str) -> None:
    elements = Read(page).elements
    assert sum(tag == "svg" for tag, _ in elements) >= 2
    links = [attrs["href"] or "" for tag, attrs in elements if tag == "a"]
    there = {target for target in links if not target.startswith("#")}
    assert {Path(target).stem for target in map(unquote, there)} == {each.match for each in of.matches}
    assert all((of.path / unquote(target)).is_file() for target in there)
    elsewhere = html(of, of.path.parent / "a b", drawn=False)
    found = [attrs["href"] or "" for tag, attrs in Read(elsewhere).elements if tag == "a"]
    assert all(target.startswith(("#", f"../{of.name}/matches/")) for target in found)
    anchors = {target.removeprefix("#") for target in links if target.startswith("#")}
    assert anchors <= {attrs.get("id") for _, attrs in elements}


def test_it_fetches_nothing_and_runs_nothing(page: str) -> None:
    elements = Read(page).elements
    policy = next(attrs["content"] or "" for _, attrs in elements if "http-equiv" in attrs)
    (style,) = re.findall("<style>(.*?)</style>", page, re.DOTALL)
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert not {tag for tag, _ in elements} & {"script", "link", "img", "iframe", "object", "form", "image", "use"}
    for _, attrs in elements:
        assert not [name for name in attrs if name.startswith("on") or name in ("src", "style", "xlink:href")]
    assert "url(" not in style
    assert "@import" not in style


def test_hostile_words_stay_words(hostile: str, page: str) -> None:
    read = Read(hostile)
    assert {tag for tag, _ in read.elements} <= {tag for tag, _ in Read(page).elements} | {"ul", "li"}
    assert read.text.count(HOSTILE) >= 4
    assert all(not name.startswith("on") for _, attrs in read.elements for name in attrs)
    assert "hidden-key" not in hostile


BROWSERS = [BROWSER] if BROWSER else []


@pytest.mark.parametrize("browser", BROWSERS)
def test_a_browser_shows_hostile_words_and_obeys_none(browser: str, of: Gathered, hostile: str, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(hostile, encoding="utf-8")
    command = [
        browser,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        f"--user-data-dir={tmp_path / 'own'}",
        "--dump-dom",
    ]
    shown = subprocess.run([*command, file.as_uri()], capture_output=True, text=True, timeout=60, check=True).stdout
    assert f"<title>{of.name} · Arena</title>" in shown
    assert not re.search("<(script|img)", shown)
    assert "&lt;script&gt;document.title='owned'" in shown


def test_hostile_names_do_no_harm_in_pictures() -> None:
    mean = Estimate(0.5, 0.1, 3.0, 3, 3, "t")
    rows = [Spread(name, (0.1, 0.5, 0.9), mean) for name in (*HOSTILE_SEATS, HOSTILE)]
    svg = drawn_chart(lambda: spread(rows, "gain", HOSTILE, [HOSTILE]), HOSTILE).decode()
    assert {tag for tag, _ in Read(svg).elements} <= {"svg", "rect", "g", "path", "text", "line", "tspan"}


def test_secrets_of_a_configuration_are_left_out(of: Gathered) -> None:
    told = {
        "model": "openai/x",
        "base_url": "https://me:word@host:8/v1?key=k",
        "headers": {"X": "word"},
        "extra_body": {"a": 1},
    }
    (row,) = agents(Gathered(of.path, {"configuration": {"agents": {"a": told}}}, ())).rows
    assert [cell.text for cell in row] == ["a", "model: openai/x, base_url: https://host:8"]


def test_void_matches_are_told_with_their_reasons_and_bounds(of: Gathered) -> None:
    first, second, *rest = of.matches
    void = [replace(each, void="no answer", status="void", values={}, per_seat={}) for each in (first, second)]
    text = Read(html(Gathered(of.path, of.state, (*void, *rest)), of.path, drawn=False)).text
    assert f"2 void, such as {first.match}: no answer" in text
    assert "at worst" in text
    assert "2 of 8 matches void" in text


def test_a_transcript_that_was_removed_is_told(of: Gathered) -> None:
    less = Gathered(of.path, of.state, of.matches[1:])
    assert "complete; 1 transcript removed since" in Read(html(less, of.path, drawn=False)).text


def test_a_transcript_that_cannot_be_read_is_told_and_the_rest_reported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = ran(tmp_path, CROSSED, limit=2).path
    one, other = sorted((path / "matches").iterdir())
    one.write_bytes(b"no transcript\n")
    assert main(["report", str(path), "--format", "md"]) == 2
    shown = capsys.readouterr()
    assert "- not read: " in shown.out
    assert "- matches: 1 of 2, 0 void" in shown.out
    assert "transcript removed" not in shown.out
    assert shown.err.startswith(f"not read: {one}: ")
    other.write_bytes(b"")
    assert main(["report", str(path), "--format", "md"]) == 2
    assert "none of its transcripts can be read" in capsys.readouterr().err


def test_markdown_has_the_tables_and_escapes_what_would_be_markup(of: Gathered) -> None:
    text = markdown(of, of.path)
    assert (
        f"| planner | 6 | 0 | {plain(interval(figure(of.matches, 'settled', 'planner').overall, 0, percent=True))} |"
        in text
    )
    assert "- status: complete" in text
    hostile = markdown(spoilt(of), of.path)
    assert "<script" not in hostile
    assert not re.search(r"(?<!\\)\]\(javascript", hostile)
    assert plain("@someone <b> a|b `x` https://h/ #1 *_[]") == (
        "&#64;someone &#60;b&#62; a\\|b \\`x\\` https&#58;//h/ &#35;1 \\*\\_\\[\\]"
    )
    for line in hostile.splitlines():
        if line.startswith("|") and "planner" in line:
            assert len(re.findall(r"(?<!\\)\|", line)) in (3, 4, 7)


def test_the_command_writes_the_page_beside_the_run_or_where_it_is_told(
    run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["report", str(run)]) == 0
    written = (run / "report.html").read_text(encoding="utf-8")
    assert written == html(gathered(run), run)
    assert main(["report", str(run), "-o", str(tmp_path / "x.md"), "--format", "md"]) == 0
    capsys.readouterr()
    assert main(["report", str(run), "--format", "md"]) == 0
    assert capsys.readouterr().out == (tmp_path / "x.md").read_text(encoding="utf-8")
    assert read_state(run)["status"] == "complete"


def test_a_threshold_is_judged_and_told_in_the_report(
    run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["report", str(run), "-o", str(tmp_path / "x.html"), "--fail-under"]
    assert main([*words, "settled=2"]) == 4
    assert "missed: settled=2: " in capsys.readouterr().err
    assert "missed: settled=2: " in Read((tmp_path / "x.html").read_text(encoding="utf-8")).text
    assert main([*words, "settled=0"]) == 0


def test_without_the_extra_the_report_says_what_to_install(of: Gathered, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    read = Read(html(of, of.path))
    assert "coordination-arena[plot]" in read.text
    assert not [tag for tag, _ in read.elements if tag == "svg"]
