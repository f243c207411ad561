"""The report of a run: one page that needs no network, or a few lines for a pull request."""
