"""The picture of a dilemma: who chose what round by round, and what it came to."""
