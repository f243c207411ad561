"""From a configuration to matches: designs, instances, what it will take; nothing is played."""
