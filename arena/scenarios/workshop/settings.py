"""The stories that a workshop is told in, and neutral names for its seats, skills and tasks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Setting:
    """A story: its name, at least eight parties, six skills, 32 tasks; no name of a task hints at what it takes."""

    name: str
    parties: tuple[str, ...]
    skills: tuple[str, ...]
    tasks: tuple[str, ...]


THEATRE = Setting(
    "theatre",
    ("Ansgar", "Birgit", "Corin", "Dorte", "Emil", "Frida", "Gustav", "Hanne", "Ivo", "Jorun"),
    ("carpentry", "painting", "rigging", "sewing", "plastering", "wiring", "gilding"),
    ("Avocet", "Bittern", "Curlew", "Dunlin", "Eider", "Falcon", "Gannet", "Heron", "Ibis", "Jackdaw", "Kestrel",
     "Lapwing", "Magpie", "Nightjar", "Osprey", "Plover", "Quail", "Raven", "Sandpiper", "Teal", "Umbrellabird",
     "Vireo", "Wagtail", "Xenops", "Yellowhammer", "Zitting", "Bunting", "Dipper", "Finch", "Grebe", "Linnet", "Merlin",
     "Oriole", "Petrel", "Swift", "Tern"),
)  # fmt: skip
OBSERVATORY = Setting(
    "observatory",
    ("Amara", "Bao", "Chidi", "Daria", "Elif", "Farid", "Goro", "Hila", "Inti", "Jaya"),
    ("grinding", "silvering", "masonry", "clockwork", "soldering", "drafting", "casting"),
    ("Altair", "Bellatrix", "Capella", "Deneb", "Electra", "Fomalhaut", "Gienah", "Hadar", "Izar", "Jabbah", "Kochab",
     "Lesath", "Mira", "Nunki", "Okab", "Procyon", "Rigel", "Sirius", "Tarazed", "Unuk", "Vega", "Wezen", "Yildun",
     "Zosma", "Adhara", "Castor", "Dubhe", "Mizar", "Pollux", "Regulus", "Spica", "Thuban", "Alcor", "Mimosa", "Sadr",
     "Shaula"),
)  # fmt: skip
ARCHIVE = Setting(
    "archive",
    ("Abbott", "Barlow", "Cotton", "Draper", "Ellery", "Fenn", "Garrick", "Hollis", "Ingram", "Jessop"),
    ("binding", "transcribing", "drying", "translating", "mending", "dating", "engraving"),
    ("Arles", "Bergamo", "Cadiz", "Delft", "Evora", "Fano", "Ghent", "Huesca", "Ivrea", "Jena", "Kotor", "Lucca",
     "Mantua", "Nantes", "Oporto", "Parma", "Ravenna", "Siena", "Toledo", "Urbino", "Verona", "Worms", "Ypres", "Zadar",
     "Bruges", "Cremona", "Dijon", "Ferrara", "Lund", "Modena", "Padua", "Reims", "Trent", "Uppsala", "Vienne", "York"),
)  # fmt: skip
SETTINGS: tuple[Setting, ...] = (ARCHIVE, OBSERVATORY, THEATRE)
