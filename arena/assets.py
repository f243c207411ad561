"""Finds the files that travel with Arena: prompts, configurations and sample transcripts.

They stand at the top of a checkout (also of one that is installed editable) and in `arena/_assets/` of a wheel. The
environment variable ARENA_ASSETS names a folder that is looked in first; a kind that it lacks is taken from Arena.
"""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

from arena.errors import NotFound, StorageError, UsageError

VARIABLE = "ARENA_ASSETS"

# Each kind of asset, and the folder of a checkout that holds it; in a wheel, the folder is named for the kind.
KINDS = {"prompts": "prompts", "configs": "configs", "samples": "transcripts/samples"}


def root(kind: str) -> Path:
    """The folder that holds all assets of one kind.

    kind: `prompts`, `configs` or `samples`.
    Raises NotFound for another kind, UsageError where ARENA_ASSETS names no folder or one that holds no assets, and
    StorageError where Arena was installed without its assets.
    """
    if kind not in KINDS:
        raise NotFound("kind of asset", kind, KINDS)
    for base in _bases():
        for folder in (KINDS[kind], kind):
            if (base / folder).is_dir():
                return base / folder
    raise StorageError(f"Arena was installed without its {kind}: there is no folder {_own() / kind}; install it again")


def path(kind: str, *parts: str) -> Path:
    """One asset, as a file that is there: `path("prompts", "scenarios", "bargain.j2")`.

    parts: names below the kind's folder; each may hold slashes, none may lead out of it.
    Raises NotFound with the nearest file of that kind.
    """
    folder = root(kind)
    name = "/".join(parts)
    inside = PurePosixPath(name)
    if inside.is_absolute() or ".." in inside.parts or not (folder / inside).is_file():
        known = (file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())
        raise NotFound(f"file in {folder}", name, known)
    return folder / inside


def shipped(kind: str, name: str) -> Path:
    """Arena's own asset of that name, whatever ARENA_ASSETS says. Raises StorageError where it is missing."""
    for folder in (KINDS[kind], kind):
        if (_own() / folder / name).is_file():
            return _own() / folder / name
    raise StorageError(f"Arena was installed without its {kind}: there is no file {name}; install it again")


def names(folder: str, suffix: str) -> tuple[str, ...]:
    """The names of the assets in one folder, sorted, without their suffix: `names("configs/games", ".yaml")`.

    folder: a kind, or a folder below one; folders below it are not looked into.
    suffix: the files' common ending, dot included; files with another ending are left out.
    Raises NotFound with the nearest folder.
    """
    kind, _, rest = folder.partition("/")
    top = root(kind)
    below = PurePosixPath(rest)
    if below.is_absolute() or ".." in below.parts or not (top / below).is_dir():
        known = (f"{kind}/{each.relative_to(top).as_posix()}" for each in top.rglob("*") if each.is_dir())
        raise NotFound("folder of assets", folder, [kind, *known])
    return tuple(sorted(file.name.removesuffix(suffix) for file in (top / below).glob(f"*{suffix}") if file.is_file()))


def _bases() -> tuple[Path, ...]:
    """Where to look, in order."""
    named = os.environ.get(VARIABLE)
    if not named:
        return (_own(),)
    base = Path(named)
    if not any((base / folder).is_dir() for kind in KINDS.items() for folder in kind):
        found = "a folder that holds none of them" if base.is_dir() else "no folder"
        raise UsageError(
            f"{VARIABLE}={named}: found {found}, expected one that holds {', '.join(KINDS)}; set it right or unset it"
        )
    return (base, _own())


def _own() -> Path:
    """Arena's own assets: those in the package where it carries them, else those of the checkout around it."""
    package = Path(__file__).resolve().parent
    carried = package / "_assets"
    return carried if carried.is_dir() else package.parent
