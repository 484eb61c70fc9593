"""Plans, goals, milestones and next steps."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations

from shelterdesk.schema.revisions.r0001_first.every_record import of_every_record
from shelterdesk.schema.types import Id


def create(op: Operations) -> None:
    """Create the tables."""
    op.create_table(
        "plan",
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("sheet_offered", sa.Boolean(), nullable=True),
        sa.Column("sheet_taken", sa.Boolean(), nullable=True),
        *of_every_record(),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=("fk_plan_person_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_plan")),
    )
    op.create_index("ix_plan_person", "plan", ["person_id", "number", "archived_at"], unique=False)
    op.create_table(
        "goal",
        sa.Column("plan_id", Id(), nullable=False),
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("domain", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("paper_words_sealed", sa.LargeBinary(), nullable=True),
        *of_every_record(),
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
        *of_every_record(),
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
        *of_every_record(),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=("fk_next_step_person_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_next_step")),
    )
    op.create_index("ix_next_step_open", "next_step", ["done_on", "archived_at", "person_id"], unique=False)
    op.create_index(("ix_next_step_person_id"), "next_step", ["person_id"], unique=False)
