"""No key in any file, line of a log or error, however loud the log and however indiscreet the server."""

from __future__ import annotations

import base64
import json
import logging
import os
import subprocess
import sys
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread
from typing import Any
from urllib.parse import quote

import pytest

import arena
from arena.cli.main import main
from arena.core.events import Replied
from tests.e2e.answering import answering, completion
from tests.e2e.front import Asked
from tests.e2e.matches import PARAMS, configured, events, model
from tests.models.keys import KEYS

TOKEN = "t0ken-of-a-header-4711"


def repeated(asked: Asked) -> str:
    """What a server that repeats the keys it was sent says, in several spellings."""
    sent = " ".join([asked.headers["authorization"], asked.headers["x-lab"]])
    key = asked.headers["authorization"].removeprefix("Bearer ")
    encoded = base64.b64encode(key.encode()).decode()
    return f"you sent {sent}, {json.dumps(key)}, {quote(key, safe='')}, {encoded}, {key}."


def indiscreet(asked: Asked) -> tuple[int, dict[str, Any]]:
    """Answers legally and repeats the keys in what it says; at the third turn of a seat it fails, and repeats them."""
    said = repeated(asked)
    if len(asked.messages) > 4:
        return 500, {"error": {"message": said, "type": said, "code": said}}
    reply = {"messages": [{"to": "all", "text": said}], "notes": said, "move": None}
    return 200, completion(json.dumps(reply), reasoning=said)


def spellings(key: str) -> set[str]:
    """Of one key, also as JSON in JSON spells it."""
    once = json.dumps(key)[1:-1]
    twice = json.dumps(once)[1:-1]
    encoded = base64.b64encode(key.encode()).decode()
    return {key, once, twice, json.dumps(twice)[1:-1], quote(key, safe=""), encoded, repr(key)[1:-1]}


def found(folder: Path, said: str, *keys: str) -> list[str]:
    """Where a key stands: the files of a folder, by name, and what was said."""
    texts = {str(file): file.read_bytes().decode() for file in folder.rglob("*") if file.is_file()}
    assert len(texts) > 2
    return [at for at, text in (*texts.items(), ("said", said)) if any(s in text for k in keys for s in spellings(k))]


def agent(base_url: str, dialect: str = "json_schema") -> dict[str, Any]:
    return model(base_url, dialect, headers={"X-Lab": "$LAB_TOKEN"})


@pytest.mark.parametrize("key", KEYS.values(), ids=KEYS)
def test_no_key_is_written_or_said(
    key: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LAB_API_KEY", key)
    monkeypatch.setenv("LAB_TOKEN", TOKEN)
    caplog.set_level(logging.DEBUG)  # of every library
    out = tmp_path / "out"
    with answering(indiscreet) as served:
        config = configured(tmp_path, {"m": agent(served.base_url)}, ["m", "m", "m"], {**PARAMS, "rounds": 4})
        codes = [main(["run", str(config), "--out", str(out), "--debug"])]
        (run,) = out.glob("*_*")
        (transcript,) = run.glob("matches/*.jsonl")
        codes += [main([*words, "--debug"]) for words in (["resume", str(run)], ["replay", str(transcript)])]
        codes.append(main(["fork", str(transcript), "--at", "4", "--out", str(out), "--json", "--debug"]))
    assert codes == [3, 3, 0, 3]
    assert {asked.headers["authorization"] for asked in served.asked} == {f"Bearer {key}"}
    told = capsys.readouterr()
    log = "\n".join(f"{record.getMessage()} {record.exc_text} {record.__dict__}" for record in caplog.records)
    assert "HTTP 500" in told.err
    replied = events(transcript, Replied)
    assert replied
    assert all("you sent" in str(event.raw) and "[hidden]" in str(event.raw) for event in replied)  # type: ignore[union-attr]
    assert found(out, told.out + told.err + log, key, TOKEN) == []


@pytest.mark.parametrize("status", [400, 401, 403, 404, 413, 422, 429])
def test_no_refusal_of_a_server_gives_a_key_away(
    status: int, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    key = KEYS["of any kind, with quotes"]
    monkeypatch.setenv("LAB_API_KEY", key)
    monkeypatch.setenv("LAB_TOKEN", TOKEN)
    out = tmp_path / "out"
    with answering(lambda asked: (status, {"error": {"message": repeated(asked)}})) as served:
        config = configured(tmp_path, {"m": agent(served.base_url, dialect="auto")}, ["m", "m", "m"])
        assert main(["run", str(config), "--out", str(out), "--debug"]) == 3
    told = capsys.readouterr()
    assert f"HTTP {status}" in told.err
    assert found(out, told.out + told.err, key, TOKEN) == []


@pytest.mark.parametrize("line", ["authorization {}", "HTTP/1.1 Bearer {}"])
def test_a_server_that_speaks_no_http_gives_no_key_away(
    line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    key = KEYS["of any kind, Base64"]
    monkeypatch.setenv("LAB_API_KEY", key)
    monkeypatch.setenv("LAB_TOKEN", TOKEN)

    class Spoilt(StreamRequestHandler):
        def handle(self) -> None:
            sent = self.rfile.readline() + b"".join(iter(self.rfile.readline, b"\r\n"))
            self.rfile.read(int(sent.lower().partition(b"content-length: ")[2].split()[0]))
            first = b"" if line.startswith("HTTP") else b"HTTP/1.1 200 OK\r\n"
            self.wfile.write(first + line.format(f"{key} {TOKEN}").encode() + b"\r\n\r\n")

    with ThreadingTCPServer(("127.0.0.1", 0), Spoilt) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        agent = {"m": model(f"http://127.0.0.1:{server.server_address[1]}/v1", headers={"X-Lab": "$LAB_TOKEN"})}
        config = configured(tmp_path, agent, ["m", "m", "m"])
        assert main(["run", str(config), "--out", str(tmp_path / "out"), "--debug"]) == 3
        server.shutdown()
        thread.join()
    told = capsys.readouterr()
    assert "its answer is not HTTP that can be read" in told.err
    assert found(tmp_path / "out", told.out + told.err, key, TOKEN) == []


def test_the_loudest_process_says_no_key(tmp_path: Path) -> None:
    key = KEYS["of any kind, in hex"]
    (tmp_path / ".env").write_text(f"LAB_API_KEY={key}\nLAB_TOKEN='{TOKEN}'\n")
    loud = {"ARENA_DEBUG": "1", "OPENAI_LOG": "debug", "PYTHONASYNCIODEBUG": "1", "PYTHONDEVMODE": "1"}
    path = str(Path(arena.__file__).parents[1])
    with answering(indiscreet) as served:
        config = configured(tmp_path, {"m": agent(served.base_url)}, ["m", "m", "m"], {**PARAMS, "rounds": 4})
        done = subprocess.run(
            [sys.executable, "-m", "arena", "run", str(config), "--out", "out"],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": path, **loud},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 3
    assert "DEBUG" in done.stderr
    assert served.asked[0].headers["x-lab"] == TOKEN
    assert found(tmp_path / "out", done.stdout + done.stderr, key, TOKEN) == []


@pytest.mark.parametrize(
    "settings",
    [{"api_key_env": KEYS["of OpenAI"]}, {"headers": {"X-Api-Key": TOKEN}}, {"extra_body": {"key": KEYS["of Google"]}}],
)
def test_a_key_that_stands_in_the_configuration_is_refused_before_anything_is_written(
    settings: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = configured(tmp_path, {"m": model("http://127.0.0.1:9/v1", **settings)}, ["m", "m", "m"])
    assert main(["run", str(config), "--out", str(tmp_path / "out"), "--debug"]) == 2
    told = capsys.readouterr()
    assert f"agents.m.{next(iter(settings))}: " in told.err
    assert not (tmp_path / "out").exists()
    assert not [key for key in (*KEYS.values(), TOKEN) if key in told.out + told.err]
