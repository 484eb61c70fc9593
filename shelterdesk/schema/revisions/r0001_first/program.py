"""What the program keeps for itself: drafts, settings, own fields, colleagues."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations

from shelterdesk.schema.revisions.r0001_first.every_record import of_every_record
from shelterdesk.schema.types import Id, Moment


def create(op: Operations) -> None:
    """Create the tables."""
    op.create_table(
        "chosen",
        sa.Column("record_id", Id(), nullable=False),
        sa.Column("field_id", sa.String(length=80), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("record_id", "field_id", "code", name=("pk_chosen")),
    )
    op.create_table(
        "extra_values",
        sa.Column("record_id", Id(), nullable=False),
        sa.Column("field_id", sa.String(length=80), nullable=False),
        sa.Column("value", sa.String(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("record_id", "field_id", name=("pk_extra_values")),
    )
    op.create_table(
        "colleague",
        sa.Column("shown_as_sealed", sa.LargeBinary(), nullable=True),
        *of_every_record(),
        sa.PrimaryKeyConstraint("id", name=("pk_colleague")),
    )
    op.create_table(
        "draft_field",
        sa.Column("id", Id(), nullable=False),
        sa.Column("draft_id", Id(), nullable=False),
        sa.Column("author", Id(), nullable=False),
        sa.Column("record", sa.String(length=40), nullable=False),
        sa.Column("target_id", Id(), nullable=False),
        sa.Column("person_id", Id(), nullable=True),
        sa.Column("field_id", sa.String(length=80), nullable=False),
        sa.Column("compartment", sa.String(length=12), nullable=True),
        sa.Column("value", sa.String(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("kept_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=("pk_draft_field")),
    )
    op.create_index(("ix_draft_field_author"), "draft_field", ["author"], unique=False)
    op.create_index(("ix_draft_field_draft_id"), "draft_field", ["draft_id"], unique=False)
    op.create_table(
        "setting",
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", "key", name=("pk_setting")),
    )
    op.create_table(
        "field_change",
        sa.Column("field_id", sa.String(length=80), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("field_id", name=("pk_field_change")),
    )
    op.create_table(
        "own_field",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("record", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("compartment", sa.String(length=12), nullable=True),
        sa.PrimaryKeyConstraint("id", name=("pk_own_field")),
    )
    op.create_table(
        "import_mapping",
        sa.Column("id", Id(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(length=32), nullable=False),
        sa.Column("used_at", Moment(), nullable=False),
        sa.Column("columns_sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=("pk_import_mapping")),
        sa.UniqueConstraint("fingerprint", name=("uq_import_mapping_fingerprint")),
    )
