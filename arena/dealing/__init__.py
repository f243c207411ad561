"""What the generators of every family share: marks of secrets, payoffs that mix one's own with the group's."""
