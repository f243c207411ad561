"""What a setting provides."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Topic:
    """Something to settle: its name, wordings of what it is about, of which one is drawn, and six options."""

    name: str
    about: tuple[str, ...]
    options: tuple[str, ...]


@dataclass(frozen=True)
class Item:
    """Something to share out: its name, in the plural, and wordings of what it is."""

    name: str
    about: tuple[str, ...]


@dataclass(frozen=True)
class Setting:
    """A story: at least eight parties; eight issues, or none where there are only things to share; six items.

    Options stand in no order of merit, and no party's name hints at what it wants: the points are drawn without regard
    to the words.
    """

    name: str
    parties: tuple[str, ...]
    issues: tuple[Topic, ...]
    items: tuple[Item, ...]
