"""Colours and shapes of the pictures: on white, told apart with every kind of colour vision, and by shape alone.

The seats' colours lie 17 or more apart in CIE L*a*b* to full colour vision, protanopes, deuteranopes and tritanopes
(simulated after Machado, Oliveira and Fernandes 2009), and have a contrast to white of 3 or more (WCAG 2.2, 1.4.11).
"""

from __future__ import annotations

from typing import Final

SEATS: Final = ("#0072b2", "#d55e00", "#009e73", "#9900ff", "#662900", "#4f25b1", "#5b2768", "#ec1354")
SHAPES: Final = ("circle", "square", "triangle-up", "diamond", "triangle-down", "cross", "triangle-right")

INK: Final = "#24292f"  # words, the frontier, the deal
QUIET: Final = "#57606a"  # words that stand back; 6.4 on white
FAINT: Final = "#8c959f"  # what does not count
DUST: Final = "#c6ccd2"  # outcomes that not all would accept
RATIONAL: Final = "#7d9bb5"  # outcomes that all would accept
REGION: Final = "#eef4f9"  # where those lie
GRID: Final = "#eceff2"
PAPER: Final = "#ffffff"

STAR: Final = "M0,-1L0.23,-0.31L0.95,-0.31L0.36,0.12L0.59,0.81L0,0.38L-0.59,0.81L-0.36,0.12L-0.95,-0.31L-0.23,-0.31Z"
SALTIRE: Final = "M-1,-1L1,1M1,-1L-1,1"


def colour(seat: int) -> str:
    """The colour of a seat."""
    return SEATS[seat % len(SEATS)]


def shape(seat: int) -> str:
    """The shape of a seat's marks; colours and shapes repeat at different lengths, so that 56 seats differ."""
    return SHAPES[seat % len(SHAPES)]
