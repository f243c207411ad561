"""What is written is read back the same, whatever is in it; and what is no transcript is told from one."""

import json
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arena.core.events import Addressed, AnyEvent, Body, Claim, Fault, Message, Noted, Refused, Replied, Said
from arena.core.usage import Usage
from arena.errors import Tampered, TranscriptError
from arena.scenarios.bargain.rules import SCENARIO
from arena.scenarios.bargain.terms import Points, Propose
from arena.transcripts.codec import Line, chain, event_decoder, events_of, line_bytes, read_header, sealed, unchained
from arena.transcripts.header import SCHEMA
from arena.transcripts.read import read
from tests.runs.matches import bargain, example, rows

HEADER = bargain()
DECODER = event_decoder(SCENARIO)
AWKWARD = st.sampled_from(["\n", "\r\n", "\0", "\x1b[31m", "\x7f", "\x85", "\u2028", "\ufeff", "\ufffe", "😀", '"}]}'])
TEXTS = st.text() | st.lists(AWKWARD | st.text(max_size=3), max_size=6).map("".join)
SEATS = st.lists(st.integers(0, 5), max_size=3, unique=True).map(tuple)
DEALS = st.lists(TEXTS, max_size=3).map(tuple)
FLOATS = st.floats(allow_nan=False, allow_infinity=False)
BODIES = st.builds(
    Body,
    st.lists(st.builds(Message, SEATS, TEXTS), max_size=2).map(tuple),
    st.lists(
        st.builds(Claim, SEATS, st.builds(Points, TEXTS, st.lists(FLOATS, max_size=3).map(tuple))), max_size=2
    ).map(tuple),
    st.none() | st.builds(Propose, DEALS),
    st.none() | TEXTS,
)
EVENTS = st.one_of(
    st.builds(Said, st.integers(0, 5), SEATS, TEXTS),
    st.builds(Noted, st.integers(0, 5), TEXTS),
    st.builds(Refused, st.integers(0, 5), TEXTS, TEXTS),
    st.builds(
        Replied,
        st.integers(0, 5),
        TEXTS,
        st.none() | BODIES,
        st.none() | st.builds(Fault, TEXTS, TEXTS),
        st.none() | TEXTS,
        st.none() | TEXTS,
        st.none() | st.builds(Usage, st.integers(0, 2**63 - 1)),
    ),
)


@given(st.lists(st.builds(Addressed, SEATS, EVENTS), min_size=1, max_size=4).map(tuple), st.integers(2, 10**6))
def test_a_line_is_read_back_as_it_was_whatever_is_said_in_it(events: tuple[Addressed[AnyEvent, str]], n: int) -> None:
    line, digest = line_bytes(n, 12, "ab" * 16, events)
    assert line.count(b"\n") == 1
    assert line.endswith(b"\n")
    t, h, es = unchained(line[:-1], n, b"ab" * 16) or (None, b"", b"")
    assert (t, h.decode()) == (12, digest)
    assert events_of(line[:-1], es, DECODER) == events
    assert unchained(line[:-1], n + 1, b"ab" * 16) is None
    assert unchained(line[:-1], n, b"ba" * 16) is None


@given(st.text(), TEXTS)
def test_a_header_is_read_back_as_it_was_whatever_stands_in_its_settings(key: str, value: str) -> None:
    made = HEADER
    sitter = msgspec.structs.replace(made.sitters[0], settings={key: value, "list": [value, 1, None]})
    written = sealed(msgspec.structs.replace(made, sitters=(sitter, *made.sitters[1:])))
    assert read_header(msgspec.json.encode(written)) == written


def test_a_digest_is_what_the_format_says() -> None:
    # BLAKE2b of 16 bytes over the digest before (as hex), the line's number, a colon, the bytes of the events.
    assert chain("00" * 16, 7, b"[]") == blake2b(b"0" * 32 + b"7:[]", digest_size=16).hexdigest()
    assert chain("00" * 16, 7, b"[]") == "4b8c38c160a41649b02e3ebf7100f8d3"


def test_every_line_of_a_transcript_is_json_with_the_fields_that_the_format_names() -> None:
    first, *others = rows(example())
    assert json.loads(first)["schema"] == SCHEMA
    for n, row in enumerate(others, start=2):
        line = json.loads(row)
        assert list(line) == ["n", "t", "h", "es"]
        assert line["n"] == n
        assert all(set(each) == {"to", "e"} for each in line["es"])


def test_unknown_fields_of_a_later_version_are_read_over(tmp_path: Path) -> None:
    raw = example().splitlines()
    header = json.loads(raw[0])
    header = {"schema": header.pop("schema"), "mood": {"a": 1}} | header
    lines = [header, *map(json.loads, raw[1:])]
    lines[3]["es"][0]["e"]["colour"] = "red"
    lines[3]["es"][0]["weight"] = 3
    assert [line.es for line in lines_of(tmp_path, as_a_later_version_writes(lines))] == [
        line.es for line in lines_of(tmp_path, example())
    ]


def as_a_later_version_writes(lines: list[dict[str, Any]]) -> bytes:
    """The lines chained as ours are, what this version does not know included; each line has one more field."""
    plain = json.dumps({k: v for k, v in lines[0].items() if k != "digest"}, separators=(",", ":")).encode()
    digest = blake2b(plain, digest_size=16).hexdigest()
    out = [plain[:-1] + b',"digest":"%s"}\n' % digest.encode()]
    for n, line in enumerate(lines[1:], start=2):
        tail = json.dumps(line["es"], separators=(",", ":")).encode() + b',"later":[1,2]'
        digest = chain(digest, n, tail)
        out.append(b'{"n":%d,"t":%d,"h":"%s","es":%s}\n' % (n, line["t"], digest.encode(), tail))
    return b"".join(out)


def lines_of(folder: Path, raw: bytes) -> tuple[Line, ...]:
    path = folder / "m.jsonl"
    path.write_bytes(raw)
    return read(path).lines


@pytest.mark.parametrize("schema", ["arena-transcript/2", "arena-transcript/1.1", "arena-transcript/"])
def test_a_schema_of_another_version_is_named_and_what_to_do(schema: str) -> None:
    line = rows(example())[0].replace(SCHEMA.encode(), schema.encode())
    with pytest.raises(TranscriptError, match=rf"has schema '{schema}'; this version reads '{SCHEMA}': upgrade Arena"):
        read_header(line)


FOREIGN = {
    "empty line": b"",
    "text": b"Dear diary, today we bargained.",
    "other json": b'{"role":"user","content":"hello"}',
    "a list": b"[1,2,3]",
    "a number": b"42",
    "a schema of another kind": b'{"schema":"other/1"}',
    "a schema that is no text": b'{"schema":1}',
    "binary": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "not utf-8": b'{"schem\xff":"x"}',
    "nested without end": b'{"a":' + b"[" * 100_000,
    "gzip": b"\x1f\x8b\x08\0\0\0\0\0",
}


@pytest.mark.parametrize("line", FOREIGN.values(), ids=FOREIGN)
def test_a_foreign_first_line_is_no_transcript_and_no_tampering(line: bytes) -> None:
    with pytest.raises(TranscriptError, match="this is not an Arena transcript: its first line") as error:
        read_header(line)
    assert not isinstance(error.value, Tampered)
    assert error.value.exit_code == 2


def test_a_header_that_names_itself_like_a_path_is_refused() -> None:
    for name in ("../../elsewhere", "a/b", "", ".hidden", "x" * 300, "nul\0"):
        written = msgspec.json.encode(sealed(msgspec.structs.replace(HEADER, id=name)))
        with pytest.raises(TranscriptError, match="is no name for a file"):
            read_header(written)
