"""CPU per turn of TextArena's SimpleNegotiation-v0 with its default wrappers; runs in the peer's environment.

Two seats answer with fixed replies that hold an offer and a sentence; none is accepted, and every turn is one
observation and one step. A run plays matches of one length back to back, as suits the peer's caches best, and counts
its median match; the lengths take turns. Standard output: {"10": microseconds of CPU per turn, "100": ...}, medians
over the runs. Set-up goes to standard error.

usage: measure.py [--runs N]
"""

import argparse
import json
import platform
import statistics
import sys
from importlib.metadata import version
from time import process_time

LENGTHS = (10, 100)
TURNS_A_RUN = 5000
REPLIES = (
    "I would like one of your wood for one of my wheat: wood is worth more to me. [Offer: 1 Wheat -> 1 Wood]",
    "I need ore more than sheep, so let us change one of mine for one of yours. [Offer: 1 Sheep -> 1 Ore]",
)


def play(textarena, turns, seed):
    """Play one match of so many turns; its CPU seconds for making and resetting it, and for the turns."""
    start = process_time()
    # The peer looks at its limit before it counts the turn, so that `max_turns=n` plays n + 1 of them.
    env = textarena.make("SimpleNegotiation-v0", max_turns=turns - 1)
    env.reset(num_players=2, seed=seed)
    made = process_time()
    done, steps = False, 0
    while not done:
        seat, _text = env.get_observation()
        done, _info = env.step(action=REPLIES[seat])
        steps += 1
    ended = process_time()
    offers = len(env.state.game_state["trade_history"])
    if (steps, offers) != (turns, turns):
        raise SystemExit(
            f"expected {turns} turns with an offer each, found {steps} with {offers}: the peer has changed"
        )
    return made - start, ended - made


def run(textarena, turns):
    """Microseconds of set-up per match and of play per turn in the median match of a run."""
    matches = [play(textarena, turns, seed) for seed in range(TURNS_A_RUN // turns)]
    setup, played = (statistics.median(seconds) * 1e6 for seconds in zip(*matches, strict=True))
    return setup, played / turns


def main():
    """Measure every length so many times, and print the medians."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=15, metavar="N", help="runs of each length (15 unless told)")
    runs = parser.parse_args().runs
    if runs < 1:
        parser.error(f"--runs {runs}: expected 1 or more")
    start = process_time()
    import textarena

    imported = process_time() - start
    found = {turns: [] for turns in LENGTHS}
    for _ in range(runs):
        for turns in LENGTHS:
            found[turns].append(run(textarena, turns))
    print(
        f"textarena {version('textarena')}, python {platform.python_version()}, {runs} runs a length", file=sys.stderr
    )
    print(f"set-up: import {imported:.2f} s of CPU", file=sys.stderr)
    for turns in LENGTHS:
        setup = statistics.median(made for made, _ in found[turns])
        print(f"set-up: make and reset a match of {turns} turns, {setup:.0f} us", file=sys.stderr)
    print(json.dumps({str(n): round(statistics.median(per_turn for _, per_turn in found[n]), 2) for n in LENGTHS}))


if __name__ == "__main__":
    main()
