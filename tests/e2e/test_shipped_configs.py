"""Every configuration that travels with Arena is sound and plays, from anywhere, by its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from arena import assets
from arena.cli.configuration import PRICES
from tests.e2e.matches import arena, assert_verified

SHIPPED = [name for name in assets.names("configs", ".yaml") if name != PRICES]


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_configuration_plays_to_the_end_and_verifies(
    name: str, mock: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    models = [f"agents.{agent}.base_url={mock}" for agent in ("text", "schema", "tools")]
    settings = [word for one in models for word in ("--set", one)] if "models" in name else []
    assert arena(capsys, "check", name, *settings).code == 0
    ended = arena(capsys, "run", name, *settings)
    assert (ended.code, ended.err) == (0, "")
    assert_verified(ended.path)
    assert ended.cards[0]["void"] is None


def test_the_readme_of_the_configurations_names_them_all() -> None:
    told = (assets.root("configs") / "README.md").read_text()
    assert [name for name in SHIPPED if f"`{name}.yaml`" not in told] == []
