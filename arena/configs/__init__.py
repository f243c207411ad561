"""YAML to a frozen, validated configuration, every mistake at once."""
