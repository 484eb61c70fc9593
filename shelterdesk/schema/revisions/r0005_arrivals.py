"""Requests before an arrival, and what an arrival tells."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations

from shelterdesk.schema.revisions.r0001_first.every_record import of_every_record
from shelterdesk.schema.types import Id


def upgrade(op: Operations) -> None:
    """Create the table of requests and the columns of an arrival."""
    op.create_table(
        "arrival_request",
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("received_at", sa.Time(), nullable=True),
        sa.Column("source", sa.String(length=60), nullable=True),
        sa.Column("came_from", sa.String(length=60), nullable=True),
        sa.Column("distance_km", sa.Integer(), nullable=True),
        sa.Column("children", sa.Integer(), nullable=True),
        sa.Column("transport", sa.String(length=60), nullable=True),
        sa.Column("expected_on", sa.Date(), nullable=True),
        sa.Column("expected_at", sa.Time(), nullable=True),
        sa.Column("decision", sa.String(length=60), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=60), nullable=True),
        sa.Column("went_to", sa.String(length=60), nullable=True),
        sa.Column("site_id", Id(), nullable=True),
        sa.Column("person_id", Id(), nullable=True),
        sa.Column("caller_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("safe_number_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("name_used_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("place_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("needs_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("escort_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("meeting_point_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        *of_every_record(),
        _points_to("person"),
        _points_to("site"),
        sa.PrimaryKeyConstraint("id", name=("pk_arrival_request")),
    )
    op.create_index(
        "ix_arrival_request_counting",
        "arrival_request",
        ["decision", "decided_on", "archived_at", "site_id", "reason", "id"],
        unique=False,
    )
    op.create_index(("ix_arrival_request_person_id"), "arrival_request", ["person_id"], unique=False)
    op.add_column("stay", sa.Column("arrived_at", sa.Time(), nullable=True))
    op.add_column("stay", sa.Column("distance_km", sa.Integer(), nullable=True))
    op.add_column("stay", sa.Column("brought_by", sa.String(length=60), nullable=True))
    op.add_column("stay", sa.Column("brought_by_words_sealed", sa.LargeBinary(), nullable=True))
    op.add_column("stay", sa.Column("interpreter_called_at", sa.Time(), nullable=True))
    op.add_column("stay", sa.Column("nothing_seen", sa.Boolean(), nullable=True))
    op.add_column("person", sa.Column("interpreter_how", sa.String(length=60), nullable=True))


def _points_to(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [f"{table}_id"],
        [f"{table}.id"],
        name=(f"fk_arrival_request_{table}_id"),
        initially="DEFERRED",
        deferrable=True,
    )
