"""The house book: one page for one shift."""
