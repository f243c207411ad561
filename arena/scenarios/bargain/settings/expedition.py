"""Teams that share a base camp divide what the last supply run has brought."""

from __future__ import annotations

from arena.scenarios.bargain.settings.setting import Item, Setting

EXPEDITION = Setting(
    name="expedition",
    parties=("Alder", "Birch", "Cedar", "Fir", "Hazel", "Juniper", "Larch", "Maple", "Rowan", "Spruce"),
    issues=(),
    items=(
        Item("ration packs", ("packs of food for a week", "a week's food, packed")),
        Item("fuel cans", ("cans of stove fuel", "fuel for the stoves")),
        Item("rope coils", ("coils of climbing rope", "rope, by the coil")),
        Item("medical kits", ("kits of medicine and bandages", "boxes of medical supplies")),
        Item("battery packs", ("charged battery packs", "batteries for lamps and radios")),
        Item("thermal blankets", ("blankets against the cold", "warm blankets")),
    ),
)
