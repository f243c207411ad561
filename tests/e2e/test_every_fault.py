"""Every fault of an endpoint in every dialect: which boundary is charged, how often it is asked, what stands written.

One seat of three is played by a model whose endpoint fails. A fault of the server's makes the match void; one of the
answer is the model's, which is told, asked again and forfeits in the end. Whatever it was, no other seat sees it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct
from msgspec.json import encode
from msgspec.structs import replace

from arena.core.events import Forfeited, Halted, Refused, Replied, Valued
from arena.mock.faults import FAULTS
from arena.prompting import Prompter
from arena.runs.playing import Played
from arena.runs.pool import grade
from arena.transcripts.header import Header, Sitter
from arena.transcripts.read import Transcript, read
from tests.e2e.matches import assert_verified, events, model, stats
from tests.mock_server import serve
from tests.runs.matches import bargain, played, resumed

RETRIES, REFUSALS = 2, 2
DIALECTS: dict[str, dict[str, Any]] = {
    "text": {"dialect": "text"},
    "json_object": {"dialect": "json_object"},
    "json_schema": {"dialect": "json_schema"},
    "tools": {"dialect": "tools"},
    "responses": {"api": "responses", "dialect": "json_schema"},
    "responses, tools": {"api": "responses", "dialect": "tools"},
}
QUICK = ("text", "responses, tools")  # the two that share least
FRESH = ("again", "once")  # a model of each name whose endpoint fails always, or for the first request only


class Server(Struct, frozen=True):
    """The server gives up the match: `asked` so often for one reply, and says so."""

    asked: int
    says: str


class Model(Struct, frozen=True):
    """The model is charged, by the code of its fault."""

    code: str


TRIES = RETRIES + 1
CHARGED: dict[str, Server | Model] = {
    "408": Server(TRIES, "HTTP 408 Request Timeout"),
    "409": Server(TRIES, "HTTP 409 Conflict"),
    "429": Server(TRIES, "HTTP 429 Too Many Requests"),
    "429-bare": Server(TRIES, "HTTP 429 Too Many Requests"),
    "500": Server(TRIES, "HTTP 500 Internal Server Error"),
    "502": Server(TRIES, "HTTP 502 Bad Gateway"),
    "503": Server(TRIES, "HTTP 503 Service Unavailable"),
    "504": Server(TRIES, "HTTP 504 Gateway Timeout"),
    "reset": Server(TRIES, "the connection broke"),
    "hang": Server(TRIES, "no answer within 0.25 s"),
    "cut": Server(TRIES, "the connection broke"),
    "bad-body": Server(1, "answered, but with no"),
    "bad-json": Model("not_json"),
    "wrong-schema": Model("unknown_key"),
    "empty": Model("empty"),
    "refusal": Model("refused"),
    "content-filter": Model("refused"),
    "thought-only": Model("only_reasoning"),
    "truncated": Model("truncated"),
    "giant": Model("oversize"),
}


def named(fault: str, dialect: str, how: str) -> str:
    """The model that meets this fault, in this dialect, as often as `how` says."""
    return f"{fault}-{dialect.replace(', ', '-')}-{how}"


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One server for all of them: a model for each fault, dialect and how often."""
    entries = [
        {"fault": fault, "model": named(fault, dialect, how), "times": 1 if how == "once" else "always"}
        for fault in FAULTS
        for dialect in DIALECTS
        for how in FRESH
    ]
    script = tmp_path_factory.mktemp("faults") / "script.json"
    script.write_text(json.dumps(entries))
    with serve(script=script, model=[str(entry["model"]) for entry in entries], seed=3, retry_after=0) as base_url:
        yield base_url


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Repetitions do not wait as long as they do elsewhere."""
    monkeypatch.setattr("arena.models.retry.FIRST", 0.005)


def test_the_table_has_every_fault_there_is() -> None:
    assert list(CHARGED) == list(FAULTS)
    for name, charged in CHARGED.items():
        assert isinstance(charged, Model) == (FAULTS[name].stage == "answer")


@cache
def dealt() -> Header:
    """A bargain of three seats and one round, all of them scripted."""
    return bargain(agents=("conceder", "conceder", "conceder"), rounds=1)


def met(faulty: str, fault: str, dialect: str, how: str, folder: Path) -> tuple[Played, dict[str, int]]:
    """A match in which one seat of three meets the fault, and what the server counted."""
    before = stats(faulty)["by_kind"]
    seat = model(
        faulty,
        model=f"openai-api/lab/{named(fault, dialect, how)}",
        timeout=0.25 if fault == "hang" and how == "again" else 2,
        max_retries=RETRIES,
        **DIALECTS[dialect],
    )
    sitters = [*dealt().sitters]
    sitters[1] = Sitter("m", "model", seat)
    done = played(replace(dealt(), sitters=tuple(sitters), prompts=hashes()), folder / "m.jsonl")
    counted = {kind: n - before.get(kind, 0) for kind, n in stats(faulty)["by_kind"].items()}
    return done, {kind: n for kind, n in counted.items() if n}


@cache
def hashes() -> dict[str, str]:
    """The hashes of the templates that a model's seat is prompted by."""
    return Prompter("bargain", dealt().meeting).hashes()


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_that_stays_is_charged_to_one_boundary_and_seen_by_nobody_else(
    faulty: str, fault: str, dialect: str, tmp_path: Path
) -> None:
    done, counted = met(faulty, fault, dialect, "again", tmp_path)
    match CHARGED[fault]:
        case Server(asked=asked, says=says):
            assert counted == {fault: asked}
            assert_void(done, says, asked)
        case Model(code=code):
            assert counted == {fault: REFUSALS + 1}
            assert_forfeited(done, code)
    assert_unseen(read(done.path), FAULTS[fault].says)


def assert_void(done: Played, says: str, asked: int) -> None:
    """Void, for this reason, with nothing written of the seat that was asked, and no score."""
    found, card = read(done.path), grade(done)
    (halted,) = events(found, Halted)
    assert isinstance(halted, Halted)
    assert says in halted.why
    assert (f"({asked} attempts)" in halted.why) == (asked > 1)
    assert (card.status, card.headline, card.void) == ("void", {}, halted.why)
    assert [events(found, kind, 1) for kind in (Replied, Refused, Forfeited)] == [[], [], []]
    assert events(found, Valued) == []


def assert_forfeited(done: Played, code: str) -> None:
    """Told so, asked again up to the limit, then forfeited; the match goes on to its end and is scored."""
    found, card = read(done.path), grade(done)
    replied = events(found, Replied, 1)
    assert [e.fault.code if e.fault else None for e in replied] == [code] * (REFUSALS + 1)  # type: ignore[union-attr]
    assert [e.usage.attempts for e in replied] == [1] * len(replied)  # type: ignore[union-attr]
    # The last refusal is the forfeit.
    assert [e.code for e in events(found, Refused)] == [code] * REFUSALS  # type: ignore[union-attr]
    (forfeited,) = events(found, Forfeited)
    assert (forfeited.seat, forfeited.code) == (1, code)  # type: ignore[union-attr]
    assert (card.void, card.status) != ("void", "void")
    assert tuple(card.conduct["parse_rate"]) == (1.0, 0.0, 1.0)
    assert (card.conduct["calls"][1], tuple(card.conduct["forfeits"])) == (REFUSALS + 1, (0, 1, 0))
    assert_verified(done.path)


def assert_unseen(found: Transcript, says: str) -> None:
    """The others saw nothing of it: no such event, no word of the failure, no beginning of what the model wrote."""
    raws = [e.raw for e in events(found, Replied, 1)]  # type: ignore[union-attr]
    assert all(len(raw) < 20_000 for raw in raws)
    thoughts = [e.reasoning for e in events(found, Replied, 1) if e.reasoning]  # type: ignore[union-attr]
    told = [word[:60] for word in (*raws, *thoughts) if word]
    for seat in (0, 2):
        seen = list(found.table().seen(seat))
        assert not [e for e in seen if isinstance(e, Halted | Forfeited | Refused)]
        assert not [e for e in seen if isinstance(e, Replied) and e.seat != seat]
        text = encode(seen).decode()
        assert not [word for word in (*told, says, "HTTP", "attempts") if json.dumps(word)[1:-1] in text]


@pytest.mark.parametrize("dialect", [d if d in QUICK else pytest.param(d, marks=pytest.mark.sweep) for d in DIALECTS])
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_that_passes_costs_an_attempt_or_a_refusal_and_no_more(
    faulty: str, fault: str, dialect: str, tmp_path: Path
) -> None:
    done, counted = met(faulty, fault, dialect, "once", tmp_path)
    if fault == "bad-body":  # which nobody tries again
        assert (done.table.closed, counted) == (None, {fault: 1})
        done = resumed(done.path)
        counted |= {"answer": len(events(done.path, Replied, 1))}
    assert done.table.closed is not None
    found = read(done.path)
    first, *rest = events(found, Replied, 1)
    assert isinstance(first, Replied)
    assert counted == {fault: 1, "answer": len(rest) + (first.fault is None)}
    match CHARGED[fault]:
        case Server(asked=asked):
            assert first.fault is None
            assert first.usage is not None
            assert first.usage.attempts == (1 if asked == 1 else 2)
            assert events(found, Refused) == []
        case Model(code=code):
            assert first.fault is not None
            assert first.fault.code == code
            assert len(rest) == len(events(found, Refused, 1)) == 1
    assert_verified(done.path)
    assert_unseen_of(found, first)


def assert_unseen_of(found: Transcript, first: Replied[Any, Any]) -> None:
    """Where the first reply was refused, none of it reached another seat."""
    if first.fault is None or not first.raw:
        return
    for seat in (0, 2):
        assert json.dumps(first.raw[:60])[1:-1] not in encode(list(found.table().seen(seat))).decode()
