"""Requests by authorities, and what makes a long log quick to search."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations

from shelterdesk.schema.revisions.r0001_first.every_record import of_every_record
from shelterdesk.schema.types import Id


def upgrade(op: Operations) -> None:
    """Create the table and two indexes of the log."""
    op.create_table(
        "authority_request",
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("received_at", sa.Time(), nullable=True),
        sa.Column("came_by", sa.String(length=60), nullable=True),
        sa.Column("body", sa.String(length=60), nullable=False),
        sa.Column("paper", sa.String(length=60), nullable=True),
        sa.Column("paper_on", sa.Date(), nullable=True),
        sa.Column("paper_until", sa.Date(), nullable=True),
        sa.Column("about", sa.String(length=60), nullable=False),
        sa.Column("person_id", Id(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.String(length=60), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("given_by", sa.String(length=60), nullable=True),
        sa.Column("told", sa.String(length=60), nullable=True),
        sa.Column("answered_by", Id(), nullable=True),
        sa.Column("approved_by", Id(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("body_name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("asked_by_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("contact_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("paper_number_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("asked_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("given_sealed", sa.LargeBinary(), nullable=True),
        *of_every_record(),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=("fk_authority_request_person_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_authority_request")),
    )
    op.create_index(
        "ix_authority_request_answer", "authority_request", ["answer", "due_on", "archived_at"], unique=False
    )
    op.create_index(("ix_authority_request_person_id"), "authority_request", ["person_id"], unique=False)
    op.create_index(("ix_log_act"), "log", ["act"], unique=False)
    op.create_index(("ix_log_record"), "log", ["record"], unique=False)
