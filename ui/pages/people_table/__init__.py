"""People as a table."""
