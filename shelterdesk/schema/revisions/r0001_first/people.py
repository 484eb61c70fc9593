"""People, and what about them changes over time."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations

from shelterdesk.schema.revisions.r0001_first.every_record import of_every_record
from shelterdesk.schema.types import Id, PartialDay


def create(op: Operations) -> None:
    """Create the tables."""
    op.create_table(
        "person",
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("birth", PartialDay(), nullable=True),
        sa.Column("gender", sa.String(length=60), nullable=True),
        sa.Column("needs_interpreter", sa.Boolean(), nullable=True),
        sa.Column("civil_status", sa.String(length=60), nullable=True),
        sa.Column("children", sa.Integer(), nullable=True),
        sa.Column("education", sa.String(length=60), nullable=True),
        sa.Column("safety_reviewed_on", sa.Date(), nullable=True),
        sa.Column("labour_sector", sa.String(length=60), nullable=True),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.Column("site_id", Id(), nullable=True),
        sa.Column("merged_into_id", Id(), nullable=True),
        sa.Column("import_key", sa.LargeBinary(length=32), nullable=True),
        sa.Column("short_name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("must_know_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("given_names_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("family_name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("other_names_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("birth_day_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("document_number_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("phone_when_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("emergency_contact_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("family_lives_in_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("strengths_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("strengths_paper_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("safety_sealed", sa.LargeBinary(), nullable=True),
        *of_every_record(),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["person.id"], name=("fk_person_merged_into_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=("fk_person_site_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_person")),
        sa.UniqueConstraint("code", name=("uq_person_code")),
    )
    op.create_index(
        "ix_person_counting", "person", ["site_id", "gender", "birth", "merged_into_id", "id"], unique=False
    )
    op.create_index(("ix_person_import_key"), "person", ["import_key"], unique=False)
    op.create_index("ix_person_merged", "person", ["merged_into_id", "archived_at", "id"], unique=False)
    op.create_index(("ix_person_registered_on"), "person", ["registered_on"], unique=False)
    op.create_table(
        "codes",
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("site", sa.String(length=60), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=("fk_codes_person_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("person_id", "code", "site", name=("pk_codes")),
    )
    op.create_table(
        "code_counter",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=("pk_code_counter")),
    )
    op.create_table(
        "status_since",
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=60), nullable=False),
        sa.Column("decided_by", sa.String(length=60), nullable=True),
        sa.Column("organisation_sealed", sa.LargeBinary(), nullable=True),
        *of_every_record(),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=("fk_status_since_person_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_status_since")),
    )
    op.create_index(
        "ix_status_since_person_since",
        "status_since",
        ["person_id", "since", "created_at", "id", "status", "archived_at"],
        unique=False,
    )
    op.create_table(
        "phase_since",
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("phase", sa.String(length=60), nullable=False),
        *of_every_record(),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=("fk_phase_since_person_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_phase_since")),
    )
    op.create_index(
        "ix_phase_since_person_since",
        "phase_since",
        ["person_id", "since", "created_at", "id", "phase", "archived_at"],
        unique=False,
    )
    op.create_table(
        "worker_since",
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("member_id", Id(), nullable=True),
        *of_every_record(),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=("fk_worker_since_person_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_worker_since")),
    )
    op.create_index(
        "ix_worker_since_person_since",
        "worker_since",
        ["person_id", "since", "created_at", "id", "member_id", "archived_at"],
        unique=False,
    )
    op.create_table(
        "referral",
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("referred_on", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=60), nullable=True),
        sa.Column("reason", sa.String(length=60), nullable=True),
        sa.Column("organisation_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("contact_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("details_sealed", sa.LargeBinary(), nullable=True),
        *of_every_record(),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=("fk_referral_person_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_referral")),
    )
    op.create_index(
        "ix_referral_counting", "referral", ["referred_on", "source", "person_id", "archived_at"], unique=False
    )
    op.create_index(("ix_referral_person_id"), "referral", ["person_id"], unique=False)
    op.create_table(
        "consent",
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("purpose", sa.String(length=60), nullable=False),
        sa.Column("answer", sa.String(length=60), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("recipient_sealed", sa.LargeBinary(), nullable=True),
        *of_every_record(),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=("fk_consent_person_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_consent")),
    )
    op.create_index(("ix_consent_person_id"), "consent", ["person_id"], unique=False)
    op.create_index("ix_consent_until", "consent", ["until", "person_id"], unique=False)
