"""The command `arena`: wiring only, every command imported when it is called."""
