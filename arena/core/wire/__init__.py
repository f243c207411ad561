"""The wire form of a reply: one JSON object.

    {"messages": [{"to": "all" | ["Ann", ...], "text": "..."}],
     "claims": [{"to": "all" | ["Ann", ...], "claim": {"kind": "reserve", ...}}],
     "move": {"kind": "propose", "deal": {"Price": "low", ...}} | null,
     "notes": "..." | null}

Where no notes are kept that key is left out; where a board is shared there is `"board": {"version": 3, "text": "..."} |
null`. A call for the next speaker adds `"next": "Ann"`. A bid is `{"bid": 7}` and nothing else, a summary
`{"summary": "..."}`. `schema` states it for an ask, `parse` reads it, `render` writes it; `read_json` reads the text of
it. What the exact schema allows, `parse` reads.
"""

from arena.core.wire.faults import Malformed
from arena.core.wire.forms import HIGHEST_BID
from arena.core.wire.reading import parse
from arena.core.wire.rendering import render
from arena.core.wire.schemas import exact_schema_text, schema
from arena.core.wire.strict_json import read_json

__all__ = ["HIGHEST_BID", "Malformed", "exact_schema_text", "parse", "read_json", "render", "schema"]
