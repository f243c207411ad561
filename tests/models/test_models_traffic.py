"""Who may ask now, by a clock that the test turns."""

from __future__ import annotations

from collections import Counter

from arena.models.congestion import START
from arena.models.endpoint import Endpoint
from arena.models.traffic import Ended, Ticket, Traffic

HERE, THERE = "http://here/v1", "http://there/v1"


def model(name: str = "m", base_url: str = HERE, **settings: float) -> Endpoint:
    return Endpoint(name, base_url, **settings)  # type: ignore[arg-type]


def waiting(traffic: Traffic, endpoint: Endpoint, *matches: str, tokens: int = 0) -> list[Ticket]:
    """Requests of these matches, in this order."""
    tickets = [Ticket(traffic.lane(endpoint), match, tokens) for match in matches]
    for ticket in tickets:
        traffic.ask(ticket)
    return tickets


def names(tickets: list[Ticket]) -> str:
    return " ".join(ticket.match for ticket in tickets)


def test_those_who_may_go_go_in_turn_by_match() -> None:
    traffic = Traffic(3)
    waiting(traffic, model(), "a", "a", "a", "b", "c")
    going, again = traffic.start(0.0)
    assert (names(going), again) == ("a b c", None)
    traffic.end(going[0], 0.1, Ended.ANSWERED)
    assert names(traffic.start(0.1)[0]) == "a"
    traffic.end(going[1], 0.2, Ended.OTHERWISE)
    assert names(traffic.start(0.2)[0]) == "a"
    assert traffic.flying == 3


def test_one_endpoint_that_is_slow_keeps_no_place_from_another() -> None:
    traffic = Traffic(1000)
    waiting(traffic, model("slow"), *["a"] * 200)
    waiting(traffic, model("quick", THERE), "b")
    going, _ = traffic.start(0.0)
    assert Counter(names(going).split()) == {"a": START, "b": 1}


def test_where_places_are_few_endpoints_take_turns() -> None:
    traffic = Traffic(1)
    waiting(traffic, model("m", HERE), *["a"] * 10)
    waiting(traffic, model("m", THERE), *["b"] * 10)
    order = []
    for second in range(8):
        (going,), _ = traffic.start(float(second))
        order.append(going.match)
        traffic.end(going, float(second), Ended.ANSWERED)
    assert order == ["a", "b"] * 4


def test_models_of_one_endpoint_share_what_it_can_take() -> None:
    traffic = Traffic(1000)
    waiting(traffic, model("m"), *["a"] * 100)
    waiting(traffic, model("n"), *["b"] * 100)
    going, again = traffic.start(0.0)
    assert len(going) == START
    assert again is not None
    assert Counter(names(going).split()) == {"a": START // 2, "b": START // 2}


def test_one_that_is_refused_makes_all_of_the_endpoint_wait_and_nobody_else() -> None:
    traffic = Traffic(1000)
    waiting(traffic, model("m"), *["a"] * 100)
    waiting(traffic, model("m", THERE), *["b"] * 40)
    going, _ = traffic.start(0.0)
    here = [ticket for ticket in going if ticket.match == "a"]
    for ticket in here[:3]:
        traffic.end(ticket, 0.0, Ended.STRAINED, after=7.0)
    going, again = traffic.start(0.1)
    assert "a" not in names(going)
    assert again is not None
    assert traffic.lane(model("m")).held(0.1) == 6.9
    for ticket in here[3:]:
        traffic.end(ticket, 0.2, Ended.ANSWERED)
    assert names(traffic.start(7.0)[0]).count("a") == START // 2


def test_a_model_is_asked_no_more_a_minute_than_was_set_and_the_others_are_not_held_up() -> None:
    traffic = Traffic(100)
    waiting(traffic, model("m", rpm=30), "a", "a", "b")
    waiting(traffic, model("n"), "c", "c")
    going, again = traffic.start(0.0)
    assert sorted(names(going).split()) == ["a", "c", "c"]
    assert again == 2.0
    assert traffic.start(1.9)[0] == []
    assert names(traffic.start(2.0)[0]) == "b"


def test_tokens_are_counted_as_they_were_thought_to_be_and_then_as_they_were() -> None:
    traffic = Traffic(100)
    waiting(traffic, model(tpm=6000), "a", "b", tokens=100)
    (first,), again = traffic.start(0.0)
    assert again == 1.0
    traffic.end(first, 0.0, Ended.ANSWERED, tokens=400)
    assert traffic.start(1.0) == ([], 3.0)
    (second,), _ = traffic.start(4.0)
    traffic.end(second, 4.0, Ended.ANSWERED, tokens=0)
    waiting(traffic, model(tpm=6000), "c", tokens=100)
    assert names(traffic.start(4.0)[0]) == "c"


def test_of_two_settings_of_one_model_the_lower_rate_holds() -> None:
    traffic = Traffic(100)
    lane = traffic.lane(model(rpm=60))
    assert traffic.lane(model()) is lane
    assert lane.requests is not None
    assert lane.requests.per_minute == 60
    assert traffic.lane(model(rpm=600)).requests is lane.requests
    slower = traffic.lane(model(rpm=6)).requests
    assert slower is not None
    assert slower.per_minute == 6


def test_one_that_no_longer_waits_takes_no_place() -> None:
    traffic = Traffic(1)
    a, b, c = waiting(traffic, model(), "a", "b", "c")
    traffic.start(0.0)
    traffic.end(b, 0.0, Ended.OTHERWISE)
    traffic.end(a, 0.0, Ended.OTHERWISE)
    assert traffic.start(0.0) == ([c], None)
    assert traffic.flying == 1
