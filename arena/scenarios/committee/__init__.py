"""Committee: a choice among options of which everyone knows a part, and a vote."""
