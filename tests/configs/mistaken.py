"""Configurations with mistakes, and every word that is said of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from arena.cli.configuration import read_configuration
from arena.errors import ConfigError

AGENT = "agents: {a: {scripted: planner}}\n"
GAME = """
issues: {A: [x, y], B: [x]}
parties:
  p: {threshold: 1, points: {A: [1, 2], B: [1, 2]}}
  q: {threshold: much, points: {A: [1, 2], C: [3]}, vetoo: yes}
acceptance: unanimus
"""
FILES = {
    "list.yaml": b"- 1\n",
    "map.yaml": b"a: 1\n",
    "empty.yaml": b"",
    "broken.yaml": b"a: [1\nb: 2\n",
    "game.yaml": GAME.encode(),
    "latin.yaml": "name: café".encode("latin-1"),
    "date.yaml": b"- 2024-01-01\n- .nan\n",
    "mine.py": b"async def agent(view, ask): ...\n",
    "scenario.py": b"X = 3\n",
}


def mistakes(folder: Path, text: str | bytes) -> list[str]:
    """What is wrong with a configuration, a line each; files of the table lie beside it."""
    for name, content in FILES.items():
        (folder / name).write_bytes(content)
    path = folder / "c.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ConfigError) as error:
        read_configuration(path)
    assert error.value.exit_code == 2
    head, *told = str(error.value).replace(str(folder), "HERE").split("\n")
    assert head == f"HERE/c.yaml: {len(told)} mistake{'s' if len(told) != 1 else ''}"
    assert all(line.startswith("  ") and line.count("\n") == 0 for line in told)
    return [line.removeprefix("  ") for line in told]
