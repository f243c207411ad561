"""Installs TextArena into a virtual environment of its own and measures it there; needs a package index.

Standard output: what measure.py prints, {"10": microseconds of CPU per turn, "100": ...}; all else goes to stderr.

usage: run.py [--cache FOLDER] [--runs N]     FOLDER keeps the environment for the next time; else it is temporary
"""

import argparse
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

PEER = "textarena==0.7.4"
MEASURE = Path(__file__).with_name("measure.py")


def environment(cache):
    """The Python of the peer's environment, a folder in the cache; made anew unless it was finished before."""
    folder = cache / PEER.replace("==", "-")
    python = folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    finished = folder / "finished"
    if not finished.exists():
        print(f"installing {PEER} into {folder}", file=sys.stderr)
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run([python, "-m", "pip", "install", "-qq", PEER], check=True, stdout=sys.stderr)
        finished.touch()
    return python


def measure(cache, runs):
    """The peer's JSON line."""
    python = environment(cache)
    # -I: neither this folder nor the user's variables reach the peer's imports.
    ran = subprocess.run([python, "-I", MEASURE, "--runs", str(runs)], check=True, stdout=subprocess.PIPE, text=True)
    return ran.stdout.strip()


def main():
    """Measure in the folder that was named, or in one that is gone afterwards."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, metavar="FOLDER", help="where the environment is kept")
    parser.add_argument("--runs", type=int, default=15, metavar="N", help="runs of each length (15 unless told)")
    asked = parser.parse_args()
    try:
        if asked.cache:
            print(measure(asked.cache.resolve(), asked.runs))
            return 0
        with tempfile.TemporaryDirectory() as folder:
            print(measure(Path(folder), asked.runs))
            return 0
    except subprocess.CalledProcessError as error:
        print(f"{Path(str(error.cmd[0])).name} ended with exit code {error.returncode}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    raise SystemExit(main())
