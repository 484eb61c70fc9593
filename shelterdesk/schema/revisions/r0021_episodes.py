"""Psychological episodes, their goals, screenings, and the scales a shelter loaded itself."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations

from shelterdesk.schema.revisions.r0001_first.every_record import of_every_record
from shelterdesk.schema.types import Id


def upgrade(op: Operations) -> None:
    """Create the tables."""
    op.create_table(
        "episode",
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.Column("member_id", Id(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("how_ended", sa.String(length=60), nullable=True),
        sa.Column("about_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("agreed_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("ending_sealed", sa.LargeBinary(), nullable=True),
        *of_every_record(),
        _link("episode", "person"),
        sa.PrimaryKeyConstraint("id", name=("pk_episode")),
    )
    op.create_index("ix_episode_person", "episode", ["person_id", "archived_at"], unique=False)
    op.create_index(
        "ix_episode_counting",
        "episode",
        ["begun_on", "ended_on", "how_ended", "archived_at", "person_id"],
        unique=False,
    )
    op.create_table(
        "episode_goal",
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("episode_id", Id(), nullable=False),
        sa.Column("state", sa.String(length=60), nullable=False),
        sa.Column("state_on", sa.Date(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        *of_every_record(),
        _link("episode_goal", "person"),
        _link("episode_goal", "episode"),
        sa.PrimaryKeyConstraint("id", name=("pk_episode_goal")),
    )
    op.create_index("ix_episode_goal_person", "episode_goal", ["person_id", "archived_at"], unique=False)
    op.create_table(
        "screening",
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("scale", sa.String(length=60), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("member_id", Id(), nullable=True),
        sa.Column("answers_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("total_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        *of_every_record(),
        _link("screening", "person"),
        sa.PrimaryKeyConstraint("id", name=("pk_screening")),
    )
    op.create_index("ix_screening_person", "screening", ["person_id", "held_on"], unique=False)
    op.create_table(
        "instrument",
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=("pk_instrument")),
    )


def _link(table: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [f"{to}_id"], [f"{to}.id"], name=(f"fk_{table}_{to}_id"), initially="DEFERRED", deferrable=True
    )
