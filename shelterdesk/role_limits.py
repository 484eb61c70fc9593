"""What this shelter takes away from a role. The roles of a person are signed; here they only become narrower.

A limit lies in the database, where any colleague with some skill and their own passphrase could remove it: it guides
what the program lets people do, like every right, and never what their keys open.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import JSON, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from shelterdesk import restrictions
from shelterdesk.access import ROLE_RIGHTS, Caseload, Limit, Right, Role, caseload_of, require, rights_of
from shelterdesk.errors import NotAllowed
from shelterdesk.i18n import N_
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Base
from shelterdesk.schema.collecting import will_have_changed

if TYPE_CHECKING:
    from shelterdesk.desk import Desk

FIXED: Final = frozenset({Right.MANAGE_PEOPLE})
"""Goes with the signed role: otherwise nobody might be left to give anything back."""


class RoleLimit(Base):
    """What one role may not do here, and whose records it reaches."""

    __tablename__ = "role_limit"

    role: Mapped[str] = mapped_column(String(40), primary_key=True)
    without: Mapped[list[str]] = mapped_column(JSON)
    caseload: Mapped[str] = mapped_column(String(10))


def load(desk: Desk, db: Session) -> None:
    """Narrow what the signed-in person may do. The recovery secret opens everything."""
    if desk.me.is_recovery:
        return
    limits = _limits(db)
    desk.rights = rights_of(desk.me.roles, limits)
    desk.caseload = caseload_of(desk.me.roles, limits)


def limits(desk: Desk) -> Mapping[Role, Limit]:
    """Return what every role is limited to; a role that is not named has all of its rights."""
    require(desk, Right.MANAGE_PEOPLE)
    with desk.read() as db:
        return _limits(db)


def adjustable(role: Role) -> tuple[Right, ...]:
    """Return the rights of *role* that can be taken away, in the order they are declared."""
    return tuple(right for right in Right if right in ROLE_RIGHTS[role] - FIXED)


def allow(desk: Desk, role: Role, right: Right, *, allowed: bool) -> None:
    """Take a right away from *role*, or give it back. Raises NotAllowed for one the role never had."""
    require(desk, Right.MANAGE_PEOPLE)
    if right not in adjustable(role):
        raise NotAllowed(N_("This cannot be changed for this role. A role can do less than usual here, never more."))
    before = limits(desk).get(role, Limit())
    without = before.without - {right} if allowed else before.without | {right}
    _put(desk, role, Limit(without, before.caseload), f"{'+' if allowed else '-'}{right.value}")


def set_caseload(desk: Desk, role: Role, caseload: Caseload) -> None:
    """Say whose records *role* reaches. Raises NotAllowed for a role that opens no records."""
    require(desk, Right.MANAGE_PEOPLE)
    if Right.SEE_RECORDS not in ROLE_RIGHTS[role]:
        raise NotAllowed(N_("This role opens no records, so there is nothing to choose."))
    before = limits(desk).get(role, Limit())
    _put(desk, role, Limit(before.without, caseload), caseload.value)


def _put(desk: Desk, role: Role, limit: Limit, how: str) -> None:
    before = desk.rights, desk.caseload, desk.sight
    try:
        with desk.write(Act.LIMIT_ROLE, facts={"log.what": role.value, "log.how": how}) as db:
            without = sorted(right.value for right in limit.without)
            db.merge(RoleLimit(role=role.value, without=without, caseload=limit.caseload.value))
            will_have_changed(db, "role_limit")
            db.flush()
            # Before anybody is told of the write, so that nothing is shown by what held before.
            load(desk, db)
            restrictions.load(desk, db)
    except BaseException:
        desk.rights, desk.caseload, desk.sight = before
        raise


def _limits(db: Session) -> dict[Role, Limit]:
    """Read the limits. What this program does not know, or what is no list of rights, limits nothing."""
    known: dict[str, Any] = {role.value: role for role in Role}
    rights = {right.value: right for right in Right}
    loads = {load.value: load for load in Caseload}
    return {
        known[row.role]: Limit(
            frozenset(rights[one] for one in row.without if one in rights) - FIXED,
            loads.get(row.caseload, Caseload.ALL),
        )
        for row in db.scalars(select(RoleLimit))
        if row.role in known
    }
