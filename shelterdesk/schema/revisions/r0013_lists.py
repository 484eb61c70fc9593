"""Lists and choices of the shelter's own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations

from shelterdesk.schema.revisions.r0001_first.every_record import of_every_record
from shelterdesk.schema.types import Id


def upgrade(op: Operations) -> None:
    """Create the tables of choices and of people's own lists."""
    op.create_table(
        "list_choice",
        sa.Column("list_name", sa.String(length=80), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("label", sa.String(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("list_name", "code", name="pk_list_choice"),
    )
    op.create_table(
        "own_list",
        sa.Column("base", sa.String(length=60), nullable=False),
        sa.Column("ages", sa.String(length=60), nullable=True),
        sa.Column("worker_id", Id(), nullable=True),
        sa.Column("without_worker", sa.Boolean(), nullable=True),
        sa.Column("shared", sa.Boolean(), nullable=True),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        *of_every_record(),
        sa.PrimaryKeyConstraint("id", name="pk_own_list"),
    )
