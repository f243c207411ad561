"""What a key looks like, and whoever knows one, keep it out of texts for as long as they are in use."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from arena.cli.main import main
from arena.hiding import HIDDEN, hidden
from arena.models.endpoint import Endpoint
from arena.models.secrets import Secrets
from arena.moderators.meeting import Meeting
from tests.models.keys import KEYS
from tests.playing import run
from tests.test_match import Failing, Late
from tests.toy import pool

KEY = KEYS["of any kind, with what patterns are made of"]


def secrets(key: str = KEY) -> Secrets:
    return Secrets(Endpoint("m", "http://h/v1", "K"), {"K": key})


def test_a_secret_is_hidden_as_long_as_it_is_in_use() -> None:
    assert hidden(KEY) == KEY
    used = secrets()
    assert hidden(f"sent {KEY} there") == f"sent {HIDDEN} there"
    del used
    assert hidden(KEY) == KEY


def test_what_looks_like_a_key_is_hidden_whether_or_not_anybody_knows_it() -> None:
    assert hidden(f"sent {KEYS['of Anthropic']}, Bearer abc") == f"sent {HIDDEN}, {HIDDEN}"
    assert hidden("nothing of the kind, 2 ** 3") == "nothing of the kind, 2 ** 3"


@pytest.mark.parametrize("key", [KEY, KEYS["of any kind, with quotes"], KEYS["of OpenAI"]])
def test_an_agent_that_crashes_with_a_key_in_its_words_leaves_it_in_no_record(key: str) -> None:
    used = secrets(key)
    for error in (ValueError(f"no header {key!r}"), KeyError(key)):
        table, memory = run(pool(), Meeting(), [Failing(0, error), Late(0), Late(0)])
        assert table.halted is not None
        assert HIDDEN in table.halted
        assert key not in repr(memory.lines)
    assert used.key == key


@pytest.mark.parametrize("error", [ValueError, RuntimeError])
@pytest.mark.parametrize("words", [(), ("--debug",)])
def test_what_nobody_foresaw_is_told_without_a_key(
    words: tuple[str, ...],
    error: Callable[[str], Exception],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    used = secrets()

    def broken(*_: object) -> None:
        raise error(f"sent {used.key}")

    monkeypatch.setattr("arena.cli.configuration.read_configuration", broken)
    assert main(["doctor", "config.yaml", *words]) == 1
    said = capsys.readouterr()
    assert f"sent {HIDDEN}" in said.err
    assert KEY not in said.out + said.err
