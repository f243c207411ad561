"""A city rebuilds its old harbour."""

from __future__ import annotations

from arena.scenarios.bargain.settings.setting import Item, Setting, Topic

HARBOUR = Setting(
    name="harbour",
    parties=("Architects", "Boatyard", "Chandlers", "Dockers", "Ferrymen", "Merchants", "Museum", "Pilots", "Residents",
             "Sailors"),
    issues=(
        Topic(
            "Quay",
            ("what becomes of the old quay", "the use of the old quay"),
            ("promenade", "fish market", "workshops", "sailing school", "winter garden", "tram stop"),
        ),
        Topic(
            "Warehouse",
            ("what the brick warehouse turns into", "the future of the brick warehouse"),
            ("flats", "studios", "concert hall", "covered market", "hostel", "archive"),
        ),
        Topic(
            "Crossing",
            ("how the basin is crossed", "the link between the two banks"),
            ("footbridge", "swing bridge", "cable ferry", "tunnel", "cable car", "road bridge"),
        ),
        Topic(
            "Basin",
            ("who may moor in the inner basin", "what the inner basin is for"),
            ("fishing boats", "yachts", "tall ships", "rowing club", "houseboats", "harbour bath"),
        ),
        Topic(
            "Heights",
            ("how high the new buildings may be", "the limit on the new roofs"),
            ("two floors", "three floors", "four floors", "six floors", "eight floors", "ten floors"),
        ),
        Topic(
            "Traffic",
            ("how people and goods arrive", "the main way in"),
            ("light rail", "bus lane", "bicycle street", "water taxi", "car park", "delivery yard"),
        ),
        Topic(
            "Finance",
            ("how the work is paid for", "where the money comes from"),
            ("city bond", "ground lease", "harbour fee", "lottery grant", "joint fund", "land sale"),
        ),
        Topic(
            "Start",
            ("which part is built first", "where the building begins"),
            ("north pier", "south pier", "lock gates", "crane yard", "customs house", "lighthouse"),
        ),
    ),
    items=(
        Item("moorings", ("moorings in the inner basin", "places to moor")),
        Item("sheds", ("sheds on the old quay", "brick sheds along the water")),
        Item("crane days", ("days with the great crane", "days of the great crane's time")),
        Item("slips", ("slips in the boatyard", "slips to haul boats out on")),
        Item("market pitches", ("pitches on the fish market", "market pitches by the water")),
        Item("grants", ("grants from the rebuilding fund", "equal grants of the fund")),
    ),
)  # fmt: skip
