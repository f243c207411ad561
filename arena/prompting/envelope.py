"""The envelope: what another seat wrote, so that it can neither end its own quotation nor pass for the moderator.

Quoted text is a JSON string on one line, so that `json.loads` gives back exactly what was said. Within the bounds of
JSON more is escaped than must be, so that no reader further down the line takes the text for more than words: not a
renderer (bidirectional and invisible characters), not a parser that looks for fenced blocks, not a server that turns
`<|im_start|>` or `[INST]` into control tokens wherever they stand.
"""

from __future__ import annotations

import re
from unicodedata import category

# Control, format (bidirectional marks among them), line and paragraph separators, surrogates. Emoji, accents and
# no-break spaces are left as they are.
INVISIBLE = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs"})
SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}

# A fence; the openings of the tags and control tokens of chat templates (`</s>`, `<|eot_id|>`, `[/INST]`). A plain
# "x < 5", "<3" or "[sic]" is none of them.
MARKUP = re.compile(r"`{3,}|<(?=[^\s\d<=])|\[(?=/?[A-Z_]{2,}\])")


def quote(text: str) -> str:
    """The text as a JSON string, quotation marks included, on one line of printable characters.

    `json.loads` gives the text back, save that two lone surrogates side by side come back as the character that they
    would spell, for which JSON has only one form.
    """
    doubled = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{inert(doubled)}"'


def inert(text: str) -> str:
    """A name or a remark of the game's own, kept on its line: escaped as in `quote`, without quotation marks.

    Text that needs no escape comes back as it is; it is shown bare, so quotation marks and backslashes stay.
    """
    if not text.isprintable():
        text = "".join([_escaped(c) if category(c) in INVISIBLE else c for c in text])
    return MARKUP.sub(lambda found: "".join([_escaped(c) for c in found.group()]), text)


def _escaped(c: str) -> str:
    point = ord(c)
    if c in SHORT:
        return SHORT[c]
    if point < 0x10000:
        return f"\\u{point:04x}"
    return f"\\u{0xD7C0 + (point >> 10):04x}\\u{0xDC00 + (point & 0x3FF):04x}"
