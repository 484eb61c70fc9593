"""Scans and photos may name the legal matter they belong to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations

from shelterdesk.schema.types import Id


def upgrade(op: Operations) -> None:
    """Add the link."""
    with op.batch_alter_table("file") as changed:
        changed.add_column(sa.Column("matter_id", Id(), nullable=True))
        changed.create_foreign_key(
            "fk_file_matter_id", "legal_matter", ["matter_id"], ["id"], initially="DEFERRED", deferrable=True
        )
    op.create_index("ix_file_matter_id", "file", ["matter_id"], unique=False)
