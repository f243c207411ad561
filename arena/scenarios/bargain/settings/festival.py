"""A town prepares its summer festival."""

from __future__ import annotations

from arena.scenarios.bargain.settings.setting import Item, Setting, Topic

FESTIVAL = Setting(
    name="festival",
    parties=("Bakers", "Brass Band", "Choir", "Council", "Gardeners", "Librarians", "Rowers", "Scouts", "Traders",
             "Weavers"),
    issues=(
        Topic(
            "Ground",
            ("where the festival is held", "the place that the tents go up in"),
            ("riverside", "old market", "castle lawn", "station square", "school fields", "mill yard"),
        ),
        Topic(
            "Dates",
            ("which weekend it takes", "when the festival falls"),
            ("early June", "midsummer", "mid July", "late July", "mid August", "early September"),
        ),
        Topic(
            "Headliner",
            ("who plays on the last evening", "the act that closes the festival"),
            ("folk trio", "string quartet", "swing orchestra", "drum circle", "rock group", "puppet opera"),
        ),
        Topic(
            "Food",
            ("who runs the kitchens", "how visitors are fed"),
            ("street stalls", "long tables", "picnic baskets", "village bakery", "food trucks", "soup kitchen"),
        ),
        Topic(
            "Tickets",
            ("how entrance is paid for", "what visitors pay"),
            ("free entry", "donation box", "day ticket", "weekend pass", "family ticket", "members only"),
        ),
        Topic(
            "Parade",
            ("which way the parade goes", "the route of the parade"),
            ("bridge route", "harbour route", "hill route", "ring route", "lantern route", "boat route"),
        ),
        Topic(
            "Finale",
            ("what ends the last night", "the spectacle at midnight"),
            ("fireworks", "bonfire", "light show", "torch walk", "open singing", "kite flight"),
        ),
        Topic(
            "Proceeds",
            ("what the money left over is spent on", "who benefits from the takings"),
            ("playground", "bandstand", "footbridge", "orchard", "reading room", "boathouse"),
        ),
    ),
    items=(
        Item("tents", ("canvas tents from the town's store", "tents to trade and sleep in")),
        Item("lanterns", ("crates of paper lanterns", "lanterns for the evenings")),
        Item("stage hours", ("hours on the main stage", "slots on the main stage")),
        Item("stalls", ("stalls along the main walk", "places in the market row")),
        Item("helpers", ("crews of volunteers", "volunteer crews for a day")),
        Item("banners", ("banners over the gate", "banners on the high street")),
    ),
)  # fmt: skip
