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
    op.create_table(
        "risk_since",
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("level", sa.String(length=60), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("why_sealed", sa.LargeBinary(), nullable=True),
        *of_every_record(),
        _whose("risk_since"),
        sa.PrimaryKeyConstraint("id", name=("pk_risk_since")),
    )
    op.create_index(
        "ix_risk_since_person_since",
        "risk_since",
        ["person_id", "since", "created_at", "id", "level", "archived_at"],
        unique=False,
    )
    op.create_index("ix_risk_since_review", "risk_since", ["archived_at", "review_on", "person_id"], unique=False)
    op.create_table(
        "safety_plan",
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=60), nullable=False),
        sa.Column("with_her", sa.Boolean(), nullable=True),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("concern_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("sign_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("money_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("people_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("places_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("other_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("before_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("during_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("after_sealed", sa.LargeBinary(), nullable=True),
        *of_every_record(),
        _whose("safety_plan"),
        sa.PrimaryKeyConstraint("id", name=("pk_safety_plan")),
    )
    op.create_index(("ix_safety_plan_person_id"), "safety_plan", ["person_id"], unique=False)
    op.create_index("ix_safety_plan_review", "safety_plan", ["archived_at", "state", "review_on"], unique=False)
    _create_deadlines(op)


def _create_deadlines(op: Operations) -> None:
    op.create_table(
        "deadline",
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("extends_id", Id(), nullable=True),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=60), nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("at", sa.Time(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("issued_by", sa.String(length=60), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("long_term", sa.Boolean(), nullable=True),
        sa.Column("long_term_asked_on", sa.Date(), nullable=True),
        sa.Column("breached_on", sa.Date(), nullable=True),
        sa.Column("remind_days", sa.Integer(), nullable=True),
        sa.Column("member_id", Id(), nullable=True),
        sa.Column("prepared_on", sa.Date(), nullable=True),
        sa.Column("place_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("organisation_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("paper_number_sealed", sa.LargeBinary(), nullable=True),
        *of_every_record(),
        _whose("deadline"),
        sa.ForeignKeyConstraint(
            ["extends_id"], ["deadline.id"], name=("fk_deadline_extends_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_deadline")),
    )
    op.create_index(("ix_deadline_person_id"), "deadline", ["person_id"], unique=False)
    op.create_index("ix_deadline_open", "deadline", ["archived_at", "prepared_on", "until", "person_id"], unique=False)
    op.create_index("ix_deadline_extends", "deadline", ["extends_id", "archived_at", "state"], unique=False)


def _whose(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["person_id"], ["person.id"], name=(f"fk_{table}_person_id"), initially="DEFERRED", deferrable=True
    )
