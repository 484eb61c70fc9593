"""Lists, choices and columns of the shelter's own."""

from __future__ import annotations

from alembic.operations import Operations


def upgrade(_op: Operations) -> None:
    """Change nothing yet."""
