"""Playing the matches of a run by many processes, on one machine or on several.

One *coordinator*, the process that was asked to play the run, holds its lock, its plan, its budget, its counts and
whoever watches. *Workers* play: each has an event loop, a pool and clients of its own, and does with the matches that
it is leased just what one process does with all of them. What they share is the run's directory and one connection
each to the coordinator.
"""
