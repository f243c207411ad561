"""Mistakes in the games that a configuration names or holds, each with its path from the top."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.configs.mistaken import AGENT, mistakes

A_GAME = "a game: issues (or items, outcomes) and parties"

TABLE: dict[str, tuple[str, list[str]]] = {
    "a game that is not there, and games that are none": (
        AGENT
        + "scenarios: ["
        + ", ".join(
            f"{{use: bargain, params: {{game: {game}}}}}"
            for game in (
                "sport-rsort",
                "none.yaml",
                "list.yaml",
                "empty.yaml",
                "broken.yaml",
                "latin.yaml",
                "5",
                "[1]",
            )
        )
        + "]",
        [
            "scenarios[0].params.game: found 'sport-rsort'; no game named 'sport-rsort'; did you mean 'sports-resort'?",
            (
                "scenarios[1].params.game: found 'none.yaml'; no game named 'none.yaml'; there is: logrolling,"
                " logrolling-compromise, split-the-pie, sports-resort, ultimatum, veto"
            ),
            f"scenarios[2].params.game: list.yaml holds a list; expected {A_GAME}",
            f"scenarios[3].params.game: empty.yaml holds nothing; expected {A_GAME}",
            "scenarios[4].params.game: broken.yaml, line 2, column 2: not YAML; expected ',' or ']', but got ':'",
            "scenarios[5].params.game: found 'latin.yaml'; HERE/latin.yaml: not UTF-8 text",
            "scenarios[6].params.game: found 5; expected keys and values or nothing",
            "scenarios[7].params.game: found [1]; expected keys and values or nothing",
        ],
    ),
    "mistakes in a game's file": (
        f"{AGENT}scenarios: [{{use: bargain, params: {{game: game.yaml}}}}]",
        [
            "scenarios[0].params.game.acceptance: found 'unanimus'; did you mean 'unanimous'?",
            "scenarios[0].params.game.parties.p.points.B: found 2 values; expected 1 numbers, one for each option: x",
            "scenarios[0].params.game.parties.q.points.B: found nothing; expected 1 numbers, one for each option: x",
            "scenarios[0].params.game.parties.q.points.C: found an unknown key; there is: A, B",
            "scenarios[0].params.game.parties.q.threshold: found much; expected a number",
            "scenarios[0].params.game.parties.q.vetoo: found an unknown key; did you mean 'veto'?",
        ],
    ),
    "mistakes in a game that stands there": (
        AGENT + "scenarios: [{use: bargain, params: {game: {}}}, {use: bargain, params: {game: veto, seats: 5}}]",
        [
            "scenarios[0].params.game: found {}; expected a mapping with issues (or items, outcomes) and parties",
            "scenarios[0].params.game.issues: found nothing; expected issues with options (or `items`, `outcomes`)",
            "scenarios[0].params.game.parties: found nothing; expected the parties, each with a threshold and points",
            "scenarios[1].params.seats: found 5 beside a game; leave it out: the game says it itself",
        ],
    ),
}

A_GAME = "a game: issues (or items, outcomes) and parties"


@pytest.mark.parametrize(("text", "told"), TABLE.values(), ids=TABLE)
def test_mistakes_in_games_are_told_all_at_once_with_their_paths(text: str, told: list[str], tmp_path: Path) -> None:
    assert sorted(mistakes(tmp_path, text)) == sorted(told)
