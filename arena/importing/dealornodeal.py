"""Deal or No Deal: two people divide books, hats and balls (Lewis et al. 2017, CC BY-NC 4.0).

A line is one participant's view of a dialogue: how many there are of each item and what one is worth to them, what was
said (YOU and THEM), what came of it, and the partner's values. The other's view is a line of its own, which follows in
most cases. Both choose a division in secret after `<selection>`; where the two fit it is the deal. `<no_agreement>`:
they chose to have none. `<disagree>`: what they chose does not fit. `<disconnect>`: one of them was gone. No deal is
worth 0.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any, Literal, assert_never, get_args

from arena.importing.reading import named, whole
from arena.importing.record import BrokenOff, Leaves, Misread, Offers, Record, Turn, in_rounds
from arena.transcripts.header import Sitter, Source

LICENCE = "CC BY-NC 4.0"
ITEMS = ("books", "hats", "balls")
SEATS = ("Viewer", "Partner")
SPEAKERS = ("YOU", "THEM")
ABOUT = "Two people divide some books, hats and balls. Each knows what one of each is worth to them."
SELECTION = "<selection>"
GONE = "a party disconnected before the end, the record says"
PARTS = ("input", "dialogue", "output", "partner_input")
FORM = [tag for part in PARTS for tag in (f"<{part}>", f"</{part}>")]
_TAG = re.compile(rf"(</?(?:{'|'.join(PARTS)})>)")
_SHARE = re.compile(r"item(\d)=(\d{1,9})", re.ASCII)

NoDeal = Literal["<no_agreement>", "<disagree>", "<disconnect>"]
NO_DEAL: tuple[NoDeal, ...] = get_args(NoDeal)
Numbers = tuple[int, ...]
Shares = tuple[tuple[int, int], ...]  # of each item, what the viewer and the partner get


def records(text: str, file: str, agent: str = "person") -> Iterator[Record | Misread]:
    """The views of a file, each as a record or as why it is none. Blank lines count as none."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                yield _record(line.strip(), number, file, agent)
            except Misread as misread:
                yield Misread(f"line {number}, {misread.place}", misread.reason)


def _record(line: str, number: int, file: str, agent: str) -> Record:
    found = _parts(line)
    counts, mine = _values(found["input"], "input")
    same, theirs = _values(found["partner_input"], "partner_input")
    if same != counts:
        raise Misread("partner_input", f"found {_row(same)} items, expected {_row(counts)} as in input")
    talk, selector = _talk(found["dialogue"])
    came_of_it = _output(found["output"].split(), counts)
    if not isinstance(came_of_it, str) and selector is None:
        raise Misread("dialogue", f"found a deal and no {SELECTION} that it was selected at")
    turns = (*talk, *_end(selector, came_of_it))
    return Record(
        id=f"{named(PurePath(file).stem)}-{number:05d}",
        source=Source("dealornodeal", file, f"line {number}", LICENCE),
        game=_game(counts, mine, theirs),
        sitters=tuple(Sitter(agent, "imported", {"speaker": speaker}) for speaker in SPEAKERS),
        rounds=in_rounds(turns, len(SEATS)),
        broken=BrokenOff(1 - turns[-1].seat, GONE) if came_of_it == "<disconnect>" else None,
        points=_points(came_of_it, mine, theirs),
    )


def _row(numbers: Numbers) -> str:
    return " ".join(map(str, numbers))


def _parts(line: str) -> dict[str, str]:
    """What stands in the parts of a line, by name."""
    pieces = _TAG.split(line)
    tags, between = pieces[1::2], pieces[0::2]
    if tags != FORM or any(text.strip() for text in between[0::2]):
        missing = [part for part in PARTS if f"<{part}>" not in tags or f"</{part}>" not in tags]
        what = f"found no whole <{missing[0]}>" if missing else "found more than them"
        raise Misread("its form", f"{what}, expected {', '.join(f'<{part}>' for part in PARTS)}, each closed, in a row")
    return dict(zip(PARTS, between[1::2], strict=True))


def _values(part: str, name: str) -> tuple[Numbers, Numbers]:
    """How many there are of each item, and what one is worth."""
    words = part.split()
    if len(words) != 2 * len(ITEMS):
        raise Misread(name, f"found {len(words)} words, expected {2 * len(ITEMS)} numbers: a count and a value an item")
    numbers = [whole(word, name, ITEMS[i // 2]) for i, word in enumerate(words)]
    return tuple(numbers[0::2]), tuple(numbers[1::2])


def _game(counts: Numbers, mine: Numbers, theirs: Numbers) -> dict[str, Any]:
    return {
        "name": "books, hats and balls",
        "about": ABOUT,
        "source": f"Deal or No Deal, Lewis et al. 2017, {LICENCE}; wording ours",
        "items": dict(zip(ITEMS, counts, strict=True)),
        "parties": {
            seat: {"threshold": 0, "points": dict(zip(ITEMS, values, strict=True))}
            for seat, values in zip(SEATS, (mine, theirs), strict=True)
        },
        "rounds": "none",
    }


def _talk(dialogue: str) -> tuple[tuple[Turn, ...], int | None]:
    """What was said, and who then went on to select, None where nobody did."""
    turns = []
    utterances = dialogue.split("<eos>")
    for number, utterance in enumerate(utterances, start=1):
        speaker, colon, words = utterance.strip().partition(":")
        place, words = f"utterance {number}", words.strip()
        if speaker not in SPEAKERS or not colon:
            raise Misread(place, f"found {utterance.strip()[:40]!r}, expected YOU: or THEM: and words")
        if SELECTION in words and (words != SELECTION or number < len(utterances)):
            raise Misread(place, f"found {SELECTION} among words, expected it alone and at the end")
        turns.append(Turn(SPEAKERS.index(speaker), words))
    if turns[-1].text == SELECTION:
        return tuple(turns[:-1]), turns[-1].seat
    return tuple(turns), None


def _output(words: list[str], counts: Numbers) -> Shares | NoDeal:
    """The deal; or which kind of no deal it is."""
    if len(words) != 2 * len(ITEMS):
        raise Misread("output", f"found {len(words)} words, expected {2 * len(ITEMS)}")
    for mark in NO_DEAL:
        if set(words) == {mark}:
            return mark
    found = [_SHARE.fullmatch(word) for word in words]
    numbers = [int(share[2]) for i, share in enumerate(found) if share and int(share[1]) == i % len(ITEMS)]
    if len(numbers) < len(words):
        expected = "item0=... item1=... item2=... twice, or the same mark six times"
        raise Misread("output", f"found {' '.join(words)[:60]!r}, expected {expected}")
    shares = tuple(zip(numbers[: len(ITEMS)], numbers[len(ITEMS) :], strict=True))
    for item, share, count in zip(ITEMS, shares, counts, strict=True):
        if sum(share) != count:
            raise Misread("output", f"found {share[0]} + {share[1]} {item}, expected {count} in all")
    return shares


def _end(selector: int | None, came_of_it: Shares | NoDeal) -> tuple[Turn, ...]:
    """What came after the talk: the one who pressed for it selects first, then the other.

    A selection that fitted is an offer, twice the same, and so is accepted. One that did not fit is not known: a turn
    without a trace. Whoever first selected that there be no deal walks away.
    """
    if selector is None:
        return ()
    match came_of_it:
        case "<no_agreement>":
            return (Turn(selector, act=Leaves()),)
        case "<disagree>":
            return (Turn(selector), Turn(1 - selector))
        case "<disconnect>":
            return (Turn(selector),)
        case tuple():
            deal = Offers(tuple(f"{mine}-{theirs}" for mine, theirs in came_of_it))
            return (Turn(selector, act=deal), Turn(1 - selector, act=deal))
    assert_never(came_of_it)


def _points(came_of_it: Shares | NoDeal, mine: Numbers, theirs: Numbers) -> tuple[float, ...] | None:
    """What it is worth to the two, by the line alone; None where it was broken off."""
    if came_of_it == "<disconnect>":
        return None
    if isinstance(came_of_it, str):
        return (0.0, 0.0)
    pairs = zip(came_of_it, zip(mine, theirs, strict=True), strict=True)
    each = [(share[0] * worth[0], share[1] * worth[1]) for share, worth in pairs]
    return (float(sum(viewer for viewer, _ in each)), float(sum(partner for _, partner in each)))
