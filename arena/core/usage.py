"""What a reply cost, as its endpoint counted it."""

from __future__ import annotations

from msgspec import Struct


class Usage(Struct, frozen=True, omit_defaults=True):
    """Tokens of one reply as the endpoint counted them (0 where it said nothing), and how often it was asked.

    `cached` ones are part of the prompt, `reasoning` is part of the output. `dialect`: the one it was asked in, where
    the endpoint's was found out; what that cost is counted with the reply that it was done for. `hit`: the reply came
    from Arena's own cache; the tokens are those of its first time, nothing was asked (`attempts` is 0) nor paid.
    """

    prompt: int = 0
    cached: int = 0
    output: int = 0
    reasoning: int = 0
    attempts: int = 1
    dialect: str | None = None
    hit: bool = False

    @property
    def reported(self) -> bool:
        """Whether the endpoint said how many tokens there were; no prompt has none."""
        return self.prompt > 0
