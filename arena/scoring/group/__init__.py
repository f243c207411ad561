"""What the group achieved, and how it worked together (measures, section 3): one module a kind of account."""
