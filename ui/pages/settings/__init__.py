"""Settings: the person, the house, the look, safety, backups, and what this program is."""
