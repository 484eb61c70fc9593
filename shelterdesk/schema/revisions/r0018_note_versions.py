"""Parts of notes, and what notes said before they were corrected."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations

from shelterdesk.schema.types import Id, Moment

_PARTS = (
    "clinical_presenting",
    "clinical_intervention",
    "clinical_risk",
    "clinical_plan",
    "legal_matter",
    "legal_stage",
    "legal_deadlines",
    "legal_next_hearing",
    "case_contact",
    "case_agreed",
)


def upgrade(op: Operations) -> None:
    """Add the parts to notes and services, and create the tables of versions."""
    for table in ("note", "service"):
        for name in _PARTS:
            op.add_column(table, sa.Column(f"{name}_sealed", sa.LargeBinary(), nullable=True))
    op.add_column("note", sa.Column("about_id", Id(), nullable=True))
    op.create_index("ix_note_about_id", "note", ["about_id"], unique=False)
    op.create_table(
        "note_version",
        sa.Column("id", Id(), nullable=False),
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("record", sa.String(length=40), nullable=False),
        sa.Column("record_id", Id(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("replaced_at", Moment(), nullable=False),
        sa.Column("replaced_by", Id(), nullable=True),
        sa.Column("was_locked", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_note_version_person_id", initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name="pk_note_version"),
    )
    op.create_index("ix_note_version_person_id", "note_version", ["person_id"], unique=False)
    op.create_index("ix_note_version_record_id", "note_version", ["record_id"], unique=False)
    op.create_table(
        "note_version_text",
        sa.Column("id", Id(), nullable=False),
        sa.Column("version_id", Id(), nullable=False),
        sa.Column("field_id", sa.String(length=80), nullable=False),
        sa.Column("compartment", sa.String(length=12), nullable=True),
        sa.Column("value", sa.String(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["note_version.id"],
            name="fk_note_version_text_version_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_note_version_text"),
    )
    op.create_index("ix_note_version_text_version_id", "note_version_text", ["version_id"], unique=False)
