"""The cache of replies: known by all that was asked and where, kept among processes, and never in the way."""

from __future__ import annotations

import logging
import sqlite3
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from arena.core.usage import Usage
from arena.errors import StorageError
from arena.models.cache import Cache, Kept, cache_file, cache_key, clear, entries
from arena.models.endpoint import Endpoint
from arena.models.heard import Heard

ENDPOINT = Endpoint("m", "http://h/v1")
REQUEST: dict[str, Any] = {"model": "m", "messages": [{"role": "user", "content": "secret words"}], "temperature": 0.5}
PLACE = ("ab12", 0, 1, 3)
KEPT = Kept(Heard("hello", "hm"), Usage(prompt=10, cached=4, output=2, attempts=2))


def test_the_same_request_in_the_same_place_has_the_same_key_whatever_the_order_of_its_parts() -> None:
    turned = dict(reversed(REQUEST.items()))
    assert cache_key(ENDPOINT, turned, PLACE) == cache_key(ENDPOINT, REQUEST, PLACE)


@pytest.mark.parametrize(
    ("endpoint", "request_", "place"),
    [
        (Endpoint("m", "http://other/v1"), REQUEST, PLACE),
        (ENDPOINT, REQUEST | {"temperature": 0.6}, PLACE),
        (ENDPOINT, REQUEST | {"model": "n"}, PLACE),
        (ENDPOINT, REQUEST | {"messages": [{"role": "user", "content": "secret words."}]}, PLACE),
        (ENDPOINT, REQUEST | {"seed": 1}, PLACE),
        (ENDPOINT, REQUEST, ("ab13", 0, 1, 3)),
        (ENDPOINT, REQUEST, ("ab12", 1, 1, 3)),
        (ENDPOINT, REQUEST, ("ab12", 0, 2, 3)),
        (ENDPOINT, REQUEST, ("ab12", 0, 1, 4)),
    ],
    ids=["address", "parameter", "model", "words", "more", "match", "repeat", "seat", "turn"],
)
def test_anything_else_has_another_key(endpoint: Endpoint, request_: dict[str, Any], place: tuple[Any, ...]) -> None:
    assert cache_key(endpoint, request_, place) != cache_key(ENDPOINT, REQUEST, PLACE)


def test_what_was_kept_is_there_for_the_next_one_to_open_the_file(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "cache.sqlite"
    first = Cache(path)
    assert first.get("k") is None
    assert not path.parent.exists(), "looking makes no file"
    first.put("k", ENDPOINT, KEPT)
    assert first.get("k") == KEPT
    first.close()
    again = Cache(path)
    assert again.get("k") == KEPT
    assert again.get("other") is None
    again.close()


def test_neither_request_nor_address_with_its_secrets_is_stored(tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite"
    with_query = Endpoint("m", "http://h/v1", headers={"X-Team": "hidden-header"}, extra_body={"user": "hidden-body"})
    cache = Cache(path)
    cache.put(cache_key(with_query, REQUEST, PLACE), with_query, KEPT)
    cache.close()
    raw = path.read_bytes()
    assert b"hello" in raw
    for hidden in (b"secret words", b"hidden-header", b"hidden-body"):
        assert hidden not in raw


WRITER = """
import sys
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from arena.core.usage import Usage
from arena.models.cache import Cache, Kept
from arena.models.heard import Heard
from arena.models.endpoint import Endpoint
cache = Cache(Path(sys.argv[1]))
for i in range(150):
    cache.put(f"{sys.argv[2]}-{i}", Endpoint("m", "http://h/v1"), Kept(Heard(sys.argv[2]), Usage()))
    cache.put(f"shared-{i}", Endpoint("m", "http://h/v1"), Kept(Heard(sys.argv[2]), Usage()))
    assert cache.get(f"shared-{i}") is not None
cache.close()
"""


def test_processes_write_it_together_and_nothing_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite"
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(path), name], stderr=subprocess.PIPE) for name in "abc"
    ]
    assert [(writer.communicate()[1], writer.returncode) for writer in writers] == [(b"", 0)] * 3
    (found,) = entries(path)
    assert found.replies == 3 * 150 + 150
    cache = Cache(path)
    assert cache.get("b-149") == Kept(Heard("b"), Usage())
    cache.close()


@pytest.mark.parametrize("broken", [b"this is no database at all, but long enough for one\n" * 9, b"\0" * 4096])
def test_a_broken_file_is_told_once_and_the_run_goes_on_without(
    broken: bytes, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "cache.sqlite"
    path.write_bytes(broken)
    cache = Cache(path)
    with caplog.at_level(logging.WARNING):
        assert cache.get("k") is None
        cache.put("k", ENDPOINT, KEPT)
        assert cache.get("k") is None
    (said,) = caplog.messages
    assert str(path) in said
    assert "going on without it" in said
    assert path.read_bytes() == broken


def test_an_entry_that_cannot_be_read_is_a_miss(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "cache.sqlite"
    cache = Cache(path)
    cache.put("k", ENDPOINT, KEPT)
    cache.close()
    base = sqlite3.connect(path)
    base.execute("UPDATE replies SET reply = 'rubbish'")
    base.commit()
    base.close()
    assert cache.get("k") is None
    assert "cannot be used" in caplog.text


def test_entries_are_told_by_model_and_cleared_by_model_and_age(tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite"
    cache = Cache(path)
    for i in range(3):
        cache.put(f"m{i}", ENDPOINT, KEPT)
    cache.put("n", Endpoint("n", "http://h/v1"), KEPT)
    cache.close()
    many, one = entries(path)
    assert (many.model, many.replies, one.model, one.replies) == ("m", 3, "n", 1)
    assert many.bytes == 3 * one.bytes > 0
    assert clear(path, before=many.oldest, dry=True) == 0
    assert clear(path, before=one.newest + 1, dry=True) == 4
    assert clear(path, model="m") == 3
    assert [each.model for each in entries(path)] == ["n"]
    assert clear(path) == 1
    assert entries(path) == []


def test_there_is_nothing_in_a_cache_that_is_not_there_and_a_broken_one_says_so(tmp_path: Path) -> None:
    assert entries(tmp_path / "none.sqlite") == []
    assert clear(tmp_path / "none.sqlite") == 0
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "broken").write_bytes(b"no database, but as long as one has to be to be taken for one.." * 20)
    with pytest.raises(StorageError, match="cannot be read as a cache"):
        entries(tmp_path / "broken")


def test_it_lies_beside_the_runs_unless_said_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ARENA_CACHE", raising=False)
    assert cache_file(Path("out")) == Path("out/cache.sqlite")
    monkeypatch.setenv("ARENA_CACHE", "/elsewhere/c.sqlite")
    assert cache_file(Path("out")) == Path("/elsewhere/c.sqlite")


@pytest.mark.parametrize("name", ["x" * 300, "a\0b", "folder", "file/cache.sqlite"])
def test_a_name_that_no_cache_can_have_is_told_once_and_costs_nothing_else(
    name: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("no folder")
    cache = Cache(tmp_path / name)
    with caplog.at_level(logging.WARNING):
        for key in ("k", "l"):
            assert cache.get(key) is None
            cache.put(key, ENDPOINT, KEPT)
            assert cache.get(key) is None
    assert len([said for said in caplog.messages if "name another in ARENA_CACHE" in said]) == len(caplog.messages) > 0
    assert len(caplog.messages) <= 2, "at most once for reading and once for writing"
    with suppress(StorageError):  # and nothing else
        assert entries(tmp_path / name) == []
    assert sorted(each.name for each in tmp_path.iterdir()) == ["file", "folder"]


READ_ONLY = """
import logging, os, sys
from pathlib import Path
from tempfile import TemporaryDirectory
from arena.core.usage import Usage
from arena.errors import StorageError
from arena.models.cache import Cache, Kept, clear, entries
from arena.models.endpoint import Endpoint
from arena.models.heard import Heard
if os.geteuid() == 0:  # who may write everywhere
    os.setgid(65534)
    os.setuid(65534)
cache = Cache(Path(sys.argv[1]))
for key in ("k", "other", "k"):
    found = cache.get(key)
    print(found and found.heard.raw)
    cache.put("new", Endpoint("m", "http://h/v1"), Kept(Heard("x"), Usage()))
cache.close()
print([each.replies for each in entries(cache.path)])
try:
    clear(cache.path)
except StorageError as error:
    print(error)
"""


@pytest.mark.parametrize("folder", [0o555, 0o755], ids=["in a folder as well", "in a folder that is not"])
def test_a_cache_that_may_only_be_read_is_read(folder: int) -> None:
    # Not in pytest's own folder, which nobody but its owner may enter.
    with TemporaryDirectory() as made:
        place = Path(made)
        path = place / "cache.sqlite"
        cache = Cache(path)
        cache.put("k", ENDPOINT, KEPT)
        cache.close()
        before = path.read_bytes()
        path.chmod(0o444)
        place.chmod(folder)
        done = subprocess.run([sys.executable, "-c", READ_ONLY, str(path)], capture_output=True, text=True, check=False)
        place.chmod(0o755)
        assert path.read_bytes() == before
    assert done.returncode == 0, done.stderr
    *read, told = done.stdout.splitlines()
    assert read == ["hello", "None", "hello", "[1]"]
    assert "it cannot be changed: " in told
    assert "make it writable" in told
    assert done.stderr.count("no more replies are kept there; make it writable") == 1


def test_clearing_a_cache_that_a_run_uses_hurts_neither(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "cache.sqlite"
    cache = Cache(path)
    for turn in range(3):
        cache.put(f"k{turn}", ENDPOINT, KEPT)
        assert cache.get(f"k{turn}") == KEPT
        assert clear(path) == 1
        assert cache.get(f"k{turn}") is None
    cache.put("last", ENDPOINT, KEPT)
    cache.close()
    assert [each.replies for each in entries(path)] == [1]
    assert caplog.messages == []
