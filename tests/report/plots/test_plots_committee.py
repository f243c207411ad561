"""The picture of a committee: who knew, told and heard which fact; views and votes."""

from __future__ import annotations

import pytest

from arena.accounts.pooling import Pooling
from arena.report.plots.families.committee.grid import mark
from arena.report.plots.families.committee.scene import scene, signed
from arena.report.plots.palette import GRID, SALTIRE, STAR, colour, shape
from arena.report.plots.picture import Record
from arena.scenarios.committee.account import accounts
from arena.scenarios.committee.room import everything, holders, view, worth
from tests.report.plots.drawings import points, rows, spec, team, texts
from tests.report.plots.test_plots_terminal import compact

MATCHES = {
    "shared": team("committee", ("sharer", "planner", "sharer", "hoarder"), options=3),
    "lied": team("committee", ("saboteur", "sharer", "hoarder"), options=3),
    "undecided": team("committee", ("hoarder", "random", "silent", "follower", "random"), voting="unanimity"),
    "chair": team("committee", ("selfish",) * 4, stakes=4, voting="chair"),
}


def account(of: Record) -> Pooling:
    (made,) = accounts(of.table.world)
    return made


@pytest.mark.parametrize("name", MATCHES)
def test_the_coloured_squares_are_the_sheets(name: str) -> None:
    of = MATCHES[name]
    squares = [row for row in rows(spec(of)) if "fact" in row]
    known = {(n, seat) for n, seats in holders(of.table.world).items() for seat in seats}
    assert {(row["fact"], row["seat"]) for row in squares if row["fill"] != GRID} == known
    assert all(row["fill"] in (GRID, colour(row["seat"])) for row in squares)
    assert len(squares) == len(everything(of.table.world)) * len(of.game.names)


@pytest.mark.parametrize("name", MATCHES)
def test_who_told_truly_and_who_falsely_is_what_the_account_says(name: str) -> None:
    of = MATCHES[name]
    made, shown = account(of), scene(of)
    for seat in range(len(of.game.names)):
        cells = [line.cells[seat] for block in shown.blocks for line in block.lines]
        assert sum(cell.true + cell.false for cell in cells) == made.told[seat]
        assert sum(cell.false for cell in cells) == made.untrue[seat]
    told = {line.number for block in shown.blocks for line in block.lines if any(cell.true for cell in line.cells)}
    assert told & set(made.decisive) == set(made.stated)
    marks = [row for row in rows(spec(of)) if "by" in row and row["size"] == 44]
    assert {row["shape"] for row in marks} <= {SALTIRE}
    assert len(marks) == sum(made.untrue)


def test_what_one_told_the_others_have_heard() -> None:
    of = MATCHES["shared"]
    for block in scene(of).blocks:
        for line in block.lines:
            tellers = [seat for seat, cell in enumerate(line.cells) if cell.true]
            for seat, cell in enumerate(line.cells):
                assert cell.heard == any(teller != seat for teller in tellers)
                assert not cell.misheard


@pytest.mark.parametrize("name", MATCHES)
def test_worth_and_views_are_those_of_the_rules(name: str) -> None:
    of = MATCHES[name]
    w, shown = of.table.world, scene(of)
    assert tuple(block.worth for block in shown.blocks) == worth(w, w.common.rules)
    for seat in range(len(of.game.names)):
        assert tuple(block.own[seat] for block in shown.blocks) == view(w, w.common.rules, seat)
    for block in shown.blocks:
        assert any(text.startswith(f"{signed(block.worth)} in all") for text in texts(of))
    assert len({star for star in points(spec(of), shape=STAR, size=90) if star[0] != 9}) >= 1


def test_after_all_have_shared_all_their_views_are_what_is_worth_by_all_facts() -> None:
    of = team("committee", ("sharer",) * 4, options=3)
    for block in scene(of).blocks:
        assert set(block.after) == {block.worth}
    assert account(of).stated == account(of).decisive


@pytest.mark.parametrize("name", MATCHES)
def test_every_vote_has_its_members_mark_at_its_option(name: str) -> None:
    of = MATCHES[name]
    ballots = of.table.world.common.ballots
    drawn = [row for row in rows(spec(of)) if "vote" in row]
    cast = [(t + 1, shape(s)) for t, ballot in enumerate(ballots) for s, vote in enumerate(ballot.votes) if vote]
    assert sorted((row["vote"], row["shape"]) for row in drawn) == sorted(cast)
    assert compact(of).count("✓") == len(cast)
    chosen = [block.name for block in scene(of).blocks if block.chosen]
    assert chosen == ([ballots[-1].chosen] if ballots[-1].chosen else [])


def test_the_terminal_has_a_sign_for_each_fact_and_member() -> None:
    of = MATCHES["lied"]
    lines = compact(of).splitlines()
    for block in scene(of).blocks:
        for line in block.lines:
            row = next(each for each in lines if each.split()[:2] == [str(line.number), signed(line.amount)])
            assert row.split()[2:] == [sign for sign in map(mark, line.cells) if sign.strip()]
    assert "✗ told it falsely" in compact(of)
    assert "decoy" in compact(of)
    assert "★ best" in compact(of)
