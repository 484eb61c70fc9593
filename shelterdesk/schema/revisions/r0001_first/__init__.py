"""The first schema, one module for each subject. What is pointed to comes before what points to it."""

from __future__ import annotations

from alembic.operations import Operations

from shelterdesk.schema.revisions.r0001_first import care, house, log, people, plans, program, stays, work


def upgrade(op: Operations) -> None:
    """Create the tables."""
    for subject in (program, log, house, people, stays, work, care, plans):
        subject.create(op)
