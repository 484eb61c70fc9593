"""The record of a person: its head, its sections and their forms."""
