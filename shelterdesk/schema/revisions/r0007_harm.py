"""What happened: how topics stand, exploitation, signs of forced labour, incidents, who caused harm."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations

from shelterdesk.schema.revisions.r0001_first.every_record import of_every_record
from shelterdesk.schema.types import Id, PartialDay


def upgrade(op: Operations) -> None:
    """Create the tables."""
    op.create_table(
        "told_topic",
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("topic", sa.String(length=60), nullable=False),
        sa.Column("answer", sa.String(length=60), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("where_sealed", sa.LargeBinary(), nullable=True),
        *of_every_record(),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=("fk_told_topic_person_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_told_topic")),
    )
    op.create_index(("ix_told_topic_person_id"), "told_topic", ["person_id"], unique=False)
    op.create_table(
        "exploitation",
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("relationship", sa.String(length=60), nullable=True),
        sa.Column("since", PartialDay(), nullable=True),
        sa.Column("until", PartialDay(), nullable=True),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("age_then", sa.Integer(), nullable=True),
        sa.Column("recruitment_place_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("promised_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("exploitation_place_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("vulnerability_words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        *of_every_record(),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=("fk_exploitation_person_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_exploitation")),
    )
    op.create_index(("ix_exploitation_person_id"), "exploitation", ["person_id"], unique=False)
    op.create_table(
        "harm_event",
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=True),
        sa.Column("since", PartialDay(), nullable=True),
        sa.Column("until", PartialDay(), nullable=True),
        sa.Column("country", sa.String(length=60), nullable=True),
        sa.Column("region_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("city_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("street_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("description_sealed", sa.LargeBinary(), nullable=True),
        *of_every_record(),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=("fk_harm_event_person_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_harm_event")),
    )
    op.create_index(("ix_harm_event_person_id"), "harm_event", ["person_id"], unique=False)
    op.create_table(
        "labour_signs",
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("looked_at_on", sa.Date(), nullable=True),
        sa.Column("abuse_of_vulnerability", sa.String(length=60), nullable=True),
        sa.Column("deception", sa.String(length=60), nullable=True),
        sa.Column("restriction_of_movement", sa.String(length=60), nullable=True),
        sa.Column("isolation", sa.String(length=60), nullable=True),
        sa.Column("violence", sa.String(length=60), nullable=True),
        sa.Column("threats", sa.String(length=60), nullable=True),
        sa.Column("retention_of_documents", sa.String(length=60), nullable=True),
        sa.Column("withholding_of_wages", sa.String(length=60), nullable=True),
        sa.Column("debt_bondage", sa.String(length=60), nullable=True),
        sa.Column("abusive_conditions", sa.String(length=60), nullable=True),
        sa.Column("excessive_overtime", sa.String(length=60), nullable=True),
        sa.Column("abuse_of_vulnerability_note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("deception_note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("restriction_of_movement_note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("isolation_note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("violence_note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("threats_note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("retention_of_documents_note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("withholding_of_wages_note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("debt_bondage_note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("abusive_conditions_note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("excessive_overtime_note_sealed", sa.LargeBinary(), nullable=True),
        *of_every_record(),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=("fk_labour_signs_person_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_labour_signs")),
    )
    op.create_index(("ix_labour_signs_person_id"), "labour_signs", ["person_id"], unique=False)
    op.create_table(
        "gbv_incident",
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("happened", PartialDay(), nullable=True),
        sa.Column("time_of_day", sa.String(length=60), nullable=True),
        sa.Column("place_kind", sa.String(length=60), nullable=True),
        sa.Column("displacement", sa.String(length=60), nullable=True),
        sa.Column("violence", sa.String(length=60), nullable=True),
        sa.Column("practice", sa.String(length=60), nullable=True),
        sa.Column("goods_exchanged", sa.Boolean(), nullable=True),
        sa.Column("abduction", sa.String(length=60), nullable=True),
        sa.Column("reported_before", sa.Boolean(), nullable=True),
        sa.Column("earlier_incidents", sa.Boolean(), nullable=True),
        sa.Column("persons", sa.Integer(), nullable=True),
        sa.Column("safe_house", sa.String(length=60), nullable=True),
        sa.Column("health", sa.String(length=60), nullable=True),
        sa.Column("psychosocial", sa.String(length=60), nullable=True),
        sa.Column("wants_legal", sa.String(length=60), nullable=True),
        sa.Column("legal", sa.String(length=60), nullable=True),
        sa.Column("police", sa.String(length=60), nullable=True),
        sa.Column("livelihoods", sa.String(length=60), nullable=True),
        sa.Column("child_protection", sa.String(length=60), nullable=True),
        sa.Column("district_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("other_words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("account_sealed", sa.LargeBinary(), nullable=True),
        *of_every_record(),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=("fk_gbv_incident_person_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_gbv_incident")),
    )
    op.create_index(
        "ix_gbv_incident_counting",
        "gbv_incident",
        ["reported_on", "violence", "person_id", "archived_at"],
        unique=False,
    )
    op.create_index(("ix_gbv_incident_person_id"), "gbv_incident", ["person_id"], unique=False)
    op.create_table(
        "who_harmed",
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("relationship", sa.String(length=60), nullable=True),
        sa.Column("main", sa.Boolean(), nullable=True),
        sa.Column("knows_where", sa.String(length=60), nullable=True),
        sa.Column("looks_for_her", sa.String(length=60), nullable=True),
        sa.Column("gender", sa.String(length=60), nullable=True),
        sa.Column("age_group", sa.String(length=60), nullable=True),
        sa.Column("occupation", sa.String(length=60), nullable=True),
        sa.Column("harmed_before", sa.Boolean(), nullable=True),
        sa.Column("called_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("role_words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("organisation_sealed", sa.LargeBinary(), nullable=True),
        *of_every_record(),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=("fk_who_harmed_person_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_who_harmed")),
    )
    op.create_index(("ix_who_harmed_person_id"), "who_harmed", ["person_id"], unique=False)
