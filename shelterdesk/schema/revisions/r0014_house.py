"""Small additions to the house."""

from __future__ import annotations

from alembic.operations import Operations


def upgrade(op: Operations) -> None:
    """Change nothing yet."""
    del op
