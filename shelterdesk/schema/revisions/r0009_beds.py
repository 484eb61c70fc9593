"""Kinds of beds, beds on hold, nights away, leaving."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations

from shelterdesk.schema.revisions.r0001_first.every_record import of_every_record
from shelterdesk.schema.types import Id


def upgrade(op: Operations) -> None:
    """Add columns to beds, and create the tables."""
    op.add_column("bed", sa.Column("kind", sa.String(length=60), nullable=True))
    op.add_column("bed_since", sa.Column("shared", sa.Boolean(), nullable=True))
    op.drop_index("ix_bed_since_stay", "bed_since")
    op.create_index(
        "ix_bed_since_stay",
        "bed_since",
        ["stay_id", "since", "created_at", "id", "bed_id", "archived_at", "person_id", "shared"],
        unique=False,
    )
    _hold(op)


def _hold(op: Operations) -> None:
    op.create_table(
        "bed_hold",
        sa.Column("bed_id", Id(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("about_id", Id(), nullable=True),
        sa.Column("for_whom_sealed", sa.LargeBinary(), nullable=True),
        *of_every_record(),
        sa.ForeignKeyConstraint(
            ["bed_id"], ["bed.id"], name=("fk_bed_hold_bed_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_bed_hold")),
    )
    op.create_index("ix_bed_hold_bed", "bed_hold", ["bed_id", "until", "archived_at", "since"], unique=False)
