"""The stories that a committee is told in: parties, options, and what facts can be about."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Setting:
    """A story: its name, at least eight parties, eight options and 24 topics; no name hints at what it is worth."""

    name: str
    parties: tuple[str, ...]
    options: tuple[str, ...]
    topics: tuple[str, ...]


ARCHIVE = Setting(
    "archive",
    ("Bindery", "Catalogue", "Deeds", "Gazette", "Maps", "Parish", "Prints", "Rolls", "Seals", "Tithes"),
    ("Alma House", "Bell House", "Corn House", "Dial House", "Fern House", "Gate House", "Hope House", "Iron House",
     "Lock House", "Mill House"),
    ("access for carts", "the attic", "the cellar", "the chimneys", "the courtyard", "damp", "the doors", "the drains",
     "the floors", "the garden", "heating", "insurance", "the landlord", "the lease", "light", "the neighbours",
     "noise", "the price", "the roof", "the shelves", "the staircase", "the street", "the walls", "the windows"),
)  # fmt: skip
CROSSING = Setting(
    "crossing",
    ("Anders", "Britt", "Dorthe", "Eskil", "Frida", "Gudrun", "Halvor", "Ingrid", "Jorunn", "Kjetil"),
    ("Ashen Pass", "Broad Pass", "Cold Pass", "Drover Pass", "Eagle Pass", "Flint Pass", "Gull Pass", "High Pass",
     "Lantern Pass", "Raven Pass"),
    ("avalanches", "the bridge", "the climb", "the descent", "detours", "distance", "firewood", "fog", "the ford",
     "fresh snow", "grazing", "the guides", "the hut", "ice", "loose stone", "mud", "the path", "shade", "shelter",
     "the toll", "tracks of others", "water", "the weather side", "wind"),
)  # fmt: skip
OBSERVATORY = Setting(
    "observatory",
    ("Adhara", "Bellatrix", "Capella", "Deneb", "Elnath", "Mirach", "Regulus", "Sirius", "Tarazed", "Vega"),
    ("Argus", "Beacon", "Cygnet", "Dryad", "Ember", "Falcon", "Glimmer", "Heron", "Ibis", "Juno"),
    ("alignment", "the archive", "assembly", "calibration", "the camera", "the coating", "cooling", "the dome",
     "the filters", "the grant", "maintenance", "the mirror", "the mount", "the operators", "the partners", "power",
     "the queue", "the schedule", "the site", "the software", "spare parts", "the spectrograph", "the supplier",
     "weight"),
)  # fmt: skip
SETTINGS: tuple[Setting, ...] = (ARCHIVE, CROSSING, OBSERVATORY)
MOST = 24  # facts about one option, each about another topic
