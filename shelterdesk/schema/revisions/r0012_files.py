"""Scans and photos, and removal after years."""

from __future__ import annotations

from alembic.operations import Operations


def upgrade(_op: Operations) -> None:
    """Change nothing yet."""
