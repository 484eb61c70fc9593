"""The catalogue of services and the directory of providers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations

from shelterdesk.schema.revisions.r0001_first.every_record import of_every_record
from shelterdesk.schema.types import Id


def upgrade(op: Operations) -> None:
    """Create the tables of kinds of service and of providers, and let services say which provider gave them."""
    op.create_table(
        "service_kind",
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_service_kind"),
    )
    op.create_table(
        "provider",
        sa.Column("kind", sa.String(length=60), nullable=True),
        sa.Column("member_id", Id(), nullable=True),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("cost", sa.String(length=60), nullable=True),
        sa.Column("cost_words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("place_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("way_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("hours_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("at_any_hour", sa.Boolean(), nullable=True),
        sa.Column("contact_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("email_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("agreement_from", sa.Date(), nullable=True),
        sa.Column("agreement_until", sa.Date(), nullable=True),
        sa.Column("told_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("quality_sealed", sa.LargeBinary(), nullable=True),
        *of_every_record(),
        sa.PrimaryKeyConstraint("id", name="pk_provider"),
    )
    # SQLite takes no constraint later than its table, so the table of services is made anew around it.
    with op.batch_alter_table("service") as table:
        table.add_column(sa.Column("provider_id", Id(), nullable=True))
        table.create_foreign_key(
            "fk_service_provider_id", "provider", ["provider_id"], ["id"], initially="DEFERRED", deferrable=True
        )
    op.create_index("ix_service_provider", "service", ["provider_id", "given_on"], unique=False)
