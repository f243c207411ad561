"""Prompts as a model sees them, whole; the texts in `expected/` are there to be read."""

from __future__ import annotations

import pytest

from tests.prompting.scenes import EXPECTED, SCENES, written


@pytest.mark.parametrize("name", SCENES)
def test_a_whole_conversation_reads_as_it_was_approved(name: str) -> None:
    assert written(SCENES[name]()) == (EXPECTED / f"{name}.txt").read_text(encoding="utf-8")


def test_there_is_no_approved_text_without_its_scene() -> None:
    assert {path.stem for path in EXPECTED.iterdir()} == set(SCENES)
