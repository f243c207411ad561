"""CPU per turn of a bargain between two agents with fixed replies, the log on, beside a peer's.

Each turn makes an offer with a sentence; none is accepted. Set-up is dealing, the certificate, the header and the
opening ruling (the briefs), as it is making and resetting a match for the peer. A run sets up matches of one length,
plays them back to back and counts the median one; the lengths take turns. Standard output: {"10": microseconds of CPU
per turn, "100": ...}; with --peer, the peer's figures and the ratios as well, runs of both interleaved.

usage: turns.py [--runs N] [--peer FOLDER]     FOLDER keeps the peer's environment (see benchmarks/peer)
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import process_time

import msgspec

from arena.core.draw import Draw
from arena.core.events import Body, Message, address
from arena.core.game import Game
from arena.core.table import Table, blank, evolve
from arena.core.view import Ask, Reply, View
from arena.match import play
from arena.moderators.meeting import Meeting
from arena.scenarios.bargain.params import Params
from arena.scenarios.bargain.rules import SCENARIO
from arena.scenarios.bargain.terms import Propose
from arena.transcripts.header import SCHEMA, Header
from arena.transcripts.log import Log

LENGTHS = (10, 100)
MATCHES = 50  # of one length in a run, set up first
SENTENCES = (
    "I would like us to settle it this way: it is worth more to me than to you.",
    "I need the first of these more than the second, so let us change one of mine for one of yours.",
)


class Fixed:
    """Answers with one reply, whatever it is asked."""

    repeatable = True

    def __init__(self, reply: Reply) -> None:
        self._reply = reply

    async def reply(self, view: View, ask: Ask) -> Reply:
        return self._reply


def agents(game: Game) -> tuple[Fixed, Fixed]:
    """Two agents, each with an offer of its own and a sentence."""
    issues = game.task.rules.issues  # type: ignore[attr-defined]
    deals = [tuple(issue.options[k] for issue in issues) for k in (0, 1)]
    first, second = (Reply(body=Body((Message((1 - s,), SENTENCES[s]),), move=Propose(deals[s]))) for s in (0, 1))
    return Fixed(first), Fixed(second)


def opened(turns: int, seed: int, path: Path) -> tuple[Table, Log]:
    """A dealt match of so many turns after its opening ruling, and its log."""
    root = Draw.root(seed, "benchmark")
    task = SCENARIO.deal(Params(seats=2, rounds=turns // 2), root.at("deal"))
    game = Game(SCENARIO, task, root, (0, 1))
    table = blank(game)
    line = address(Meeting().next(table).events, game.everyone)  # type: ignore[union-attr]
    table = evolve(table, line)
    reference, raw = SCENARIO.solve(table.world), msgspec.Raw(msgspec.json.encode(task))
    log = Log.create(
        path, Header(SCHEMA, "m", "bargain", {}, seed, root.key.hex(), raw, reference, Meeting(), ()), lambda: 0
    )
    log.append(line)
    log.flush()
    return table, log


async def batch(turns: int, matches: int, folder: Path) -> tuple[list[float], list[float]]:
    """Set up some matches and then play them back to back; the CPU seconds of each, of set-up and of play."""
    ready, setup, played = [], [], []
    for seed in range(matches):
        start = process_time()
        table, log = opened(turns, seed, folder / f"{seed}.jsonl")
        ready.append((table, log, agents(table.game)))
        setup.append(process_time() - start)
    for table, log, seats in ready:
        start = process_time()
        ended = await play(table, Meeting(), seats, log)
        played.append(process_time() - start)
        if [desk.nth for desk in ended.desks] != [turns // 2] * 2 or ended.common.proposed != 2:
            raise SystemExit(f"expected {turns} turns with an offer each; this no longer plays what it says")
    for _, log, _ in ready:
        log.close()
        log.path.unlink()
    return setup, played


def measure(runs: int) -> dict[int, float]:
    """Median microseconds of play per turn, by length; set-up goes to standard error."""
    found: dict[int, list[float]] = {turns: [] for turns in LENGTHS}
    setup: dict[int, list[float]] = {turns: [] for turns in LENGTHS}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(runs):
            for turns in LENGTHS:
                made, played = asyncio.run(batch(turns, MATCHES, Path(folder)))
                setup[turns].append(median(made) * 1e6)
                found[turns].append(median(played) * 1e6 / turns)
    for turns in LENGTHS:
        print(f"set-up of a match of {turns} turns: {median(setup[turns]):.0f} us", file=sys.stderr)
    return {turns: median(found[turns]) for turns in LENGTHS}


def peer(folder: Path) -> dict[int, float]:
    """The peer's figures, one run of each length."""
    script = Path(__file__).with_name("peer") / "run.py"
    ran = subprocess.run(
        [sys.executable, script, "--cache", folder, "--runs", "1"], check=True, capture_output=True, text=True
    )
    return {int(turns): value for turns, value in json.loads(ran.stdout).items()}


def main() -> int:
    """Measure, beside the peer if asked to, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5, metavar="N")
    parser.add_argument("--peer", type=Path, metavar="FOLDER")
    asked = parser.parse_args()
    if asked.peer is None:
        print(json.dumps({str(turns): round(value, 2) for turns, value in measure(asked.runs).items()}))
        return 0
    pairs = [(measure(1), peer(asked.peer.resolve())) for _ in range(asked.runs)]
    for turns in LENGTHS:
        ours, theirs = (median(pair[k][turns] for pair in pairs) for k in (0, 1))
        ratio = median(mine[turns] / its[turns] for mine, its in pairs)
        print(f"{turns:4d} turns: {ours:6.1f} us a turn; the peer {theirs:6.1f}; ratio {ratio:.2f}")
    growth = median(mine[LENGTHS[1]] / mine[LENGTHS[0]] for mine, _ in pairs)
    print(f"a turn at {LENGTHS[1]} against one at {LENGTHS[0]}: {growth:.2f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
