"""Pictures of a match: as files, drawn from Vega-Lite specifications, and in a compact form for the terminal."""
