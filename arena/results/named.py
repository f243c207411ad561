"""The runs that people name: a directory, or the name of one in the folder where runs lie."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from arena.errors import UsageError

FOLDER = Path("transcripts")


def run_named(path: Path) -> Path:
    """The directory of a run. Raises UsageError where there is none, or none with a match."""
    found = path if path.exists() or path.parent != Path() else FOLDER / path
    if not found.exists():
        known = sorted(each.parent.name for each in found.parent.glob("*/matches"))
        close = get_close_matches(found.name, known, n=1, cutoff=0.6)
        hint = f"did you mean {found.parent / close[0]}?" if close else "`arena list runs` lists those that are there"
        raise UsageError(f"{path}: there is no such run; it was removed, or is called otherwise; {hint}")
    if found.is_file() or not (found / "matches").is_dir():
        among = sorted(each.parent for each in found.glob("*/matches")) if found.is_dir() else []
        hint = f"a folder of {len(among)} runs; name one, such as {among[-1]}" if among else "expected its directory"
        raise UsageError(f"{path}: no run; {hint}")
    if not any(True for _ in (found / "matches").glob("*.jsonl")):
        raise UsageError(
            f"{path}: none of its matches is there; they were not begun, or their transcripts were removed"
        )
    return found
