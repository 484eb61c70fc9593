"""Alerts, risk, safety plans, dates that must not be missed."""

from __future__ import annotations

from alembic.operations import Operations


def upgrade(_op: Operations) -> None:
    """Change nothing yet."""
