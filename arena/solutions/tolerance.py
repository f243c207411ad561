"""The one tolerance of every solution and measure."""

from __future__ import annotations

from typing import Final

TOLERANCE: Final = 1e-9
"""Utilities, gains, sums and normalised gains that differ by at most this count as equal.

Absolute, in the unit of what is compared; relative for products of gains, whose unit grows with the number of parties.
Where equality has to be transitive (on the frontier), values are rounded to whole multiples of it instead.
"""
