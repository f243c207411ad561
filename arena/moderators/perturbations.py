"""Perturbations: what befalls a meeting from outside, as it is declared. All rounds count from 1, all seats from 0."""

from __future__ import annotations

from msgspec import Struct


class Shock(Struct, frozen=True, tag="shock", tag_field="kind", forbid_unknown_fields=True):
    """The family's own: the game itself changes as a round begins."""

    round: int


class Dropout(Struct, frozen=True, tag="dropout", tag_field="kind", forbid_unknown_fields=True):
    """A seat falls silent from a round on; nobody is told."""

    seat: int
    round: int


class Newcomer(Struct, frozen=True, tag="newcomer", tag_field="kind", forbid_unknown_fields=True):
    """Another agent takes a seat as a round begins, and remembers nothing of it."""

    seat: int
    round: int
    agent: str


class Saboteur(Struct, frozen=True, tag="saboteur", tag_field="kind", omit_defaults=True, forbid_unknown_fields=True):
    """A seat's goal is replaced as a round begins, secretly: its payoff is -V."""

    seat: int
    round: int = 1


class Amnesia(Struct, frozen=True, tag="amnesia", tag_field="kind", forbid_unknown_fields=True):
    """A seat forgets, as a round begins, all but what a newcomer would find."""

    seat: int
    round: int


class Noise(Struct, frozen=True, tag="noise", tag_field="kind", omit_defaults=True, forbid_unknown_fields=True):
    """Each message and each claim goes astray with probability `rate`, in [0, 1].

    What does is late by 1 to `delay` rounds or lost for good, each as likely as any other; with a delay of 0, lost.
    """

    rate: float
    delay: int = 0


Strike = Shock | Dropout | Newcomer | Saboteur | Amnesia
Perturbation = Strike | Noise


def named(perturbation: Perturbation) -> str:
    """Its kind, as it is written."""
    return str(perturbation.__struct_config__.tag)
