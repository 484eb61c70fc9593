"""Referrals in and out, consents in full."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations

from shelterdesk.schema.revisions.r0001_first.every_record import of_every_record
from shelterdesk.schema.types import Id


def upgrade(op: Operations) -> None:
    """Add what came with a referral and how an answer was given, and the table of referrals to others."""
    op.add_column("referral", sa.Column("referred_at", sa.Time(), nullable=True))
    op.add_column("referral", sa.Column("department", sa.String(length=60), nullable=True))
    op.add_column("referral", sa.Column("department_told_on", sa.Date(), nullable=True))
    op.add_column("consent", sa.Column("way", sa.String(length=60), nullable=True))
    op.add_column("consent", sa.Column("assent", sa.String(length=60), nullable=True))
    op.add_column("consent", sa.Column("given_by_sealed", sa.LargeBinary(), nullable=True))
    op.create_table(
        "referral_out",
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("service", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.String(length=60), nullable=True),
        sa.Column("state", sa.String(length=60), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("way", sa.String(length=60), nullable=True),
        sa.Column("consent", sa.String(length=60), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("follow_up_on", sa.Date(), nullable=True),
        sa.Column("organisation_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("contact_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("details_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("without_consent_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("answer_sealed", sa.LargeBinary(), nullable=True),
        *of_every_record(),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=("fk_referral_out_person_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_referral_out")),
    )
    op.create_index(
        "ix_referral_out_state", "referral_out", ["state", "follow_up_on", "archived_at", "person_id"], unique=False
    )
    op.create_index(("ix_referral_out_person_id"), "referral_out", ["person_id"], unique=False)
