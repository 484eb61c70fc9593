"""Bringing in the list a shelter keeps today."""
