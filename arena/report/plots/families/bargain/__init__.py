"""The picture of a bargain: its space of agreements, the path of the offers, and the deal."""
