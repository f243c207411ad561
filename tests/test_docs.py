"""The README and the pages of `docs/` do what they say: their blocks are run, their outputs compared, their lists held
against the code.

How a block is used goes by its language; a language that is not listed here is a mistake.

    python    executed
    pycon     run as doctests; those of a page share their names
    yaml      a configuration (or a part of one) is loaded, its names looked up and its matches dealt; a game, or a
              script of the mock server, is read
    sh        run line by line; every line has to succeed
    console   the lines after `$ ` are run, what they print is compared, `...` on a line of its own stands for any
              lines; a command that fails is followed by `echo $?`; one that ends in `&` runs to the end of the page
    json      read
    jinja     written to the file that it names
    text      looked at only

A block whose first line is a comment with a file name is written to that file first, for the blocks after it. All of a
page's blocks share a directory of their own. A block that cannot be run says why in `<!-- not run: ... -->` above it.
"""

from __future__ import annotations

import doctest
import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args
from unittest.mock import patch

import pytest
import yaml

from arena import assets
from arena.cli.main import COMMANDS
from arena.configs.load import shape
from arena.configs.resolve import resolve
from arena.configs.schema import AgentConfig, Design, LimitsConfig, ProtocolConfig, RunConfig, ScenarioConfig
from arena.configs.suites import expand
from arena.core.draw import Draw
from arena.core.events import Event
from arena.core.wire import faults
from arena.mock.faults import FAULTS
from arena.mock.script import KEYS, read_script
from arena.models.heard import FAULTS as ENDPOINT_FAULTS
from arena.moderators.channels import Channel
from arena.moderators.limits import Limits
from arena.moderators.turns import Turns
from arena.planning.plan import preview, survey
from arena.planning.seatable import unseatable
from arena.report.labels import SECTIONS
from arena.runs.retrying import STATUSES
from arena.scenarios.bargain.games import BY_ISSUES, BY_ITEMS, BY_TABLE, PARTY, task
from arena.scenarios.find import find
from arena.scenarios.find import names as scenarios
from arena.scripting import policies

ROOT = Path(__file__).parents[1]
PAGES = {str(page.relative_to(ROOT)): page for page in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]}
# Blocks that only a machine of one's own can run.
NOT_RUN = {"README.md": 2, "docs/configuration.md": 1, "docs/engines.md": 1}
STARTING_PORT = "127.0.0.1:8000"  # where the pages find `arena serve-mock`; here it is given a port that is free

FENCE = re.compile(r"^(?:<!-- not run: (?P<why>.+?) -->\n)?^```(?P<kind>\w*)\n(?P<text>.*?)^```$", re.M | re.S)
NAMED = re.compile(r"(?:# |\{# )([\w.:/-]+\.(?:py|yaml|json|j2))(?: #\})?\n")
RUN = re.compile(r"\d{4}-\d\d-\d\dT\d{4}_([\w.~-]+)_[0-9a-f]{4}\b")
SEPARATOR = "\x1e"


@dataclass(frozen=True)
class Block:
    kind: str
    text: str
    line: int
    why: str | None  # it is not run


def blocks(page: Path) -> list[Block]:
    text = page.read_text(encoding="utf-8")
    return [
        Block(m["kind"], m["text"], text.count("\n", 0, m.start("kind")) + 1, m["why"]) for m in FENCE.finditer(text)
    ]


@dataclass
class Desk:
    """Where the blocks of one page are run."""

    folder: Path
    place: str
    env: dict[str, str]
    started: list[subprocess.Popen[str]] = field(default_factory=list)
    names: dict[str, Any] = field(default_factory=dict)

    def run(self, block: Block) -> None:
        text = block.text.replace(STARTING_PORT, self.place)
        if named := NAMED.match(text):
            file = self.folder / named[1]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        KINDS_OF_BLOCK[block.kind](self, text)

    def python(self, text: str) -> None:
        with patch.object(sys, "argv", ["page"]):  # not the words that pytest was called with
            exec(compile(text, "a block of python", "exec"), {"__name__": "__page__"})

    def pycon(self, text: str) -> None:
        test = doctest.DocTestParser().get_doctest(text, self.names, "a block of pycon", None, 0)
        said: list[str] = []
        doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=said.append, clear_globs=False)
        self.names.update(test.globs)
        assert test.examples
        assert not said, "".join(said)

    def yaml(self, text: str) -> None:
        found = yaml.safe_load(text)
        if isinstance(found, list):
            read_script(found)
        elif "parties" in found:
            task(found, Draw.root(0, ""))
        else:
            found = _completed(found)
            assert expand(found, self.folder) == []
            config = shape(found, "a block of yaml")
            resolved = resolve(config, self.folder, also=unseatable(config, self.folder))
            assert survey(resolved, preview)

    def sh(self, text: str) -> None:
        done = self._bash(f"set -e\n{text}")
        assert done.returncode == 0, done.stdout

    def console(self, text: str) -> None:
        told = [each for each in _commands(text, self.place) if not self._starts(*each)]
        script = "".join(f"{command}\n_s=$?; printf '{SEPARATOR}%s\\n' $_s; (exit $_s)\n" for command, _ in told)
        answers = re.split(f"{SEPARATOR}(\\d+)\n", self._bash(script).stdout)[:-1]
        codes = [int(code) for code in answers[1::2]]
        for (command, expected), printed in zip(told, answers[::2], strict=True):
            shown = _plain(printed, self.place)
            assert re.fullmatch(_pattern(expected), shown), f"$ {command}\n{shown}"
        for code, after in zip(codes, [*[command for command, _ in told[1:]], ""], strict=True):
            assert code == 0 or after == "echo $?", f"exit code {code}, and no reader is told"

    def _starts(self, command: str, expected: str) -> bool:
        """Whether it is a server; it is started, and has said that it listens."""
        if not command.endswith(" &"):
            return False
        port = self.place.rpartition(":")[2]
        words = [*command.removesuffix(" &").split(), "--port", port]
        server = subprocess.Popen(words, cwd=self.folder, env=self.env, text=True, stdout=subprocess.PIPE)
        self.started.append(server)
        assert server.stdout is not None
        assert _plain(server.stdout.readline(), self.place) == expected
        return True

    def _bash(self, script: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "-c", f"exec 2>&1\n{script}"],
            cwd=self.folder,
            env=self.env,
            text=True,
            stdout=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            check=False,
        )

    def close(self) -> None:
        for server in self.started:
            server.terminate()
            server.communicate(timeout=30)


KINDS_OF_BLOCK: dict[str, Callable[[Desk, str], object]] = {
    "python": Desk.python,
    "pycon": Desk.pycon,
    "yaml": Desk.yaml,
    "sh": Desk.sh,
    "console": Desk.console,
    "json": lambda _, text: json.loads(text),
    "jinja": lambda _, text: NAMED.match(text) or pytest.fail("a template without a name"),
    "text": lambda _, text: text,
}


def _commands(text: str, place: str) -> Iterator[tuple[str, str]]:
    """Each command of a console block, and what it is said to print."""
    assert text.startswith("$ "), f"a console block begins with a command, not with {text[:40]!r}"
    for part in re.split(r"^\$ ", text, flags=re.M)[1:]:
        command, _, expected = part.partition("\n")
        while command.endswith("\\"):  # it goes on
            more, _, expected = expected.partition("\n")
            command = command[:-1] + more.removeprefix("> ")
        yield command, _plain(expected, place)


def _plain(text: str, place: str) -> str:
    """A text without what differs from run to run."""
    text = RUN.sub(r"RUN_\1", text.replace(place, STARTING_PORT))
    return "".join(f"{line.rstrip()}\n" for line in re.sub(r'"t":\d+', '"t":0', text).splitlines())


def _pattern(expected: str) -> str:
    lines = expected.splitlines(keepends=True)
    return "".join(["(?:.*\n)*?" if line.strip() == "..." else re.escape(line) for line in lines])


def _completed(found: dict[str, Any]) -> dict[str, Any]:
    """A configuration, its missing parts filled in: one that is written to be read may show a part alone."""
    parts = {key: found.pop(key) for key in ("params", "protocol") if key in found}
    whole: dict[str, Any] = {"scenarios": [{"use": "bargain", **parts}], **found}
    if "agents" not in whole:
        whole |= {"agents": {"any": {"scripted": "silent"}}, "design": "self_play"}
    elif "scenarios" not in found and "seating" not in found:
        whole |= {"seating": [next(iter(whole["agents"]))] * 3}
    return whole


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    tools = tmp_path / "tools"
    folder = tmp_path / "page"
    tools.mkdir()
    folder.mkdir()
    for name, command in (("arena", f"{sys.executable} -m arena"), ("python", sys.executable)):
        (tools / name).write_text(f'#!/bin/sh\nexec {command} "$@"\n', encoding="utf-8")
        (tools / name).chmod(0o755)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ARENA_", "OPENAI_"))}
    kept = {name: value for name, value in kept.items() if not name.endswith("_BASE_URL")}
    same = {"COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb", "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{free.getsockname()[1]}"
    monkeypatch.chdir(folder)
    same["PATH"] = f"{tools}{os.pathsep}{os.environ['PATH']}"
    desk = Desk(folder, place, kept | same)
    yield desk
    desk.close()


@pytest.mark.parametrize("name", PAGES)
def test_every_block_of_a_page_does_what_the_page_says(name: str, desk: Desk) -> None:
    found = blocks(PAGES[name])
    assert {block.kind for block in found} <= KINDS_OF_BLOCK.keys()
    assert sum(block.why is not None for block in found) == NOT_RUN.get(name, 0)
    for block in found:
        if block.why is None:
            try:
                desk.run(block)
            except BaseException as error:
                error.add_note(f"{name}, the block of {block.kind} at line {block.line}")
                raise


@pytest.mark.parametrize("name", PAGES)
def test_every_fence_of_a_page_is_closed_and_every_link_leads_somewhere(name: str) -> None:
    text = PAGES[name].read_text(encoding="utf-8")
    assert len(re.findall(r"^```", text, re.M)) == 2 * len(blocks(PAGES[name]))
    prose = FENCE.sub("", text)
    for target in re.findall(r"\]\(([^)\s]+)\)", prose):
        if not target.startswith("https://"):
            file, _, heading = target.partition("#")
            there = PAGES[name] if not file else (PAGES[name].parent / file)
            assert there.exists(), target
            assert not heading or heading in headings(there), target


def headings(page: Path) -> set[str]:
    """The anchors of a page, as GitHub makes them."""
    found = re.findall(r"^#+ (.+)$", FENCE.sub("", page.read_text(encoding="utf-8")), re.M)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in found}


def test_the_quickstart_is_two_blocks_of_which_the_first_runs_what_the_readme_shows() -> None:
    text = PAGES["README.md"].read_text(encoding="utf-8")
    section = text.partition("\n## Quickstart\n")[2].partition("\n## ")[0]
    kinds = [m["kind"] for m in FENCE.finditer(section)]
    assert kinds == ["sh", "sh"]
    run, tests = [m["text"].splitlines() for m in FENCE.finditer(section)]
    assert tests[-1] == ".venv/bin/pytest -n auto"
    shown = [block.text for block in blocks(PAGES["README.md"]) if block.kind == "console"]
    assert shown[0].startswith(f"$ {run[-1].removeprefix('.venv/bin/')}\n")


def tags(union: Any) -> set[str]:
    return {getattr(kind, "__origin__", kind).__struct_config__.tag for kind in get_args(union)}


def metrics() -> set[str]:
    return {name for section in SECTIONS.values() for name in section}


def of_family(name: str) -> set[str]:
    """What a family's page has to name: its parameters and its scripted agents."""
    return {*find(name).params_type.__struct_fields__, *policies.names(f"arena.scenarios.{name}.policies")}


NAMED_IN: dict[str, set[str]] = {
    "docs/configuration.md": {
        *RunConfig.model_fields,
        *AgentConfig.model_fields,
        *ScenarioConfig.model_fields,
        *LimitsConfig.model_fields,
        *ProtocolConfig.model_fields,
        *Limits.__struct_fields__,
        *COMMANDS,
    },
    **{f"docs/{family}.md": of_family(family) for family in scenarios()},
    "docs/game-files.md": {*BY_ISSUES, *BY_ITEMS, *BY_TABLE, *PARTY},
    "docs/measures.md": metrics(),
    "docs/meetings.md": tags(Turns) | tags(Channel) | set(Limits.__struct_fields__),
    "docs/runs.md": {
        *get_args(Design),
        "connections",
        *STATUSES,
        *assets.names("configs/suites", ".yaml"),
    },
    "docs/architecture.md": tags(Event),
    "docs/serve-mock.md": {*FAULTS, *KEYS},
    "docs/models.md": {
        *[code for line in re.findall(r"  +([a-z_, ]+)$", str(faults.__doc__), re.M) for code in line.split(", ")],
        *[fault.code for fault in ENDPOINT_FAULTS.values()],
    },
}


@pytest.mark.parametrize("name", NAMED_IN)
def test_a_page_that_lists_names_lists_them_all(name: str) -> None:
    text = PAGES[name].read_text(encoding="utf-8")
    assert sorted(each for each in NAMED_IN[name] if f"`{each}`" not in text) == []


def test_the_readme_counts_what_there_is() -> None:
    text = PAGES["README.md"].read_text(encoding="utf-8")
    counted = {"seven turn orders": len(tags(Turns)), "six kinds of channel": len(tags(Channel))}
    assert {phrase for phrase in counted if phrase in " ".join(text.split())} == counted.keys()
    assert list(counted.values()) == [7, 6]
    assert all(f"[{family}](docs/{family}.md)" in text for family in scenarios())


def test_the_architecture_draws_every_room() -> None:
    drawn = next(block.text for block in blocks(PAGES["docs/architecture.md"]) if block.kind == "text")
    there = {each.stem for each in (ROOT / "arena").iterdir() if not each.name.startswith((".", "_"))} - {"py"}
    assert there <= set(re.findall(r"[a-z]+", drawn))
