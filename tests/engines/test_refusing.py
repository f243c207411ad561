"""Who may be a worker: who shows the token, in time, in a frame of ours, with the same Arena."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from arena.engines.coordinator import FRUITLESS, Coordinator
from arena.engines.frames import FIRST, OF_COORDINATOR, Hello, Setup, Want, frame, receive
from arena.engines.letter import Letter
from arena.engines.worker import work
from arena.errors import TranscriptError, UsageError, WorkerFailed
from tests.engines.trials import Here, ran_by
from tests.runs.trials import CONFIG, Seen

Meeting = Callable[[Letter], Awaitable[None]]


class Beside(Here):
    """Something happens before the one worker comes."""

    def __init__(self, first: Meeting) -> None:
        super().__init__(1)
        self._first = first

    async def fill(self, letter: Letter, coordinator: Coordinator) -> None:
        await self._first(letter)
        if not coordinator.finished.is_set():
            await super().fill(letter, coordinator)


def hello(letter: Letter, token: str | None = None, version: str = "0") -> bytes:
    return frame(Hello(letter.token if token is None else token, letter.place, "elsewhere", 1, version))


async def said(letter: Letter, first: bytes) -> bytes:
    """What the coordinator answers to whoever begins so."""
    reader, writer = await asyncio.open_connection(letter.host, letter.port)
    writer.write(first)
    answer = await reader.read(10_000)
    writer.close()
    return answer


STRANGERS: dict[str, Callable[[Letter], bytes]] = {
    "no token": lambda letter: hello(letter, ""),
    "a wrong token": lambda letter: hello(letter, letter.token[:-1] + ("0" if letter.token[-1] != "0" else "1")),
    "not even ASCII": lambda letter: hello(letter, "é"),
    "another message first": lambda letter: frame(Want(5)),
    "no frame of ours": lambda letter: b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
    "a long frame": lambda letter: (FIRST + 1).to_bytes(4, "big") + bytes(FIRST + 1),
    "not msgpack": lambda letter: (3).to_bytes(4, "big") + b"\xc1\xc1\xc1",
}


@pytest.mark.parametrize("who", STRANGERS)
def test_a_stranger_is_told_nothing_and_the_run_is_none_the_worse(who: str, tmp_path: Path) -> None:
    answers: list[bytes] = []

    async def first(letter: Letter) -> None:
        answers.append(await said(letter, STRANGERS[who](letter)))

    result = ran_by(Beside(first), tmp_path, CONFIG)
    assert answers == [b""]
    assert (result.tally.ended, result.tally.void) == (6, 0)


def test_a_worker_of_another_version_ends_the_run_with_words(tmp_path: Path) -> None:
    async def first(letter: Letter) -> None:
        await said(letter, hello(letter, version="0.0.1"))

    with pytest.raises(UsageError, match=r"process 1 on elsewhere\) has Arena 0\.0\.1, this is .*; install the same"):
        ran_by(Beside(first), tmp_path, CONFIG)


def test_a_worker_that_talks_nonsense_is_dropped_and_what_it_had_is_played_by_others(tmp_path: Path) -> None:
    async def first(letter: Letter) -> None:
        from importlib.metadata import version

        reader, writer = await asyncio.open_connection(letter.host, letter.port)
        writer.write(hello(letter, version=version("coordination-arena")) + frame(Want(3)))
        assert isinstance(await receive(reader, OF_COORDINATOR), Setup)
        await receive(reader, OF_COORDINATOR)
        writer.write((2).to_bytes(4, "big") + b"\xc1\xc1")
        assert await reader.read() == b""
        writer.close()

    engine = Beside(first)
    seen = Seen()
    result = ran_by(engine, tmp_path, CONFIG, seen)
    assert [each.process for each in engine.killed] == [1]
    assert (result.tally.ended, result.tally.failed, len(seen.begun)) == (6, 0, 6)


def test_where_the_directory_of_the_run_is_not_there_a_worker_says_so(tmp_path: Path) -> None:
    async def first(letter: Letter) -> None:
        (run,) = (tmp_path / "out").iterdir()
        (run / "matches").rmdir()

    with pytest.raises(UsageError, match=f"is not there on {socket.gethostname()}; all workers need the directory"):
        ran_by(Beside(first), tmp_path, CONFIG)


def test_workers_that_die_as_soon_as_they_start_end_the_run(tmp_path: Path) -> None:
    class Hopeless(Here):
        async def fill(self, letter: Letter, coordinator: Coordinator) -> None:
            for n in range(FRUITLESS):
                assert not coordinator.finished.is_set(), n
                coordinator.died(letter.place, 0, "exit code 66")

    with pytest.raises(WorkerFailed, match=r"3 workers in a row ended before they began a match; .* exit code 66"):
        ran_by(Hopeless(1), tmp_path, CONFIG)


def test_a_worker_without_a_coordinator_says_so() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    with pytest.raises(WorkerFailed, match=f"no coordinator takes this worker at 127.0.0.1:{port}"):
        asyncio.run(work(Letter("127.0.0.1", port, "x", 0)))


def test_a_frame_that_is_cut_is_the_end_of_the_connection() -> None:
    async def cut(raw: bytes) -> None:
        reader = asyncio.StreamReader()
        reader.feed_data(raw)
        reader.feed_eof()
        await receive(reader, OF_COORDINATOR)

    whole = frame(Want(5))
    for length in range(len(whole)):
        with pytest.raises(EOFError):
            asyncio.run(cut(whole[:length]))
    with pytest.raises(TranscriptError, match="a frame that cannot be read"):
        asyncio.run(cut(whole))
