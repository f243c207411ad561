"""Published games: from the mapping that a game file holds to a bargain, pure; reading the file is others' work.

name, about, source      text, optional; `source` says where it is from and under which licence
issues                   a mapping `A: {name, options}` (or `A: [options]`), or a list of {name, options}; options
                         are a list, or a mapping from option to what it means
parties                  a mapping from name to threshold, points, and optionally veto, discount, message_cost, role;
                         points per issue: a list in the order of the options, or a mapping from option to points
interactions             optional: a list of {party, options: {A: A1, B: B2}, points}
outcomes                 in place of issues, points and interactions: a mapping `label: [u1, u2, ...]`, a utility
                         for each party in order
acceptance               unanimous (where left out), majority or all-but-one
rounds                   the deadline, 10 where left out
bonus                    optional: {party, points, when: all}, or a list; a payoff of that party's own if every party
                         reaches its threshold. It is no part of the utilities.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, get_args

from arena.core.draw import Draw
from arena.core.task import Seat
from arena.dealing.canary import canary
from arena.scenarios.bargain.acceptance import quorum
from arena.scenarios.bargain.findings import Findings, join
from arena.scenarios.bargain.params import ROUNDS
from arena.scenarios.bargain.terms import (
    AGENDA,
    Acceptance,
    BargainTask,
    Deal,
    Goal,
    Interaction,
    Issue,
    Rules,
    Sheet,
)
from arena.solutions.space import LARGEST

COMMON = ("name", "about", "source", "parties", "acceptance", "rounds", "bonus")
BY_ISSUES = (*COMMON, "issues", "interactions")
BY_TABLE = (*COMMON, "outcomes")
PARTY = ("threshold", "veto", "discount", "message_cost", "role")
OUTCOME = "outcome"  # the one issue of a game in table form


def task(game: Mapping[str, Any], draw: Draw, rounds: int | None = None, source: str = "game") -> BargainTask:
    """The bargain that a game file describes; seats in the order of its parties.

    game: the parsed file; draw: canaries come from it; rounds: a deadline in place of the game's; source: what the
    error names, and the game where it has no name. Raises ConfigError with every mistake at once, each with its path.
    """
    find = Findings()
    top = find.mapping(game, "", "a mapping with issues (or outcomes) and parties")
    table = "outcomes" in top
    find.keys(top, "", BY_TABLE if table else BY_ISSUES)
    parties = _parties(find, top.get("parties"), table)
    names = tuple(name for name, _, _ in parties)
    outcomes = find.mapping(top["outcomes"], "outcomes", "utilities for each outcome's label") if table else {}
    issues = (Issue(OUTCOME, "", tuple(outcomes)),) if table else _issues(find, top.get("issues"))
    told = _utilities(find, outcomes, names) if table else [_points(find, issues, path, p) for _, path, p in parties]
    added = [] if table else _interactions(find, top.get("interactions"), names, issues)
    bonus = _bonus(find, top.get("bonus"), names, draw)
    acceptance = _acceptance(find, top.get("acceptance", "unanimous"), len(names))
    deadline = rounds or find.whole(top.get("rounds", ROUNDS), "rounds", 1, 1000)
    name = find.text(top.get("name"), "name") or source
    sheets = [
        _sheet(find, seat, path, party, told[seat], tuple(one for i, one in added if i == seat), draw)
        for seat, (_, path, party) in enumerate(parties)
    ]
    vetoes = tuple(seat for seat, (_, path, party) in enumerate(parties) if _veto(find, path, party))
    find.text(top.get("source"), "source")
    about = _about(find, top, parties)
    find.done(source)
    rules = Rules("", issues, acceptance, quorum(acceptance, len(names)), vetoes, deadline, len(names), about=about)
    seats = tuple(Seat(each) for each in names)
    return BargainTask(name, seats, AGENDA, deadline, rules, tuple(sheets), tuple(sheets), tuple(bonus))


Party = tuple[str, str, dict[str, Any]]  # name, path, what is written


def _parties(find: Findings, value: object, table: bool) -> list[Party]:
    parties = []
    for name, path, written in find.named(value, "parties", "the parties, each with a threshold and points"):
        party = find.mapping(written, path, "a threshold" if table else "a threshold and points")
        find.keys(party, path, PARTY if table else (*PARTY, "points"))
        parties.append((name, path, party))
    if len(parties) == 1:
        find.add("parties", "1 party", "expected 2 or more")
    return parties


def _issues(find: Findings, value: object) -> tuple[Issue, ...]:
    issues = []
    for name, path, written in find.named(value, "issues", "issues with options (or `outcomes`, a table)"):
        issue = {"options": written} if isinstance(written, list) else find.mapping(written, path, "options")
        find.keys(issue, path, ("name", "about", "options"))
        about = find.text(issue.get("name"), join(path, "name")) or find.text(issue.get("about"), join(path, "about"))
        options = issue.get("options")
        here = join(path, "options")
        meaning = find.mapping(options, here, "options") if isinstance(options, Mapping) else {}
        if not isinstance(options, list | Mapping) or not options:
            find.add(here, "nothing" if options is None else options, "expected a list of options")
            options = []
        said = "; ".join(f"{option}: {find.text(text, join(here, option))}" for option, text in meaning.items())
        issues.append(Issue(name, f"{about} ({said})" if said else about, find.names(options, here)))
    deals = math.prod(len(issue.options) for issue in issues)
    if deals > LARGEST:
        find.add("issues", f"{deals:,} deals", f"expected at most {LARGEST:,}, which can be enumerated exactly")
    return tuple(issues)


def _utilities(
    find: Findings, outcomes: Mapping[str, Any], names: tuple[str, ...]
) -> list[tuple[tuple[float, ...], ...]]:
    rows = [find.row(row, join("outcomes", label), names, "party") for label, row in outcomes.items()]
    return [(tuple(row[seat] for row in rows),) for seat in range(len(names))]


def _points(
    find: Findings, issues: tuple[Issue, ...], path: str, party: Mapping[str, Any]
) -> tuple[tuple[float, ...], ...]:
    here = join(path, "points")
    written = party.get("points")
    if isinstance(written, list) and len(written) == len(issues):
        written = {issue.name: row for issue, row in zip(issues, written, strict=True)}
    given = find.mapping(written, here, "points for each issue")
    find.keys(given, here, [issue.name for issue in issues])
    return tuple(
        find.row(given.get(i.name), join(here, i.name), i.options, "option") if given else (0.0,) * len(i.options)
        for i in issues
    )


def _sheet(
    find: Findings,
    seat: int,
    path: str,
    party: Mapping[str, Any],
    points: tuple[tuple[float, ...], ...],
    added: tuple[Interaction, ...],
    draw: Draw,
) -> Sheet:
    threshold = find.number(party.get("threshold"), join(path, "threshold"))
    discount = find.number(party.get("discount", 1), join(path, "discount"), 0, 1)
    if discount == 0:
        find.add(join(path, "discount"), 0, "expected above 0, at most 1")
    cost = find.number(party.get("message_cost", 0), join(path, "message_cost"), 0, 1000)
    return Sheet(seat, points, threshold, added, discount, cost, canary=canary(draw, "sheet", seat))


def _veto(find: Findings, path: str, party: Mapping[str, Any]) -> bool:
    veto = party.get("veto", False)
    if not isinstance(veto, bool):
        find.add(join(path, "veto"), veto, "expected true or false")
    return veto is True


def _about(find: Findings, top: Mapping[str, Any], parties: list[Party]) -> str:
    roles = [(name, find.text(party.get("role"), join(path, "role"))) for name, path, party in parties]
    lines = [find.text(top.get("about"), "about"), *(f"{name}: {role}" for name, role in roles if role)]
    return "\n".join(line for line in lines if line)


def _acceptance(find: Findings, value: object, parties: int) -> Acceptance:
    for rule in get_args(Acceptance):
        if value == rule:
            if rule == "all-but-one" and parties < 3:
                find.add("acceptance", f"all-but-one with {parties} parties", "expected 3 parties or more")
            return rule  # type: ignore[no-any-return]
    find.one_of(value, "acceptance", get_args(Acceptance))
    return "unanimous"


def _entries(find: Findings, value: object, path: str, known: tuple[str, ...]) -> list[tuple[str, dict[str, Any]]]:
    """What is written once or as a list of such: each with its path."""
    entries = []
    for i, written in enumerate(value if isinstance(value, list) else [] if value is None else [value]):
        here = f"{path}[{i}]" if isinstance(value, list) else path
        entry = find.mapping(written, here, f"a mapping with {', '.join(known)}")
        find.keys(entry, here, known)
        entries.append((here, entry))
    return entries


def _seat(find: Findings, path: str, entry: Mapping[str, Any], names: tuple[str, ...]) -> int:
    party = entry.get("party")
    return names.index(str(party)) if find.one_of(party, join(path, "party"), names) else 0


def _bonus(find: Findings, value: object, names: tuple[str, ...], draw: Draw) -> list[Goal]:
    goals: list[Goal] = []
    for path, entry in _entries(find, value, "bonus", ("party", "points", "when")):
        find.one_of(entry.get("when", "all"), join(path, "when"), ("all",))
        seat = _seat(find, path, entry, names)
        points = find.number(entry.get("points"), join(path, "points"))
        goals.append(Goal(seat, "all", points, canary=canary(draw, "goal", len(goals))))
    return goals


def _interactions(
    find: Findings, value: object, names: tuple[str, ...], issues: tuple[Issue, ...]
) -> list[tuple[int, Interaction]]:
    added = []
    for path, entry in _entries(find, value, "interactions", ("party", "options", "points")):
        seat = _seat(find, path, entry, names)
        points = find.number(entry.get("points"), join(path, "points"))
        pair = _pair(find, join(path, "options"), entry.get("options"), issues)
        if pair:
            added.append((seat, Interaction(*pair[0], *pair[1], points)))
    return added


def _pair(
    find: Findings, path: str, value: object, issues: tuple[Issue, ...]
) -> tuple[tuple[str, str], tuple[str, str]] | None:
    """Two options of two different issues, by name."""
    chosen = find.mapping(value, path, "two issues and an option of each")
    known = {issue.name: issue.options for issue in issues}
    if len(chosen) != 2:
        find.add(path, f"{len(chosen)} issues", "expected two issues and an option of each")
        return None
    fits = [
        find.one_of(issue, path, known) and find.one_of(str(option), join(path, issue), known[issue])
        for issue, option in chosen.items()
    ]
    if not all(fits):
        return None
    (first, a), (second, b) = chosen.items()
    return (first, str(a)), (second, str(b))


def deal_of(rules: Rules, deal: Deal) -> dict[str, str] | str:
    """A deal as people write it: issue -> option, or the label in a game in table form."""
    names = [issue.name for issue in rules.issues]
    return deal[0] if names == [OUTCOME] else dict(zip(names, deal, strict=True))
