"""The stories that a commons is told in: words over the same mathematics."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Setting:
    """A story: its name and at least twenty parties, none of whose names hints at what it needs."""

    name: str
    parties: tuple[str, ...]


LAKE = Setting(
    "lake",
    ("Aster", "Bellis", "Calla", "Dahlia", "Erica", "Freesia", "Gentian", "Holly", "Iris", "Jasmine", "Kalmia",
     "Linnea", "Mallow", "Nerine", "Olive", "Poppy", "Quince", "Rosa", "Senna", "Tansy"),
)  # fmt: skip
PASTURE = Setting(
    "pasture",
    ("Alm", "Brook", "Cairn", "Dell", "Edge", "Fell", "Glen", "Heath", "Inch", "Knoll", "Lea", "Moor", "Ness",
     "Pike", "Ridge", "Scar", "Tarn", "Vale", "Weir", "Yew"),
)  # fmt: skip
AQUIFER = Setting(
    "aquifer",
    ("Agate", "Beryl", "Chert", "Diorite", "Epidote", "Flint", "Gneiss", "Halite", "Ilmenite", "Jade", "Kyanite",
     "Lazurite", "Mica", "Norite", "Onyx", "Pumice", "Quartz", "Rutile", "Slate", "Topaz"),
)  # fmt: skip
RESERVE = Setting(
    "reserve",
    ("Auriga", "Bootes", "Corvus", "Draco", "Eridanus", "Fornax", "Grus", "Hydra", "Indus", "Lyra", "Mensa",
     "Norma", "Orion", "Pavo", "Reticulum", "Sextans", "Tucana", "Ursa", "Vela", "Volans"),
)  # fmt: skip
SETTINGS: tuple[Setting, ...] = (AQUIFER, LAKE, PASTURE, RESERVE)
