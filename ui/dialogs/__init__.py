"""The few dialogs: what leaves the building, and nothing else."""
