from hypothesis import given
from hypothesis import strategies as st

from arena.mock.prefixes import BLOCK, BLOCK_TOKENS, PrefixCache


def test_a_first_prompt_finds_nothing_and_its_repetition_everything_in_whole_blocks() -> None:
    cache = PrefixCache()
    prompt = "x" * (2 * BLOCK + 100)
    assert cache.reuse(prompt) == 0
    cache.remember(prompt)
    assert cache.reuse(prompt) == 2 * BLOCK_TOKENS
    assert cache.reuse(prompt + "and more") == 2 * BLOCK_TOKENS


def test_what_differs_in_its_first_block_shares_nothing() -> None:
    cache = PrefixCache()
    cache.remember("a" + "x" * 5 * BLOCK)
    assert cache.reuse("b" + "x" * 5 * BLOCK) == 0


def test_the_same_words_in_another_place_are_no_prefix() -> None:
    cache = PrefixCache()
    cache.remember("a" * BLOCK + "b" * BLOCK)
    assert cache.reuse("b" * BLOCK) == 0
    assert cache.reuse("a" * BLOCK + "c" * BLOCK) == BLOCK_TOKENS


@given(st.lists(st.text("ab", max_size=3).map(lambda t: t * (BLOCK // 2)), min_size=1, max_size=6))
def test_the_longest_prefix_shared_with_any_earlier_prompt_is_found(prompts: list[str]) -> None:
    cache = PrefixCache()
    *earlier, last = prompts
    for prompt in earlier:
        cache.remember(prompt)
    shared = max((_common(prompt, last) for prompt in earlier), default=0)
    assert cache.reuse(last) == shared // BLOCK * BLOCK_TOKENS


def test_memory_is_bounded_and_the_least_recently_used_goes_first() -> None:
    cache = PrefixCache(most=4)
    one, two, three = ("1" * 2 * BLOCK, "2" * 2 * BLOCK, "3" * 2 * BLOCK)
    for prompt in (one, two, one, three):
        cache.remember(prompt)
    assert [cache.reuse(p) // BLOCK_TOKENS for p in (one, two, three)] == [2, 0, 2]


def test_a_prompt_longer_than_the_memory_keeps_its_beginning() -> None:
    cache = PrefixCache(most=3)
    cache.remember("x" * 5 * BLOCK)
    assert cache.reuse("x" * 5 * BLOCK) == 3 * BLOCK_TOKENS


def _common(a: str, b: str) -> int:
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
