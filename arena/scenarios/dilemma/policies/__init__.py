"""Scripted players of dilemmas. They see a View and nothing else."""
