"""Arena measures how well language-model agents work together.

A match is a list of addressed facts; replaying, resuming, forking, viewing and scoring it are functions of that list.
Importing this package imports nothing else, so that the command line answers at once.
"""

__version__ = "0.1.0"
