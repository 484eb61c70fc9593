"""What a service says beyond its kind: where it was given, in which group, and help with its amount."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations

from shelterdesk.schema.types import Id


def upgrade(op: Operations) -> None:
    """Add columns to services, and let sums of money be counted without reading the rows."""
    op.add_column("service", sa.Column("place", sa.String(length=60), nullable=True))
    op.add_column("service", sa.Column("group_id", Id(), nullable=True))
    op.add_column("service", sa.Column("quantity", sa.Integer(), nullable=True))
    op.add_column("service", sa.Column("amount", sa.Integer(), nullable=True))
    op.add_column("service", sa.Column("currency", sa.String(length=60), nullable=True))
    op.add_column("service", sa.Column("receipt_sealed", sa.LargeBinary(), nullable=True))
    op.create_index("ix_service_group", "service", ["group_id"], unique=False)
    op.create_index(
        "ix_service_money",
        "service",
        ["given_on", "amount", "currency", "outcome", "archived_at", "person_id", "kind", "project_id"],
        unique=False,
    )
