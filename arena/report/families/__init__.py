"""How the moves and facts of a scenario family look; a family without a look of its own gets a plain one."""
