"""How often the statistics are right, in worlds whose truth is known: the tables of docs/statistics.md.

Intervals: the share of nominal 95% ones that hold the truth, by the number of instances. Rules: how often stopping
early, comparing, testing seats and rating go wrong, or right. Seeded: the same numbers each time.

usage: python -m benchmarks.coverage [DRAWS]     by default 4000, which takes about three minutes
"""

from __future__ import annotations

import sys

from tests.statistics.truths import (
    WORLDS,
    coverage,
    order_recovered,
    peeked_wrongly,
    seat_found,
    stopped_wrongly,
    told_apart,
)

INSTANCES = (5, 10, 20, 30, 100)


def main(draws: int) -> None:
    print(f"| coverage of 95% intervals, {draws:,} draws |", " | ".join(f"K = {k}" for k in INSTANCES), "|")
    print("|---|" + "---|" * len(INSTANCES))
    for world in WORLDS:
        print(
            f"| {world.name} |", " | ".join(f"{coverage(world, k, draws, 1):.3f}" for k in INSTANCES), "|", flush=True
        )
    rules = {
        "equal agents, stopped early by the confidence sequence: called different": stopped_wrongly(draws, 1),
        "the same, each rotation taken for an instance": stopped_wrongly(draws // 4, 1, by_block=True),
        "the same, a t-test after every instance": peeked_wrongly(draws, 1),
        "equal agents, 40 instances, compared once: called different": told_apart(draws, 1, 0.0),
        "agents .1 apart, 40 instances: told apart": told_apart(draws, 1, 0.1),
        "no seat is better, 3 seats, 40 instances: called different": seat_found(draws // 4, 1, 0.0),
        "a seat worth 1 more, deals giving each seat luck of 1: found": seat_found(draws // 4, 1, 1.0),
        "five players .5 apart in log odds, 60 instances: rated in their order": order_recovered(draws // 4, 1),
    }
    print("\n| rule | share |\n|---|---|")
    for words, share in rules.items():
        print(f"| {words} | {share:.3f} |", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 4000)
