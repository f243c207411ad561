"""A prefix cache as providers run them: whole blocks of 128 tokens, each known by everything up to its end."""

from collections import OrderedDict
from hashlib import blake2b

from arena.mock.usage import CHARACTERS_PER_TOKEN

BLOCK_TOKENS = 128
BLOCK = BLOCK_TOKENS * CHARACTERS_PER_TOKEN
MOST_BLOCKS = 65_536


class PrefixCache:
    """The prompts seen so far, block by block, the least recently used forgotten beyond `most` blocks.

    OpenAI caches prompts of 1,024 tokens or more in steps of 128; the least length is left out here, so that short
    matches show the effect.
    """

    def __init__(self, most: int = MOST_BLOCKS) -> None:
        self._most = most
        self._seen: OrderedDict[bytes, None] = OrderedDict()

    def reuse(self, prompt: str) -> int:
        """The tokens of `prompt`'s longest prefix shared with an earlier prompt, rounded down to whole blocks."""
        shared = 0
        for digest in block_digests(prompt):
            if digest not in self._seen:
                break
            shared += BLOCK_TOKENS
        return shared

    def remember(self, prompt: str) -> None:
        """Count `prompt` among the earlier ones from now on."""
        # From the end, so that a prompt loses its tail before the beginning that others share.
        for digest in reversed(block_digests(prompt)):
            self._seen[digest] = None
            self._seen.move_to_end(digest)
        while len(self._seen) > self._most:
            self._seen.popitem(last=False)


def block_digests(prompt: str) -> list[bytes]:
    """One digest for each whole block of `prompt`, over everything from the start to the end of that block."""
    running = blake2b(digest_size=16)
    digests = []
    for end in range(BLOCK, len(prompt) + 1, BLOCK):
        running.update(prompt[end - BLOCK : end].encode("utf-8", "surrogatepass"))
        digests.append(running.digest())
    return digests
