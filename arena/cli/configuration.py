"""Reading a configuration the way every command does: the file, then what the command line changes in it."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from arena.errors import ConfigError, NotFound, UsageError

if TYPE_CHECKING:
    from arena.configs.resolve import Resolved

PRICES = "prices"  # it lies among Arena's configurations and is none


def read_configuration(
    path: Path, settings: tuple[str, ...] = (), seed: int | None = None, repeats: int | None = None
) -> Resolved:
    """The configuration at `path` (or of that name among Arena's own), with `a.b=c` settings. Raises ConfigError."""
    from arena.configs.load import values
    from arena.configs.mending import examine
    from arena.configs.resolve import resolve
    from arena.configs.suites import expand
    from arena.planning.prices import unpriced
    from arena.planning.seatable import unseatable

    overrides = read_settings(settings)
    if seed is not None:
        overrides["seed"] = seed
    if repeats is not None:
        overrides["repeats"] = repeats
    file = find_configuration(path)
    plain = values(file, overrides)
    unknown = expand(plain, file.parent)
    config, found = examine(plain)
    if config is None:
        raise ConfigError([*unknown, *found], str(path))
    found = [*unknown, *found, *unseatable(config, file.parent), *unpriced(config)]
    return resolve(config, file.parent, str(path), found)


def find_configuration(path: Path) -> Path:
    """The file itself, or Arena's own of that name, so that `configs/quickstart.yaml` is found from anywhere.

    Raises NotFound with the nearest of them.
    """
    from arena import assets

    if path.exists():
        return path
    known = [name for name in assets.names("configs", ".yaml") if name != PRICES]
    if path.stem in known and path.parent.name in ("", "configs") and path.suffix in ("", ".yaml"):
        return assets.path("configs", f"{path.stem}.yaml")
    close = get_close_matches(path.stem, known, n=1, cutoff=0.6)
    if path.parent.name in ("", "configs") and (path.suffix == "" or close):
        raise NotFound("configuration", str(path), close or known)
    return path


def read_settings(settings: Sequence[str]) -> dict[str, Any]:
    """What `--set` sets, by dotted path. Raises UsageError, ConfigError."""
    return dict(_setting(one) for one in settings)


def _setting(text: str) -> tuple[str, Any]:
    from arena.configs.load import parse

    key, equals, value = text.partition("=")
    if not equals or not key:
        raise UsageError(f"--set {text}: expected a.b=c")
    return key, parse(value, f"--set {key}")
