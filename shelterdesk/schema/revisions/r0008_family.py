"""Family, children, identity documents, contacts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations

from shelterdesk.schema.revisions.r0001_first.every_record import of_every_record
from shelterdesk.schema.types import Id, PartialDay


def upgrade(op: Operations) -> None:
    """Create the tables, and give people what is asked about them besides."""
    for column in (
        sa.Column("born_in", sa.String(length=60), nullable=True),
        sa.Column("migration_status", sa.String(length=60), nullable=True),
        sa.Column("disability_needs_sealed", sa.LargeBinary(), nullable=True),
    ):
        op.add_column("person", column)
    _relations(op)
    _children(op)
    _documents(op)
    _contacts(op)


def _relations(op: Operations) -> None:
    op.create_table(
        "relation",
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("kinship", sa.String(length=60), nullable=False),
        sa.Column("relative_id", Id(), nullable=True),
        sa.Column("birth", PartialDay(), nullable=True),
        sa.Column("gender", sa.String(length=60), nullable=True),
        sa.Column("lives", sa.String(length=60), nullable=True),
        sa.Column("knows_here", sa.Boolean(), nullable=True),
        sa.Column("contact", sa.String(length=60), nullable=True),
        sa.Column("guardian", sa.Boolean(), nullable=True),
        sa.Column("may_collect", sa.String(length=60), nullable=True),
        sa.Column("order", sa.String(length=60), nullable=True),
        sa.Column("order_until", sa.Date(), nullable=True),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("birth_day_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("where_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("at_door_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("order_words_sealed", sa.LargeBinary(), nullable=True),
        *of_every_record(),
        _to_person("relation", "person_id"),
        _to_person("relation", "relative_id"),
        sa.PrimaryKeyConstraint("id", name="pk_relation"),
    )
    op.create_index("ix_relation_person_id", "relation", ["person_id"], unique=False)
    op.create_index("ix_relation_relative", "relation", ["relative_id", "archived_at"], unique=False)
    op.create_index("ix_relation_order_until", "relation", ["order_until", "person_id"], unique=False)


def _children(op: Operations) -> None:
    op.create_table(
        "child_care",
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("child_with", sa.String(length=60), nullable=True),
        sa.Column("guardianship", sa.String(length=60), nullable=True),
        sa.Column("body_told_on", sa.Date(), nullable=True),
        sa.Column("schooling", sa.String(length=60), nullable=True),
        sa.Column("without_address", sa.Boolean(), nullable=True),
        sa.Column("school_since", sa.Date(), nullable=True),
        sa.Column("guardian_words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("school_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("school_contact_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("brings_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("comfort_sealed", sa.LargeBinary(), nullable=True),
        *of_every_record(),
        _to_person("child_care", "person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_child_care"),
    )
    op.create_index("ix_child_care_person_id", "child_care", ["person_id"], unique=False)


def _documents(op: Operations) -> None:
    op.create_table(
        "identity_document",
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("country", sa.String(length=60), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("place", sa.String(length=60), nullable=True),
        sa.Column("number_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("issued_by_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        *of_every_record(),
        _to_person("identity_document", "person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_identity_document"),
    )
    op.create_index("ix_identity_document_person_id", "identity_document", ["person_id"], unique=False)
    op.create_index(
        "ix_identity_document_expires", "identity_document", ["archived_at", "expires_on", "person_id"], unique=False
    )


def _contacts(op: Operations) -> None:
    op.create_table(
        "contact",
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("safe", sa.String(length=60), nullable=True),
        sa.Column("emergency", sa.Boolean(), nullable=True),
        sa.Column("knows_here", sa.Boolean(), nullable=True),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("other_way_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("when_sealed", sa.LargeBinary(), nullable=True),
        *of_every_record(),
        _to_person("contact", "person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_contact"),
    )
    op.create_index("ix_contact_person_id", "contact", ["person_id"], unique=False)


def _to_person(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], ["person.id"], name=f"fk_{table}_{column}", initially="DEFERRED", deferrable=True
    )
