"""What there is: scenarios, agents, models, metrics, samples, games, suites and runs, each with a line about it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from arena import assets
from arena.errors import NotFound

Row = dict[str, Any]
RUNS = Path("transcripts")


def kinds() -> tuple[str, ...]:
    """What can be listed."""
    return (*LISTS, "runs")


def inventory(kind: str, runs: Path = RUNS) -> list[Row]:
    """Everything of one kind: `name` first, then what is to be said of it. `runs` is the folder that runs lie in.

    Raises NotFound for another kind.
    """
    if kind == "runs":
        from msgspec import structs

        from arena.index.listing import listed

        return [structs.asdict(run) for run in listed(runs)]
    if kind not in LISTS:
        raise NotFound("kind of thing to list", kind, kinds())
    return list(LISTS[kind]())


def first_sentence(text: str | None) -> str:
    """What a docstring says first, on one line."""
    line = " ".join((text or "").strip().split("\n\n")[0].split())
    head, dot, _ = line.partition(". ")
    return head + "." if dot else line


def about_scenario(name: str) -> str:
    """What a scenario's own code says of it, up to the first semicolon."""
    from arena.scenarios import find

    return first_sentence(type(find.find(name)).__doc__).partition(";")[0]


def _scenarios() -> Iterator[Row]:
    from arena.scenarios import find

    for name in find.names():
        yield {"name": name, "about": about_scenario(name)}


def _agents() -> Iterator[Row]:
    from arena.agents import find as agents
    from arena.scenarios import find as scenarios

    families: dict[str, list[str]] = {}
    for family in scenarios.names():
        for name in agents.names(family):
            families.setdefault(name, []).append(family)
    for name in sorted(families):
        yield {"name": name, "plays": families[name], "about": _about_agent(name, families[name][0])}
    about = "A server of your own that answers a POST of the view and the ask: `url` in a configuration."
    yield {"name": "http://HOST/PATH", "plays": list(scenarios.names()), "about": about}


def _about_agent(name: str, family: str) -> str:
    """What the agent's own code says of it: a hostile one's class, a policy's module."""
    said = first_sentence(agent_docstring(name, family))
    head, colon, rest = said.partition(": ")
    return rest[:1].upper() + rest[1:] if colon and head.casefold() == name.replace("-", " ").casefold() else said


def agent_docstring(name: str, family: str) -> str:
    """All that the agent's own code says of it."""
    from arena.agents.find import HOSTILE

    if name in HOSTILE:
        return HOSTILE[name].__doc__ or ""
    module = sys.modules.get(f"arena.scenarios.{family}.policies.{name.replace('-', '_')}")
    return (module.__doc__ if module is not None else None) or ""


def _models() -> Iterator[Row]:
    yield {
        "name": "openai/MODEL",
        "about": "A model of OpenAI, or of what OPENAI_BASE_URL points to.",
        "key": _key("OPENAI_API_KEY"),
    }
    for variable in sorted(os.environ):
        name = variable.removesuffix("_BASE_URL")
        if name not in (variable, "OPENAI", ""):
            about = f"Any model of the endpoint that {variable} points to."
            yield {"name": f"openai-api/{name.lower()}/MODEL", "about": about, "key": _key(f"{name}_API_KEY")}
    about = "A model of any OpenAI-compatible endpoint: set NAME_BASE_URL, or base_url in the configuration."
    yield {"name": "openai-api/NAME/MODEL", "about": about, "key": "NAME_API_KEY, if it wants one"}


def _key(variable: str) -> str:
    return f"{variable}, {'set' if os.environ.get(variable) else 'not set'}"


def _metrics() -> Iterator[Row]:
    from arena.report.labels import SECTIONS

    for section, labels in SECTIONS.items():
        for name, label in labels.items():
            yield {"name": name, "section": section.replace("_", " "), "about": label.says or label.words}


def _samples() -> Iterator[Row]:
    from arena.transcripts.read import read

    for name in assets.names("samples", ".jsonl"):
        found = read(assets.path("samples", f"{name}.jsonl"))
        table = found.table()
        yield {
            "name": name,
            "scenario": found.header.scenario,
            "agents": [sitter.name for sitter in found.header.sitters],
            "lines": len(found.lines) + 1,
            "status": table.valued.status if table.valued is not None else "void",
        }


def _games() -> Iterator[Row]:
    from math import prod

    from arena.configs.load import parse, read_text
    from arena.core.draw import Draw
    from arena.scenarios.bargain.games import task

    for name in assets.names("configs/games", ".yaml"):
        file = assets.path("configs", "games", f"{name}.yaml")
        dealt = task(parse(read_text(file), str(file)), Draw.root(0, ""), source=name)
        deals = prod(len(issue.options) for issue in dealt.rules.issues)
        about = first_sentence(dealt.rules.about)
        yield {"name": name, "parties": len(dealt.seats), "deals": deals, "about": about}


def _suites() -> Iterator[Row]:
    from arena.configs.load import parse, read_text

    for name in assets.names("configs/suites", ".yaml"):
        file = assets.path("configs", "suites", f"{name}.yaml")
        found = parse(read_text(file), str(file))
        scenarios = found["scenarios"]
        yield {
            "name": name,
            "plays": list(dict.fromkeys(scenario["use"] for scenario in scenarios)),
            "scenarios": len(scenarios),
            "instances": sum([scenario.get("instances", 1) for scenario in scenarios]),
            "seeds from": str(found.get("seed", 0)),
        }


LISTS: dict[str, Callable[[], Iterator[Row]]] = {
    "scenarios": _scenarios,
    "agents": _agents,
    "models": _models,
    "metrics": _metrics,
    "samples": _samples,
    "games": _games,
    "suites": _suites,
}
