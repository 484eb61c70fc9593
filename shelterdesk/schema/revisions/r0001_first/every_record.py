"""Columns that every record has, as they were in this revision and those after it that use them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from shelterdesk.schema.types import Id, Moment


def of_every_record() -> tuple[sa.Column[Any], ...]:
    """Return new columns that every record has, as they were in this revision."""
    return (
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("created_by", Id(), nullable=True),
        sa.Column("archived_at", Moment(), nullable=True),
        sa.Column("unanswered", sa.JSON(), nullable=False),
    )
