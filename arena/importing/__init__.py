"""Transcripts of ours out of records of other people's: what was said and done there, ruled on by our moderator."""
