"""The log and its chain."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations

from shelterdesk.schema.types import Id, Moment


def create(op: Operations) -> None:
    """Create the tables."""
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
