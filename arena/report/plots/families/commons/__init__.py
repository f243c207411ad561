"""The picture of a commons: its stock round by round, and who took what of it."""
