"""Restricted records, colleagues who know a family, teams, and what a role is limited to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations

from shelterdesk.schema.revisions.r0001_first.every_record import of_every_record
from shelterdesk.schema.types import Id


def upgrade(op: Operations) -> None:
    """Create the tables and the column of teams."""
    op.create_table(
        "restriction",
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("why_sealed", sa.LargeBinary(), nullable=True),
        *of_every_record(),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=("fk_restriction_person_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_restriction")),
    )
    op.create_index(("ix_restriction_person_id"), "restriction", ["person_id"], unique=False)
    op.create_index("ix_restriction_standing", "restriction", ["archived_at", "person_id"], unique=False)
    op.create_table(
        "knows_family",
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("why_sealed", sa.LargeBinary(), nullable=True),
        *of_every_record(),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=("fk_knows_family_person_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_knows_family")),
    )
    op.create_index(("ix_knows_family_person_id"), "knows_family", ["person_id"], unique=False)
    op.create_index("ix_knows_family_member", "knows_family", ["member_id", "archived_at", "person_id"], unique=False)
    op.create_table(
        "role_limit",
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("without", sa.JSON(), nullable=False),
        sa.Column("caseload", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("role", name=("pk_role_limit")),
    )
    op.add_column("colleague", sa.Column("team_sealed", sa.LargeBinary(), nullable=True))
