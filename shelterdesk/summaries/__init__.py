"""Summaries: what was counted in a month, a quarter or a year, and what of it may leave the house."""
