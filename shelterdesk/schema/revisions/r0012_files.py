"""Scans and photos, and removal after years."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations

from shelterdesk.schema.revisions.r0001_first.every_record import of_every_record
from shelterdesk.schema.types import Id


def upgrade(op: Operations) -> None:
    """Create the tables of scans and photos and of what stops a removal."""
    op.create_table(
        "file",
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=True),
        sa.Column("readable_by", sa.String(length=60), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("parts", sa.Integer(), nullable=True),
        sa.Column("key_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("house_words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("identity_words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("case_words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("medical_words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("clinical_words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("legal_words_sealed", sa.LargeBinary(), nullable=True),
        *of_every_record(),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=("fk_file_person_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_file")),
    )
    op.create_index(("ix_file_person_id"), "file", ["person_id"], unique=False)
    op.create_table(
        "file_part",
        sa.Column("file_id", Id(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"], ["file.id"], name=("fk_file_part_file_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("file_id", "number", name=("pk_file_part")),
    )
    op.create_table(
        "removal_hold",
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("reason", sa.String(length=60), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        *of_every_record(),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=("fk_removal_hold_person_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_removal_hold")),
    )
    op.create_index(("ix_removal_hold_person_id"), "removal_hold", ["person_id"], unique=False)
    op.add_column("person", sa.Column("removed", sa.Boolean(), nullable=True))
