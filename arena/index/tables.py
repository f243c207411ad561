"""The tables of the index, and the version that they belong to."""

from __future__ import annotations

from zlib import crc32

from arena import __version__
from arena.scoring.version import NAME, VERSION

# A match's stamp is that of its transcript, a run's that of its run.json; `graded` says whether its scores are there.
# `casts` are those who sat at a table: [[agent, kind, model], ...] by seat. Numbers are never given twice, so that what
# a process that was slow puts in cannot come to belong to another run. `whole`: of a measure that is a ratio of sums
# the part is its value. The scores of a measure in a run lie together.
TABLES = """
CREATE TABLE runs (
  run INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, stamp TEXT NOT NULL, started TEXT, ended TEXT,
  status TEXT NOT NULL, planned INTEGER, played INTEGER, failed INTEGER NOT NULL, usd REAL, tokens INTEGER
);
CREATE TABLE casts (cast_ INTEGER PRIMARY KEY, seats TEXT NOT NULL UNIQUE);
CREATE TABLE matches (
  match INTEGER PRIMARY KEY AUTOINCREMENT, run INTEGER NOT NULL, id TEXT NOT NULL, stamp TEXT NOT NULL,
  graded INTEGER NOT NULL, scenario TEXT NOT NULL, entry TEXT NOT NULL, seed INTEGER NOT NULL, repeat INTEGER NOT NULL,
  block TEXT NOT NULL, instance TEXT, cast_ INTEGER NOT NULL, status TEXT NOT NULL, why TEXT,
  UNIQUE (run, id)
);
CREATE INDEX listed ON matches (run, scenario, cast_, status);
CREATE TABLE measures (measure INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE scores (
  run INTEGER NOT NULL, measure INTEGER NOT NULL, match INTEGER NOT NULL, value REAL NOT NULL, whole REAL,
  PRIMARY KEY (run, measure, match)
) WITHOUT ROWID;
"""
SHAPE = 1  # raised with every change of the tables, or of what is put into them
# What this version of Arena, and of its scores, writes; anything else is made anew.
WRITTEN_BY = crc32(f"{SHAPE} {__version__} {NAME}@{VERSION}".encode()) & 0x7FFFFFFF
