"""The record on disk: JSON Lines, append-only, one file a match; a header, then one ruling a line."""
