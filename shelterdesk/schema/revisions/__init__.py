"""The revisions of the schema in their order. A released revision never changes; the next change is a new one."""

from __future__ import annotations

from collections.abc import Callable

from alembic.operations import Operations

from shelterdesk.schema.revisions import r0001_first, r0002_reach, r0003_approvals, r0004_authority_requests

REVISIONS: tuple[Callable[[Operations], None], ...] = (
    r0001_first.upgrade,
    r0002_reach.upgrade,
    r0003_approvals.upgrade,
    r0004_authority_requests.upgrade,
)
