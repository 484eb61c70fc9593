"""What summaries count of the house, of referrals out and of follow-ups; the consent to an answer to an authority."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations


def upgrade(op: Operations) -> None:
    """Let each of the new counts read from one index, and keep how the consent stood."""
    op.add_column("authority_request", sa.Column("consent", sa.String(length=60), nullable=True))
    op.add_column("authority_request", sa.Column("without_consent_sealed", sa.LargeBinary(), nullable=True))
    op.create_index(
        "ix_referral_out_counting", "referral_out", ["sent_on", "archived_at", "state", "person_id"], unique=False
    )
    op.create_index(
        "ix_house_incident_counting",
        "house_incident",
        ["archived_at", "happened_on", "kind", "person_id", "id"],
        unique=False,
    )
    op.create_index(
        "ix_appointment_counting", "appointment", ["kind", "state", "archived_at", "on", "person_id"], unique=False
    )
