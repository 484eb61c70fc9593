"""Tasks of one's own and needs."""

from __future__ import annotations

from alembic.operations import Operations


def upgrade(op: Operations) -> None:
    """Change nothing yet."""
    del op
