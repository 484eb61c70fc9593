"""Psychological episodes, their goals, and screenings."""

from __future__ import annotations

from alembic.operations import Operations


def upgrade(op: Operations) -> None:
    """Create the tables."""
