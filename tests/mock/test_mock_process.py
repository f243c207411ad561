"""The command as a process: what it prints, how it stops, what it refuses."""

import os
import signal
import socket
import subprocess
import sys
from typing import Any

import httpx
import pytest
from click.testing import CliRunner

from arena.cli.serve_mock import command
from arena.mock.serving import is_loopback
from tests.mock_server import serve, started


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_server_cleanly(number: signal.Signals) -> None:
    with started("--port", "0") as (process, base_url):
        assert httpx.get(f"{base_url}/models", trust_env=False).status_code == 200
        process.send_signal(number)
        assert process.wait(10) == 0
        assert process.stdout is not None
        assert process.stdout.read() == ""
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{base_url}/models", trust_env=False)


def test_the_server_stops_though_answers_are_still_held_back() -> None:
    with started("--port", "0", "--latency", "300") as (process, base_url):
        host, port = base_url.removeprefix("http://").removesuffix("/v1").split(":")
        body = b'{"model": "mock", "messages": [{"role": "user", "content": "x"}]}'
        head = b"POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % len(body)
        with socket.create_connection((host, int(port))) as waiting:
            waiting.sendall(head + body)
            # Answered after the call before it was taken up: the server reads its connections in turn.
            httpx.get(f"{base_url}/models", trust_env=False)
            process.terminate()
            assert process.wait(30) == 0


def test_it_says_where_it_listens_in_one_line() -> None:
    arguments = [sys.executable, "-m", "arena.cli.serve_mock", "--port", "0"]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        base_url = line.removeprefix("listening on ").rstrip("\n")
        assert line == f"listening on {base_url}\n"
        assert base_url.startswith("http://127.0.0.1:")
        assert base_url.endswith("/v1")
        httpx.get(f"{base_url}/models", trust_env=False)
        process.terminate()
        rest, log = process.communicate(timeout=10)
    assert (rest, log) == ("", "GET /v1/models 200\n")


def test_the_fixture_leaves_no_process_behind() -> None:
    with started("--port", "0", "--quiet") as (process, _):
        assert process.poll() is None
    assert process.returncode == 0
    with pytest.raises(ProcessLookupError):
        os.kill(process.pid, 0)


def test_the_fixture_says_why_a_server_did_not_start() -> None:
    with pytest.raises(RuntimeError, match="is not a latency"), serve(latency="soon"):
        pass


def test_a_port_that_is_taken_is_a_mistake_of_usage() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = CliRunner().invoke(command, ["--port", str(taken.getsockname()[1])])
    assert result.exit_code == 2
    assert "cannot listen on 127.0.0.1" in result.output
    assert "--port 0" in result.output


@pytest.mark.parametrize("arguments", [["--latency", "-1"], ["--port", "70000"], ["--seed", "x"], ["--nope"]])
def test_mistakes_in_the_options_are_mistakes_of_usage(arguments: list[str]) -> None:
    assert CliRunner().invoke(command, arguments).exit_code == 2


def test_listening_beyond_this_machine_is_warned_of() -> None:
    arguments = [sys.executable, "-m", "arena.cli.serve_mock", "--host", "0.0.0.0", "--port", "0", "--quiet"]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("listening on http://0.0.0.0:")
        process.terminate()
        _, warned = process.communicate(timeout=10)
    assert warned == "Warning: listening on 0.0.0.0, where other machines may reach this server.\n"


@pytest.mark.parametrize(
    ("host", "loopback"),
    [("127.0.0.1", True), ("127.8.8.8", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("a.b", False)],
)
def test_which_hosts_only_this_machine_reaches(host: Any, loopback: bool) -> None:
    assert is_loopback(host) is loopback


def test_importing_the_command_imports_no_web_framework() -> None:
    script = (
        "import sys, arena.cli.serve_mock; print([m for m in ('aiohttp', 'asyncio', 'openai') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
