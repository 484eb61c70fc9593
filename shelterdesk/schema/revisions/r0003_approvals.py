"""Requests for approval."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations

from shelterdesk.schema.revisions.r0001_first.every_record import of_every_record
from shelterdesk.schema.types import Id


def upgrade(op: Operations) -> None:
    """Create the table."""
    op.create_table(
        "approval",
        sa.Column("person_id", Id(), nullable=True),
        sa.Column("about_id", Id(), nullable=True),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("month", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=60), nullable=False),
        sa.Column("asked_by", Id(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("decided_by", Id(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("own", sa.Boolean(), nullable=True),
        sa.Column("request_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("answer_sealed", sa.LargeBinary(), nullable=True),
        *of_every_record(),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=("fk_approval_person_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_approval")),
    )
    op.create_index("ix_approval_about", "approval", ["about_id", "created_at"], unique=False)
    op.create_index("ix_approval_state", "approval", ["state", "archived_at"], unique=False)
    op.create_index(("ix_approval_person_id"), "approval", ["person_id"], unique=False)
