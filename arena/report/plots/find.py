"""Which pictures there are of a match: its family's first, then those that there are of any."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from arena.errors import NotFound, UsageError
from arena.report.plots import families
from arena.report.plots.general.talk import Talk
from arena.report.plots.general.value import Value
from arena.report.plots.picture import Picture, Record

GENERAL: tuple[Picture, ...] = (Talk(), Value())


def pictures(scenario: str) -> tuple[Picture, ...]:
    """The pictures of a scenario's matches, by the scenario's name; the first is the one to be shown unasked."""
    own: tuple[Picture, ...] = ()
    if scenario in {module.name for module in iter_modules(families.__path__)}:
        own = import_module(f"{families.__name__}.{scenario}.pictures").PICTURES
    return (*own, *GENERAL)


def find(of: Record, name: str | None) -> Picture:
    """The picture of that name; of none, the first that there is of this match. Raises NotFound, UsageError."""
    known = pictures(of.game.scenario.name)
    if name is None:
        return next((each for each in known if each.missing(of) is None), known[0])
    found = next((each for each in known if each.name == name), None)
    if found is None:
        raise NotFound("picture of this match", name, [each.name for each in known])
    if why := found.missing(of):
        raise UsageError(f"there is no picture {name!r} of {of.header.id}: {why}")
    return found
