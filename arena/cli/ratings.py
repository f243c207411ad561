"""`arena ratings`: how agents rank, how sure that is, and what a rank hides."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("ratings")
@click.argument("runs", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--metric", default="coordination_gain", show_default=True, help="What the groups are compared by.")
@click.option("--within", is_flag=True, help="Rank the seats of each match by payoff instead.")
@click.option("--alpha", type=click.FloatRange(0, min_open=True), default=0.1, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(runs: tuple[Path, ...], metric: str, within: bool, alpha: float, as_json: bool) -> None:
    """Rate the agents of RUNS by the Plackett-Luce model; an agent's name means the same one in all of them.

    One comes before another where a group did better with it in the other's place, on the same instance; with --within,
    where it has the higher payoff of the two in the same match. ALPHA pulls ratings together; the undefeated and the
    winless have one too. Beside them stand the cross-play matrix, the gap between self-play and cross-play, and how
    many triples go in a circle.
    """
    from arena.analysis.crossing import crossings
    from arena.analysis.rating import WITHIN, ratings
    from arena.cli.left_out import tell_unplayed
    from arena.results.observed import observed, of_measure
    from arena.runs.garbage import seldom

    with seldom():
        found = of_measure(observed(runs), WITHIN if within else metric)
        rated = ratings(found, metric, within, alpha)
        crossed = () if within else crossings(found, metric)
    tell_unplayed(runs)
    if as_json:
        import msgspec

        told = msgspec.json.encode({"ratings": rated, "cross_play": crossed})
        click.echo(msgspec.json.format(told, indent=2).decode())
        return
    from arena.cli.console import stdout
    from arena.report.ranking import ranking

    out = stdout()
    for part in ranking(rated, crossed):
        out.print(part)
