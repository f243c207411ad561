"""A seat's next request begins with the bytes of its last one, over a hundred turns of a match between two models."""

from __future__ import annotations

import json
from itertools import pairwise

from benchmarks.prompt_bytes import Sent, requests


def test_every_request_of_a_hundred_turns_begins_with_the_messages_of_the_one_before() -> None:
    sent = requests(turns=100)
    assert [len(seat) for seat in sent] == [50, 50]
    for seat in sent:
        for before, now in pairwise(seat):
            assert now.wire.startswith(before.wire.removesuffix(b"]") + b",")
            assert [m["role"] for m in now.messages] == ["system", "user", *["assistant", "user"] * (now.nth)]
            assert now.messages[: len(before.messages)] == before.messages


def test_what_a_request_adds_stays_as_small_as_what_happened_since() -> None:
    for seat in requests(turns=100):
        added = [len(now.wire) - len(before.wire) for before, now in pairwise(seat)]
        assert max(added[-10:]) < 1.2 * max(added[:10])
        assert json.loads(seat[-1].wire) == list(seat[-1].messages)
        assert isinstance(seat[0], Sent)
