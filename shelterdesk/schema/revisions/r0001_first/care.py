"""Services, appointments, notes and ratings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations

from shelterdesk.schema.revisions.r0001_first.every_record import of_every_record
from shelterdesk.schema.types import Id


def create(op: Operations) -> None:
    """Create the tables."""
    op.create_table(
        "service",
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("given_by", Id(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("form", sa.String(length=60), nullable=True),
        sa.Column("outcome", sa.String(length=60), nullable=False),
        sa.Column("project_id", Id(), nullable=True),
        sa.Column("provider_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("team_note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("case_note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("clinical_note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("medical_note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("legal_note_sealed", sa.LargeBinary(), nullable=True),
        *of_every_record(),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=("fk_service_person_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=("fk_service_project_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_service")),
    )
    op.create_index(
        "ix_service_counting",
        "service",
        ["kind", "given_on", "outcome", "archived_at", "person_id", "minutes"],
        unique=False,
    )
    op.create_index("ix_service_mine", "service", ["created_by", "created_at"], unique=False)
    op.create_index("ix_service_person", "service", ["person_id", "given_on"], unique=False)
    op.create_index(
        "ix_service_served", "service", ["given_on", "outcome", "archived_at", "person_id", "minutes"], unique=False
    )
    op.create_table(
        "appointment",
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", sa.Time(), nullable=True),
        sa.Column("member_id", Id(), nullable=True),
        sa.Column("state", sa.String(length=60), nullable=False),
        sa.Column("place_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        *of_every_record(),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=("fk_appointment_person_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_appointment")),
    )
    op.create_index("ix_appointment_on", "appointment", ["on", "at"], unique=False)
    op.create_index(("ix_appointment_person_id"), "appointment", ["person_id"], unique=False)
    op.create_table(
        "note",
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("house_text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("work_text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("case_text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("medical_text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("clinical_text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("legal_text_sealed", sa.LargeBinary(), nullable=True),
        *of_every_record(),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=("fk_note_person_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_note")),
    )
    op.create_index(("ix_note_person_id"), "note", ["person_id"], unique=False)
    op.create_table(
        "rating",
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("rated_on", sa.Date(), nullable=False),
        sa.Column("mood", sa.Integer(), nullable=True),
        sa.Column("safety", sa.Integer(), nullable=True),
        *of_every_record(),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=("fk_rating_person_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_rating")),
    )
    op.create_index(("ix_rating_person_id"), "rating", ["person_id"], unique=False)
