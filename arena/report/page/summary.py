"""A report's words, put together once for every form: what was run, how it stands, what it cost, by which method."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from shlex import quote
from typing import Any

from arena.report.numbers import NONE, count, money
from arena.report.page.gathered import Gathered
from arena.report.visible import visible
from arena.scoring.version import NAME, VERSION

METHODS = {
    "t": "a mean, each instance counted once; Student's t over the instances",
    "jackknife t": "a ratio of sums over instances; its error by leaving out one instance after the other, with t",
    "Wilson": "a share of matches; Wilson's score interval",
    "clustered Wilson": "a share, of several matches an instance; Wilson's interval at the effective number of matches",
    "Welch t": "the mean of the families' figures, each counted once; Welch's t",
}
UNIT = """\
The unit of all statistics is the instance, a dealt game: its matches (rotations, teams, repeats) are alike and averaged
first. Brackets hold 95% intervals. With fewer than 10 instances they may cover much less where a measure is skewed."""
VOID = """\
A void match, one that the infrastructure broke off, is counted and in no mean. What void matches could have made of the
main measure is told where they are more than 2%."""
GAIN = """\
Coordination gain is (V - F) / (V* - F): what the group had, over the floor of not coordinating, as a share of what was
to be had. Numerators and denominators are summed over instances before they are divided."""
GENERAL = (UNIT.replace("\n", " "), VOID.replace("\n", " "), GAIN.replace("\n", " "))


def facts(of: Gathered) -> list[tuple[str, str]]:
    """What a run is, in short: a name and a value each."""
    config, state = of.configuration, of.state
    found: list[tuple[str, Any]] = [
        ("status", status(of)),
        ("matches", matches(of)),
        ("cost", cost(of)),
        ("started", state.get("started")),
        ("ended", state.get("ended")),
        ("design", config.get("design")),
        ("seed", config.get("seed")),
        ("repeats", config.get("repeats")),
        ("retried", ", ".join(map(str, state["retried"])) if isinstance(state.get("retried"), list) else None),
        ("forked from", state.get("parent")),
        ("played by", ", ".join(f"{name} {number}" for name, number in _versions(state))),
        ("scored by", f"{NAME}@{VERSION}"),
        ("commit", _commit(state)),
    ]
    return [(name, visible(str(value))) for name, value in found if value not in (None, "")]


def status(of: Gathered) -> str:
    """How the run stands."""
    removed = f"; {count(of.removed, 'transcript')} removed since" if of.removed else ""
    return f"{of.status}{removed}"


def matches(of: Gathered) -> str:
    """How many there are of those that were planned, and how many are void."""
    there = len(of.matches)
    planned = f" of {of.planned:,}" if of.planned is not None else ""
    return f"{there:,}{planned}, {of.void:,} void"


def cost(of: Gathered) -> str:
    """What the run cost in all."""
    return f"{money(of.usd)}, {count(of.tokens, 'token')}" if of.tokens or of.usd is None else "no model was called"


def amiss(of: Gathered, most: int) -> Iterator[str]:
    """What has no result, and why: matches that are void, transcripts that cannot be read, matches that failed."""
    yield from _void(of, most)
    yield from _unread(of, most)
    yield from _failed(of)


def _void(of: Gathered, most: int) -> list[str]:
    """Why matches are void: the most frequent reasons, each with how many there are and one of them."""
    why = Counter(each.void for each in of.matches if each.void is not None)
    one = {each.void: each.match for each in reversed(of.matches) if each.void is not None}
    said = [f"{n:,} void, such as {visible(one[words])}: {visible(words)}" for words, n in why.most_common(most)]
    left = sum(why.values()) - sum([n for _, n in why.most_common(most)])
    return [*said, *([f"{left:,} more for other reasons"] if left else [])]


def _unread(of: Gathered, most: int) -> list[str]:
    """Why transcripts are in no figure, of the first so many."""
    more = [f"not read: {len(of.unread) - most:,} more"] if len(of.unread) > most else []
    return [*[f"not read: {visible(why)}" for why in of.unread[:most]], *more]


def _failed(of: Gathered) -> list[str]:
    """Why matches could not be played, as far as run.json names them."""
    found = of.state.get("failures")
    named = found if isinstance(found, dict) else {}
    return [f"failed: {visible(str(match))}: {visible(str(why))}" for match, why in named.items()]


def methods(used: set[str]) -> Iterator[tuple[str, str]]:
    """The methods that were used, in words."""
    yield from ((name, METHODS.get(name, NONE)) for name in sorted(used))


def again(of: Gathered) -> list[str]:
    """Commands by which the figures are had again, and the matches taken elsewhere."""
    path = quote(of.path.as_posix())
    return [f"arena score {path}", f"arena export {path} --to csv", f"arena report {path}"]


def _versions(state: dict[str, Any]) -> list[tuple[str, str]]:
    found = state.get("versions")
    return [(str(name), str(number)) for name, number in found.items()] if isinstance(found, dict) else []


def _commit(state: dict[str, Any]) -> str | None:
    git = state.get("git")
    if not isinstance(git, dict) or not git.get("commit"):
        return None
    return str(git["commit"])[:12] + ("" if git.get("clean") else ", with changes that were not committed")
