"""The account of a committee that its measures are computed from."""

from __future__ import annotations

from collections.abc import Sequence, Set

from arena.accounts.pooling import Pooling
from arena.core.view import World
from arena.scenarios.committee.outcome import decision, rule, voters
from arena.scenarios.committee.policies.situation import held, piece, told
from arena.scenarios.committee.room import everything, holders, pieces, view, worth
from arena.scenarios.committee.solve import evenly
from arena.scenarios.committee.terms import Room, Rules, States, Told
from arena.solutions.pooling import Piece, favourites, pool, values
from arena.solutions.voting import expected


def accounts(w: World[Room]) -> tuple[Pooling, ...]:
    """What was known, told and found; nothing before anything was dealt.

    What a fact said before a correction is no lie, since who heard the correction cannot be told from who did not.
    """
    rules = w.common.rules
    if rules is None or not w.own.sheets:
        return ()
    stated = [each for each in told(w) if isinstance(each.fact, States)]
    now = set(pieces(everything(w).values()))
    true = now | {fact for sheet in w.own.sheets for fact in pieces(sheet.items)}
    best, decisive, seats = favourites(worth(w, rules)), _decisive(w, rules), range(len(rules.names))
    heard = {fact.number for each in stated if (fact := said(each)) in now}
    false = {(each.seat, said(each)) for each in stated if said(each) not in true}
    material = {key for seat in seats for key in _misleading(w, rules, stated, seat, false)}
    chosen = decision(w)
    return (
        Pooling(
            tuple(decisive),
            tuple(number for number in decisive if number in heard),
            chosen is not None and rules.options.index(chosen) in best,
            _finds(w, rules, [view(w, rules, seat) for seat in voters(rules)]),
            _finds(w, rules, [worth(w, rules)] * len(voters(rules))),
            tuple(len({said(each) for each in stated if each.seat == seat}) for seat in seats),
            tuple(sum(teller == seat for teller, _ in false) for seat in seats),
            tuple(sum(teller == seat for teller, _ in material) for seat in seats),
        ),
    )


def said(each: Told) -> Piece:
    """The fact that a claim states."""
    assert isinstance(each.fact, States), "only claims about facts are asked"
    return piece(each.fact)


def decoy(w: World[Room], rules: Rules) -> int:
    """The option that most own views like best, by its place; of equals the first."""
    count = [0] * len(rules.options)
    for seat in range(len(rules.names)):
        for option in favourites(view(w, rules, seat)):
            count[option] += 1
    return count.index(max(count))


def _decisive(w: World[Room], rules: Rules) -> list[int]:
    """The facts that one seat alone has, and that bring the best option closer to leading the decoy."""
    best, lure = rules.options[favourites(worth(w, rules))[0]], rules.options[decoy(w, rules)]
    facts, known = everything(w), holders(w)
    return [number for number, item in sorted(facts.items()) if len(known[number]) == 1 and best != lure
            and (item.amount > 0 if item.option == best else item.option == lure and item.amount < 0)]  # fmt: skip


def _finds(w: World[Room], rules: Rules, views: Sequence[Sequence[int]]) -> float:
    """The chance that votes by these views, ties by lot, choose a best option within the ballots there are."""
    best = favourites(worth(w, rules))
    found = [float(option in best) for option in range(len(rules.options))]
    lots = [evenly(favourites(each)) for each in views]
    return expected(found, 0.0, [lots] * rules.ballots, rule(rules))


def _misleading(
    w: World[Room], rules: Rules, stated: Sequence[Told], teller: int, false: Set[tuple[int, Piece]]
) -> set[tuple[int, Piece]]:
    """What a seat stated falsely to listeners who would like another option best, had all of that been as it is."""
    true, found = {piece.number: piece for piece in pieces(everything(w).values())}, set[tuple[int, Piece]]()
    for listener in range(len(rules.names)):
        heard = [(each.seat, said(each)) for each in stated if listener in each.to]
        lies = {key for key in heard if key in false and key[0] == teller}
        own = pieces(held(w, listener))
        honest = [(seat, true[fact.number] if (seat, fact) in lies else fact) for seat, fact in heard]
        if lies and _liked(rules, own, heard) != _liked(rules, own, honest):
            found |= lies
    return found


def _liked(rules: Rules, own: Sequence[Piece], heard: Sequence[tuple[int, Piece]]) -> tuple[int, ...]:
    return favourites(values(rules.options, pool(own, heard).values()))
