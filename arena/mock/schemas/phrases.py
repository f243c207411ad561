"""Sentences to fill free text with, so that a sampled reply reads like talk and not like noise."""

from random import Random

OPENINGS = (
    "Thanks for laying that out.",
    "That helps.",
    "Fair point.",
    "I see it a little differently.",
    "Good, we are getting somewhere.",
    "Let me be plain about this.",
    "I have thought it over.",
    "I hear you.",
    "Let us keep this moving.",
    "I appreciate the patience.",
)
REMARKS = (
    "I could live with something in the middle.",
    "This matters more to me than the rest does.",
    "Tell me which part you care about most.",
    "I would rather settle today than drag this out.",
    "If you can give a little here, I can give a little there.",
    "That is close, though not quite enough for me yet.",
    "I think there is a version of this that works for all of us.",
    "What would it take for you to agree?",
    "I am not tied to any one way of doing it.",
    "Before I commit, I want to hear from the others.",
    "We should not leave value on the table.",
    "My position has not changed, but I am listening.",
    "I am open to trading one thing for another.",
    "Could we look at the whole package instead of one piece at a time?",
    "I will explain my reasons if that is useful.",
    "Let us write down what we already agree on.",
)
SHORT = ("Agreed.", "Let us talk.", "Not yet.", "Go on.", "Maybe so.", "Yes.", "No.", "Fine.", "Ok")
LEAD_INS = (
    "Here is my answer.",
    "This is what I would do.",
    "After some thought, my reply is below.",
    "Let me put it in writing.",
    "My answer follows.",
)
NAMES = ("first", "second", "third", "fourth", "fifth", "sixth")


def sentence(rng: Random) -> str:
    """One sentence of talk, 20 to 70 characters."""
    return rng.choice(REMARKS)


def text(rng: Random, least: int = 0, most: int | None = None) -> str:
    """Talk of `least` to `most` code points (most None: no limit); one or two sentences where the limits leave room."""
    said = rng.choice(REMARKS)
    if rng.random() < 0.5:
        said = f"{rng.choice(OPENINGS)} {said}"
    if most is not None and len(said) > most:
        fitting = [s for s in (*REMARKS, *OPENINGS, *SHORT) if least <= len(s) <= most]
        said = rng.choice(fitting) if fitting else said
    while len(said) < least:
        said = f"{said} {rng.choice(REMARKS)}"
    return said if most is None or len(said) <= most else _cut(said, least, most)


def _cut(said: str, least: int, most: int) -> str:
    at_word = said[: most + 1].rsplit(" ", 1)[0].rstrip(" ,")
    return at_word if least <= len(at_word) <= most else said[:most]
