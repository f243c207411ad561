"""Scripted traders. They see a View and nothing else."""
