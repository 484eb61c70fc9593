"""Scans and photos on their way in and onto the screen: only what can be seen is kept, and only in memory."""
