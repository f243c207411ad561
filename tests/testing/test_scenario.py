"""Each check of a scenario sees what it is there to see: families with one thing wrong do not pass it."""

from __future__ import annotations

from itertools import count
from math import nan
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from msgspec.structs import replace

from arena import assets
from arena.core.draw import Draw
from arena.core.events import Disclosed
from arena.core.protocol import Refusal
from arena.core.task import Estimate, Reference
from arena.scenarios.commons.rules import SCENARIO as COMMONS
from arena.scenarios.commons.terms import Growth, Harvest, Landed, Rules, Storm
from arena.scenarios.dilemma.rules import SCENARIO as DILEMMA
from arena.testing import Broken, Case, Contract, Place, check_scenario
from arena.testing.scenario import CHECKS
from tests.testing.mutants import CASES, SMALL, after, but, commons, dilemma, failures


@pytest.mark.parametrize("check", CHECKS)
def test_a_sound_family_passes(check: str) -> None:
    assert failures(check, commons()) == set()


def test_impossible_parameters_have_to_be_refused_each_by_its_path() -> None:
    refused = but(refused=(({"seats": 1, "rate": 0.0}, ("seats", "rate")),))
    assert failures("parameters", commons(), refused) == set()
    assert failures("parameters", commons(check=lambda params: None), refused) == {"parameters"}
    fewer = but(refused=(({"seats": 1, "rate": 0.0}, ("seats",)),))
    assert failures("parameters", commons(), fewer) == {"parameters"}


def test_a_good_parameter_has_to_pass() -> None:
    assert failures("parameters", commons(), Contract(cases=(Case({"seats": 1}),))) == {"parameters"}


def test_a_deal_by_a_die_of_its_own_is_found() -> None:
    throws = count()
    dealt = after(COMMONS.deal, lambda task: replace(task, fate=replace(task.fate, rounds=6 + next(throws) % 5)))
    assert "a seed deals the same bytes" in failures("a seed deals the same", commons(deal=dealt))


def test_a_deal_that_is_always_the_same_is_found() -> None:
    task = COMMONS.deal(COMMONS.params_type(), Draw.root(0, "s").at("deal"))
    assert failures("a seed deals the same", commons(deal=lambda params, draw: task)) == {
        "another seed deals another task"
    }


def test_a_certificate_of_whole_numbers_is_found() -> None:
    solve = after(COMMONS.solve, lambda found: replace(found, best=round(found.best)))
    assert failures("the codec", commons(solve=solve)) == {"the certificate survives the codec"}
    assert failures("floors", commons(solve=solve)) == {"floors, V* and V_hind stand in order"}


def test_a_fact_that_json_gives_back_otherwise_is_found() -> None:
    listed = commons(settle=after(COMMONS.settle, told_as_a_list))
    assert "a line survives the codec" in failures("the codec", listed)


def told_as_a_list(facts: tuple[Disclosed[Any], ...]) -> tuple[Disclosed[Any], ...]:
    return tuple(
        replace(d, fact=Landed(list(d.fact.units))) if isinstance(d.fact, Landed) else d  # type: ignore[arg-type]
        for d in facts
    )


def test_a_round_that_is_settled_by_a_die_of_its_own_is_found() -> None:
    throws = count()

    def settle(w: Any, phase: str, draw: Any) -> tuple[Disclosed[Any], ...]:
        return (*COMMONS.settle(w, phase, draw), Disclosed(Storm(next(throws), w.common.stock), (0, 1, 2)))

    assert failures("a match twice", commons(settle=settle)) == {"a match has the same lines twice"}
    assert failures("resume at every cut", commons(settle=settle)) == {"a match resumes to the same bytes"}


def test_a_secret_that_is_told_to_others_is_found() -> None:
    def settle(w: Any, phase: str, draw: Any) -> tuple[Disclosed[Any], ...]:
        return (*COMMONS.settle(w, phase, draw), Disclosed(w.own.sheets[0], (1,)))

    assert failures("canaries", commons(settle=settle)) == {
        "a canary is shown to nobody else",
        "a private fact is told to nobody else",
        "every template renders",  # there are no words for a sheet that comes late
    }


def test_a_secret_that_others_can_work_out_is_found() -> None:
    def settle(w: Any, phase: str, draw: Any) -> tuple[Disclosed[Any], ...]:
        return (*COMMONS.settle(w, phase, draw), Disclosed(Storm(len(w.own.sheets[0].canary), 1), (0, 1, 2)))

    assert failures("non-interference", commons(settle=settle)) == {"a secret changes nothing for the others"}
    assert failures("canaries", commons(settle=settle)) == set()


def test_what_follows_from_more_than_a_seats_own_events_is_found() -> None:
    times = count()
    evolve = after(COMMONS.evolve, lambda world: replace(world, round=next(times)))
    assert failures("a seat's own events", commons(evolve=evolve)) == {"a seat's own events give the same"}


@pytest.mark.parametrize("wrong", [{"value": nan}, {"utilities": ()}, {"status": "open"}])
def test_an_outcome_that_is_none_is_found(wrong: dict[str, Any]) -> None:
    outcome = after(COMMONS.outcome, lambda found: replace(found, **wrong))
    assert failures("outcome at every cut", commons(outcome=outcome)) == {"an outcome is total"}


def test_a_world_that_folds_only_what_is_complete_is_found() -> None:
    def evolve(w: Any, e: Any) -> Any:
        if w.rules is None and not (isinstance(e, Disclosed) and isinstance(e.fact, Rules)):
            raise ValueError("the rules come first")
        return COMMONS.evolve(w, e)

    assert failures("evolve on any subset", commons(evolve=evolve)) == {"ValueError"}

    def moves(known: Any, seat: int) -> Any:
        return COMMONS.moves(known, seat) if known.common.rules.names else ()

    assert failures("evolve on any subset", commons(moves=moves)) != set()


@pytest.mark.parametrize("share", [{"best": 0.0, "hind": 0.0}, {"best": 10_000.0}, {"best": nan}])
def test_an_optimum_that_is_none_is_found(share: dict[str, float]) -> None:
    solve = after(COMMONS.solve, lambda found: replace(found, **share))
    assert failures("solve at every cut", commons(solve=solve)) == {"a cut is solved"}


def test_a_team_that_beats_the_optimum_is_found() -> None:
    solve = after(COMMONS.solve, lambda found: replace(found, best=found.best / 2, hind=found.hind / 2))
    assert failures("scripted teams", commons(solve=solve)) == {"no team beats the optimum"}


@pytest.mark.parametrize(
    "change",
    [
        lambda found: replace(found, floors={"silent": Estimate(found.best + 1.0)}),
        lambda found: replace(found, hind=found.best - 1.0),
        lambda found: replace(found, headline="solo"),
    ],
)
def test_a_certificate_out_of_order_is_found(change: Any) -> None:
    found = failures("floors", commons(solve=after(COMMONS.solve, change)))
    assert found == {"floors, V* and V_hind stand in order"}


def test_a_floor_may_stand_above_what_could_be_known_but_not_above_hindsight() -> None:
    def change(found: Reference) -> Reference:
        return replace(found, best=found.best - 50.0, floors={"silent": Estimate(found.best - 10.0)})

    solve = after(COMMONS.solve, change)
    open_ended = Contract(cases=(Case(CASES.cases[0].params, ceiling=False),))
    assert failures("floors", commons(solve=solve)) == {"floors, V* and V_hind stand in order"}
    assert failures("floors", commons(solve=solve), open_ended) == set()


def test_a_shock_that_loses_what_stands_is_found() -> None:
    def shock(w: Any, draw: Any) -> tuple[Disclosed[Any], ...]:
        return (Disclosed(replace(w.common.rules, growth=Growth("table", 5, 1)), (0, 1, 2)),)

    def solve(w: Any) -> Reference:
        found = COMMONS.solve(w)
        return replace(found, hind=-1.0) if w.common.rules.growth.capacity == 5 else found

    assert "a shock can be lived with" in failures("shocks", commons(shock=shock, solve=solve))


def test_a_shock_that_there_are_no_words_for_is_found() -> None:
    def shock(w: Any, draw: Any) -> tuple[Disclosed[Any], ...]:
        return (Disclosed(w.own.fate, (0,)),)

    assert failures("shocks", commons(shock=shock)) == {"there are words for a shock"}


def test_a_template_that_asks_for_what_is_not_there_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copytree(assets.root("prompts"), tmp_path / "prompts")
    events = tmp_path / "prompts" / "scenarios" / "commons" / "events.j2"
    events.write_text(
        events.read_text().replace("e.fact.percent", "e.fact.per_cent").replace("e.fact.stock", "e.stock")
    )
    monkeypatch.setenv("ARENA_ASSETS", str(tmp_path))
    assert failures("templates", commons()) == {"every template renders"}


def test_words_that_are_wrong_only_after_a_summary_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copytree(assets.root("prompts"), tmp_path / "prompts")
    events = tmp_path / "prompts" / "scenarios" / "commons" / "events.j2"
    events.write_text(events.read_text() + "\n{% if afresh %}{{ nothing_of_the_kind }}{% endif %}\n")
    monkeypatch.setenv("ARENA_ASSETS", str(tmp_path))
    assert failures("templates", commons()) == {"every template renders"}


def test_an_answer_that_stands_in_one_place_is_found() -> None:
    found = failures("places", dilemma(), Contract(places={"always here": Place(lambda task: (0, 2))}))
    assert found == {"answers stand anywhere"}
    assert failures("places", dilemma(), Contract(places={"nowhere": Place(lambda task: None)})) == found


def test_actions_that_are_not_shuffled_are_found() -> None:
    def deal(params: Any, draw: Any) -> Any:
        for n in count():
            task: Any = DILEMMA.deal(params, draw.at("again", n))
            if task.fate.cooperate == 0:
                return task
        raise AssertionError

    case = Contract(cases=(Case({"rounds": 2}),))
    assert failures("positional policies", dilemma(), case) == set()
    assert failures("positional policies", dilemma(deal=deal), case) == {"no place is better than another"}


def test_a_place_that_is_the_answer_more_often_than_by_chance_is_found() -> None:
    case = Contract(cases=(Case({"rounds": 2}),), chance=0.5, margin=0.2)
    assert failures("positional policies", dilemma(), case) == set()
    assert failures("positional policies", dilemma(), but(case, chance=0.1)) == {"a place is no answer"}


def test_a_reason_that_cannot_be_met_and_one_that_is_not_listed_are_found() -> None:
    met = frozenset({"not_now", "more_than_there_is"})
    assert failures("reasons", commons(), but(reasons=met)) == set()
    assert failures("reasons", commons(), but(reasons=met | {"bribed"})) == {"every reason can be met"}
    assert failures("reasons", commons(), but(reasons=met - {"not_now"})) == {"every reason is listed"}


def test_a_refusal_without_words_is_found() -> None:
    dumb = commons(refuse=lambda known, seat, move: Refusal("no", " "))
    assert failures("reasons", dumb) == {"a refusal has a code and words"}


def test_a_familys_own_tries_reach_what_fuzzing_does_not() -> None:
    def refuse(known: Any, seat: int, move: Any) -> Refusal | None:
        odd = isinstance(move, Harvest) and move.units == 7919
        return Refusal("odd", "Not that one.") if odd else None

    contract = but(reasons=frozenset({"odd"}))
    assert failures("reasons", commons(refuse=refuse), contract) == {"every reason can be met"}
    tried = but(contract, tries=lambda view, ask, rng: Harvest(7919))
    assert failures("reasons", commons(refuse=refuse), tried) == set()


def test_a_game_that_cannot_do_without_an_answer_is_found() -> None:
    assert failures("forfeits", commons(forfeit=lambda w, seat: 1 / 0)) == {"ZeroDivisionError"}
    wrong = failures("forfeits", commons(forfeit=lambda w, seat: Harvest(10_000)))
    assert wrong == {"what stands in is legal"}


def test_everything_that_fails_is_reported_at_once_with_its_evidence() -> None:
    solve = after(COMMONS.solve, lambda found: replace(found, best=round(found.best)))
    with pytest.raises(Broken) as caught:
        check_scenario(commons(solve=solve, shock=lambda *args: 1 / 0), CASES, SMALL)
    told, report = str(caught.value), caught.value.report
    assert isinstance(caught.value, AssertionError)
    assert told.startswith(f"commons: {len(report.failures)} failures\n")
    assert "expected floats, as JSON gives them back" in told
    assert "ZeroDivisionError" in told
    assert "seats=3, rate=3.0" in told
