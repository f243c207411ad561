"""Workshop: tasks that wait for each other, and skills that only their owners know of."""
