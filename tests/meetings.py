"""Every kind of meeting that a test over "every moderator" goes through, for three seats or more."""

from arena.testing.meetings import CHANNELS, MEETINGS, OFFERS, PERTURBED, TURNS, WHISPERS

__all__ = ["CHANNELS", "MEETINGS", "OFFERS", "PERTURBED", "TURNS", "WHISPERS"]
