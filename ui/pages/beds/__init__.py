"""Beds: the board of the house, what is done about a bed and who sleeps there, and what does not fit."""
