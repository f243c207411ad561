"""Matches in other people's formats: a row each in tables, a test each in JUnit's."""
