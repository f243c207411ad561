"""Scripted harvesters. They see a View and nothing else."""
