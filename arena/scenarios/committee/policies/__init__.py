"""The scripted members of a committee."""
