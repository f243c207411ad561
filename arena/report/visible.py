"""Text that others wrote, made safe to print: what would steer a terminal, or hide in one, is shown instead of obeyed.

Nothing that a model, a game file or an endpoint wrote reaches the terminal but through here, and then only as a `Text`,
never as markup.
"""

from __future__ import annotations

from unicodedata import category

# Controls (escape, bell, C1), formats (bidirectional marks, tags, zero widths), separators, lone surrogates.
UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs"})
JOINERS = frozenset("\u200c\u200d")  # Persian, Indic scripts and emoji are spelt with them; they steer nothing
BREAKS = str.maketrans({"\u2028": "\n", "\u2029": "\n", "\x85": "\n", "\v": "\n", "\f": "\n", "\r": "\n", "\t": "    "})


def visible(text: str) -> str:
    """The text on one line, each unseen character as its escape (`\\x1b`, `\\u202e`), line breaks as spaces."""
    return " ".join(paragraphs(text))


def paragraphs(text: str) -> list[str]:
    """The text line by line, safe to print: no line at all where it holds only space."""
    lines = text.replace("\r\n", "\n").translate(BREAKS).strip().split("\n")
    return [_shown(line.rstrip()) for line in lines] if lines != [""] else []


def shortened(text: str, limit: int) -> str:
    """`paragraphs` as one text, cut after `limit` characters with a note of how many more there are."""
    shown = "\n".join(paragraphs(text))
    return shown if len(shown) <= limit else f"{shown[:limit].rstrip()} … (+{len(shown) - limit:,} characters)"


def clipped(text: str, limit: int) -> str:
    """`visible`, cut after `limit` characters with a note of how many more there are."""
    shown = visible(text)
    return shown if len(shown) <= limit else f"{shown[:limit].rstrip()} … (+{len(shown) - limit:,} characters)"


def _shown(line: str) -> str:
    if line.isprintable():
        return line
    return "".join([_escaped(c) if category(c) in UNSEEN and c not in JOINERS else c for c in line])


def _escaped(c: str) -> str:
    point = ord(c)
    if point < 0x100:
        return f"\\x{point:02x}"
    return f"\\u{point:04x}" if point < 0x10000 else f"\\U{point:08x}"
