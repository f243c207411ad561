"""Dilemma: a small matrix game played again and again, by sealed choices."""
