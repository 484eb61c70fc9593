"""The compartments sealed text belongs to, and what may never be lent through a set-up code."""

from __future__ import annotations

from enum import StrEnum


class Compartment(StrEnum):
    """One random key each; who holds it is decided by grants, never by a screen."""

    HOUSE = "house"
    IDENTITY = "identity"
    CASE = "case"
    MEDICAL = "medical"
    CLINICAL = "clinical"
    LEGAL = "legal"


# The key of the database file is granted like a compartment, but nothing is sealed in it.
DATABASE = "database"

KEY_NAMES: tuple[str, ...] = (DATABASE, *(c.value for c in Compartment))

# Whoever hands over a set-up code has seen it, so what professionals keep secret must not lie behind one.
NEVER_BEHIND_A_SETUP_CODE: frozenset[str] = frozenset(
    {Compartment.CLINICAL.value, Compartment.LEGAL.value, Compartment.MEDICAL.value}
)
