"""`arena serve-mock`: an OpenAI-compatible server that answers legally, or fails to order."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from arena.mock.app import MockServer
    from arena.mock.faults import Rates
    from arena.mock.latency import Latency
    from arena.mock.script import Script

T = TypeVar("T")


def _latency(ctx: click.Context, param: click.Parameter, value: str) -> Latency:
    from arena.mock.latency import read_latency

    return _read(read_latency, value)


def _read(reader: Callable[[Any], T], value: object) -> T:
    from arena.errors import UsageError

    try:
        return reader(value)
    except (UsageError, ValueError) as e:
        raise click.BadParameter(str(e)) from None


@click.command("serve-mock")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes a free one.")
@click.option("--latency", metavar="SECONDS", default="0", callback=_latency, help="0.2, or a range such as 0.1-0.5.")
@click.option("--seed", type=int, default=0, show_default=True, help="Same seed and request, same answer.")
@click.option("--model", "models", metavar="NAME", multiple=True, default=("mock",), help="Repeatable; default: mock.")
@click.option("--key", metavar="KEY", help="Demand this API key; without it any or none will do.")
@click.option("--fault", "faults", metavar="NAME=RATE", multiple=True, help="Fail at this rate, as in 429=0.1.")
@click.option("--faults", "faults_file", type=click.Path(path_type=Path), help="A YAML or JSON file of such rates.")
@click.option("--retry-after", type=click.FloatRange(0), default=1.0, show_default=True, help="Seconds; with 429.")
@click.option("--script", "script_file", type=click.Path(path_type=Path), help="Replies and faults in order, a file.")
@click.option("--context", type=click.IntRange(1), metavar="TOKENS", help="Refuse what is longer.")
@click.option(
    "--context-words",
    type=click.Choice(["openai", "vllm", "llama.cpp"]),
    default="openai",
    show_default=True,
    help="Whose words say so.",
)
@click.option(
    "--reasoning",
    type=click.Choice(["reasoning", "reasoning_content", "think"]),
    help="Answer with thoughts, in this place.",
)
@click.option("--quiet", is_flag=True, help="Do not log each request to stderr.")
@click.option("--json", "as_json", is_flag=True, help='Announce as {"base_url": ...}.')
def command(
    host: str,
    port: int,
    faults: tuple[str, ...],
    faults_file: Path | None,
    script_file: Path | None,
    context: int | None,
    context_words: Any,
    quiet: bool,
    as_json: bool,
    **settings: Any,
) -> None:
    """Serve an OpenAI-compatible endpoint that needs no model.

    It answers legally by sampling the JSON schema it was sent: a block fenced as "schema" in the last user message,
    the tools, or the format of the response. Prints where it listens, on one line, and serves until Ctrl-C.

    NAME is one of these faults, which docs/serve-mock.md tells about:

    \b
    408, 409, 429, 429-bare, 500, 502, 503, 504,
    reset, hang, cut, bad-body,
    bad-json, wrong-schema, empty, refusal,
    content-filter, thought-only, truncated, giant
    """
    from arena.mock.app import MockServer
    from arena.mock.calls import Settings
    from arena.mock.context import Context

    settings["rates"] = _rates(faults, faults_file)
    settings["context"] = None if context is None else Context(context, context_words)

    def log(line: str) -> None:
        if not quiet:
            click.echo(line, err=True)

    _serve(MockServer(Settings(**settings), log, _script(script_file)), host, port, as_json)


def _serve(server: MockServer, host: str, port: int, as_json: bool) -> None:
    import asyncio

    from arena.errors import UsageError
    from arena.mock.serving import is_loopback, serve

    if not is_loopback(host):
        click.echo(f"Warning: listening on {host}, where other machines may reach this server.", err=True)

    def announce(base_url: str) -> None:
        click.echo(json.dumps({"base_url": base_url}) if as_json else f"listening on {base_url}")

    try:
        asyncio.run(serve(server, host, port, announce))
    except UsageError as e:
        raise click.UsageError(str(e)) from None


def _rates(options: Sequence[str], file: Path | None) -> Rates:
    from arena.mock.faults import read_option, read_rates

    named: list[tuple[str, object]] = [_read(read_option, option) for option in options]
    if file is not None:
        found = _values(file)
        if not isinstance(found, dict):
            raise click.BadParameter(f"{file}: expected names of faults and their rates, such as hang: 0.02")
        named += [(str(name), rate) for name, rate in found.items()]
    return _read(read_rates, named)


def _script(file: Path | None) -> Script | None:
    from arena.mock.script import read_script

    return None if file is None else _read(read_script, _values(file))


def _values(file: Path) -> Any:
    from arena.configs.load import parse, read_text

    return _read(lambda each: parse(read_text(each), str(each)), file)


if __name__ == "__main__":
    command()
