"""What may be concluded from many matches: estimates, comparisons, tests, ratings. Numbers in, numbers out."""
