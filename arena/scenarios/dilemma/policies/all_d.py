"""All-D: defects in every round, whatever the others do."""

from __future__ import annotations

from arena.scenarios.dilemma.policies.acting import player

WORDS = ("I look after myself: {action}.", "Expect nothing of me but {action}.")

policy = player(lambda now, draw: now.defecting(), WORDS)
