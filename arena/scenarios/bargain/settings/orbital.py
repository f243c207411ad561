"""A consortium plans a space station."""

from __future__ import annotations

from arena.scenarios.bargain.settings.setting import Item, Setting, Topic

ORBITAL = Setting(
    name="orbital",
    parties=("Aquila", "Borealis", "Corvus", "Delphin", "Equinox", "Fornax", "Gemma", "Halcyon", "Icarus", "Juno"),
    issues=(
        Topic(
            "Orbit",
            ("the orbit that the station keeps", "where the station flies"),
            ("low equatorial", "mid inclination", "polar", "sun-synchronous", "high elliptical", "lunar halo"),
        ),
        Topic(
            "Power",
            ("how the station is powered", "the main source of power"),
            ("solar wings", "thin-film sails", "fuel cells", "small reactor", "beamed power", "thermal engine"),
        ),
        Topic(
            "Laboratory",
            ("what the first laboratory studies", "the work of the first laboratory"),
            ("crystals", "plant growth", "medicine", "combustion", "cosmic rays", "materials"),
        ),
        Topic(
            "Docking",
            ("which docking port becomes the standard", "the port that visiting ships need"),
            ("ring port", "cone port", "clamp port", "magnetic port", "airlock sleeve", "robot arm"),
        ),
        Topic(
            "Crew",
            ("how long a crew stays", "the length of a crew's stay"),
            ("six weeks", "three months", "four months", "half a year", "nine months", "one year"),
        ),
        Topic(
            "Command",
            ("where the station is directed from", "the seat of mission control"),
            ("coast site", "desert site", "island site", "mountain site", "northern site", "on board"),
        ),
        Topic(
            "Shielding",
            ("what protects the hull", "the shield against debris and radiation"),
            ("water walls", "foam panels", "layered foil", "regolith bags", "polymer skin", "active field"),
        ),
        Topic(
            "Archive",
            ("who may read the measurements", "how results are published"),
            ("open at once", "after a month", "after a year", "members only", "by licence", "by request"),
        ),
    ),
    items=(
        Item("crew berths", ("berths for crew", "places to live on board")),
        Item("lab racks", ("racks in the laboratory", "racks for experiments")),
        Item("dock slots", ("slots at the docking port", "visits to the docking port")),
        Item("power units", ("units of electric power", "shares of the power supply")),
        Item("antenna hours", ("hours on the large antenna", "hours of contact with the ground")),
        Item("cargo pods", ("pods on the next freighter", "pods of cargo")),
    ),
)
