"""Suspending a colleague, letting them in again, and removing them for good."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.rotation import rotate
from shelterdesk.schema.acts import Act
from shelterdesk.staff.keys import Progress
from shelterdesk.staff.refusals import (
    another,
    refuse_last_holder,
    refuse_loss,
    refuse_without_manager,
    refuse_without_reason,
)
from shelterdesk.staff.telling import telling
from shelterdesk.vault import membership
from shelterdesk.vault.members import Standing


def suspend(desk: Desk, member_id: UUID, why: str) -> None:
    """Refuse a colleague's sign-in until they are let in again; what they hold stays theirs. Raises NotAllowed."""
    require(desk, Right.MANAGE_PEOPLE)
    known = another(desk, member_id, Standing.ACTIVE)
    refuse_without_reason(why)
    refuse_without_manager(desk, known)
    refuse_loss(desk, known.holds, member_id)
    membership.suspend(desk.vault, member_id)
    with telling(desk, Act.SUSPEND, {"log.user_name": known.member.user_name, "log.why": why.strip()}):
        pass


def resume(desk: Desk, member_id: UUID) -> None:
    """Let a suspended colleague sign in again. Raises NotAllowed."""
    require(desk, Right.MANAGE_PEOPLE)
    known = another(desk, member_id, Standing.SUSPENDED)
    membership.resume(desk.vault, member_id)
    with telling(desk, Act.RESUME, {"log.user_name": known.member.user_name}):
        pass


def remove(
    desk: Desk,
    member_id: UUID,
    why: str,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> None:
    """Let a colleague belong to the vault no more, and replace in the same step the keys they know.

    Keys the signed-in person does not hold are replaced when another holder signs in. Names and what the person did
    stay readable. Raises NotAllowed, Problem, and the errors of :func:`rotate`; then nothing has changed.
    """
    require(desk, Right.MANAGE_PEOPLE)
    known = another(desk, member_id, Standing.ACTIVE, Standing.SUSPENDED)
    refuse_without_reason(why)
    refuse_without_manager(desk, known)
    refuse_last_holder(desk, known.holds, member_id)
    rotate(
        desk,
        membership.replaceable_keys_of(desk.vault, member_id),
        prepare=lambda change: membership.remove(change, member_id),
        told=[(Act.REMOVE_MEMBER, {"log.user_name": known.member.user_name, "log.why": why.strip()})],
        why=why.strip(),
        progress=progress,
        cancelled=cancelled,
    )
