"""The monthly summary: period, exact figures, charts, and the strip that says what an export will hold."""
