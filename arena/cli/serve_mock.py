"""`arena serve-mock`: an OpenAI-compatible server that answers legally from the schema it is sent."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from arena.mock.latency import Latency


def _latency(ctx: click.Context, param: click.Parameter, value: str) -> Latency:
    from arena.mock.latency import read_latency

    try:
        return read_latency(value)
    except ValueError as e:
        raise click.BadParameter(str(e)) from None


@click.command("serve-mock")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes a free one.")
@click.option("--latency", metavar="SECONDS", default="0", callback=_latency, help="0.2, or a range such as 0.1-0.5.")
@click.option("--seed", type=int, default=0, show_default=True, help="Same seed and request, same answer.")
@click.option("--model", "models", metavar="NAME", multiple=True, default=("mock",), help="Repeatable; default: mock.")
@click.option("--key", metavar="KEY", help="Demand this API key; without it any or none will do.")
@click.option("--quiet", is_flag=True, help="Do not log each request to stderr.")
@click.option("--json", "as_json", is_flag=True, help='Announce as {"base_url": ...}.')
def command(
    host: str,
    port: int,
    latency: Latency,
    seed: int,
    models: tuple[str, ...],
    key: str | None,
    quiet: bool,
    as_json: bool,
) -> None:
    """Serve an OpenAI-compatible endpoint that needs no model.

    It answers legally by sampling the JSON schema it was sent: a block fenced as "schema" in the last user message,
    the tools, or response_format. Prints where it listens, on one line, and serves until Ctrl-C.
    """
    import asyncio

    from arena.errors import UsageError
    from arena.mock.app import MockServer, Settings
    from arena.mock.serving import is_loopback, serve

    if not is_loopback(host):
        click.echo(f"Warning: listening on {host}, where other machines may reach this server.", err=True)

    def announce(base_url: str) -> None:
        click.echo(json.dumps({"base_url": base_url}) if as_json else f"listening on {base_url}")

    def log(line: str) -> None:
        if not quiet:
            click.echo(line, err=True)

    server = MockServer(Settings(models, seed, latency, key), log)
    try:
        asyncio.run(serve(server, host, port, announce))
    except UsageError as e:
        raise click.UsageError(str(e)) from None


if __name__ == "__main__":
    command()
