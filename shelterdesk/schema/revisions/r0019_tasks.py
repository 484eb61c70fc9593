"""Tasks of one's own and needs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations

from shelterdesk.schema.revisions.r0001_first.every_record import of_every_record
from shelterdesk.schema.types import Id


def upgrade(op: Operations) -> None:
    """Create the tables."""
    op.create_table(
        "task",
        sa.Column("person_id", Id(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("details_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("member_id", Id(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        *of_every_record(),
        _whose("task"),
        sa.PrimaryKeyConstraint("id", name=("pk_task")),
    )
    op.create_index("ix_task_open", "task", ["archived_at", "done_on", "due_on", "member_id"], unique=False)
    op.create_index("ix_task_person", "task", ["person_id", "archived_at"], unique=False)
    op.create_table(
        "need",
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=60), nullable=False),
        sa.Column("why", sa.String(length=60), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("referral_id", Id(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        *of_every_record(),
        _whose("need"),
        sa.ForeignKeyConstraint(
            ["referral_id"],
            ["referral_out.id"],
            name=("fk_need_referral_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_need")),
    )
    op.create_index("ix_need_person", "need", ["person_id", "archived_at"], unique=False)
    op.create_index(
        "ix_need_counting",
        "need",
        ["kind", "state", "why", "since", "ended_on", "archived_at", "person_id"],
        unique=False,
    )


def _whose(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["person_id"], ["person.id"], name=(f"fk_{table}_person_id"), initially="DEFERRED", deferrable=True
    )
