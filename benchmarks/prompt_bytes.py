"""New bytes of a match's prompts as a share of all bytes sent: what a provider's prefix cache does not know yet.

Two model seats with recorded replies (an offer, a sentence or two and some reasoning each turn, none accepted) play
matches of 10 and 100 turns; what each request says is laid beside what the seat's last one said. Nothing is sent
anywhere. Standard output: one line a length; with --json {"10": share, "100": share}.

usage: prompt_bytes.py [--json]
"""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import Sequence

from msgspec import Struct

from arena.core.draw import Draw
from arena.core.events import AnyAddressed, Fault
from arena.core.game import Game
from arena.core.table import blank
from arena.core.view import Ask, Reply, View
from arena.match import play
from arena.models.dialects import parse_raw
from arena.models.messages import as_sent
from arena.moderators.meeting import Meeting
from arena.prompting import Prompter
from arena.scenarios.bargain.params import Params
from arena.scenarios.bargain.rules import SCENARIO
from arena.scenarios.bargain.terms import Fact, Move

LENGTHS = (10, 100)
SAID = (
    "I could settle on this today, if you can give a little on the point that matters most to me.",
    "That is close, though not quite enough for me yet. What would it take for you to agree to this instead?",
    "We should not leave value on the table. Here is a version that I think works for both of us.",
)


class Sent(Struct, frozen=True):
    """The messages of a seat's nth request, and their bytes as they go over the wire."""

    nth: int
    messages: tuple[dict[str, str], ...]
    wire: bytes


class Recorded:
    """A model's seat without a model: it renders what would be sent, and answers with the next of its replies."""

    def __init__(self, prompter: Prompter) -> None:
        self._prompter = prompter
        self.sent: list[Sent] = []

    async def reply(self, view: View, ask: Ask) -> Reply:
        messages = as_sent(self._prompter.messages(view, ask))
        wire = json.dumps(messages, ensure_ascii=False, separators=(",", ":")).encode()
        self.sent.append(Sent(ask.nth, tuple(messages), wire))
        raw = said(view, ask)
        body = parse_raw(raw, ask, view.seats, Move, Fact)
        if isinstance(body, Fault):
            raise SystemExit(f"a recorded reply is refused ({body.detail}); the benchmark no longer plays what it says")
        return Reply(raw, body)


def said(view: View, ask: Ask) -> str:
    """A reply as models write them: words, then a block with an offer, another one every turn.

    It is never the one that the other seat has on the table, which it would accept by being proposed.
    """
    issues = view.known.common.rules.issues
    pick = ask.nth + 2 * view.seat
    deal = {issue.name: issue.options[(pick + k) % len(issue.options)] for k, issue in enumerate(issues)}
    wire = {
        "messages": [{"to": "all", "text": SAID[(ask.nth + view.seat) % len(SAID)]}],
        "claims": [],
        "move": {"kind": "propose", "deal": deal},
        "notes": None,
    }
    return f"They have not moved since last time; I ask for a little less.\n\n```json\n{json.dumps(wire)}\n```"


class Nowhere:
    """A record that keeps nothing."""

    def append(self, events: Sequence[AnyAddressed]) -> None:
        return

    def flush(self) -> None:
        return


def requests(turns: int, seed: int = 0) -> list[list[Sent]]:
    """What each of two seats is sent in a match of so many turns."""
    root, meeting = Draw.root(seed, "benchmark"), Meeting()
    task = SCENARIO.deal(Params(seats=2, rounds=turns // 2), root.at("deal"))
    game = Game(SCENARIO, task, root, (0, 1))
    prompter = Prompter("bargain", meeting)
    seats = (Recorded(prompter), Recorded(prompter))
    asyncio.run(play(blank(game), meeting, seats, Nowhere()))
    if [len(seat.sent) for seat in seats] != [turns // 2] * 2:
        raise SystemExit(f"expected {turns} turns; the benchmark no longer plays what it says")
    return [seat.sent for seat in seats]


def share(sent: Sequence[Sequence[Sent]]) -> float:
    """New bytes (those behind the bytes that the request shares with the seat's last one) over all bytes."""
    new = whole = 0
    for seat in sent:
        before = b""
        for now in seat:
            same = next((i for i, (a, b) in enumerate(zip(before, now.wire, strict=False)) if a != b), len(before))
            new += len(now.wire) - same
            whole += len(now.wire)
            before = now.wire
    return new / whole


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", dest="as_json")
    asked = parser.parse_args()
    shares = {turns: share(requests(turns)) for turns in LENGTHS}
    if asked.as_json:
        print(json.dumps({str(turns): round(value, 4) for turns, value in shares.items()}))
        return 0
    for turns, value in shares.items():
        print(f"{turns:4d} turns: {value:6.2%} of the bytes sent are new")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
