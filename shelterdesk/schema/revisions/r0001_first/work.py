"""Partners and placements."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations

from shelterdesk.schema.revisions.r0001_first.every_record import of_every_record
from shelterdesk.schema.types import Id


def create(op: Operations) -> None:
    """Create the tables."""
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
        *of_every_record(),
        sa.PrimaryKeyConstraint("id", name=("pk_partner")),
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
        *of_every_record(),
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
        "stage_since",
        sa.Column("placement_id", Id(), nullable=False),
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("stage", sa.String(length=60), nullable=False),
        *of_every_record(),
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
