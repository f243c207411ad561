"""Commons: a stock that regrows, and that all harvest."""
