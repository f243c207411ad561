"""Seats that servers play: whole matches over HTTP, what goes out, who is charged, forks, resumes, verifying."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from msgspec.json import encode

from arena.core.draw import Draw
from arena.core.events import Forfeited, Halted, Refused, Replied, Summarised
from arena.mock.schemas.document import compile_schema
from arena.mock.schemas.sampling import sample
from arena.report.exhibits import schema
from arena.runs.seating import match_id
from arena.runs.verify import verify
from arena.transcripts.read import read
from tests.e2e.front import Asked
from tests.e2e.matches import arena, assert_verified, configured, events, free_port, model
from tests.mock_server import serve
from tests.runs.matches import edited
from tests.secrecy.casts import canaries

SETTINGS: dict[str, Any] = {"issues": 3, "options": 3, "rounds": 3, "goals": 3, "values": "noisy"}
Answer = Callable[[dict[str, Any]], tuple[int, bytes]]


class Remote:
    """A remote agent: where it answers, what it was asked so far, how it answers (`None`: the connection breaks)."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.asked: list[Asked] = []
        self.url = ""

    @property
    def told(self) -> list[dict[str, Any]]:
        """The bodies of all requests."""
        return [json.loads(each.body) for each in self.asked]


def legally(told: dict[str, Any]) -> tuple[int, bytes]:
    """Any legal reply, by lot."""
    rng = Draw.root(told["ask"]["nth"], told["seat"]).of("reply")
    return 200, json.dumps(sample(compile_schema(told["ask"]["schema"]), rng)).encode()


@contextmanager
def remote(answer: Answer = legally, port: int = 0) -> Iterator[Remote]:
    """A server of the standard library, in a thread, as long as the block."""
    served = Remote(answer)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            served.asked.append(Asked(self.requestline, dict(self.headers.items()), body))
            status, said = served.answer(json.loads(body))
            self.send_response(status)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads, server.block_on_close = True, False
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    served.url = f"http://127.0.0.1:{server.server_address[1]}/an-agent"
    try:
        yield served
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def seated(url: str, **settings: Any) -> dict[str, Any]:
    """The settings of a remote agent, which gives up at the first failure."""
    return {"url": url, "max_retries": 0, **settings}


@pytest.mark.parametrize("turns", ["round_robin", "bid_for_floor", "chair_calls", "simultaneous"])
def test_remote_seats_play_whole_matches_with_one_call_for_each_ask(
    turns: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with remote() as served:
        protocol = {"turns": turns, "channel": "whispers"}
        config = configured(tmp_path, {"r": seated(served.url)}, ["r", "r", "r"], SETTINGS, protocol)
        ended = arena(capsys, "run", config, "--out", tmp_path)
    assert (ended.code, ended.err) == (0, "")
    replied = events(ended.path, Replied)
    assert len(served.asked) == len(replied) > 2
    assert all(e.raw and e.prompt and e.usage.attempts == 1 for e in replied)  # type: ignore[union-attr]
    assert_verified(ended.path)
    request = Draft202012Validator(schema("remote"))
    assert not [error.message for told in served.told for error in request.iter_errors(told)]


def test_no_request_holds_what_its_seat_may_not_know(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = {
        "mine-all-mine": {},
        "claude-next-door": {"scripted": "saboteur"},
        "gpt-in-disguise": {"scripted": "planner"},
    }
    with remote() as served:
        names["mine-all-mine"] = seated(served.url)
        folder = tmp_path / "a-folder-with-a-telling-name"
        folder.mkdir()
        named = {"name": "the-run-with-a-name", "seed": 987654321987654321, "salt": "a-salt-that-nobody-may-see"}
        config = configured(folder, names, list(names), SETTINGS, {"channel": "whispers"}, **named)
        ended = arena(capsys, "run", config, "--out", folder)
    assert ended.code == 0
    found = read(ended.path)
    root = found.game.draw
    secret = [str(named["seed"]), f"{named['seed']:x}", named["salt"], root.key.hex(), found.header.digest]
    secret += [root.at(*path).key.hex() for path in (("deal",), ("agents", 0), ("agents", 0, 0, 0))]
    secret += [*names, "saboteur", "planner", "scripted", found.header.id, ended.path.stem, folder.name]
    marks = canaries(found.game)
    others = [mark for owner in (1, 2) for mark in marks[owner]]
    truth = [sheet.canary for sheet in found.game.task.truth]  # type: ignore[attr-defined]
    assert served.asked
    for asked in served.asked:
        assert not [word for word in (*secret, *others, *truth) if word.encode() in asked.all]
        assert all(mark.encode() in asked.body for mark in marks[0])
        assert '"t":' not in asked.body.decode()
    seen = {event["kind"] for told in served.told for event in told["events"]}
    assert seen <= {"opened", "phase", "disclosed", "replied", "refused", "said", "moved", "noted", "passed"}


def test_every_seat_of_every_match_has_an_id_that_lasts_through_a_resume(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def ids(served: Remote) -> dict[tuple[str, str], int]:
        return {(told["match"], told["seat"]): told["ask"]["nth"] for told in served.told}

    with remote() as served:
        config = configured(tmp_path, {"r": seated(served.url)}, ["r", "r"], {**SETTINGS, "goals": 2}, repeats=2)
        many = arena(capsys, "run", config, "--out", tmp_path, "--set", "scenarios[0].instances=3")
        whole = ids(served)
        assert many.code == 0
        every = {match_id(read(path).header, seat) for path in many.paths for seat in (0, 1)}
        assert (len(many.paths), len(every), {len(match) for match in every}) == (6, 12, {32})
        assert every >= {match for match, _ in whole}
        assert len(whole) == len({match for match, _ in whole}) > 6  # some are over before the second seat is asked
        down = {"left": 3}

        def failing(told: dict[str, Any]) -> tuple[int, bytes]:
            down["left"] -= 1
            return (200, b"{}") if down["left"] >= 0 else (503, b"")

        served.answer, served.asked = failing, []
        one = arena(capsys, "run", config, "--out", tmp_path, "--limit", 1)
        assert one.code == 3
        served.answer = lambda told: (200, b"{}")
        assert arena(capsys, "resume", one.path).code == 0
        assert ids(served).keys() == {key for key in whole if key in ids(served)}
        assert len(ids(served)) == 2
        assert len(served.asked) == len(events(one.path, Replied)) + 1
        fork = arena(capsys, "fork", one.path, "--at", 6, "--out", tmp_path)
        assert fork.code == 0
        assert len(ids(served)) > 2


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("", "empty"),
        ("I would rather talk about it.", "no_object"),
        ('{"thoughts": "secret thoughts"}', "unknown_key"),
        ('{"messages": [{"to": ["Nobody"], "text": "secret thoughts"}]}', "unknown_seat"),
        ('{"move": {"kind": "accept", "offer": 99}}', "no_such_offer"),
        ("secret " * 200_000, "oversize"),
    ],
)
def test_what_will_not_do_is_the_agents_fault_and_seen_by_nobody_else(
    said: str, code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with remote(lambda told: (200, said.encode())) as served:
        agents = {"r": seated(served.url), "s": {"scripted": "conceder"}}
        config = configured(tmp_path, agents, ["s", "r", "s"], {**SETTINGS, "rounds": 1})
        ended = arena(capsys, "run", config, "--out", tmp_path)
        assert ended.code == 0
        assert [told["ask"]["nth"] for told in served.told] == [0, 1, 2]
        refused = [event for event in served.told[2]["events"] if event["kind"] == "refused"]
        assert [event["code"] for event in refused] == [code, code]
    assert [e.code for e in events(ended.path, Refused, 1)] == [code] * 2  # type: ignore[union-attr]
    assert [e.code for e in events(ended.path, Forfeited)] == [code]  # type: ignore[union-attr]
    assert_verified(ended.path)
    found = read(ended.path)
    for seat in (0, 2):
        assert "secret" not in encode(list(found.table().seen(seat))).decode()
        assert not [e for e in found.table().seen(seat) if isinstance(e, Forfeited | Refused)]


def test_a_server_that_is_down_makes_the_match_void_until_it_is_up(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    port = free_port()
    monkeypatch.setenv("MY_TOKEN", "a-token-of-mine")
    agents = {"r": seated(f"http://127.0.0.1:{port}/", api_key_env="MY_TOKEN"), "s": {"scripted": "conceder"}}
    config = configured(tmp_path, agents, ["s", "r", "s"], SETTINGS)
    ended = arena(capsys, "run", config, "--out", tmp_path)
    assert ended.code == 3
    assert "the remote agent at http://127.0.0.1" in ended.err
    assert "cannot be reached" in ended.cards[0]["void"]
    assert (events(ended.path, Replied, 1), len(events(ended.path, Halted))) == ([], 1)
    kept = ended.path.read_bytes()
    with remote(port=port) as served:
        assert arena(capsys, "resume", ended.path).code == 0
        assert {asked.headers["Authorization"] for asked in served.asked} == {"Bearer a-token-of-mine"}
    assert ended.path.read_bytes().startswith(kept)
    assert_verified(ended.path)
    assert not [f for f in tmp_path.rglob("*") if f.is_file() and b"a-token-of-mine" in f.read_bytes()]


def test_an_attempt_that_fails_is_repeated_and_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tried: set[Any] = set()

    def at_second_try(told: dict[str, Any]) -> tuple[int, bytes]:
        key = (told["match"], told["ask"]["nth"])
        again = key in tried
        tried.add(key)
        return legally(told) if again else (429, b"")

    with remote(at_second_try) as served, pytest.MonkeyPatch.context() as patch:
        patch.setattr("arena.models.retry.FIRST", 0.005)
        config = configured(tmp_path, {"r": seated(served.url, max_retries=1)}, ["r", "r"], {**SETTINGS, "goals": 2})
        ended = arena(capsys, "run", config, "--out", tmp_path)
    assert ended.code == 0
    replied = events(ended.path, Replied)
    assert {e.usage.attempts for e in replied} == {2}  # type: ignore[union-attr]
    assert len(served.asked) == 2 * len(replied)


def test_a_fork_seats_a_server_where_a_policy_sat_and_is_verified(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    agents = {name: {"scripted": name} for name in ("boulware", "conceder", "planner")}
    parent = arena(capsys, "run", configured(tmp_path, agents, list(agents), SETTINGS), "--out", tmp_path)
    with remote() as served:
        ended = arena(capsys, "fork", parent.path, "--at", 8, "--seat", f"1={served.url}", "--out", tmp_path)
    assert ended.code == 0
    found = read(ended.path)
    assert [sitter.kind for sitter in found.header.sitters] == ["scripted", "url", "scripted"]
    assert found.header.sitters[1].settings == {"url": served.url}
    assert {told["seat"] for told in served.told} == {found.game.names[1]}
    before = [event for event in served.told[0]["events"] if event["kind"] == "replied"]
    assert all("body" in event for event in before)
    assert_verified(ended.path)


def test_verify_finds_that_something_else_was_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with remote() as served:
        config = configured(tmp_path, {"r": seated(served.url)}, ["r", "r", "r"], SETTINGS)
        ended = arena(capsys, "run", config, "--out", tmp_path)
    raw = ended.path.read_bytes()
    line = next(
        n for n, row in enumerate(raw.splitlines(), start=1) if b'"kind":"replied"' in row and b'"prompt"' in row
    )
    ended.path.write_bytes(edited(raw, line, lambda row: row["es"][0]["e"].update(prompt="0" * 32)))
    verdict = verify(ended.path)
    assert (verdict.ok, verdict.line) == (False, line)
    assert verdict.why == "what the remote agent was told is not what this view gives"


def test_check_names_an_address_that_cannot_be_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = configured(tmp_path, {"r": {"url": "localhost:8000"}}, ["r", "r"], SETTINGS)
    ended = arena(capsys, "check", config)
    assert ended.code == 2
    assert "agents.r.url: url is" in ended.err
    assert "expected http://HOST/PATH or https" in ended.err


def test_a_server_that_takes_over_from_a_model_with_an_outgrown_prompt_needs_no_summary(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with serve(context=4500, context_words="llama.cpp", seed=2) as base_url:
        agents = {"m": model(base_url, "json_schema"), "s": {"scripted": "conceder"}}
        config = configured(tmp_path, agents, ["m", "s"], {"issues": 3, "options": 3, "rounds": 12})
        parent = arena(capsys, "run", config, "--out", tmp_path)
    lines = read(parent.path).lines
    at = next(line.n for line in lines for a in line.es if isinstance(a.e, Replied) and a.e.overflow is not None)
    with remote(lambda told: (200, b"{}")) as served:
        ended = arena(capsys, "fork", parent.path, "--at", at, "--seat", f"0={served.url}", "--out", tmp_path)
        assert ended.code == 0
        assert served.told
        assert not [event for told in served.told for event in told["events"] if "overflow" in event]
        assert {told["ask"]["kind"] for told in served.told} == {"speak"}
    assert [e.text for e in events(ended.path, Summarised)] == [
        "Nothing is left out: I am told what happened as it happened."
    ]  # type: ignore[union-attr]
    assert_verified(ended.path)
