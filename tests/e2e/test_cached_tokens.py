"""Prompts that only grow are cheap: nearly all of what is sent, the provider's prefix cache knows already."""

import asyncio
from itertools import pairwise

from benchmarks.cached_tokens import LEAST, TURNS, requests, share, usages


def test_nine_tenths_of_the_input_tokens_of_a_long_match_are_cached(mock: str) -> None:
    found = asyncio.run(usages(mock, requests(TURNS)))
    assert [len(seat) for seat in found] == [TURNS // 2] * 2
    assert share(found) >= LEAST
    for seat in found:
        for before, now in pairwise(seat):
            # Whole blocks of 128 tokens are cached; the request that was sent before is cached to its last block.
            assert before.prompt - 128 < now.cached <= before.prompt
