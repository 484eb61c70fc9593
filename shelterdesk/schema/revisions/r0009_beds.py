"""Kinds of beds, beds on hold, nights away, leaving."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations

from shelterdesk.schema.revisions.r0001_first.every_record import of_every_record
from shelterdesk.schema.types import Id


def upgrade(op: Operations) -> None:
    """Add columns to beds, and create the tables."""
    op.add_column("bed", sa.Column("kind", sa.String(length=60), nullable=True))
    op.add_column("bed_since", sa.Column("shared", sa.Boolean(), nullable=True))
    op.drop_index("ix_bed_since_stay", "bed_since")
    op.create_index(
        "ix_bed_since_stay",
        "bed_since",
        ["stay_id", "since", "created_at", "id", "bed_id", "archived_at", "person_id", "shared"],
        unique=False,
    )
    _leaving(op)
    _hold(op)
    _absence(op)
    _visit(op)
    _belonging(op)
    _follow_up(op)


def _leaving(op: Operations) -> None:
    op.add_column("stay", sa.Column("harm_lives_there", sa.String(length=60), nullable=True))
    op.add_column("stay", sa.Column("may_call", sa.String(length=60), nullable=True))
    op.add_column("stay", sa.Column("call_how_sealed", sa.LargeBinary(), nullable=True))
    op.add_column("stay", sa.Column("house_words_sealed", sa.LargeBinary(), nullable=True))


def _whose(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["person_id"], ["person.id"], name=(f"fk_{table}_person_id"), initially="DEFERRED", deferrable=True
    )


def _hold(op: Operations) -> None:
    op.create_table(
        "bed_hold",
        sa.Column("bed_id", Id(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("about_id", Id(), nullable=True),
        sa.Column("for_whom_sealed", sa.LargeBinary(), nullable=True),
        *of_every_record(),
        sa.ForeignKeyConstraint(
            ["bed_id"], ["bed.id"], name=("fk_bed_hold_bed_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_bed_hold")),
    )
    op.create_index("ix_bed_hold_bed", "bed_hold", ["bed_id", "until", "archived_at", "since"], unique=False)


def _absence(op: Operations) -> None:
    op.create_table(
        "absence",
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("back_on", sa.Date(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        *of_every_record(),
        _whose("absence"),
        sa.PrimaryKeyConstraint("id", name=("pk_absence")),
    )
    op.create_index("ix_absence_person", "absence", ["person_id", "since", "back_on", "archived_at"], unique=False)


def _visit(op: Operations) -> None:
    op.create_table(
        "visit",
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("came_at", sa.Time(), nullable=True),
        sa.Column("went_at", sa.Time(), nullable=True),
        sa.Column("kind", sa.String(length=60), nullable=True),
        sa.Column("agreed", sa.String(length=60), nullable=True),
        sa.Column("outcome", sa.String(length=60), nullable=True),
        sa.Column("visitor_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        *of_every_record(),
        _whose("visit"),
        sa.PrimaryKeyConstraint("id", name=("pk_visit")),
    )
    op.create_index("ix_visit_on", "visit", ["on", "archived_at"], unique=False)
    op.create_index("ix_visit_person", "visit", ["person_id", "on"], unique=False)


def _belonging(op: Operations) -> None:
    op.create_table(
        "belonging",
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=True),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("taken_by", Id(), nullable=True),
        sa.Column("back_on", sa.Date(), nullable=True),
        sa.Column("back_by", Id(), nullable=True),
        sa.Column("back_to", sa.String(length=60), nullable=True),
        sa.Column("what_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("place_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        *of_every_record(),
        _whose("belonging"),
        sa.PrimaryKeyConstraint("id", name=("pk_belonging")),
    )
    op.create_index("ix_belonging_person", "belonging", ["person_id", "back_on", "archived_at"], unique=False)


def _follow_up(op: Operations) -> None:
    op.create_table(
        "follow_up",
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("appointment_id", Id(), nullable=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("result", sa.String(length=60), nullable=False),
        sa.Column("lives", sa.String(length=60), nullable=True),
        sa.Column("safe", sa.String(length=60), nullable=True),
        sa.Column("works", sa.String(length=60), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        *of_every_record(),
        _whose("follow_up"),
        sa.PrimaryKeyConstraint("id", name=("pk_follow_up")),
    )
    op.create_index("ix_follow_up_person", "follow_up", ["person_id", "on", "archived_at", "result"], unique=False)
