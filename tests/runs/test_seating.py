"""Agents of one's own: whatever they do, the record can be read, and the match goes on once they are mended."""

import re
from pathlib import Path

import pytest
from msgspec import structs

from arena.core.events import Halted, Replied
from arena.errors import ArenaError, NotFound, UsageError
from arena.runs.pool import grade
from arena.runs.verify import verify
from arena.transcripts.header import Header, Sitter
from arena.transcripts.read import read
from tests.runs.matches import bargain, played, resumed, timeless

CALLED = Path(__file__).with_name("called.py")


def team(name: str) -> tuple[dict[str, str], str, str]:
    return {"call": f"{CALLED}:{name}"}, "boulware", "planner"


def seating(first: Sitter) -> Header:
    """A match whose first seat is taken by this one."""
    made = bargain()
    return structs.replace(made, sitters=(first, *made.sitters[1:]))


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("surrogate", r"answered with what is no Reply: .*surrogates not allowed; expected .*; mend it and resume"),
        (
            "nothing",
            r"answered with what is no Reply: nothing \(does it return\?\); expected .*Reply\(raw=TEXT\) or ",
        ),
        (
            "untyped",
            r"answered with what is no Reply: .* - at `\$\.body\.move`; expected .*; mend",
        ),
        ("crashing_oddly", r"crashed: called\.py, line \d+: ValueError: half a pair: \?"),
    ],
)
def test_an_answer_that_is_none_halts_the_match_and_says_whose_and_why(name: str, why: str, tmp_path: Path) -> None:
    done = played(bargain(None, team(name)), tmp_path / "m.jsonl")
    found = read(done.path)
    (last,) = found.lines[-1].es
    assert isinstance(last.e, Halted)
    assert done.table.halted == last.e.why
    assert re.search(why, last.e.why)
    card = grade(done)
    assert (card.status, card.void, card.agreement, card.per_seat) == ("void", last.e.why, {}, {})
    assert verify(done.path).ok


def test_a_crash_halts_the_match_and_what_was_recorded_is_not_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = tmp_path / "asked"
    monkeypatch.setenv("ASKED", str(asked))
    header = bargain(None, team("crashing"))
    monkeypatch.setenv("MENDED", "yes")
    whole = played(header, tmp_path / "whole.jsonl")
    monkeypatch.delenv("MENDED")
    asked.unlink()
    done = played(header, tmp_path / "m.jsonl")
    assert done.table.halted is not None
    assert re.fullmatch(
        r"the agent in seat 0 crashed: called\.py, line \d+: ZeroDivisionError: one over nothing", done.table.halted
    )
    recorded = {a.e.seat: a.e for line in read(done.path).lines for a in line.es if isinstance(a.e, Replied)}
    assert set(recorded) == {0, 1, 2}
    assert asked.read_text().split("\n") == ["0 0", "0 1", ""]
    monkeypatch.setenv("MENDED", "yes")
    resumed(done.path)
    assert asked.read_text().split("\n") == ["0 0", "0 1", "0 1", ""]
    found = read(done.path)
    went_on = [line.es for line in found.lines if not isinstance(line.es[0].e, Halted)]
    assert went_on == list(whole.lines)
    assert timeless(done.path.read_bytes()).count(b'"halted"') == 1
    assert (verify(done.path).ok, verify(done.path).why) == (True, "the match is over")


@pytest.mark.parametrize(
    ("call", "error", "why"),
    [
        (f"{CALLED}:slwo", NotFound, r"no agent in .*called\.py named 'slwo'; did you mean 'slow'\?"),
        (f"{CALLED}:not_callable", UsageError, "'not_callable' is not callable; an agent is `async def not_callable"),
        (f"{CALLED}:not_async", UsageError, "'not_async' must be `async def`"),
        (f"{CALLED}:", NotFound, "no agent in"),
        ("nowhere.py:slow", NotFound, "no file with an agent named 'nowhere.py'"),
        ("{folder}/broken.py:agent", UsageError, r"broken\.py does not load: SyntaxError: .*; mend the file"),
        ("{folder}/needy.py:agent", UsageError, "does not load: ModuleNotFoundError: No module named 'nonesuch'"),
    ],
)
def test_an_agent_that_is_not_there_is_said_so_and_no_transcript_is_begun(
    call: str, error: type[ArenaError], why: str, tmp_path: Path
) -> None:
    (tmp_path / "broken.py").write_text("async def agent(:\n")
    (tmp_path / "needy.py").write_text("import nonesuch\n")
    header = seating(Sitter("mine", "call", {"call": call.format(folder=tmp_path)}))
    with pytest.raises(error, match=why):
        played(header, tmp_path / "matches" / "m.jsonl")
    assert not (tmp_path / "matches").exists()


def test_a_kind_of_agent_of_a_later_version_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="seat of 'psychic': this version knows no agents of kind 'telepath'; upgrade"):
        played(seating(Sitter("psychic", "telepath", {})), tmp_path / "m.jsonl")
