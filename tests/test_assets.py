"""Finding prompts, configurations and samples."""

from pathlib import Path

import pytest

from arena import assets
from arena.errors import NotFound, StorageError, UsageError

CHECKOUT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def no_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(assets.VARIABLE, "")


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of a user's own, named by the variable, that holds prompts only."""
    for name in ("system.j2", "scenarios/bargain.j2", "scenarios/market.j2", "scenarios/notes.txt"):
        file = tmp_path / "prompts" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name)
    monkeypatch.setenv(assets.VARIABLE, str(tmp_path))
    return tmp_path


def pretend_installed(site: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    package = site / "arena"
    package.mkdir(parents=True)
    monkeypatch.setattr(assets, "__file__", str(package / "assets.py"))
    return package


@pytest.mark.parametrize("kind", assets.KINDS)
def test_a_checkout_holds_every_kind_at_its_top(kind: str) -> None:
    assert assets.root(kind) == CHECKOUT / assets.KINDS[kind]


def test_an_asset_is_found_by_its_name() -> None:
    assert assets.path("samples", "README.md") == CHECKOUT / "transcripts/samples/README.md"


@pytest.mark.parametrize("parts", [("scenarios", "bargain.j2"), ("scenarios/bargain.j2",)])
def test_an_asset_in_a_folder_is_found_by_its_parts_or_its_path(mine: Path, parts: tuple[str, ...]) -> None:
    assert assets.path("prompts", *parts).read_text() == "scenarios/bargain.j2"


def test_a_missing_asset_is_answered_with_the_nearest_one(mine: Path) -> None:
    with pytest.raises(NotFound, match=r"no file in .*prompts named 'scenarios/bargian.j2'.*'scenarios/bargain.j2'"):
        assets.path("prompts", "scenarios", "bargian.j2")


@pytest.mark.parametrize("name", ["../secret.txt", "scenarios/../../secret.txt", "/etc/hostname", "scenarios", ""])
def test_nothing_but_a_file_inside_its_folder_is_an_asset(mine: Path, name: str) -> None:
    (mine / "secret.txt").write_text("not an asset")
    with pytest.raises(NotFound, match="no file in"):
        assets.path("prompts", name)


def test_names_are_sorted_and_stand_without_their_suffix(mine: Path) -> None:
    assert assets.names("prompts/scenarios", ".j2") == ("bargain", "market")


def test_names_of_a_kind_leave_out_what_stands_in_folders_below(mine: Path) -> None:
    assert assets.names("prompts", ".j2") == ("system",)


@pytest.mark.parametrize("folder", ["prompts/scenario", "prompts/../prompts", "prompts/system.j2"])
def test_a_missing_folder_is_answered_with_the_nearest_one(mine: Path, folder: str) -> None:
    with pytest.raises(NotFound, match=r"no folder of assets named .*'prompts"):
        assets.names(folder, ".j2")


def test_an_unknown_kind_is_answered_with_the_nearest_one() -> None:
    with pytest.raises(NotFound, match="did you mean 'prompts'"):
        assets.root("promts")


def test_a_kind_that_the_users_folder_lacks_is_taken_from_arena(mine: Path) -> None:
    assert assets.root("prompts") == mine / "prompts"
    assert assets.root("configs") == CHECKOUT / "configs"


def test_the_users_folder_may_be_another_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "transcripts/samples").mkdir(parents=True)
    monkeypatch.setenv(assets.VARIABLE, str(tmp_path))
    assert assets.root("samples") == tmp_path / "transcripts/samples"


@pytest.mark.parametrize(("name", "found"), [("absent", "no folder"), ("", "a folder that holds none of them")])
def test_a_users_folder_without_assets_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, found: str
) -> None:
    monkeypatch.setenv(assets.VARIABLE, str(tmp_path / name))
    with pytest.raises(UsageError, match=f"ARENA_ASSETS=.*found {found}, expected one that holds prompts"):
        assets.root("prompts")


def test_an_installed_package_carries_its_assets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = pretend_installed(tmp_path, monkeypatch)
    (package / "_assets/samples").mkdir(parents=True)
    assert assets.root("samples") == package / "_assets/samples"


def test_an_installed_package_takes_no_neighbours_folder_for_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = pretend_installed(tmp_path, monkeypatch)
    (package / "_assets").mkdir()
    (tmp_path / "prompts").mkdir()
    with pytest.raises(StorageError, match="Arena was installed without its prompts"):
        assets.root("prompts")
