"""Scripted workers. They see a View and nothing else."""
