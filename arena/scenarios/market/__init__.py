"""Market: buyers and sellers who know what a unit is worth to themselves alone."""
