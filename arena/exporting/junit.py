"""JUnit's XML, as continuous integration reads it: a test each match, an error each void one, a test each threshold.

The form is that of the schema which Jenkins and GitLab read; a threshold that is missed is a failure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from arena.exporting.row import Row
from arena.exporting.spool import spooled

# What XML 1.0 cannot hold, and no reference can name in it.
UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
SHOWN = ("value", "optimum", "coordination_gain")  # what a test that ran tells

Check = tuple[str, bool, str]  # a threshold as it was written, whether it was held, the verdict in words


def write(rows: Iterable[Row], out: BinaryIO, checks: Callable[[], Sequence[Check]] = tuple) -> None:
    """Write them as one suite, after them the checks, which are asked for when all rows are known."""
    with spooled(rows) as spool:
        last = checks()
        void, missed = spool.statuses["void"], sum([not held for _, held, _ in last])
        counts = f'tests="{spool.statuses.total() + len(last)}" errors="{void}" failures="{missed}"'
        out.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="arena" {counts}>\n'.encode())
        out.write(f'<testsuite name="arena" {counts} skipped="0">\n'.encode())
        for row in spool.rows():
            out.write(_match(row).encode("utf-8", errors="replace"))
        for check in last:
            out.write(_check(check).encode("utf-8", errors="replace"))
        out.write(b"</testsuite>\n</testsuites>\n")


def _match(row: Row) -> str:
    head = f"<testcase classname={_attribute(f'{row.run}.{row.entry}')} name={_attribute(row.match)}"
    said = [f"{' against '.join(row.agents)}: {row.status}", f"transcript: {row.transcript}"]
    known = [f"{name}: {row.values[name]:g}" for name in SHOWN if row.values.get(name) is not None]
    told = f"<system-out>{_text(chr(10).join([*said, *known]))}</system-out>"
    error = "" if row.void is None else f'<error type="void" message={_attribute(row.void)}></error>'
    return f"{head}>{error}{told}</testcase>\n"


def _check(check: Check) -> str:
    asked, held, words = check
    failure = "" if held else f'<failure type="threshold" message={_attribute(words)}></failure>'
    head = f'<testcase classname="thresholds" name={_attribute(asked)}>'
    return f"{head}{failure}<system-out>{_text(words)}</system-out></testcase>\n"


def _attribute(text: str) -> str:
    return quoteattr(UNFIT.sub("\ufffd", text), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def _text(text: str) -> str:
    return escape(UNFIT.sub("\ufffd", text))
