from copy import deepcopy
from typing import Any

import pytest
import yaml

from arena import assets
from arena.core.draw import Draw
from arena.errors import BadParams, ConfigError
from arena.scenarios.bargain import games
from arena.scenarios.bargain.params import Params
from arena.scenarios.bargain.rules import SCENARIO
from arena.scenarios.bargain.terms import Goal, Interaction, Issue
from arena.scenarios.bargain.worth import utilities
from tests.scenarios.small_bargains import DRAW, PAIR, dealt, many, opened, table

NAMES = assets.names("configs/games", ".yaml")


def mistakes(game: object) -> dict[str, str]:
    with pytest.raises(ConfigError) as error:
        games.task(game, DRAW, source="mine.yaml")
    assert str(error.value).startswith("mine.yaml: ")
    return {mistake.path: f"{mistake.found}; {mistake.expected}" for mistake in error.value.mistakes}


def changed(**parts: Any) -> dict[str, Any]:
    return {**deepcopy(PAIR), **parts}


def party(**parts: Any) -> dict[str, Any]:
    game = deepcopy(PAIR)
    game["parties"]["buyer"].update(parts)
    return game


def test_issues_and_parties_may_be_written_as_mappings_or_as_lists() -> None:
    listed = {
        "issues": [{"name": "price", "options": ["low", "high"]}, {"name": "term", "options": ["short", "long"]}],
        "parties": [
            {"name": "buyer", "threshold": 5, "points": [[10, 0], [0, 4]]},
            {
                "name": "seller",
                "threshold": 3,
                "points": {"price": {"high": 10, "low": 0}, "term": {"short": 5, "long": 0}},
            },
        ],
    }
    assert dealt(listed) == dealt(PAIR)


def test_an_issue_says_what_it_is_about_and_its_options_what_they_mean() -> None:
    issues = {"A": {"name": "the site", "options": {"A1": "by the lake", "A2": "in town"}}, "B": ["B1", "B2"]}
    game = {"issues": issues, "parties": {name: {"threshold": 0, "points": [[1, 2], [1, 2]]} for name in "pq"}}
    assert dealt(game).rules.issues == (
        Issue("A", "the site (A1: by the lake; A2: in town)", ("A1", "A2")),
        Issue("B", "", ("B1", "B2")),
    )


def test_what_is_left_out_has_a_plain_default() -> None:
    task = dealt(PAIR)
    assert (task.rules.acceptance, task.rules.quorum, task.rules.vetoes, task.rounds) == ("unanimous", 2, (), 10)
    assert {(sheet.discount, sheet.cost, sheet.noise) for sheet in task.sheets} == {(1.0, 0.0, 0.0)}
    assert (task.name, task.goals, task.truth) == ("game", (), task.sheets)


def test_everything_that_can_be_written_reaches_the_bargain() -> None:
    game = party(veto=True, discount=0.9, message_cost=0.5, role="wants it cheap")
    game |= {"name": "sale", "about": "A sale.", "source": "made up", "acceptance": "majority", "rounds": 3}
    game["interactions"] = [{"party": "seller", "options": {"price": "low", "term": "long"}, "points": -2.5}]
    game["bonus"] = {"party": "buyer", "points": 10, "when": "all"}
    task = dealt(game)
    assert (task.name, task.rounds, task.rules.rounds, task.rules.vetoes) == ("sale", 3, 3, (0,))
    assert task.rules.about == "A sale.\nbuyer: wants it cheap"
    assert (task.sheets[0].discount, task.sheets[0].cost) == (0.9, 0.5)
    assert task.sheets[1].interactions == (Interaction("price", "low", "term", "long", -2.5),)
    assert [(goal.seat, goal.what, goal.bonus) for goal in task.goals] == [(0, "all", 10.0)]


def test_a_bonus_is_a_private_goal_and_no_part_of_the_utilities() -> None:
    task = dealt(changed(bonus={"party": "seller", "points": 10}))
    assert utilities(task.rules, task.sheets).tolist() == utilities(dealt(PAIR).rules, dealt(PAIR).sheets).tolist()
    assert [fact.to for fact in SCENARIO.open(task) if isinstance(fact.fact, Goal)] == [(1,)]


def test_a_table_has_one_issue_whose_options_are_the_labels() -> None:
    task = dealt(table([4, 0], [3, 3]))
    assert task.rules.issues == (Issue("outcome", "", ("o0", "o1")),)
    assert [sheet.points for sheet in task.sheets] == [((4.0, 3.0),), ((0.0, 3.0),)]
    assert games.deal_of(task.rules, ("o1",)) == "o1"
    assert games.deal_of(dealt(PAIR).rules, ("low", "long")) == {"price": "low", "term": "long"}


def test_numbers_may_be_names() -> None:
    task = dealt(
        {
            "issues": {"day": [1, 2]},
            "parties": {name: {"threshold": 0, "points": {"day": {1: 5, 2: 0}}} for name in "ab"},
        }
    )
    assert (task.rules.issues[0].options, task.sheets[0].points) == (("1", "2"), ((5.0, 0.0),))


SALE = {"price": ["low", "high"], "term": ["short", "long"]}
LINK = {"party": "buyer", "options": {"price": "low", "term": "long"}, "points": 1}

AT_THE_TOP = {
    "acceptence": (changed(acceptence="majority"), "found an unknown key; did you mean 'acceptance'?"),
    "acceptance": (changed(acceptance="all-but-one"), "found all-but-one with 2 parties; expected 3 parties or more"),
    "rounds": (changed(rounds=0), "found 0; expected a whole number from 1 to 1000"),
    "name": (changed(name=5), "found 5; expected text"),
    "parties": (changed(parties={"buyer": PAIR["parties"]["buyer"]}), "found 1 party; expected 2 or more"),
    "parties[0]": (changed(parties=[1, 2]), "found 1; expected a mapping with a name"),
    "parties[0].name": (changed(parties=[{"threshold": 1}]), "found nothing; expected a name"),
    "outcomes": ({"outcomes": [], "parties": {"a": {}, "b": {}}}, "found []; expected utilities for each outcome"),
    "outcomes.o0": (table([1, 2, 3], thresholds=[1, 2]), "found 3 values; expected 2 numbers, one for each party: p0"),
    "(top)": (None, "found nothing; expected a mapping with issues (or items, outcomes) and parties"),
    "bonus.party": (changed(bonus={"party": "bayer", "points": 5}), "found 'bayer'; did you mean 'buyer'?"),
    "bonus[0].when": (changed(bonus=[{"party": "buyer", "points": 5, "when": "ever"}]), "found 'ever'; there is: all"),
    "interactions.options": (
        changed(interactions={**LINK, "options": {"price": "low"}}),
        "found 1 issues; expected two issues and an option of each",
    ),
    "interactions[0].options.term": (
        changed(interactions=[{**LINK, "options": {"price": "low", "term": "log"}}]),
        "found 'log'; did you mean 'long'?",
    ),
}
IN_THE_ISSUES = {
    "issues": (changed(issues=None), "found nothing; expected issues with options (or `items`, `outcomes`)"),
    "issues.price.options": (changed(issues={**SALE, "price": ["low", "low"]}), "found 'low' 2 times; expected each"),
    "issues.price.option": (changed(issues={**SALE, "price": {"option": ["a"]}}), "found an unknown key; did you mean"),
    "issues.term.options": (changed(issues={**SALE, "term": []}), "found []; expected a list of options"),
    "issues.term.options[0]": (
        changed(issues={**SALE, "term": [True, False]}),
        "found True; expected a name; put it in quotes if it is one (YAML reads yes, no, on and off so)",
    ),
}
IN_A_PARTY = {
    "treshold": (party(treshold=5), "found an unknown key; did you mean 'threshold'?"),
    "threshold": (party(threshold="high"), "found high; expected a number"),
    "discount": (party(discount=1.5), "found 1.5; expected a number of at least 0, at most 1"),
    "veto": (party(veto="yes"), "found yes; expected true or false"),
    "points": (party(points=None), "found nothing; expected points for each issue"),
    "points.price": (
        party(points={"price": [10], "term": [0, 4]}),
        "found 1 values; expected 2 numbers, one for each option: low, high",
    ),
    "points.term": (party(points={"price": [10, 0]}), "found nothing; expected 2 numbers, one for each option: short"),
    "points.term.lang": (
        party(points={"price": [10, 0], "term": {"short": 1, "lang": 2}}),
        "found an unknown key; did you mean 'long'?",
    ),
    "points.price[1]": (party(points={"price": [10, None], "term": [0, 4]}), "found nothing; expected a number"),
}
MORE = [
    ("rounds", changed(rounds=2.5), "found 2.5; expected a whole number"),
    ("(top)", [1], "found [1]; expected a mapping"),
    ("issues", changed(outcomes={"a": [1, 2]}), "found an unknown key; "),
    (
        "issues",
        changed(issues={f"i{k}": list("abcdefghij") for k in range(7)}),
        "found 10,000,000 deals; expected at most 1,000,000, which can be enumerated exactly",
    ),
    ("parties.buyer.threshold", party(threshold=float("inf")), "found inf; expected a number"),
    ("parties.buyer.threshold", party(threshold=None), "found nothing; expected a number"),
    ("parties.buyer.threshold", party(threshold="1e3"), "found 1e3; expected a number; YAML reads this as text"),
    ("parties.buyer.discount", party(discount=0), "found 0; expected above 0, at most 1"),
    ("acceptance", changed(acceptance="quorum of two"), "found 'quorum of two'; there is: all-but-one, majority, unan"),
]
CASES = [
    *((path, *case) for path, case in (AT_THE_TOP | IN_THE_ISSUES).items()),
    *((f"parties.buyer.{path}", *case) for path, case in IN_A_PARTY.items()),
    *MORE,
]


@pytest.mark.parametrize(("path", "game", "said"), CASES, ids=[f"{i}-{case[0]}" for i, case in enumerate(CASES)])
def test_a_mistake_says_where_it_is_what_was_found_and_what_was_expected(path: str, game: object, said: str) -> None:
    found = mistakes(game)
    assert path in found
    assert found[path].startswith(said)


def test_all_mistakes_are_reported_at_once() -> None:
    game = party(threshold="x", veto=3)
    game |= {"round": 5, "acceptance": "any", "bonus": {"party": "nobody", "points": 1}}
    game["parties"]["seller"]["points"]["price"] = [1]
    at = {"round", "acceptance", "bonus.party"}
    assert set(mistakes(game)) == at | {
        f"parties.{p}" for p in ("buyer.threshold", "buyer.veto", "seller.points.price")
    }


def test_the_generators_parameters_take_a_game_and_a_deadline_and_nothing_else() -> None:
    task = SCENARIO.deal(Params(game=many(3), rounds=4), DRAW)
    assert (len(task.seats), task.rounds, task.rules.rounds) == (3, 4, 4)
    with pytest.raises(BadParams) as error:
        SCENARIO.check(Params(game={**many(3), "acceptance": "most"}, seats=4, rounds=0))
    for said in ("  seats: found 4 beside a game", "  rounds: found 0", "  game.acceptance: found 'most'"):
        assert said in str(error.value)


def test_the_same_game_dealt_from_another_draw_differs_in_its_canaries_alone() -> None:
    first, second = (SCENARIO.deal(Params(game=PAIR), Draw.root(seed, "x")) for seed in (1, 2))
    assert first.rules == second.rules
    assert [sheet.points for sheet in first.sheets] == [sheet.points for sheet in second.sheets]
    assert not {sheet.canary for sheet in first.sheets} & {sheet.canary for sheet in second.sheets}


@pytest.mark.parametrize("name", NAMES)
def test_every_game_that_travels_with_arena_has_a_source_and_can_be_solved(name: str) -> None:
    written = yaml.safe_load(assets.path("configs", "games", f"{name}.yaml").read_text(encoding="utf-8"))
    assert written["name"] == name
    assert written["source"]
    reference = SCENARIO.solve(opened(games.task(written, DRAW)))
    assert reference.best > 0
    assert reference.how == "exact"
