"""The hash by which a transcript refers to what was sent."""

from __future__ import annotations

import json
from hashlib import blake2b

from hypothesis import given
from hypothesis import strategies as st

from arena.models.messages import prompt_hash
from arena.models.roles import Sent

texts = st.text(st.characters(exclude_categories=("Cs",))) | st.text(st.characters(max_codepoint=160))


@given(st.lists(st.builds(Sent, st.sampled_from(["system", "user", "assistant"]), texts)))
def test_the_hash_is_over_the_canonical_json_of_the_standard_library(messages: list[Sent]) -> None:
    plain = [{"role": m.role, "content": m.content} for m in messages]
    canonical = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert prompt_hash(messages) == blake2b(canonical.encode(), digest_size=16).hexdigest()


def test_the_hash_is_what_it_was_in_every_transcript_so_far() -> None:
    messages = (Sent("system", "You are Ann.\n\x00\x1f\x7f\u2028é😀"), Sent("user", 'Say "hi" \\ </think>'))
    assert prompt_hash(messages) == "81393e47a115353c8f4e102f1c0fdc4f"
