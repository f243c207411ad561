"""The command `arena`: its table of commands, its shared options, and how endings become exit codes."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import click
import pytest

from arena import __version__
from arena.cli.main import COMMANDS, Entry, main
from arena.errors import ConfigError, EndpointDown, Mistake, NotFound, StorageError

CHECKOUT = Path(__file__).parents[1]
HEAVY = {"aiohttp", "asyncio", "httpx", "jinja2", "msgspec", "numpy", "openai", "pydantic", "rich", "scipy", "yaml"}
LISTING = """
import json, sys
from arena.cli.main import main
code = main(sys.argv[1:])
print("\\n" + json.dumps([code, sorted(sys.modules)]))
"""


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("NO_COLOR", "ARENA_DEBUG"):
        monkeypatch.setenv(variable, "")


@pytest.fixture
def ending(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """Adds a command named `end` that ends as the function does that it is given."""

    def add(body: Callable[[], object]) -> None:
        module = ModuleType("a_command_of_the_tests")
        module.command = click.command("end")(body)  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, module.__name__, module)
        monkeypatch.setitem(COMMANDS, "end", Entry("End somehow.", module.__name__))

    return add


def raising(error: BaseException) -> Callable[[], None]:
    def body() -> None:
        raise error

    return body


def arena(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "arena", *words],
        capture_output=True,
        text=True,
        cwd=CHECKOUT,
        env={**os.environ, **variables},
        check=False,
    )


def imported_by(*words: str) -> tuple[int, set[str]]:
    """The exit code of a command line, and every module that it had imported by then."""
    ran = subprocess.run(
        [sys.executable, "-c", LISTING, *words], capture_output=True, text=True, cwd=CHECKOUT, check=True
    )
    code, modules = json.loads(ran.stdout.splitlines()[-1])
    return code, set(modules)


def test_help_names_every_command_and_what_it_does(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    for name, entry in COMMANDS.items():
        assert f"{name} {entry.help}" in shown


def test_help_imports_no_command_and_nothing_heavy() -> None:
    code, modules = imported_by("--help")
    assert code == 0
    assert not modules & (HEAVY | {entry.module for entry in COMMANDS.values()})


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command_imports_neither_clients_nor_numerics(name: str) -> None:
    code, modules = imported_by(name, "--help")
    assert code == 0
    assert COMMANDS[name].module in modules
    assert not modules & {"aiohttp", "httpx", "httpx2", "numpy", "openai", "scipy"}


def test_the_version_is_the_packages(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"arena {__version__}\n"


def test_a_misspelt_command_is_answered_with_the_nearest_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["relpay", "file"]) == 2
    assert "no command named 'relpay'; did you mean 'replay'?" in capsys.readouterr().err


def test_a_command_like_no_other_is_answered_with_all_of_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["zzz"]) == 2
    assert "cache, check, compare, doctor, " in capsys.readouterr().err


@pytest.mark.parametrize("words", [[], ["--wrong"], ["end", "--wrong"], ["end", "surplus"]])
def test_wrong_usage_ends_with_2_and_says_so_on_stderr(
    words: list[str], ending: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    ending(lambda: None)
    assert main(words) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "Usage: arena" in shown.err


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (NotFound("scenario", "bargian", ["bargain"]), 2),
        (ConfigError([Mistake("agents.bob.model", "found 3", "expected a name")], "duel.yaml"), 2),
        (StorageError("the disk is full"), 1),
        (EndpointDown("no answer"), 3),
    ],
)
def test_an_error_of_arenas_own_is_its_message_and_its_exit_code(
    error: Exception, code: int, ending: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    ending(raising(error))
    assert main(["end"]) == code
    assert capsys.readouterr().err == f"Error: {error}\n"


@pytest.mark.parametrize(("returned", "code"), [(None, 0), (0, 0), (3, 3), (4, 4), (5, 5), (True, 0), ("done", 0)])
def test_a_command_may_return_its_exit_code(returned: object, code: int, ending: Callable[..., None]) -> None:
    ending(lambda: returned)
    assert main(["end"]) == code


def test_a_command_may_exit_through_its_context(ending: Callable[..., None]) -> None:
    ending(lambda: click.get_current_context().exit(4))
    assert main(["end"]) == 4


@pytest.mark.parametrize("error", [KeyboardInterrupt(), click.Abort()])
def test_an_interruption_ends_with_130(
    error: BaseException, ending: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    ending(raising(error))
    assert main(["end"]) == 130
    assert capsys.readouterr().err.endswith("Interrupted.\n")


@pytest.mark.parametrize("error", [ValueError("two\nlines"), EOFError("two\nlines"), RecursionError("two\nlines")])
def test_an_error_that_nobody_foresaw_is_one_line_and_says_how_to_see_more(
    error: Exception, ending: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    ending(raising(error))
    assert main(["end"]) == 1
    shown = capsys.readouterr().err.strip()
    assert shown.startswith(f"Internal error: {type(error).__name__}: two lines; ")
    assert shown.count("\n") == 0
    assert "--debug" in shown


@pytest.mark.parametrize("words", [["--debug", "end"], ["end", "--debug"]])
def test_debug_shows_the_traceback_wherever_it_stands(
    words: list[str], ending: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    ending(raising(ValueError("wrong")))
    assert main(words) == 1
    shown = capsys.readouterr().err
    assert "Traceback (most recent call last)" in shown
    assert shown.endswith("Internal error: ValueError: wrong\n")


def test_the_variable_arena_debug_shows_the_traceback(
    ending: Callable[..., None], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ARENA_DEBUG", "1")
    ending(raising(NotFound("game", "x")))
    assert main(["end"]) == 2
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "variable", "color"),
    [
        (["end"], "", None),
        (["end"], "1", False),
        (["--no-color", "end"], "", False),
        (["end", "--no-color"], "", False),
    ],
)
def test_colours_are_left_out_when_an_option_or_no_color_says_so(
    words: list[str],
    variable: str,
    color: bool | None,
    ending: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NO_COLOR", variable)
    told: list[tuple[bool | None, bool]] = []
    ending(lambda: told.append((click.get_current_context().color, bool(os.environ["NO_COLOR"]))))
    assert main(words) == 0
    assert told == [(color, color is False)]


def test_the_shared_options_are_added_to_a_command_once(
    ending: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    ending(lambda: None)
    for _ in range(2):
        assert main(["end", "--help"]) == 0
    shown = capsys.readouterr().out
    assert shown.count("--no-color") == shown.count("--debug") == 2


def test_a_reader_that_goes_away_is_no_news() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as nobody:
        ran = subprocess.run(
            [sys.executable, "-m", "arena", "--help"],
            stdout=nobody,
            stderr=subprocess.PIPE,
            text=True,
            cwd=CHECKOUT,
            check=False,
        )
    assert (ran.returncode, ran.stderr) == (1, "")


def test_the_module_runs_as_the_command_does() -> None:
    ran = arena("nonesuch")
    assert (ran.returncode, ran.stdout) == (2, "")


def test_shell_completion_offers_the_commands_that_begin_so() -> None:
    ran = arena(_ARENA_COMPLETE="bash_complete", COMP_WORDS="arena s", COMP_CWORD="1")
    offered = [line.split(",", 1)[1] for line in ran.stdout.splitlines()]
    assert offered == [name for name in COMMANDS if name.startswith("s")]
