"""From a configuration to matches on disk: plan, run, resume, fork, verify."""
