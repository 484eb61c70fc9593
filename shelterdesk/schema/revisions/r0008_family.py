"""Family, children, identity documents, contacts."""

from __future__ import annotations

from alembic.operations import Operations


def upgrade(_op: Operations) -> None:
    """Change nothing yet."""
