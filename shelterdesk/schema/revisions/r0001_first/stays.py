"""Stays and moves between beds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations

from shelterdesk.schema.revisions.r0001_first.every_record import of_every_record
from shelterdesk.schema.types import Id


def create(op: Operations) -> None:
    """Create the tables."""
    op.create_table(
        "stay",
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("site_id", Id(), nullable=True),
        sa.Column("arrived_on", sa.Date(), nullable=False),
        sa.Column("came_from", sa.String(length=60), nullable=True),
        sa.Column("project_id", Id(), nullable=True),
        sa.Column("expected_until", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("leaving_reason", sa.String(length=60), nullable=True),
        sa.Column("destination", sa.String(length=60), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        *of_every_record(),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=("fk_stay_person_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=("fk_stay_project_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=("fk_stay_site_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_stay")),
    )
    op.create_index(
        "ix_stay_counting",
        "stay",
        ["arrived_on", "left_on", "person_id", "site_id", "leaving_reason", "archived_at"],
        unique=False,
    )
    op.create_index("ix_stay_left", "stay", ["left_on", "person_id", "arrived_on"], unique=False)
    op.create_index(
        "ix_stay_person", "stay", ["person_id", "arrived_on", "left_on", "archived_at", "expected_until"], unique=False
    )
    op.create_table(
        "bed_since",
        sa.Column("stay_id", Id(), nullable=False),
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("bed_id", Id(), nullable=True),
        *of_every_record(),
        sa.ForeignKeyConstraint(
            ["bed_id"], ["bed.id"], name=("fk_bed_since_bed_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=("fk_bed_since_person_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["stay_id"], ["stay.id"], name=("fk_bed_since_stay_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_bed_since")),
    )
    op.create_index("ix_bed_since_bed", "bed_since", ["bed_id", "stay_id"], unique=False)
    op.create_index(
        "ix_bed_since_stay",
        "bed_since",
        ["stay_id", "since", "created_at", "id", "bed_id", "archived_at", "person_id"],
        unique=False,
    )
