"""The games: one family a folder or file, found by name."""
