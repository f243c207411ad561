"""Matches as the statistics see them: who sat where in which block, how it ended, what each measure says.

Read from the scores saved beside a run's transcripts where those are of the transcripts as they are now, else scored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from hashlib import blake2b
from math import fsum, nan
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from msgspec import Struct, structs

from arena.errors import NotFound, TranscriptError, UsageError
from arena.results.saving import Saved, SavedScores
from arena.results.score import graded, transcripts
from arena.scoring.scorecard import Scorecard
from arena.solutions.tolerance import TOLERANCE
from arena.transcripts.codec import read_header
from arena.transcripts.ending import ending
from arena.transcripts.header import Header

V = TypeVar("V")
PER_GAIN = frozenset({"usd_per_gain", "tokens_per_gain"})  # ratios of sums
LONGEST = 60  # characters of a label that may name parameters; above that, a digest does


class Observation(Struct, frozen=True):
    """One match.

    run: the name of its run's directory. scenario: its family, as its header names it. entry: its scenario as the plan
    of its run numbers it, such as 00-bargain. label: its scenario and parameters in words. instance: scenario,
    parameters and draw key, the same in every run that deals them so, whatever the meeting; the unit of all statistics.
    agents, seats: who sat where, by their names in the configuration, and the seats' own names.

    values: measures of the group by name; ratios: those that add up as ratios of sums, (part, whole), where the whole
    is known of a void match as well and the part is NaN; per_seat: measures with one figure a seat. NaN: not defined
    there. A void match has no values. usd: what it cost, None where that is not known; a void match costs too.
    """

    run: str
    match: str
    path: Path
    scenario: str
    entry: str
    label: str
    instance: str
    seed: int
    rotation: int
    repeat: int
    agents: tuple[str, ...]
    seats: tuple[str, ...]
    status: str
    void: str | None
    values: dict[str, float]
    ratios: dict[str, tuple[float, float]]
    per_seat: dict[str, tuple[float, ...]]
    usd: float | None = None
    tokens: int = 0

    @property
    def block(self) -> str:
        """The instance and the rotation of the seats: what is compared is compared within."""
        return f"{self.instance}-r{self.rotation}"


def observed(paths: Iterable[Path], unread: Callable[[str], object] | None = None) -> Iterator[Observation]:
    """Every match of these runs, directories or transcripts, one by one, in the order of their plans.

    Matches that were not begun are not among them; those that were and are not over are void. `unread` is told of
    transcripts that cannot be read, which are left out; without it they raise. Raises NotFound, TranscriptError.
    """
    known: dict[Path, SavedScores] = {}
    for path in {path.resolve(): path for path in paths}.values():  # a run that is named twice was played once
        for file in _in_order(path):
            run = run_of(file)
            if run not in known:
                known = {run: SavedScores(run)}  # one at a time: they come run by run
            try:
                yield _observed(file, known[run].get(file.stem))
            except TranscriptError as error:
                if unread is None:
                    raise
                unread(str(error))


def of_measure(found: Iterable[Observation], measure: str) -> list[Observation]:
    """The matches with this measure and without all others, so that a hundred thousand take little room.

    Raises NotFound for a measure that no match has, UsageError where all of them are void.
    """
    names, kept = set[str](), list[Observation]()
    for each in found:
        if each.void is None:
            names.update(each.values, each.per_seat, each.ratios)
        values, ratios, per_seat = (_but(measure, of) for of in (each.values, each.ratios, each.per_seat))
        kept.append(structs.replace(each, values=values, ratios=ratios, per_seat=per_seat))
    not_all_void(kept)
    if measure not in names:
        raise NotFound("measure", measure, names)
    return kept


def not_all_void(found: Sequence[Observation]) -> None:
    """Raises UsageError where there are matches, and each is void."""
    if found and all(each.void is not None for each in found):
        hint = "`arena resume` goes on with it, `arena retry` plays it again"
        raise UsageError(f"all {len(found)} matches are void, so that there is no figure: {found[0].void}; {hint}")


def _but(name: str, of: dict[str, V]) -> dict[str, V]:
    return {name: of[name]} if name in of else {}


def _observed(file: Path, saved: Saved | None) -> Observation:
    if saved is not None and saved.digest == ending(file).digest:
        return observation(header_of(file), saved.score, file)
    found = graded(file)
    return observation(found.header, found.card, file)


def run_of(file: Path) -> Path:
    """The directory of the run that a transcript belongs to."""
    return file.parent.parent if file.parent.name == "matches" else file.parent


def _in_order(path: Path) -> list[Path]:
    files = transcripts([path])
    place: dict[str, int] = {}
    with suppress(OSError, msgspec.MsgspecError):
        rows = (path / "plan.jsonl").read_bytes().splitlines()
        decoder = msgspec.json.Decoder(_Named)
        place = {decoder.decode(row).id: n for n, row in enumerate(rows)}
    return sorted(files, key=lambda file: (place.get(file.stem, len(place)), file.name))


class _Named(Struct):
    id: str


def header_of(file: Path) -> Header:
    """The header of a transcript, read without the rest. Raises TranscriptError."""
    try:
        with file.open("rb") as lines:
            return read_header(lines.readline().rstrip(b"\n"))
    except OSError as error:
        raise TranscriptError(f"{file}: {error.strerror or error}") from None


def observation(header: Header, card: Scorecard, file: Path) -> Observation:
    """The match of a header and a scorecard, its transcript at `file`."""
    values, per_seat = ({}, {}) if card.void is not None else _figures(card)
    entry, _, rotation = header.block.rpartition("-r")
    return Observation(
        run_of(file).resolve().name,
        header.id,
        file,
        header.scenario,
        entry.rpartition("-")[0] if header.block else header.scenario,
        label(header),
        _instance(header),
        header.seed,
        int(rotation) if rotation.isdigit() else 0,
        header.repeat,
        tuple([sitter.name for sitter in header.sitters]),
        card.seats,
        card.status,
        card.void,
        values,
        dict(_ratios(header, card)),
        per_seat,
        card.cost.get("total_usd", 0.0),
        tokens_of(card),
    )


def tokens_of(card: Scorecard) -> int:
    """The tokens of a match, read and written."""
    return sum(map(sum, (card.cost.get(kind, ()) for kind in ("fresh", "cached", "output"))))


def _instance(header: Header) -> str:
    what = msgspec.json.encode([header.scenario, header.params, header.key], order="sorted")
    return f"{header.scenario.rpartition(':')[2]}-{header.seed}-{blake2b(what, digest_size=6).hexdigest()}"


def label(header: Header) -> str:
    """A scenario and its parameters in words: `bargain issues=3 seats=2`, a digest for parameters that are long."""
    words = " ".join(f"{key}={value}" for key, value in sorted(header.params.items()))
    if len(words) > LONGEST:
        words = blake2b(msgspec.json.encode(header.params, order="sorted"), digest_size=4).hexdigest()
    return f"{header.scenario} {words}".strip()


def _figures(card: Scorecard) -> tuple[dict[str, float], dict[str, tuple[float, ...]]]:
    """The measures of a scorecard: the group's, and those that have a figure for each seat.

    A measure of the seats that is called as one of the group's is `per_seat.NAME`.
    """
    values: dict[str, float] = {}
    each: dict[str, tuple[float, ...]] = {}
    settled: dict[str, Any] = {"settled": card.status in ("agreed", "completed")}
    if card.agreement:
        settled["agreed"] = card.status == "agreed"
    for section in (settled, card.headline, card.agreement, card.group, card.conduct, card.leakage, card.cost):
        for name in section.keys() - PER_GAIN:
            _sort(name, section[name], len(card.sitters), values, each)
    for name, figures in card.per_seat.items():
        _sort(f"per_seat.{name}" if name in values else name, figures, len(card.sitters), values, each)
    return values, each


def _sort(name: str, figure: Any, seats: int, values: dict[str, float], each: dict[str, tuple[float, ...]]) -> None:
    """Put a figure where it belongs; what is no number is no measure."""
    match figure:
        case None | bool() | int() | float():
            values[name] = _real(figure)
        case tuple() | list() if len(figure) == seats and all(_number(part) for part in figure):
            each[name] = tuple([_real(part) for part in figure])


def _number(part: Any) -> bool:
    return part is None or isinstance(part, int | float)


def _real(part: Any) -> float:
    """A figure as a number; what is not defined was saved as null."""
    return nan if part is None else float(part)


def _ratios(header: Header, card: Scorecard) -> Iterator[tuple[str, tuple[float, float]]]:
    """The measures that are aggregated as ratios of sums (measures, section 3); a whole of 0 or less has no share."""
    reference = header.reference
    value = _real(card.headline.get("value"))
    for name, floor in reference.floors.items():
        called = "coordination_gain" if name == reference.headline else f"gain_over_{name}"
        yield called, _share(value - floor.value, reference.best - floor.value)
    if card.void is not None:
        return
    if "recovery" in card.group:
        yield "recovery", _share(*[_real(card.group[f"recovery_{part}"]) for part in ("gain", "room")])
    gain = value - reference.floors[reference.headline].value
    for name, spent in (("usd_per_gain", card.cost.get("total_usd")), ("tokens_per_gain", tokens_of(card))):
        if card.cost and spent is not None:
            yield name, (float(spent), gain)
    if not card.agreement:
        return
    points, kept = card.per_seat["utility"], card.per_seat["threshold"]
    yield "joint_share", _share(fsum(map(_real, points)), fsum(map(_real, kept)) + reference.best)
    found, expected = (_real(card.agreement[name]) for name in ("pareto_efficiency", "pareto_efficiency_expected"))
    yield "pareto_efficiency_floor_adjusted", _share(found - expected, 1 - expected)


def _share(part: float, whole: float) -> tuple[float, float]:
    """A part of a whole; of what is no more than nothing there is none."""
    return (part, whole) if whole > TOLERANCE else (nan, nan)
