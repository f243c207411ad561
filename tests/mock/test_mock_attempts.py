"""What a request meets does not hang on how often it is asked again once it was answered, nor on who died when."""

import json
from typing import Any

import httpx
import pytest

from arena.mock.attempts import Attempts
from tests.mock.asking import body, local, post, stats

HALF = ("500=0.3", "429=0.2")


def sequence(url: str, n: int, words: str = "x") -> list[int]:
    """The statuses of the same request, sent n times."""
    return [post(url, words).status_code for _ in range(n)]


def test_the_attempt_grows_with_faults_and_not_with_answers() -> None:
    attempts = Attempts()
    assert attempts.of("a") == 0
    attempts.failed("a")
    attempts.failed("a")
    assert not attempts.answered("a")
    assert attempts.answered("a")
    assert (attempts.of("a"), attempts.of("b"), len(attempts)) == (2, 0, 1)


def test_a_request_meets_its_faults_and_then_its_answer_for_ever() -> None:
    seen = []
    with local(*HALF) as url:
        for i in range(12):
            statuses = sequence(url, 8, str(i))
            faults = statuses.index(200)
            assert set(statuses[:faults]) <= {500, 429}
            assert set(statuses[faults:]) == {200}
            assert len({post(url, str(i)).content for _ in range(2)}) == 1
            seen.append(faults)
    assert 0 in seen
    assert max(seen) >= 2


def test_it_meets_the_same_ones_on_a_new_server_whatever_else_is_asked_in_between() -> None:
    with local(*HALF, seed=4) as url:
        first = {i: sequence(url, 6, str(i)) for i in range(10)}
    with local(*HALF, seed=4) as url:
        again: dict[int, list[int]] = {i: [] for i in range(10)}
        for _ in range(6):
            for i in reversed(range(10)):
                again[i] += sequence(url, 1, str(i))
    assert again == first


def test_another_seed_gives_other_faults() -> None:
    found = []
    for seed in (1, 2):
        with local(*HALF, seed=seed) as url:
            found.append([sequence(url, 1, str(i))[0] for i in range(20)])
    assert found[0] != found[1]


def test_an_answer_that_was_lost_is_given_again_and_counted_as_given_again() -> None:
    with local(latency=0.3) as url:
        with pytest.raises(httpx.ReadTimeout):
            httpx.post(f"{url}/chat/completions", json=body("x"), timeout=0.1, trust_env=False)
        assert post(url, "x").status_code == 200
        assert stats(url)["by_kind"] == {"answer": 2}
        assert stats(url)["answered_again"] == 1
        assert stats(url)["by_status"] == {"200": 1}


def test_the_order_of_keys_makes_no_other_request() -> None:
    plain = body("x")
    turned: dict[str, Any] = dict(reversed(plain.items()))
    with local("500=0.5", seed=8) as url:
        sent = [plain, turned] * 4
        found = [
            httpx.post(f"{url}/chat/completions", content=json.dumps(each), trust_env=False).status_code
            for each in sent
        ]
        assert found == sorted(found, reverse=True)
        assert stats(url)["requests"] == 1
