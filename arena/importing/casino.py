"""CaSiNo: two campsite neighbours divide packages of food, water and firewood (Chawla et al. 2021, CC BY 4.0).

A file is a list of dialogues. Each of 3 items is worth 5 to the participant whose highest priority it is, 4 to the one
whose medium, 3 to the one whose lowest; who walks away has 5, as has the other. `chat_logs` hold the utterances in
order, the buttons of the task among them: Submit-Deal, with who gets how many, Accept-Deal, Reject-Deal, Walk-Away.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import msgspec
from msgspec import Struct

from arena.importing.reading import listed, shaped, whole
from arena.importing.record import Act, Answers, Leaves, Misread, Offers, Record, Turn, in_rounds
from arena.transcripts.header import Sitter, Source

LICENCE = "CC BY 4.0"
ITEMS = ("Food", "Water", "Firewood")
EACH = 3  # of each item
WORTH = {"High": 5, "Medium": 4, "Low": 3}
WALKED_AWAY = 5
SEATS = ("Camper 1", "Camper 2")
ABOUT = "Two campsite neighbours have three extra packages each of food, water and firewood to divide between them."
BUTTONS: dict[str, Act] = {"Accept-Deal": Answers(True), "Reject-Deal": Answers(False), "Walk-Away": Leaves()}
SUBMIT = "Submit-Deal"


class _Said(Struct):
    text: str
    id: str
    task_data: dict[str, Any] = {}


class _Outcomes(Struct):
    points_scored: float


class _Participant(Struct):
    value2issue: dict[str, str]
    outcomes: _Outcomes


class _Dialogue(Struct):
    dialogue_id: Annotated[int, msgspec.Meta(ge=0, lt=10**12)]
    chat_logs: list[_Said]
    participant_info: dict[str, _Participant]


def records(text: str, file: str, agent: str = "person") -> Iterator[Record | Misread]:
    """The dialogues of a file, each as a record or as why it is none. Raises Misread where the file is no list."""
    for number, raw in enumerate(listed(text), start=1):
        try:
            yield _record(raw, number, file, agent)
        except Misread as misread:
            yield misread


def _record(raw: msgspec.Raw | str, number: int, file: str, agent: str) -> Record:
    dialogue = shaped(raw, _Dialogue, f"dialogue no. {number}")
    name = f"dialogue {dialogue.dialogue_id}"
    try:
        people = sorted(dialogue.participant_info)
        if len(people) != len(SEATS):
            raise Misread("participant_info", f"found {len(people)} participants, expected 2")
        parties = [_party(dialogue.participant_info[person], person) for person in people]
        turns = tuple(_turn(said, i, people) for i, said in enumerate(dialogue.chat_logs, start=1))
        _ended(turns)
    except Misread as misread:
        raise Misread(f"{name}, {misread.place}", misread.reason) from None
    return Record(
        id=f"casino-{dialogue.dialogue_id:04d}",
        source=Source("casino", file, name, LICENCE),
        game=_game(parties),
        sitters=tuple(Sitter(agent, "imported", {"speaker": person}) for person in people),
        rounds=in_rounds(turns, len(SEATS)),
        points=tuple(dialogue.participant_info[person].outcomes.points_scored for person in people),
    )


def _game(parties: list[dict[str, int]]) -> dict[str, Any]:
    """What was dealt, as a game file. Nobody was told a number of rounds."""
    return {
        "name": "campsite",
        "about": ABOUT,
        "source": f"CaSiNo, Chawla et al. 2021, {LICENCE}; wording ours",
        "items": dict.fromkeys(ITEMS, EACH),
        "parties": {
            seat: {"threshold": WALKED_AWAY, "points": worth} for seat, worth in zip(SEATS, parties, strict=True)
        },
        "rounds": "none",
    }


def _party(participant: _Participant, person: str) -> dict[str, int]:
    """What one package of each item is worth to a participant."""
    priorities = participant.value2issue
    if set(priorities) != set(WORTH) or sorted(priorities.values()) != sorted(ITEMS):
        raise Misread(f"{person}.value2issue", f"found {priorities}, expected each of {', '.join(ITEMS)} once")
    worth = {item: WORTH[priority] for priority, item in priorities.items()}
    return {item: worth[item] for item in ITEMS}


def _turn(said: _Said, number: int, people: list[str]) -> Turn:
    place = f"utterance {number}"
    if said.id not in people:
        raise Misread(place, f"found the speaker {said.id!r}, expected {' or '.join(people)}")
    seat = people.index(said.id)
    if said.text == SUBMIT:
        return Turn(seat, act=Offers(_deal(said.task_data, seat, place)))
    if said.text in BUTTONS:
        return Turn(seat, act=BUTTONS[said.text])
    if _filled(said.task_data):
        raise Misread(place, f"found task_data beside {said.text[:40]!r}, which is none of the task's buttons")
    return Turn(seat, said.text)


def _deal(data: Mapping[str, Any], seat: int, place: str) -> tuple[str, ...]:
    """A deal, by item who gets how many in seat order."""
    mine, theirs = data.get("issue2youget"), data.get("issue2theyget")
    shares = []
    for item in ITEMS:
        pair = [whole(each.get(item) if isinstance(each, dict) else None, place, item) for each in (mine, theirs)]
        if sum(pair) != EACH:
            raise Misread(place, f"found {pair[0]} + {pair[1]} of {item}, expected {EACH} in all")
        shares.append(pair if seat == 0 else pair[::-1])
    return tuple(f"{first}-{second}" for first, second in shares)


def _filled(data: Any) -> bool:
    """Whether anything stands in the data of an utterance; some editions of the corpus leave empty texts there."""
    return any(_filled(each) for each in data.values()) if isinstance(data, dict) else data not in ("", None)


def _ended(turns: tuple[Turn, ...]) -> None:
    """A dialogue of the corpus ends with an acceptance or a walk-away, and has none before."""
    if not turns:
        raise Misread("chat_logs", "found no utterance")
    ends = [i for i, turn in enumerate(turns, start=1) if turn.act in (Answers(True), Leaves())]
    if ends != [len(turns)]:
        found = f"one at utterance {ends[0]} of {len(turns)}" if ends else "neither"
        raise Misread("its end", f"found {found}, expected an acceptance or a walk-away at the last utterance")
