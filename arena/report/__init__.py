"""What people look at: matches as conversations, scores as tables. Reads the record, changes nothing."""
