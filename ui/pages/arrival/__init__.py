"""Arrivals: the page at the door, and the calls for a place before anybody comes."""
