import sys
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path

import pytest

from arena.errors import NotFound, UsageError
from arena.scenarios import find as finding
from arena.scenarios.bargain.rules import SCENARIO
from arena.scenarios.find import find, names

TOY = str(Path(__file__).parents[1] / "toy.py")


def test_a_family_is_found_by_the_name_of_its_folder() -> None:
    assert find("bargain") is SCENARIO
    assert "bargain" in names()


def test_the_finder_is_no_family() -> None:
    assert "find" not in names()


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(NotFound, match="no scenario named 'bargian'; did you mean 'bargain'"):
        find("bargian")


@pytest.mark.parametrize("name", ["", "find", "bargain.rules", "../bargain", "__init__"])
def test_a_name_is_no_path_into_the_package(name: str) -> None:
    with pytest.raises(NotFound):
        find(name)


def test_a_scenario_is_found_in_a_file() -> None:
    assert find(f"{TOY}:SCENARIO").name == "pool"


def test_a_class_in_a_file_is_made_an_object() -> None:
    assert find(f"{TOY}:Pool").name == "pool"


def test_a_file_leaves_nothing_behind_among_the_modules() -> None:
    before = set(sys.modules)
    find(f"{TOY}:SCENARIO")
    assert {name for name in set(sys.modules) - before if "scenario_file" in name} == set()


def test_a_file_or_a_name_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no scenario file named"):
        find(f"{tmp_path / 'none.py'}:SCENARIO")
    with pytest.raises(NotFound, match=r"no scenario in .*toy.py named 'SCENARO'; did you mean 'SCENARIO'\?"):
        find(f"{TOY}:SCENARO")


def test_a_file_that_is_no_python_is_named_with_the_line(tmp_path: Path) -> None:
    file = tmp_path / "broken.py"
    file.write_text("x = 1\ndef f(:\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"broken.py, line 2: .*; mend the file"):
        find(f"{file}:SCENARIO")


def test_a_file_that_misses_a_file_of_its_own_says_so_itself(tmp_path: Path) -> None:
    file = tmp_path / "reader.py"
    file.write_text(f"open({str(tmp_path / 'data.txt')!r})\n", encoding="utf-8")
    with pytest.raises(FileNotFoundError, match=r"data\.txt"):
        find(f"{file}:SCENARIO")


def test_what_lacks_a_scenarios_methods_is_refused_with_what_it_lacks(tmp_path: Path) -> None:
    file = tmp_path / "half.py"
    file.write_text("class Half:\n    name = 'half'\n    def deal(self, params, draw): ...\n", encoding="utf-8")
    with pytest.raises(UsageError, match="is no scenario: it lacks absent, blank, check, claims, evolve") as error:
        find(f"{file}:Half")
    assert "deal" not in str(error.value).split("lacks")[1].split("(")[0]


def entry(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = EntryPoints([EntryPoint("pool", value, finding.GROUP)])
    monkeypatch.setattr(finding, "entry_points", lambda group: found.select(group=group))


def test_a_scenario_of_another_package_is_found_by_its_entry_point(monkeypatch: pytest.MonkeyPatch) -> None:
    entry("tests.toy:SCENARIO", monkeypatch)
    assert find("pool").name == "pool"
    assert set(names()) == {"pool", *finding._families()}


def test_an_entry_point_that_does_not_load_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    entry("nowhere.at.all:SCENARIO", monkeypatch)
    with pytest.raises(UsageError, match=r"entry point 'pool' .* does not load: No module named 'nowhere'"):
        find("pool")
