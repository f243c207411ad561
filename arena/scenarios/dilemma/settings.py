"""The stories that a dilemma is told in, and neutral names for its actions."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Setting:
    """A story: its name, at least eight parties, at least nine actions; nothing in a name hints at what it pays."""

    name: str
    parties: tuple[str, ...]
    actions: tuple[str, ...]


FERRIES = Setting(
    "ferries",
    ("Alder", "Birch", "Cedar", "Elm", "Hazel", "Larch", "Maple", "Rowan"),
    ("amber", "cobalt", "coral", "ivory", "jade", "lilac", "ochre", "russet", "teal", "umber"),
)
GUILDS = Setting(
    "guilds",
    ("Coopers", "Drapers", "Fullers", "Glaziers", "Masons", "Potters", "Saddlers", "Tanners"),
    ("anchor", "bell", "compass", "feather", "harp", "key", "lantern", "quill", "shuttle", "thimble"),
)
PROBES = Setting(
    "probes",
    ("Ariel", "Callisto", "Dione", "Europa", "Iapetus", "Miranda", "Oberon", "Rhea"),
    ("alpha", "delta", "epsilon", "kappa", "lambda", "omicron", "rho", "sigma", "theta", "zeta"),
)
SETTINGS: tuple[Setting, ...] = (FERRIES, GUILDS, PROBES)
