"""What the calendar knows of an appointment."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations

from shelterdesk.schema.types import Id


def upgrade(op: Operations) -> None:
    """Add columns to appointments, let one be without a person, and make it quick to read a week."""
    with op.batch_alter_table("appointment") as table:
        table.alter_column("person_id", existing_type=Id(), nullable=True)
        table.add_column(sa.Column("minutes", sa.Integer(), nullable=True))
        table.add_column(sa.Column("service_kind", sa.String(length=60), nullable=True))
        table.add_column(sa.Column("room", sa.String(length=60), nullable=True))
        table.add_column(sa.Column("interpreter", sa.String(length=60), nullable=True))
        table.add_column(sa.Column("transport", sa.String(length=60), nullable=True))
        table.add_column(sa.Column("cancelled_by", sa.String(length=60), nullable=True))
        table.add_column(sa.Column("cancel_why", sa.String(length=60), nullable=True))
        table.add_column(sa.Column("meeting_id", Id(), nullable=True))
        table.add_column(sa.Column("series_id", Id(), nullable=True))
        table.add_column(sa.Column("moved_to_id", Id(), nullable=True))
        table.add_column(sa.Column("service_id", Id(), nullable=True))
    op.create_index("ix_appointment_member", "appointment", ["member_id", "on", "archived_at"], unique=False)
    op.create_index("ix_appointment_series", "appointment", ["series_id", "on"], unique=False)
