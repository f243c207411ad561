"""The picture of a workshop: who worked on what and when."""
