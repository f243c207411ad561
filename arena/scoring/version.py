"""Which scorer this is: its name, and the version that changes whenever one of its measures does."""

from __future__ import annotations

NAME = "arena"
VERSION = "1"
