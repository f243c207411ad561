"""The meeting, not the game: who may speak when, to whom, how much, and what happens to a reply that will not do."""
