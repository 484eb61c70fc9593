"""Sites, projects, rooms and beds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations

from shelterdesk.schema.revisions.r0001_first.every_record import of_every_record
from shelterdesk.schema.types import Id


def create(op: Operations) -> None:
    """Create the tables."""
    op.create_table(
        "site",
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        *of_every_record(),
        sa.PrimaryKeyConstraint("id", name=("pk_site")),
        sa.UniqueConstraint("code", name=("uq_site_code")),
    )
    op.create_table(
        "project",
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        *of_every_record(),
        sa.PrimaryKeyConstraint("id", name=("pk_project")),
        sa.UniqueConstraint("code", name=("uq_project_code")),
    )
    op.create_table(
        "room",
        sa.Column("site_id", Id(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        *of_every_record(),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=("fk_room_site_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_room")),
    )
    op.create_table(
        "bed",
        sa.Column("room_id", Id(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        *of_every_record(),
        sa.ForeignKeyConstraint(
            ["room_id"], ["room.id"], name=("fk_bed_room_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_bed")),
    )
    op.create_index(("ix_bed_room_id"), "bed", ["room_id"], unique=False)
