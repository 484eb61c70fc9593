"""What makes it quick to count what was agreed and not attended."""

from __future__ import annotations

from alembic.operations import Operations


def upgrade(op: Operations) -> None:
    """Create the index the summaries read."""
    op.create_index(
        "ix_appointment_not_attended",
        "appointment",
        ["state", "archived_at", "on", "kind", "cancel_why", "person_id"],
        unique=False,
    )
