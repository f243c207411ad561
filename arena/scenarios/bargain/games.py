"""Published games: from the mapping that a game file holds to a bargain, pure; reading the file is others' work.

name, about, source      text, optional; `source` says where it is from and under which licence
issues                   a mapping `A: {name, options}` (or `A: [options]`), or a list of {name, options}; options
                         are a list, or a mapping from option to what it means
parties                  a mapping from name to threshold, points, and optionally veto, discount, message_cost, role;
                         points per issue: a list in the order of the options, or a mapping from option to points
interactions             optional: a list of {party, options: {A: A1, B: B2}, points}
items                    in place of issues and interactions: what there is to divide, a mapping from item to how many
                         there are, or to {count, about}; points are then a number for each item, what one is worth
outcomes                 in place of issues, points and interactions: a mapping `label: [u1, u2, ...]`, a utility
                         for each party in order
acceptance               unanimous (where left out), majority or all-but-one
judged                   optional: a party whose offer is judged after the last round, where nobody accepts
rounds                   the deadline, 10 where left out; `none` for no deadline
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
from arena.scenarios.bargain import items
from arena.scenarios.bargain.acceptance import quorum
from arena.scenarios.bargain.additions import bonuses, interactions
from arena.scenarios.bargain.findings import Findings, join
from arena.scenarios.bargain.params import ROUNDS
from arena.scenarios.bargain.terms import (
    AGENDA,
    Acceptance,
    BargainTask,
    Deal,
    Interaction,
    Issue,
    Rules,
    Sheet,
)
from arena.solutions.space import LARGEST

COMMON = ("name", "about", "source", "parties", "acceptance", "judged", "rounds", "bonus")
BY_ISSUES = (*COMMON, "issues", "interactions")
BY_ITEMS = (*COMMON, "items")
BY_TABLE = (*COMMON, "outcomes")
PARTY = ("threshold", "veto", "discount", "message_cost", "role")
OUTCOME = "outcome"  # the one issue of a game in table form
NONE = "none"  # no deadline


def task(game: Mapping[str, Any], draw: Draw, rounds: int | None = None, source: str = "game") -> BargainTask:
    """The bargain that a game file describes; seats in the order of its parties.

    game: the parsed file; draw: canaries come from it; rounds: a deadline in place of the game's; source: what the
    error names, and the game where it has no name. Raises ConfigError with every mistake at once, each with its path.
    """
    find = Findings()
    top = find.mapping(game, "", "a mapping with issues (or items, outcomes) and parties")
    known = BY_TABLE if "outcomes" in top else BY_ITEMS if "items" in top else BY_ISSUES
    find.keys(top, "", known)
    parties = _parties(find, top.get("parties"), known is BY_TABLE)
    names = tuple(name for name, _, _ in parties)
    issues, told, supply = _at_stake(find, top, parties)
    added = interactions(find, top.get("interactions"), names, issues) if known is BY_ISSUES else []
    bonus = bonuses(find, top.get("bonus"), names, draw)
    acceptance = _acceptance(find, top.get("acceptance", "unanimous"), len(names))
    deadline = rounds or _deadline(find, top.get("rounds", ROUNDS))
    judged = _judged(find, top.get("judged"), names, deadline)
    name = find.text(top.get("name"), "name") or source
    sheets = [
        _sheet(find, seat, path, party, told[seat], tuple(one for i, one in added if i == seat), draw)
        for seat, (_, path, party) in enumerate(parties)
    ]
    vetoes = tuple(seat for seat, (_, path, party) in enumerate(parties) if _veto(find, path, party))
    find.text(top.get("source"), "source")
    about = _about(find, top, parties)
    find.done(source)
    n = len(names)
    rules = Rules(
        "", issues, acceptance, quorum(acceptance, n), vetoes, deadline, n, supply, about=about, judged=judged
    )
    seats = tuple(Seat(each) for each in names)
    return BargainTask(name, seats, AGENDA, deadline, rules, tuple(sheets), tuple(sheets), tuple(bonus))


Party = tuple[str, str, dict[str, Any]]  # name, path, what is written
Points = tuple[tuple[float, ...], ...]


def _at_stake(
    find: Findings, top: Mapping[str, Any], parties: list[Party]
) -> tuple[tuple[Issue, ...], list[Points], tuple[int, ...]]:
    """The issues, what their options are worth to each party, and the supply where they are items."""
    if "outcomes" in top:
        outcomes = find.mapping(top["outcomes"], "outcomes", "utilities for each outcome's label")
        return (Issue(OUTCOME, "", tuple(outcomes)),), _utilities(find, outcomes, [name for name, _, _ in parties]), ()
    if "items" in top:
        issues, supply = items.shared_out(find, top["items"], len(parties))
        return issues, [items.worth(find, issues, seat, path, p) for seat, (_, path, p) in enumerate(parties)], supply
    issues = _issues(find, top.get("issues"))
    return issues, [_points(find, issues, path, party) for _, path, party in parties], ()


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
    for name, path, written in find.named(value, "issues", "issues with options (or `items`, `outcomes`)"):
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


def _utilities(find: Findings, outcomes: Mapping[str, Any], names: list[str]) -> list[Points]:
    rows = [find.row(row, join("outcomes", label), tuple(names), "party") for label, row in outcomes.items()]
    return [(tuple(row[seat] for row in rows),) for seat in range(len(names))]


def _points(find: Findings, issues: tuple[Issue, ...], path: str, party: Mapping[str, Any]) -> Points:
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
    points: Points,
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


def _deadline(find: Findings, value: object) -> int | None:
    if value == NONE:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 1000:
        find.add("rounds", value, "expected a whole number from 1 to 1000, or none for no deadline")
        return ROUNDS
    return value


def _judged(find: Findings, value: object, names: tuple[str, ...], deadline: int | None) -> int | None:
    if value is None or not find.one_of(value, "judged", names):
        return None
    if deadline is None:
        find.add("rounds", "none with a judged offer", "expected a deadline, after which it is judged")
    return names.index(str(value))


def deal_of(rules: Rules, deal: Deal) -> dict[str, str] | str:
    """A deal as people write it: issue -> option, or the label in a game in table form."""
    names = [issue.name for issue in rules.issues]
    return deal[0] if names == [OUTCOME] else dict(zip(names, deal, strict=True))
