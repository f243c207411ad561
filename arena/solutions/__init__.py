"""Solution concepts and solvers as pure mathematics: arrays in, sets of outcomes out."""
