"""How long a fresh instance with its certificate takes, floors included: at default sizes, and at the largest.

CPU seconds of one core, one instance a seed: median and the slowest. At most .1 is wanted in the median by default, and
3 at the largest.

usage: dealing.py [INSTANCES]     by default 21; a third of them at the largest sizes
"""

from __future__ import annotations

import sys
from statistics import median
from time import process_time
from typing import Any

from arena.core.draw import Draw
from arena.core.game import Game
from arena.planning.instances import certificate
from arena.scenarios.find import find

Params = dict[str, Any]
LARGEST: dict[str, Params] = {
    "bargain": {"seats": 8, "issues": 5},
    "commons": {"seats": 20, "capacity": 400, "rounds": 30},
    "dilemma": {"seats": 6, "kind": "public_goods", "rounds": 30},
    "market": {"seats": 20, "units": 3},
    "committee": {"seats": 8, "options": 8, "shared": 6, "unique": 2},
    "workshop": {"seats": 8, "tasks": 32},
}


def seconds(family: str, params: Params, seed: int) -> float:
    """CPU seconds for one instance and its certificate."""
    scenario, draw = find(family), Draw.root(seed, "dealing")
    began = process_time()
    task = scenario.deal(scenario.params_type(**params), draw.at("deal"))
    certificate(Game(scenario, task, draw, tuple(range(len(task.seats)))))
    return process_time() - began


def main(instances: int) -> None:
    print(f"{'family':10} {'median':>8} {'slowest':>8}   {'largest: median':>15} {'slowest':>8}")
    for family, most in LARGEST.items():
        seconds(family, {}, 0)  # what is imported and compiled is not dealing
        small = [seconds(family, {}, seed) for seed in range(1, instances + 1)]
        large = [seconds(family, most, seed) for seed in range(1, max(1, instances // 3) + 1)]
        print(f"{family:10} {median(small):8.3f} {max(small):8.3f}   {median(large):15.3f} {max(large):8.3f}   {most}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 21)
