"""Who sits in a seat. An agent sees a View and nothing else of the match."""
