"""Pictures of many matches."""
