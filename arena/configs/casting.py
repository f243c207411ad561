"""Who is put into seats: the design of a run and the agents that it varies, before any seat is counted."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from arena.configs.schema import Design, RunConfig
from arena.errors import Mistake, nearest
from arena.scoring.names import NAMES, is_measure

SURROUNDED = frozenset({"focal", "factorial"})  # designs in which some agents are the same throughout


class Casting(Struct, frozen=True):
    """The design, the agents that it is about, and those who are the same throughout.

    `agents`: of an explicit design, one a seat; of any other, those that are compared. `background`: whom a focal agent
    sits among; the baseline of a factorial one.
    """

    design: Design
    agents: tuple[str, ...]
    background: tuple[str, ...] = ()


def cast(config: RunConfig, found: list[Mistake], newcomers: frozenset[str] = frozenset()) -> Casting:
    """The casting that a configuration asks for; its mistakes are added to `found`.

    `newcomers`: agents that take a seat on the way; from the beginning they sit in one only where that is said.
    """
    named = {"seating": config.seating, "focal": config.focal, "background": config.background}
    takes = ["seating"] if config.design == "explicit" else ["focal", "background"] * (config.design in SURROUNDED)
    for key, names in named.items():
        if names is not None and key not in takes:
            found.append(Mistake(key, f"given together with design: {config.design}", "leave one of them out"))
        elif names is not None:
            found += _unknown(key, names, config.agents)
    if config.design == "explicit":
        found += _undecided(config, ())
        return Casting(
            "explicit", tuple(config.seating if config.seating is not None else _but(config.agents, newcomers))
        )
    background = tuple(config.background or ()) if config.design in SURROUNDED else ()
    others = _but(config.agents, newcomers.union(background))
    agents = tuple(dict.fromkeys(config.focal)) if config.focal is not None and "focal" in takes else tuple(others)
    found += _lacking(config.design, agents, background)
    found += _undecided(config, agents)
    return Casting(config.design, agents, background)


def _but(names: Iterable[str], without: frozenset[str]) -> list[str]:
    return [name for name in names if name not in without]


def _undecided(config: RunConfig, agents: tuple[str, ...]) -> list[Mistake]:
    """What stopping early needs: agents who are compared, and a measure that there is."""
    if config.stop is None:
        return []
    if not is_measure(config.stop.metric):
        hint = nearest(config.stop.metric, NAMES)
        advice = hint if hint.startswith("did") else "`arena list metrics` names them"
        return [Mistake("stop.metric", f"found {config.stop.metric!r}", advice)]
    if config.design != "explicit" and len(agents) > 1:
        return []
    what = "design: explicit compares nobody" if config.design == "explicit" else "one agent is compared with nobody"
    return [Mistake("stop", what, "leave it out, or compare two agents or more by self_play, focal or cross_play")]


def _unknown(key: str, names: Iterable[str], known: Iterable[str]) -> list[Mistake]:
    return [
        Mistake(f"{key}[{i}]", f"found {name!r}", nearest(name, known))
        for i, name in enumerate(names)
        if name not in known
    ]


def _lacking(design: Design, agents: tuple[str, ...], background: tuple[str, ...]) -> list[Mistake]:
    """What a design needs and was not given."""
    if design == "focal" and not background:
        return [Mistake("background", "missing", "design: focal needs agents for the other seats")]
    if design == "factorial" and len(background) > 1:
        names = ", ".join(background)
        return [Mistake("background", f"{len(background)} agents ({names})", "design: factorial has one baseline")]
    if not agents:
        return [Mistake("focal", "every agent is in the background", "name the agents under test")]
    return []
