"""Core of ShelterDesk: records, rules, vault and documents, usable without any window."""

__version__ = "0.1.0"
