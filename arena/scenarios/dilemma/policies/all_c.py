"""All-C: cooperates in every round, whatever the others do."""

from __future__ import annotations

from arena.scenarios.dilemma.policies.acting import player

WORDS = ("I choose {action}, and I shall not change.", "{action} for me, every time.")

policy = player(lambda now, draw: now.cooperating(), WORDS)
