"""What a transcript tells of the dialects that were found out while it was played."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import get_args

from arena.configs.schema import RunConfig
from arena.core.events import Replied, Seated, Seats
from arena.models.endpoint import Dialect
from arena.models.probing import Dialects
from arena.planning.endpoints import endpoint_of
from arena.transcripts.read import Transcript, read


def recall(transcript: Transcript, dialects: Dialects, environ: Mapping[str, str]) -> None:
    """Let them be known, so that a match that goes on does not find them out again.

    Only those of models that still sit where they sat. Raises NotFound and UsageError for a model without an address.
    """
    header = transcript.header
    for seat, dialect in _found(transcript).items():
        sitter = header.newcomers[seat] if seat in transcript.table().relieved else header.sitters[seat]
        if sitter.kind == "model" and sitter.settings.get("dialect") == "auto":
            dialects.remember(endpoint_of(sitter.settings, environ), dialect)


def told(config: RunConfig, files: Iterable[Path], environ: Mapping[str, str]) -> Dialects:
    """What the transcripts of a run tell, those that are over among them; no more are read than are needed."""
    dialects, unread = Dialects(), iter(files)
    settings = [agent.model_dump(exclude_none=True) for agent in config.agents.values() if agent.dialect == "auto"]
    endpoints = [endpoint_of(each, environ) for each in settings]
    while not all([dialects.knows(endpoint) for endpoint in endpoints]):
        file = next(unread, None)
        if file is None:
            break
        if file.exists():
            recall(read(file), dialects, environ)
    return dialects


def _found(transcript: Transcript) -> dict[int, Dialect]:
    """The dialect of each seat's last reply, of those whose agent was not put there by a fork since."""
    header, found, relieved = transcript.header, dict[int, Dialect](), Seats()
    for line in transcript.lines:
        parents = header.fork is not None and line.n <= header.fork.line
        for event in (addressed.e for addressed in line.es):
            if isinstance(event, Seated):
                relieved = (*relieved, event.seat)
                found.pop(event.seat, None)
            if not isinstance(event, Replied) or event.usage is None:
                continue
            now = header.seated(transcript.lines[-1].n + 1, relieved)
            stays = not parents or header.seated(line.n, relieved)[event.seat] == now[event.seat]
            if stays and event.usage.dialect in get_args(Dialect):
                found[event.seat] = event.usage.dialect  # type: ignore[assignment]
    return found
