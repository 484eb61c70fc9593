"""Idle time, cover, visitor mode and clipboard."""
