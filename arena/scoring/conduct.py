"""Conduct: how the seats behaved as participants. It stands beside the outcome and never enters it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from arena.core.events import AnyEvent, Disclosed, Forfeited, Moved, Noted, Passed, Refused, Replied, Said


class Conduct(Struct, frozen=True):
    """Counts over one match; per seat where it is a tuple, in seat order.

    parse_rate: the share of replies that could be understood, in [0, 1], NaN without any. refusals: by code. turns:
    replies that were accepted, forfeits apart. words and messages: what was accepted, whispers included. calls: replies
    asked for.
    """

    parse_rate: tuple[float, ...]
    refusals: dict[str, int]
    refused: tuple[int, ...]
    forfeits: tuple[int, ...]
    turns: tuple[int, ...]
    calls: tuple[int, ...]
    messages: tuple[int, ...]
    words: tuple[int, ...]
    claims: tuple[int, ...]
    rounds: int
    tokens: dict[str, int]


def conduct(lines: Iterable[Iterable[AnyEvent]], seats: int, rounds: int) -> Conduct:
    """Count over the lines of a match."""
    calls, parsed, refused, forfeits, turns, messages, words, claims = (Counter[int]() for _ in range(8))
    codes, tokens = Counter[str](), Counter[str]()
    for line in lines:
        took: set[int] = set()
        for event in line:
            match event:
                case Replied(seat=seat, body=body, usage=usage):
                    calls[seat] += 1
                    parsed[seat] += body is not None
                    if usage is not None:
                        tokens.update(prompt=usage.prompt, cached=usage.cached, output=usage.output)
                        tokens.update(reasoning=usage.reasoning, attempts=usage.attempts)
                case Refused(seat=seat, code=code):
                    refused[seat] += 1
                    codes[code] += 1
                case Forfeited(seat=seat, code=code):
                    forfeits[seat] += 1
                    codes[code] += 1
                case Said(seat=seat, text=text):
                    messages[seat] += 1
                    words[seat] += len(text.split())
                    took.add(seat)
                case Disclosed(by=int(seat)):
                    claims[seat] += 1
                    took.add(seat)
                case Moved(seat=seat) | Passed(seat=seat) | Noted(seat=seat):
                    took.add(seat)
        turns.update(took - {e.seat for e in line if isinstance(e, Forfeited)})
    def by_seat(counter: Counter[int]) -> tuple[int, ...]:
        return tuple(counter[seat] for seat in range(seats))

    return Conduct(
        parse_rate=tuple(parsed[s] / calls[s] if calls[s] else float("nan") for s in range(seats)),
        refusals=dict(sorted(codes.items())),
        refused=by_seat(refused),
        forfeits=by_seat(forfeits),
        turns=by_seat(turns),
        calls=by_seat(calls),
        messages=by_seat(messages),
        words=by_seat(words),
        claims=by_seat(claims),
        rounds=rounds,
        tokens=dict(tokens),
    )
