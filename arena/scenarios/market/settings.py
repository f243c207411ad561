"""The stories that a market is told in: words over the same mathematics."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Setting:
    """A story: its name and at least twenty traders, none of whose names hints at a side or a value."""

    name: str
    parties: tuple[str, ...]


BULBS = Setting(
    "bulbs",
    ("Aafke", "Barend", "Cornelis", "Dirk", "Elske", "Femke", "Gerrit", "Hendrik", "Ilse", "Jacob", "Klaas", "Lotte",
     "Maarten", "Neeltje", "Otto", "Pieter", "Roelof", "Saskia", "Teun", "Wim"),
)  # fmt: skip
CELLS = Setting(
    "cells",
    ("Albireo", "Bellatrix", "Castor", "Deneb", "Electra", "Fomalhaut", "Gemma", "Hadar", "Izar", "Kochab", "Lesath",
     "Mimosa", "Nunki", "Polaris", "Rigel", "Sirius", "Thuban", "Vega", "Wezen", "Zosma"),
)  # fmt: skip
PAPERS = Setting(
    "papers",
    ("Abbot", "Barlow", "Carver", "Dunn", "Ellery", "Fenwick", "Garth", "Holloway", "Ingram", "Jessop", "Kemp",
     "Lorimer", "Marsh", "Norwood", "Oakes", "Penrose", "Quill", "Rudd", "Selby", "Thorne"),
)  # fmt: skip
SETTINGS: tuple[Setting, ...] = (BULBS, CELLS, PAPERS)
