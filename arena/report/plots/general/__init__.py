"""The pictures that there are of any match, whatever its family."""
