"""Starts `arena serve-mock` as a process of its own, for tests that go over real HTTP."""

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import arena

START_SECONDS = 30.0
STOP_SECONDS = 10.0


@contextmanager
def serve(**options: object) -> Iterator[str]:
    """The base URL (http://127.0.0.1:PORT/v1) of a server that lives as long as the block.

    options: those of the command, underscores for dashes; True sets a flag, a tuple or list repeats an option. The
    port is a free one and the log is off unless said otherwise. Raises RuntimeError, with the server's stderr, where
    it does not come up.
    """
    with started(*_arguments({"port": 0, "quiet": True, **options})) as (_, base_url):
        yield base_url


@contextmanager
def started(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The server's process and base URL, for tests of the process itself; it is stopped and reaped at the end."""
    command = [sys.executable, "-m", "arena.cli.serve_mock", "--json", *arguments]
    with (
        tempfile.TemporaryFile("w+") as stderr,
        subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=stderr, text=True, env=_environment()
        ) as process,
    ):
        try:
            line = _first_line(process)
            if not line:
                stderr.seek(0)
                raise RuntimeError(f"{' '.join(command)} did not start: {stderr.read() or 'it said nothing'}")
            yield process, json.loads(line)["base_url"]
        finally:
            _stop(process)


def _first_line(process: subprocess.Popen[str]) -> str:
    """What the server announces; empty where it ended, or was ended for saying nothing in time."""
    assert process.stdout is not None
    alarm = threading.Timer(START_SECONDS, process.kill)
    alarm.start()
    try:
        return process.stdout.readline()
    finally:
        alarm.cancel()
        alarm.join()


def _stop(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _arguments(options: dict[str, object]) -> list[str]:
    arguments: list[str] = []
    for name, value in options.items():
        flag = f"--{name.replace('_', '-')}"
        if isinstance(value, bool):
            arguments += [flag] if value else []
        else:
            values = value if isinstance(value, tuple | list) else [value]
            arguments += [part for v in values for part in (flag, str(v))]
    return arguments


def _environment() -> dict[str, str]:
    # The package under test, also where it is not installed and whatever the working directory.
    root = str(Path(arena.__file__).parents[1])
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH", "")]))}
