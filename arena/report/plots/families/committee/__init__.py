"""The picture of a committee: who knew which fact, who told it to whom, and how they voted."""
