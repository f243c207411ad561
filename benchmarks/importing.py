"""Importing 1,000 dialogues and scoring them, as a user does it: `arena import`, then `arena score`, each a process.

`casino`: the dialogues that come along, again and again under other numbers, with the people's priorities exchanged so
that all 36 games occur. `dealornodeal`: lines made up, with a game of its own each, which is the slower case, since
every game is solved. Standard output: {"casino": {"import": [seconds elapsed, of CPU], "score": ...}, ...}.

usage: importing.py [--dialogues N]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from itertools import permutations
from pathlib import Path
from random import Random
from resource import RUSAGE_CHILDREN, getrusage
from time import perf_counter
from typing import Any

from arena import assets

ITEMS = ("Food", "Water", "Firewood")
WORTH = {"High": 5, "Medium": 4, "Low": 3}
SENTENCES = (
    "i would like the books and a ball .",
    "you can have all the hats .",
    "no , i need one of those .",
    "deal ?",
)


def casino(count: int) -> str:
    """So many dialogues in CaSiNo's form."""
    sample = json.loads(assets.path("samples", "foreign", "casino.json").read_text(encoding="utf-8"))
    wants = [dict(zip(WORTH, each, strict=True)) for each in permutations(ITEMS)]
    dialogues = []
    for number in range(count):
        dialogue = json.loads(json.dumps(sample[number % len(sample)])) | {"dialogue_id": number}
        for person, each in (("mturk_agent_1", wants[number % 6]), ("mturk_agent_2", wants[number // 6 % 6])):
            participant = dialogue["participant_info"][person]
            participant["value2issue"] = each
            participant["outcomes"]["points_scored"] = _scored(dialogue, person, each)
        dialogues.append(dialogue)
    return json.dumps(dialogues)


def _scored(dialogue: dict[str, Any], person: str, wants: dict[str, str]) -> int:
    deal = [said for said in dialogue["chat_logs"] if said["text"] == "Submit-Deal"][-1]
    mine = deal["task_data"]["issue2youget" if deal["id"] == person else "issue2theyget"]
    return sum(WORTH[priority] * int(mine[item]) for priority, item in wants.items())


def dealornodeal(count: int) -> str:
    """So many views in Deal or No Deal's form: counts and values at random, of which all are worth 10."""
    rng = Random(0)
    return "\n".join(_view(rng) for _ in range(count)) + "\n"


def _view(rng: Random) -> str:
    counts, mine, theirs = _game(rng)
    talk = [f"{('YOU', 'THEM')[i % 2]}: {rng.choice(SENTENCES)}" for i in range(rng.randint(2, 10))]
    talk.append(f"{('YOU', 'THEM')[len(talk) % 2]}: <selection>")
    shares = [rng.randint(0, n) for n in counts]
    each = [f"item{i}={n}" for i, n in enumerate(shares)]
    rest = [f"item{i}={n - share}" for i, (n, share) in enumerate(zip(counts, shares, strict=True))]
    output = [*each, *rest] if rng.random() < 0.8 else ["<no_agreement>"] * 6
    values = [" ".join(f"{n} {v}" for n, v in zip(counts, worth, strict=True)) for worth in (mine, theirs)]
    return (
        f"<input> {values[0]} </input> <dialogue> {' <eos> '.join(talk)} </dialogue> "
        f"<output> {' '.join(output)} </output> <partner_input> {values[1]} </partner_input>"
    )


def _game(rng: Random) -> tuple[list[int], list[int], list[int]]:
    while True:
        counts = [rng.randint(1, 4) for _ in range(3)]
        worth = [[rng.randint(0, 10) for _ in range(3)] for _ in range(300)]
        ten = [each for each in worth if sum(n * v for n, v in zip(counts, each, strict=True)) == 10]
        if len(ten) >= 2:
            return counts, ten[0], ten[1]


def _seconds(*words: str) -> tuple[float, float, str]:
    """How long a command took by the clock and on the processor, and what it printed."""
    start, before = perf_counter(), getrusage(RUSAGE_CHILDREN)
    done = subprocess.run([sys.executable, "-m", "arena", *words], capture_output=True, text=True, check=True)
    after = getrusage(RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return perf_counter() - start, cpu, done.stdout


def measure(name: str, text: str, folder: Path, count: int) -> dict[str, list[float]]:
    """The seconds that importing and scoring take, with as many matches as there are dialogues."""
    file = folder / name
    file.write_text(text, encoding="utf-8")
    elapsed, cpu, told = _seconds("import", name, str(file), "--out", str(folder / f"{name}-runs"), "--json")
    assert json.loads(told)["imported"] == count, told
    more, more_cpu, told = _seconds("score", json.loads(told)["run"])
    assert f"matches: {count} " in told, told
    pairs = {"import": (elapsed, cpu), "score": (more, more_cpu), "both": (elapsed + more, cpu + more_cpu)}
    return {what: [round(seconds, 2) for seconds in pair] for what, pair in pairs.items()}


def main() -> None:
    """Measure both formats, one after the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dialogues", type=int, default=1000)
    count: int = parser.parse_args().dialogues
    made: dict[str, Callable[[int], str]] = {"casino": casino, "dealornodeal": dealornodeal}
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps({name: measure(name, text(count), Path(folder), count) for name, text in made.items()}))


if __name__ == "__main__":
    main()
