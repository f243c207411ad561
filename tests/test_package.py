"""The package as a user gets it: built, installed elsewhere, and used from an empty folder."""

import json
import os
import subprocess
import sys
import sysconfig
import tarfile
from collections.abc import Iterator
from email.parser import Parser
from pathlib import Path, PurePosixPath
from zipfile import ZipFile

import pytest

from arena import __version__, assets
from tests.told import ended

CHECKOUT = Path(__file__).parents[1]
WHERE = """
import json, arena
from arena import assets
print(json.dumps([arena.__file__, {kind: str(assets.root(kind)) for kind in assets.KINDS}]))
"""


def run(*words: str | Path, cwd: Path) -> str:
    """What a command prints; in an environment that shows it neither this checkout nor a package index."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ARENA", "PYTHON"))}
    ran = subprocess.run(words, cwd=cwd, env={**kept, "PIP_NO_INDEX": "1"}, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, f"{words} ended with {ran.returncode}\n{ran.stdout}\n{ran.stderr}"
    return ran.stdout


def environment(folder: Path) -> Path:
    """The bin folder of a new virtual environment that finds this one's packages after its own, but not its Arena."""
    run(sys.executable, "-m", "venv", "--without-pip", folder, cwd=folder.parent)
    (site,) = folder.glob("[Ll]ib/**/site-packages")
    # The .pth files of a folder that is added by a .pth file are not read: an editable Arena there stays unseen.
    (site / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder / ("Scripts" if os.name == "nt" else "bin")


def install(target: Path, *words: str | Path) -> None:
    python = target / "python"
    run(sys.executable, "-m", "pip", "--python", python, "install", "-q", "--no-deps", *words, cwd=target)


def files(folder: Path) -> Iterator[str]:
    """The files of a folder that belong to the project, by their paths in it."""
    for file in folder.rglob("*"):
        if file.is_file() and "__pycache__" not in file.parts:
            yield file.relative_to(folder).as_posix()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The sdist of this checkout, and the wheel that is built from that sdist."""
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", out, CHECKOUT, cwd=out)
    (sdist,), (wheel,) = out.glob("*.tar.gz"), out.glob("*.whl")
    return sdist, wheel


@pytest.fixture(scope="module")
def installed(built: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin folder of an environment that holds Arena's wheel and no checkout."""
    target = environment(tmp_path_factory.mktemp("elsewhere") / "venv")
    install(target, built[1])
    return target


def test_importing_arena_imports_nothing_else(tmp_path: Path) -> None:
    code = "import sys; before = set(sys.modules); import arena; print(sorted(set(sys.modules) - before))"
    ran = subprocess.run([sys.executable, "-c", code], cwd=CHECKOUT, capture_output=True, text=True, check=True)
    assert ran.stdout == "['arena']\n"


def test_the_sdist_holds_every_top_level_folder(built: tuple[Path, Path]) -> None:
    with tarfile.open(built[0]) as archive:
        tops = {PurePosixPath(name).parts[1] for name in archive.getnames()}
    assert {"arena", "prompts", "transcripts", "configs", "tests", "benchmarks", "docs", ".ci"} <= tops
    assert {"pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE"} <= tops


@pytest.mark.parametrize("kind", assets.KINDS)
def test_the_wheel_carries_every_asset_of_the_checkout(built: tuple[Path, Path], kind: str) -> None:
    folder = f"arena/_assets/{kind}/"
    with ZipFile(built[1]) as wheel:
        carried = {name.removeprefix(folder) for name in wheel.namelist() if name.startswith(folder)}
    assert carried == set(files(CHECKOUT / assets.KINDS[kind]))


def test_the_wheel_is_typed_licensed_and_of_the_packages_version(built: tuple[Path, Path]) -> None:
    with ZipFile(built[1]) as wheel:
        held = wheel.namelist()
        (metadata,) = (name for name in held if name.endswith(".dist-info/METADATA"))
        told = Parser().parsestr(wheel.read(metadata).decode())
    assert (told["Name"], told["Version"]) == ("coordination-arena", __version__)
    assert told["License-Expression"] == "MIT"
    assert "arena/py.typed" in held
    assert {PurePosixPath(name).parts[0] for name in held} == {"arena", PurePosixPath(metadata).parts[0]}


def test_an_installed_wheel_finds_its_assets_from_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    package, roots = json.loads(run(installed / "python", "-c", WHERE, cwd=tmp_path))
    assert Path(package).is_relative_to(installed.parent)
    for kind, root in roots.items():
        assert Path(root).is_relative_to(installed.parent)
        assert set(files(Path(root))) == set(files(CHECKOUT / assets.KINDS[kind]))


def test_the_installed_command_answers_from_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    assert run(installed / "arena", "--version", cwd=tmp_path) == f"arena {__version__}\n"
    assert "serve-mock" in run(installed / "arena", "--help", cwd=tmp_path)
    assert run(installed / "python", "-m", "arena", "--version", cwd=tmp_path) == f"arena {__version__}\n"


def test_an_installed_wheel_runs_scores_and_verifies_a_match_from_an_empty_folder(
    installed: Path, tmp_path: Path
) -> None:
    told = ended(run(installed / "arena", "run", "quickstart", "--json", cwd=tmp_path))
    (match,) = (tmp_path / "transcripts").glob("*/matches/*.jsonl")
    assert (told["matches"][0]["status"], told["matches"][0]["void"]) == ("agreed", None)
    assert json.loads(run(installed / "arena", "score", match, "--json", cwd=tmp_path))["matches"] == told["matches"]
    assert "the match is over" in run(installed / "arena", "replay", "--verify", match, cwd=tmp_path)
    assert "the match is over" in run(installed / "arena", "replay", "--verify", "models", cwd=tmp_path)


def test_an_editable_install_finds_the_checkouts_assets(tmp_path: Path) -> None:
    target = environment(tmp_path / "venv")
    install(target, "--no-build-isolation", "-e", CHECKOUT)
    package, roots = json.loads(run(target / "python", "-c", WHERE, cwd=tmp_path))
    assert Path(package).parent == CHECKOUT / "arena"
    assert {kind: Path(root) for kind, root in roots.items()} == {
        kind: CHECKOUT / folder for kind, folder in assets.KINDS.items()
    }
