"""Legal matters and their stages; dates and notes may name the matter they belong to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations

from shelterdesk.schema.revisions.r0001_first.every_record import of_every_record
from shelterdesk.schema.types import Id


def upgrade(op: Operations) -> None:
    """Create the tables, and the links to them."""
    op.create_table(
        "legal_matter",
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("subject_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("body", sa.String(length=60), nullable=True),
        sa.Column("body_name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("number_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("member_id", Id(), nullable=True),
        sa.Column("provider_id", Id(), nullable=True),
        sa.Column("lawyer_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("claimed_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("awarded_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("received_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("currency", sa.String(length=60), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("result", sa.String(length=60), nullable=True),
        sa.Column("result_words_sealed", sa.LargeBinary(), nullable=True),
        *of_every_record(),
        _points_to("legal_matter", "person"),
        _points_to("legal_matter", "provider"),
        sa.PrimaryKeyConstraint("id", name="pk_legal_matter"),
    )
    op.create_index("ix_legal_matter_person_id", "legal_matter", ["person_id"], unique=False)
    op.create_index(
        "ix_legal_matter_counting",
        "legal_matter",
        ["opened_on", "ended_on", "kind", "result", "archived_at", "person_id"],
        unique=False,
    )
    op.create_table(
        "matter_stage",
        sa.Column("matter_id", Id(), nullable=False),
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("stage", sa.String(length=60), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        *of_every_record(),
        sa.ForeignKeyConstraint(
            ["matter_id"],
            ["legal_matter.id"],
            name="fk_matter_stage_matter_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        _points_to("matter_stage", "person"),
        sa.PrimaryKeyConstraint("id", name="pk_matter_stage"),
    )
    op.create_index("ix_matter_stage_person_id", "matter_stage", ["person_id"], unique=False)
    op.create_index("ix_matter_stage_matter", "matter_stage", ["matter_id", "since", "archived_at"], unique=False)
    for table in ("deadline", "note"):
        with op.batch_alter_table(table) as changed:
            changed.add_column(sa.Column("matter_id", Id(), nullable=True))
            changed.create_foreign_key(
                f"fk_{table}_matter_id", "legal_matter", ["matter_id"], ["id"], initially="DEFERRED", deferrable=True
            )
        op.create_index(f"ix_{table}_matter_id", table, ["matter_id"], unique=False)


def _points_to(table: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [f"{other}_id"], [f"{other}.id"], name=f"fk_{table}_{other}_id", initially="DEFERRED", deferrable=True
    )
