"""The first schema."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic.operations import Operations

from shelterdesk.schema.types import Id, Moment, PartialDay


def _of_every_record() -> tuple[sa.Column[Any], ...]:
    """Return new columns that every record has, as they were in this revision."""
    return (
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("created_by", Id(), nullable=True),
        sa.Column("archived_at", Moment(), nullable=True),
        sa.Column("unanswered", sa.JSON(), nullable=False),
    )


def upgrade(op: Operations) -> None:
    """Create the tables."""
    op.create_table(
        "chosen",
        sa.Column("record_id", Id(), nullable=False),
        sa.Column("field_id", sa.String(length=80), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("record_id", "field_id", "code", name=("pk_chosen")),
    )
    op.create_table(
        "code_counter",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=("pk_code_counter")),
    )
    op.create_table(
        "colleague",
        sa.Column("shown_as_sealed", sa.LargeBinary(), nullable=True),
        *_of_every_record(),
        sa.PrimaryKeyConstraint("id", name=("pk_colleague")),
    )
    op.create_table(
        "draft_field",
        sa.Column("id", Id(), nullable=False),
        sa.Column("draft_id", Id(), nullable=False),
        sa.Column("author", Id(), nullable=False),
        sa.Column("record", sa.String(length=40), nullable=False),
        sa.Column("target_id", Id(), nullable=False),
        sa.Column("person_id", Id(), nullable=True),
        sa.Column("field_id", sa.String(length=80), nullable=False),
        sa.Column("compartment", sa.String(length=12), nullable=True),
        sa.Column("value", sa.String(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("kept_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=("pk_draft_field")),
    )
    op.create_index(("ix_draft_field_author"), "draft_field", ["author"], unique=False)
    op.create_index(("ix_draft_field_draft_id"), "draft_field", ["draft_id"], unique=False)
    op.create_table(
        "extra_values",
        sa.Column("record_id", Id(), nullable=False),
        sa.Column("field_id", sa.String(length=80), nullable=False),
        sa.Column("value", sa.String(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("record_id", "field_id", name=("pk_extra_values")),
    )
    op.create_table(
        "field_change",
        sa.Column("field_id", sa.String(length=80), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("field_id", name=("pk_field_change")),
    )
    op.create_table(
        "import_mapping",
        sa.Column("id", Id(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(length=32), nullable=False),
        sa.Column("used_at", Moment(), nullable=False),
        sa.Column("columns_sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=("pk_import_mapping")),
        sa.UniqueConstraint("fingerprint", name=("uq_import_mapping_fingerprint")),
    )
    op.create_table(
        "log",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("member_id", Id(), nullable=True),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("record", sa.String(length=40), nullable=False),
        sa.Column("record_id", Id(), nullable=True),
        sa.Column("person_id", Id(), nullable=True),
        sa.Column("field_ids", sa.String(), nullable=False),
        sa.Column("commitments", sa.LargeBinary(), nullable=False),
        sa.Column("chain", sa.Integer(), nullable=False),
        sa.Column("mac", sa.LargeBinary(length=32), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("number", name=("pk_log")),
    )
    op.create_index(("ix_log_at"), "log", ["at"], unique=False)
    op.create_index(("ix_log_member_id"), "log", ["member_id"], unique=False)
    op.create_index(("ix_log_person_id"), "log", ["person_id"], unique=False)
    op.create_index(("ix_log_record_id"), "log", ["record_id"], unique=False)
    op.create_table(
        "log_chain",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("number", name=("pk_log_chain")),
    )
    op.create_table(
        "log_content",
        sa.Column("id", Id(), nullable=False),
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("field_id", sa.String(length=80), nullable=False),
        sa.Column("compartment", sa.String(length=12), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("plain", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=("pk_log_content")),
    )
    op.create_index(("ix_log_content_number"), "log_content", ["number"], unique=False)
    op.create_table(
        "log_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("chain", sa.Integer(), nullable=False),
        sa.Column("mac", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=("pk_log_head")),
    )
    op.create_table(
        "own_field",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("record", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("compartment", sa.String(length=12), nullable=True),
        sa.PrimaryKeyConstraint("id", name=("pk_own_field")),
    )
    op.create_table(
        "partner",
        sa.Column("kind", sa.String(length=60), nullable=True),
        sa.Column("sector", sa.String(length=60), nullable=True),
        sa.Column("staff", sa.Integer(), nullable=True),
        sa.Column("agreement_from", sa.Date(), nullable=True),
        sa.Column("agreement_until", sa.Date(), nullable=True),
        sa.Column("vetted_on", sa.Date(), nullable=True),
        sa.Column("visit_by", sa.Date(), nullable=True),
        sa.Column("paid_in_full", sa.Boolean(), nullable=True),
        sa.Column("papers_with_worker", sa.Boolean(), nullable=True),
        sa.Column("free_to_leave", sa.Boolean(), nullable=True),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("way_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("contact_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("told_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("posts_sealed", sa.LargeBinary(), nullable=True),
        *_of_every_record(),
        sa.PrimaryKeyConstraint("id", name=("pk_partner")),
    )
    op.create_table(
        "project",
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        *_of_every_record(),
        sa.PrimaryKeyConstraint("id", name=("pk_project")),
        sa.UniqueConstraint("code", name=("uq_project_code")),
    )
    op.create_table(
        "setting",
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", "key", name=("pk_setting")),
    )
    op.create_table(
        "site",
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        *_of_every_record(),
        sa.PrimaryKeyConstraint("id", name=("pk_site")),
        sa.UniqueConstraint("code", name=("uq_site_code")),
    )
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
        *_of_every_record(),
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
        "room",
        sa.Column("site_id", Id(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        *_of_every_record(),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=("fk_room_site_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_room")),
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
        *_of_every_record(),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=("fk_appointment_person_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_appointment")),
    )
    op.create_index("ix_appointment_on", "appointment", ["on", "at"], unique=False)
    op.create_index(("ix_appointment_person_id"), "appointment", ["person_id"], unique=False)
    op.create_table(
        "bed",
        sa.Column("room_id", Id(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        *_of_every_record(),
        sa.ForeignKeyConstraint(
            ["room_id"], ["room.id"], name=("fk_bed_room_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_bed")),
    )
    op.create_index(("ix_bed_room_id"), "bed", ["room_id"], unique=False)
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
        "consent",
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("purpose", sa.String(length=60), nullable=False),
        sa.Column("answer", sa.String(length=60), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("recipient_sealed", sa.LargeBinary(), nullable=True),
        *_of_every_record(),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=("fk_consent_person_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_consent")),
    )
    op.create_index(("ix_consent_person_id"), "consent", ["person_id"], unique=False)
    op.create_index("ix_consent_until", "consent", ["until", "person_id"], unique=False)
    op.create_table(
        "next_step",
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=True),
        sa.Column("on", sa.Date(), nullable=True),
        sa.Column("at", sa.Time(), nullable=True),
        sa.Column("member_id", Id(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("with_words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("paper_words_sealed", sa.LargeBinary(), nullable=True),
        *_of_every_record(),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=("fk_next_step_person_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_next_step")),
    )
    op.create_index("ix_next_step_open", "next_step", ["done_on", "archived_at", "person_id"], unique=False)
    op.create_index(("ix_next_step_person_id"), "next_step", ["person_id"], unique=False)
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
        *_of_every_record(),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=("fk_note_person_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_note")),
    )
    op.create_index(("ix_note_person_id"), "note", ["person_id"], unique=False)
    op.create_table(
        "phase_since",
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("phase", sa.String(length=60), nullable=False),
        *_of_every_record(),
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
        "placement",
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("partner_id", Id(), nullable=True),
        sa.Column("sector", sa.String(length=60), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(length=60), nullable=True),
        sa.Column("check_in_on", sa.Date(), nullable=True),
        sa.Column("member_id", Id(), nullable=True),
        sa.Column("project_id", Id(), nullable=True),
        sa.Column("post_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("check_in_words_sealed", sa.LargeBinary(), nullable=True),
        *_of_every_record(),
        sa.ForeignKeyConstraint(
            ["partner_id"], ["partner.id"], name=("fk_placement_partner_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=("fk_placement_person_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=("fk_placement_project_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_placement")),
    )
    op.create_index(("ix_placement_check_in_on"), "placement", ["check_in_on"], unique=False)
    op.create_index(
        "ix_placement_counting",
        "placement",
        ["started_on", "kind", "person_id", "archived_at", "ended_on", "end_reason", "id"],
        unique=False,
    )
    op.create_index(("ix_placement_partner_id"), "placement", ["partner_id"], unique=False)
    op.create_index(("ix_placement_person_id"), "placement", ["person_id"], unique=False)
    op.create_table(
        "plan",
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("sheet_offered", sa.Boolean(), nullable=True),
        sa.Column("sheet_taken", sa.Boolean(), nullable=True),
        *_of_every_record(),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=("fk_plan_person_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_plan")),
    )
    op.create_index("ix_plan_person", "plan", ["person_id", "number", "archived_at"], unique=False)
    op.create_table(
        "rating",
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("rated_on", sa.Date(), nullable=False),
        sa.Column("mood", sa.Integer(), nullable=True),
        sa.Column("safety", sa.Integer(), nullable=True),
        *_of_every_record(),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=("fk_rating_person_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_rating")),
    )
    op.create_index(("ix_rating_person_id"), "rating", ["person_id"], unique=False)
    op.create_table(
        "referral",
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("referred_on", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=60), nullable=True),
        sa.Column("reason", sa.String(length=60), nullable=True),
        sa.Column("organisation_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("contact_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("details_sealed", sa.LargeBinary(), nullable=True),
        *_of_every_record(),
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
        *_of_every_record(),
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
        "status_since",
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=60), nullable=False),
        sa.Column("decided_by", sa.String(length=60), nullable=True),
        sa.Column("organisation_sealed", sa.LargeBinary(), nullable=True),
        *_of_every_record(),
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
        "stay",
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("site_id", Id(), nullable=True),
        sa.Column("arrived_on", sa.Date(), nullable=False),
        sa.Column("came_from", sa.String(length=60), nullable=True),
        sa.Column("project_id", Id(), nullable=True),
        sa.Column("expected_until", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("leaving_reason", sa.String(length=60), nullable=True),
        sa.Column("destination", sa.String(length=60), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        *_of_every_record(),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=("fk_stay_person_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=("fk_stay_project_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=("fk_stay_site_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_stay")),
    )
    op.create_index(
        "ix_stay_counting",
        "stay",
        ["arrived_on", "left_on", "person_id", "site_id", "leaving_reason", "archived_at"],
        unique=False,
    )
    op.create_index("ix_stay_left", "stay", ["left_on", "person_id", "arrived_on"], unique=False)
    op.create_index(
        "ix_stay_person", "stay", ["person_id", "arrived_on", "left_on", "archived_at", "expected_until"], unique=False
    )
    op.create_table(
        "worker_since",
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("member_id", Id(), nullable=True),
        *_of_every_record(),
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
        "bed_since",
        sa.Column("stay_id", Id(), nullable=False),
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("bed_id", Id(), nullable=True),
        *_of_every_record(),
        sa.ForeignKeyConstraint(
            ["bed_id"], ["bed.id"], name=("fk_bed_since_bed_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=("fk_bed_since_person_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["stay_id"], ["stay.id"], name=("fk_bed_since_stay_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_bed_since")),
    )
    op.create_index("ix_bed_since_bed", "bed_since", ["bed_id", "stay_id"], unique=False)
    op.create_index(
        "ix_bed_since_stay",
        "bed_since",
        ["stay_id", "since", "created_at", "id", "bed_id", "archived_at", "person_id"],
        unique=False,
    )
    op.create_table(
        "goal",
        sa.Column("plan_id", Id(), nullable=False),
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("domain", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("paper_words_sealed", sa.LargeBinary(), nullable=True),
        *_of_every_record(),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=("fk_goal_person_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name=("fk_goal_plan_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_goal")),
    )
    op.create_index(("ix_goal_person_id"), "goal", ["person_id"], unique=False)
    op.create_index(("ix_goal_plan_id"), "goal", ["plan_id"], unique=False)
    op.create_table(
        "stage_since",
        sa.Column("placement_id", Id(), nullable=False),
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("stage", sa.String(length=60), nullable=False),
        *_of_every_record(),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=("fk_stage_since_person_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"],
            ["placement.id"],
            name=("fk_stage_since_placement_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_stage_since")),
    )
    op.create_index(
        "ix_stage_since_placement_since", "stage_since", ["placement_id", "since", "stage", "archived_at"], unique=False
    )
    op.create_table(
        "milestone",
        sa.Column("plan_id", Id(), nullable=False),
        sa.Column("goal_id", Id(), nullable=False),
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("domain", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("status", sa.String(length=60), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("member_id", Id(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("paper_words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("with_words_sealed", sa.LargeBinary(), nullable=True),
        *_of_every_record(),
        sa.ForeignKeyConstraint(
            ["goal_id"], ["goal.id"], name=("fk_milestone_goal_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=("fk_milestone_person_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name=("fk_milestone_plan_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_milestone")),
    )
    op.create_index(
        "ix_milestone_counting", "milestone", ["status", "done_on", "person_id", "archived_at"], unique=False
    )
    op.create_index("ix_milestone_due", "milestone", ["status", "due_on", "person_id"], unique=False)
    op.create_index(("ix_milestone_goal_id"), "milestone", ["goal_id"], unique=False)
    op.create_index(("ix_milestone_person_id"), "milestone", ["person_id"], unique=False)
    op.create_index(("ix_milestone_plan_id"), "milestone", ["plan_id"], unique=False)
