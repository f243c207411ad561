"""What can be dug out of what an agent is handed: its view, its dice, the words of its prompt.

Attributes, private ones too, are gone through, and the arguments of partials and the cells of closures. What is not
shown here: a process does not wall off its own code. An agent that runs inside it could walk up the stack or through
the garbage collector to the table; secrets are safe from what agents are given, not from code that goes looking.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from types import CellType, FunctionType, MethodType

from msgspec import Struct

from arena.core.draw import Draw
from arena.core.recall import view
from arena.core.table import Table
from arena.core.view import View
from arena.models.clients import Clients
from arena.moderators.channels import Public
from arena.moderators.meeting import Meeting
from arena.planning.plan import header, plan
from arena.prompting import Prompter
from arena.runs.seating import seat_agents
from tests.playing import Function, run
from tests.runs.matches import settled
from tests.secrecy.casts import acts, bargain, canaries, task_of

WHISPERS = Meeting(channel=Public(whispers=True))


def dug(start: object, into: Callable[[object], Iterator[object]]) -> list[object]:
    """Everything that is reached from an object by going on into its parts."""
    found, waiting, known = list[object](), [start], set[int]()
    while waiting:
        part = waiting.pop()
        if id(part) not in known:
            known.add(id(part))
            found.append(part)
            waiting += into(part)
    return found


def parts(value: object) -> Iterator[object]:
    """What a value holds, in private attributes, in the arguments of partials and in the cells of closures too."""
    if isinstance(value, dict):
        yield from (*value, *value.values())
    elif isinstance(value, Sequence | set | frozenset) and not isinstance(value, str | bytes):
        yield from value
    elif isinstance(value, FunctionType):
        yield from (value.__closure__ or ())
        yield from (value.__defaults__ or ())
    elif isinstance(value, CellType):
        yield value.cell_contents
    elif isinstance(value, MethodType):
        yield value.__self__
    if not isinstance(value, type | FunctionType):
        yield from (vars(value).values() if hasattr(value, "__dict__") else ())
        slots = [name for kind in type(value).__mro__ for name in getattr(kind, "__slots__", ())]
        fields = value.__struct_fields__ if isinstance(value, Struct) else ()
        yield from (
            getattr(value, name) for name in (*slots, *fields, "func", "args", "keywords") if hasattr(value, name)
        )


def last_view(seat: int) -> tuple[Table, View]:
    """The table at the end of a match, and a seat's view of it."""
    table, _ = run(bargain(3, 71), WHISPERS, [Function(acts)] * 3)
    return table, view(table, WHISPERS, seat)


def test_from_a_view_no_way_leads_to_the_game_the_table_the_dice_or_anothers_secrets() -> None:
    table, view_ = last_view(1)
    everything = dug(view_, parts)
    everything += dug(view_.earlier(), parts)
    texts = {part for part in everything if isinstance(part, str)}
    marks = canaries(table.game)
    assert set(marks[1]) <= texts, "the seat's own secrets are there to be found"
    assert not {mark for owner in (0, 2) for mark in marks[owner]} & texts
    assert not {sheet.canary for sheet in task_of(table.game).truth} & texts
    for part in everything:
        assert part is not table.game
        assert part is not table.game.task
        assert not isinstance(part, Table)
        assert not isinstance(part, Draw) or part.key != table.game.draw.key


def test_the_earlier_turns_that_a_view_tells_hold_what_that_seat_saw_and_no_more() -> None:
    view_ = last_view(1)[1]
    turns = view_.earlier()
    assert [ask.nth for _, ask in turns] == list(range(len(turns)))
    for then, ask in turns:
        assert (then.seat, ask.seat) == (1, 1)
        assert list(then.events) == list(view_.events[: len(then.events)])
        assert len(then.known.own.sheets) == 1


def test_an_agents_dice_lead_to_nothing_but_themselves() -> None:
    resolved = settled(
        {"agents": {"a": {"scripted": "random"}}, "scenarios": [{"use": "bargain"}], "design": "self_play"}
    )
    made = header(resolved, next(plan(resolved)))
    game = made.game()
    for agent in seat_agents(made, game, Clients()):
        found = [part for part in dug(agent, parts) if isinstance(part, Draw)]
        assert found
        assert not {draw.key for draw in found} & {game.draw.key, game.draw.at("deal").key}


def test_the_templates_of_a_prompt_are_given_the_view_and_the_meeting_and_nothing_else() -> None:
    table, view_ = last_view(1)
    prompter = Prompter("bargain", WHISPERS)
    prompter.messages(view_, WHISPERS.ask(table, 1))
    context = prompter._context(view_)
    assert set(context) == {"scenario", "meeting", "seat", "seats", "known", "highest_bid"}
    texts = {part for part in dug(context, parts) if isinstance(part, str)}
    assert not {mark for owner in (0, 2) for mark in canaries(table.game)[owner]} & texts
