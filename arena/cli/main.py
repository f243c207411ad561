"""The command `arena`: which commands there are, the options they share, and what an ending means to the shell.

A command is imported when it is called and no sooner. `--help` and shell completion read the table below, so that they
answer at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import click
from click.shell_completion import CompletionItem

from arena import __version__
from arena.cli.dotenv import dotenv
from arena.errors import ArenaError, nearest
from arena.hiding import hidden

INTERNAL = 1
INTERRUPTED = 130


@dataclass(frozen=True)
class Entry:
    """One command: what `arena --help` says of it, and the module whose `command` it is."""

    help: str
    module: str


COMMANDS = {
    "run": Entry("Play the matches of a configuration, live, and score them.", "arena.cli.run"),
    "replay": Entry("Watch a match again, as a seat saw it, or verify it.", "arena.cli.replay"),
    "fork": Entry("Play on from a moment of a match with other agents.", "arena.cli.fork"),
    "resume": Entry("Go on with a match or a run where it stopped.", "arena.cli.resume"),
    "retry": Entry("Play void matches of a run again.", "arena.cli.retry"),
    "score": Entry("Score saved transcripts, offline.", "arena.cli.score"),
    "compare": Entry("Compare two runs or two agents: differences with intervals.", "arena.cli.compare"),
    "ratings": Entry("Rank agents: ratings with intervals, the cross-play matrix.", "arena.cli.ratings"),
    "power": Entry("How many more instances tell a difference.", "arena.cli.power"),
    "report": Entry("Report on a run: one page of tables and pictures.", "arena.cli.report"),
    "export": Entry("Write the matches of runs as csv, jsonl, parquet or junit.", "arena.cli.export"),
    "import": Entry("Make transcripts out of other people's records.", "arena.cli.import_"),
    "plot": Entry("Draw a match: its space of agreements, who spoke to whom.", "arena.cli.plot"),
    "solve": Entry("Solve a game exactly: its frontier and its bargaining solutions.", "arena.cli.solve"),
    "list": Entry("List scenarios, games, suites, agents, metrics, samples or runs.", "arena.cli.list_"),
    "show": Entry("Show one of them: its brief, its moves, an example.", "arena.cli.show"),
    "check": Entry("Validate a configuration and show its plan.", "arena.cli.check"),
    "doctor": Entry("Examine the endpoints of a configuration: what works, what to do.", "arena.cli.doctor"),
    "cache": Entry("See what the cache of replies holds, and clear it.", "arena.cli.cache"),
    "serve-mock": Entry("Serve an OpenAI-compatible endpoint that answers legally.", "arena.cli.serve_mock"),
}


class Commands(click.Group):
    """The commands of the table, each imported when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        entry = COMMANDS.get(cmd_name)
        return None if entry is None else _shared(import_module(entry.module).command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in COMMANDS and not ctx.resilient_parsing:
            ctx.fail(f"no command named {args[0]!r}; {nearest(args[0], COMMANDS)}")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        with dotenv():
            return super().invoke(ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.help) for name, entry in COMMANDS.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        named = [CompletionItem(n, help=entry.help) for n, entry in COMMANDS.items() if n.startswith(incomplete)]
        return named + click.Command.shell_complete(self, ctx, incomplete)


@dataclass
class Shell:
    """What the options that all commands share ask for; `ctx.obj` of every command."""

    debug: bool = False
    tracebacks: bool = False  # they are shown already


def _no_color(ctx: click.Context, _option: click.Parameter, value: bool) -> None:
    if value or os.environ.get("NO_COLOR"):
        ctx.find_root().color = ctx.color = False
        # rich reads the variable wherever a console is made (https://no-color.org).
        os.environ["NO_COLOR"] = "1"


def _debug(ctx: click.Context, _option: click.Parameter, value: bool) -> None:
    shell = ctx.ensure_object(Shell)
    shell.debug = shell.debug or value
    if shell.debug and not shell.tracebacks:
        shell.tracebacks = True
        _show_tracebacks(ctx.find_root())


def _show_tracebacks(root: click.Context) -> None:
    """Until the command ends, what is logged goes to stderr, the tracebacks of agents that crash among it."""
    import logging  # only here: `--help` is to be fast

    class Hiding(logging.Formatter):
        def format(self, record: logging.LogRecord) -> str:
            return hidden(super().format(record))

    handler, logger = logging.StreamHandler(), logging.getLogger("arena")
    handler.setFormatter(Hiding())
    before = logger.level
    logger.setLevel(logging.DEBUG)
    logger.addHandler(handler)
    root.call_on_close(lambda: logger.setLevel(before))
    root.call_on_close(lambda: logger.removeHandler(handler))


def _options() -> tuple[click.Option, ...]:
    """The options that stand before the command or after it, as the user likes."""
    return (
        click.Option(
            ["--no-color"], is_flag=True, expose_value=False, callback=_no_color, help="Print without colours."
        ),
        click.Option(["--debug"], is_flag=True, expose_value=False, callback=_debug, help="Show tracebacks."),
    )


def _shared(command: click.Command) -> click.Command:
    """The command with the shared options that it lacks."""
    own = {name for param in command.params for name in param.opts}
    command.params.extend(option for option in _options() if own.isdisjoint(option.opts))
    return command


cli = click.version_option(__version__, message="arena %(version)s", help="Show the version and exit.")(
    Commands(
        "arena",
        params=list(_options()),
        help="Measure how well language-model agents work together.",
        epilog="`arena COMMAND --help` says more of each. Exit codes: 0 complete, 1 internal failure, 2 usage or "
        "configuration, 3 void matches, 4 a threshold missed, 5 stopped by the budget, 130 interrupted.",
        context_settings={"help_option_names": ["-h", "--help"]},
    )
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code; every error has become a message by then.

    argv: the words after `arena`; those of this process where None.
    Returns the codes that `arena --help` lists: an ArenaError's own `exit_code`, 2 for wrong usage, 130 for an
    interruption, 1 for anything that nobody foresaw, and otherwise what the command itself returned (None is 0).
    """
    shell = Shell(debug=bool(os.environ.get("ARENA_DEBUG")))
    try:
        ended = cli.main(args=argv, prog_name="arena", standalone_mode=False, obj=shell)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort as abort:
        return _report(abort.__cause__, shell) if isinstance(abort.__cause__, EOFError) else _interrupted()
    except KeyboardInterrupt:
        return _interrupted()
    except BrokenPipeError:
        _silence()
        return INTERNAL
    except Exception as error:  # noqa: BLE001 - the last door before the shell: nothing else may reach the user raw
        return _report(error, shell)
    return ended if type(ended) is int else 0


def _interrupted() -> int:
    print("Interrupted.", file=sys.stderr)
    return INTERRUPTED


def _report(error: Exception, shell: Shell) -> int:
    """Say on stderr what went wrong, and return the exit code for it."""
    if shell.debug:
        import traceback  # only here: nothing else needs it

        print(hidden("".join(traceback.format_exception(error))), end="", file=sys.stderr)
    if isinstance(error, ArenaError):
        print(f"Error: {hidden(str(error))}", file=sys.stderr)
        return error.exit_code
    what = hidden(" ".join(f"{type(error).__name__}: {error}".split()))
    hint = "" if shell.debug else "; run it again with --debug, or with ARENA_DEBUG=1, to see where"
    print(f"Internal error: {what}{hint}", file=sys.stderr)
    return INTERNAL


def _silence() -> None:
    """Let nothing more be written to a pipe that nobody reads, not even when the interpreter flushes at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
