"""The house book."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations

from shelterdesk.schema.revisions.r0001_first.every_record import of_every_record
from shelterdesk.schema.types import Id


def upgrade(op: Operations) -> None:
    """Create the tables."""
    op.create_table(
        "feedback_letter",
        sa.Column("id", Id(), nullable=False),
        sa.Column("feedback_id", Id(), nullable=False),
        sa.Column("reader_id", Id(), nullable=False),
        sa.Column("part", sa.String(length=12), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=("pk_feedback_letter")),
    )
    op.create_index(("ix_feedback_letter_feedback_id"), "feedback_letter", ["feedback_id"], unique=False)
    op.create_index(("ix_feedback_letter_reader_id"), "feedback_letter", ["reader_id"], unique=False)
    op.create_table(
        "handover",
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("shift", sa.String(length=60), nullable=False),
        sa.Column("given_by", Id(), nullable=True),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.Column("given_at", sa.Time(), nullable=True),
        sa.Column("read_by", Id(), nullable=True),
        sa.Column("read_on", sa.Date(), nullable=True),
        sa.Column("read_at", sa.Time(), nullable=True),
        *of_every_record(),
        sa.PrimaryKeyConstraint("id", name=("pk_handover")),
    )
    op.create_index("ix_handover_on", "handover", ["on", "shift", "archived_at"], unique=False)
    op.create_table(
        "house_incident",
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("happened_at", sa.Time(), nullable=True),
        sa.Column("person_id", Id(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_at", sa.Time(), nullable=True),
        sa.Column("closed_by", Id(), nullable=True),
        sa.Column("title_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("ending_sealed", sa.LargeBinary(), nullable=True),
        *of_every_record(),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=("fk_house_incident_person_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_house_incident")),
    )
    op.create_index(
        "ix_house_incident_open", "house_incident", ["archived_at", "closed_on", "happened_on"], unique=False
    )
    op.create_index(("ix_house_incident_person_id"), "house_incident", ["person_id"], unique=False)
    op.create_table(
        "medicine",
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("at", sa.Time(), nullable=False),
        sa.Column("rhythm", sa.String(length=60), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("what_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("said_by_sealed", sa.LargeBinary(), nullable=True),
        *of_every_record(),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=("fk_medicine_person_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_medicine")),
    )
    op.create_index(("ix_medicine_person_id"), "medicine", ["person_id"], unique=False)
    op.create_index("ix_medicine_since", "medicine", ["archived_at", "since", "until"], unique=False)
    op.create_table(
        "roll_mark",
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("shift", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=60), nullable=False),
        sa.Column("back_on", sa.Date(), nullable=True),
        sa.Column("back_at", sa.Time(), nullable=True),
        sa.Column("called_on", sa.Date(), nullable=True),
        sa.Column("called_at", sa.Time(), nullable=True),
        sa.Column("called_by", Id(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        *of_every_record(),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=("fk_roll_mark_person_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_roll_mark")),
    )
    op.create_index("ix_roll_mark_on", "roll_mark", ["on", "shift", "archived_at"], unique=False)
    op.create_index("ix_roll_mark_person", "roll_mark", ["person_id", "archived_at", "id"], unique=False)
    op.create_table(
        "shift_line",
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("topic", sa.String(length=60), nullable=True),
        sa.Column("person_id", Id(), nullable=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("shift", sa.String(length=60), nullable=False),
        sa.Column("at", sa.Time(), nullable=True),
        sa.Column("before", sa.Boolean(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_at", sa.Time(), nullable=True),
        sa.Column("done_by", Id(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        *of_every_record(),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=("fk_shift_line_person_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_shift_line")),
    )
    op.create_index("ix_shift_line_on", "shift_line", ["on", "shift", "kind", "archived_at"], unique=False)
    op.create_index(("ix_shift_line_person_id"), "shift_line", ["person_id"], unique=False)
    op.create_table(
        "dose",
        sa.Column("medicine_id", Id(), nullable=False),
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(length=60), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.Column("given_at", sa.Time(), nullable=True),
        sa.Column("given_by", Id(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        *of_every_record(),
        sa.ForeignKeyConstraint(
            ["medicine_id"], ["medicine.id"], name=("fk_dose_medicine_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=("fk_dose_person_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_dose")),
    )
    op.create_index("ix_dose_on", "dose", ["on", "medicine_id", "archived_at"], unique=False)
    op.create_index(("ix_dose_person_id"), "dose", ["person_id"], unique=False)
    op.create_table(
        "incident_step",
        sa.Column("incident_id", Id(), nullable=False),
        sa.Column("person_id", Id(), nullable=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", sa.Time(), nullable=True),
        sa.Column("told", sa.String(length=60), nullable=True),
        sa.Column("whom_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        *of_every_record(),
        sa.ForeignKeyConstraint(
            ["incident_id"],
            ["house_incident.id"],
            name=("fk_incident_step_incident_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=("fk_incident_step_person_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_incident_step")),
    )
    op.create_index("ix_incident_step_incident", "incident_step", ["incident_id", "on", "at"], unique=False)
    op.create_index(("ix_incident_step_person_id"), "incident_step", ["person_id"], unique=False)
