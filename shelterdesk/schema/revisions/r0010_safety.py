"""Alerts, risk, safety plans, dates that must not be missed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations

from shelterdesk.schema.revisions.r0001_first.every_record import of_every_record
from shelterdesk.schema.types import Id


def upgrade(op: Operations) -> None:
    """Create the tables."""
    op.create_table(
        "alert",
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        *of_every_record(),
        _whose("alert"),
        sa.PrimaryKeyConstraint("id", name=("pk_alert")),
    )
    op.create_index(("ix_alert_person_id"), "alert", ["person_id"], unique=False)
    op.create_index("ix_alert_standing", "alert", ["archived_at", "until", "since", "person_id", "kind"], unique=False)


def _whose(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["person_id"], ["person.id"], name=(f"fk_{table}_person_id"), initially="DEFERRED", deferrable=True
    )
