"""`arena doctor`: whether the endpoints of a configuration work, and what to do where they do not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from arena.configs.resolve import Resolved
    from arena.models.finding import Diagnosis
    from arena.planning.examining import Examined

UNWELL = 1


@click.command("doctor")
@click.argument("config", required=False, type=click.Path(path_type=Path))
@click.option("--set", "settings", metavar="A.B=C", multiple=True, help="Change a value of the configuration.")
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
def command(config: Path | None, settings: tuple[str, ...], as_json: bool) -> int:
    """Examine the endpoints of CONFIG: reachable, key, model, dialects, latency, prefix cache; and what to do.

    Each takes a handful of calls, and what they may cost is said first. Without CONFIG, the addresses that the
    environment names are looked at (OPENAI_API_KEY, NAME_BASE_URL), without a call of any model. Exit code 1 says that
    something is wrong. No key is ever shown.
    """
    from arena.cli.configuration import read_configuration

    if config is None:
        return look_around(as_json)
    return probe(read_configuration(config, settings), as_json)


def probe(resolved: Resolved, as_json: bool) -> int:
    """Examine every endpoint of a configuration, and say how it is; the exit code."""
    from arena.cli.console import stderr, stdout
    from arena.planning.examining import endpoints, examine_all
    from arena.report.diagnosis import diagnosis_page

    found = endpoints(resolved)
    if found:
        stderr().print(announced(found), markup=False)
    diagnoses = examine_all(found)
    if as_json:
        _print_json([_plain(one, diagnosis) for one, diagnosis in zip(found, diagnoses, strict=True)])
        return 0 if all(diagnosis.well for diagnosis in diagnoses) else UNWELL
    out = stdout()
    for one, diagnosis in zip(found, diagnoses, strict=True):
        out.print()
        out.print(diagnosis_page(diagnosis, one.agents, _cost(one, diagnosis)))
    if not found:
        out.print("no agent of this configuration is a model: there is nothing to examine")
    return 0 if all(diagnosis.well for diagnosis in diagnoses) else UNWELL


def announced(found: Sequence[Examined]) -> str:
    """What the examination will take."""
    from arena.report.numbers import count, rough, rough_money

    calls, tokens = sum(one.calls for one in found), sum(one.tokens for one in found)
    amounts = [one.usd for one in found]
    cost = None if None in amounts else sum(amount for amount in amounts if amount is not None)
    what = "a cost that is unknown" if cost is None else f"about {rough_money(cost)}"
    endpoints = count(len(found), "endpoint")
    return f"asking {endpoints}: {calls} calls at most, about {rough(tokens)} tokens, {what}"


def _cost(one: Examined, diagnosis: Diagnosis) -> str:
    from arena.planning.examining import spent
    from arena.report.numbers import money

    usage, usd = spent(one, diagnosis)
    if not usage.attempts:
        return ""
    return f"{usage.attempts} calls, {usage.prompt:,} tokens in and {usage.output:,} out, cost {money(usd)}"


def look_around(as_json: bool) -> int:
    """Look at the addresses that the environment names; the exit code."""
    from arena.cli.console import stdout
    from arena.planning.surroundings import look_at_all
    from arena.report.diagnosis import diagnosis_page

    diagnoses = look_at_all()
    if as_json:
        _print_json([{"endpoint": diagnosis.place, "findings": diagnosis.findings} for diagnosis in diagnoses])
        return 0 if all(diagnosis.well for diagnosis in diagnoses) else UNWELL
    out = stdout()
    for diagnosis in diagnoses:
        out.print(diagnosis_page(diagnosis, ()))
    if not diagnoses:
        out.print("the environment names no endpoint; set OPENAI_API_KEY or NAME_BASE_URL, or name a configuration")
    return 0 if all(diagnosis.well for diagnosis in diagnoses) else UNWELL


def _plain(one: Examined, diagnosis: Diagnosis) -> dict[str, Any]:
    from arena.planning.examining import spent

    usage, usd = spent(one, diagnosis)
    found = {"agents": one.agents, "model": diagnosis.model, "endpoint": diagnosis.place, "well": diagnosis.well}
    return {**found, "findings": diagnosis.findings, "usage": usage, "usd": usd}


def _print_json(found: list[dict[str, Any]]) -> None:
    import msgspec

    click.echo(msgspec.json.format(msgspec.json.encode({"endpoints": found}), indent=2).decode())
