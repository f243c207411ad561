"""Reading a transcript: the header, the lines, and what a crash left of the last one."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from arena.core.game import Game
from arena.core.table import Table, fold
from arena.errors import Tampered, TranscriptError
from arena.transcripts.codec import UNREADABLE, Line, event_decoder, events_of, named, read_header, unchained
from arena.transcripts.header import Header


class Transcript(Struct, frozen=True):
    """A transcript as it was read: `size` is the length in bytes of its whole lines, `torn` what follows them."""

    header: Header
    game: Game
    lines: tuple[Line, ...]
    size: int
    torn: int

    @property
    def digest(self) -> str:
        """The digest that ends the chain."""
        return self.lines[-1].h if self.lines else self.header.digest

    def table(self, lines: int | None = None) -> Table:
        """The table after the first `lines` lines, the header not counted; all of them by default.

        Raises TranscriptError where a line does not fit the game: its digests fit, but it was never played.
        """
        try:
            return fold(self.game, [line.es for line in self.lines[:lines]])
        except (LookupError, StopIteration) as error:
            raise TranscriptError(f"{self.header.id}: an event names a seat or a phase that there is not") from error


def read(path: Path) -> Transcript:
    """Read a transcript. A torn last line is left out and counted.

    Raises TranscriptError where the file is no transcript, and Tampered, with the first line that differs, where the
    chain of digests is broken; both name the file.
    """
    raw = load(path)
    lines = raw.split(b"\n")
    try:
        if len(lines) == 1 and raw.startswith(b'{"schema":"arena-transcript/'):
            raise TranscriptError("its header is torn, the match never began; remove the file and run it again")
        header = read_header(lines[0])
        return _lines(header, header.game(), raw, lines[1:], len(lines[0]) + 1)
    except Tampered as error:
        raise Tampered(error.line, error.why, str(path)) from None
    except TranscriptError as error:
        raise TranscriptError(f"{path}: {error}") from error.__cause__


def load(path: Path) -> bytes:
    """The bytes of a file, or a TranscriptError that says why not."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise TranscriptError(f"{path}: {error.strerror or error}") from None
    if not raw:
        raise TranscriptError(f"{path}: the file is empty")
    return raw


def _lines(header: Header, game: Game, raw: bytes, rows: list[bytes], size: int) -> Transcript:
    decoder = event_decoder(game.scenario)
    digest, lines = header.digest.encode(), list[Line]()
    # The last row is what follows the last newline: nothing, or a line that was torn.
    for n, row in enumerate(rows[:-1], start=2):
        found = unchained(row, n, digest)
        if found is None:
            number = named(row)
            if number is None and n == len(rows) and b"\0" in row:
                break  # torn inside, as a power cut may leave it
            if number is None:
                raise Tampered(n, "it is not a line of a transcript")
            raise Tampered(n, f"its digest does not follow from the lines before it (it calls itself line {number})")
        t, digest, es = found
        try:
            lines.append(Line(n, t, digest.decode(), events_of(row, es, decoder)))
        except UNREADABLE as error:
            raise TranscriptError(f"line {n}: an event that this version cannot read: {error}") from None
        size += len(row) + 1
    return Transcript(header, game, tuple(lines), size, max(len(raw) - size, 0))
