"""What a service says beyond its kind: groups, help with an amount, where and when again."""

from __future__ import annotations

from alembic.operations import Operations


def upgrade(op: Operations) -> None:
    """Change nothing yet."""
    del op
