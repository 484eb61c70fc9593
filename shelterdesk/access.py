"""Who may do what. Keys decide what can be read; rights decide what the program lets a person do.

Several roles of one person add up. Every core write and restricted read calls :func:`require`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from shelterdesk.errors import NotAllowed
from shelterdesk.i18n import N_
from shelterdesk.vault.compartments import Compartment

if TYPE_CHECKING:
    from shelterdesk.desk import Desk


class Role(StrEnum):
    """What a person is in the shelter."""

    DIRECTOR = "director"
    CASE_MANAGER = "case_manager"
    SOCIAL_WORKER = "social_worker"
    PSYCHOLOGIST = "psychologist"
    NURSE = "nurse"
    DOCTOR = "doctor"
    LAWYER = "lawyer"
    VOCATIONAL_OFFICER = "vocational_officer"
    RECEPTION = "reception"
    NIGHT_WORKER = "night_worker"
    REPORTING_OFFICER = "reporting_officer"
    ADMINISTRATOR = "administrator"


class Right(StrEnum):
    """One thing a person may do."""

    SEE_HOUSE = "see_house"
    """Short names, rooms and beds, appointments."""
    SEE_RECORDS = "see_records"
    ADD_PERSON = "add_person"
    CHANGE_PERSON = "change_person"
    KEEP_STAYS = "keep_stays"
    CASE_WORK = "case_work"
    """Status, phase, referrals, consents, plans and notes."""
    SEE_WHAT_HAPPENED = "see_what_happened"
    """Open, with a reason, what happened to a person: exploitation, incidents, who caused harm."""
    GIVE_SERVICES = "give_services"
    KEEP_APPOINTMENTS = "keep_appointments"
    KEEP_HOUSE_BOOK = "keep_house_book"
    """Hand over, call the roll, give medicine, record incidents."""
    KEEP_PLACEMENTS = "keep_placements"
    PRINT_PLANS = "print_plans"
    APPROVE = "approve"
    """Say yes to plans, leavings and months that colleagues ask about, or give them back."""
    SEE_SUMMARIES = "see_summaries"
    EXPORT_SUMMARIES = "export_summaries"
    EXPORT_EXACT = "export_exact"
    IMPORT_PEOPLE = "import_people"
    REMOVE_RECORDS = "remove_records"
    """Destroy what a record says, years after it was closed, once somebody else said yes."""
    RESTRICT_RECORDS = "restrict_records"
    """Have a record ask why it is opened, and close it to colleagues who know the family."""
    MANAGE_PEOPLE = "manage_people"
    READ_LOG = "read_log"
    BACK_UP = "back_up"
    CHANGE_SETTINGS = "change_settings"


class Caseload(StrEnum):
    """Whose records a role reaches: everybody's, those of one's team, or one's own."""

    ALL = "all"
    TEAM = "team"
    MINE = "mine"


_WIDEST_LAST: Final = (Caseload.MINE, Caseload.TEAM, Caseload.ALL)


@dataclass(frozen=True)
class Limit:
    """What a role may not do in this shelter, and whose records it reaches."""

    without: frozenset[Right] = field(default=frozenset[Right]())
    caseload: Caseload = Caseload.ALL


_HOUSE: Final = frozenset({Right.SEE_HOUSE, Right.KEEP_APPOINTMENTS, Right.KEEP_HOUSE_BOOK})
_CARE: Final = _HOUSE | {Right.SEE_RECORDS, Right.CHANGE_PERSON, Right.GIVE_SERVICES}
_CASE: Final = _CARE | {
    Right.ADD_PERSON,
    Right.KEEP_STAYS,
    Right.CASE_WORK,
    Right.SEE_WHAT_HAPPENED,
    Right.KEEP_PLACEMENTS,
    Right.PRINT_PLANS,
    Right.IMPORT_PEOPLE,
    Right.BACK_UP,
}
_SUMMARIES: Final = frozenset({Right.SEE_SUMMARIES, Right.EXPORT_SUMMARIES})

ROLE_RIGHTS: Final[dict[Role, frozenset[Right]]] = {
    Role.DIRECTOR: frozenset(Right),
    Role.CASE_MANAGER: _CASE | {Right.SEE_SUMMARIES, Right.RESTRICT_RECORDS},
    Role.SOCIAL_WORKER: _CASE | {Right.SEE_SUMMARIES},
    Role.PSYCHOLOGIST: _CARE | {Right.CASE_WORK, Right.SEE_WHAT_HAPPENED, Right.PRINT_PLANS},
    Role.NURSE: _CARE,
    Role.DOCTOR: _CARE,
    Role.LAWYER: _CARE | {Right.CASE_WORK, Right.SEE_WHAT_HAPPENED, Right.PRINT_PLANS},
    Role.VOCATIONAL_OFFICER: _HOUSE | {Right.SEE_RECORDS, Right.KEEP_PLACEMENTS},
    Role.RECEPTION: _HOUSE | {Right.ADD_PERSON, Right.KEEP_STAYS},
    Role.NIGHT_WORKER: _HOUSE | {Right.ADD_PERSON, Right.KEEP_STAYS},
    Role.REPORTING_OFFICER: _SUMMARIES | {Right.EXPORT_EXACT},
    Role.ADMINISTRATOR: frozenset({Right.MANAGE_PEOPLE, Right.BACK_UP, Right.CHANGE_SETTINGS}),
}

_H, _I, _CA, _M, _CL, _L = Compartment
ROLE_COMPARTMENTS: Final[dict[Role, frozenset[Compartment]]] = {
    Role.DIRECTOR: frozenset({_H, _I, _CA}),
    Role.CASE_MANAGER: frozenset({_H, _I, _CA}),
    Role.SOCIAL_WORKER: frozenset({_H, _I, _CA}),
    Role.PSYCHOLOGIST: frozenset({_H, _I, _CA, _CL}),
    Role.NURSE: frozenset({_H, _I, _M}),
    Role.DOCTOR: frozenset({_H, _I, _M}),
    Role.LAWYER: frozenset({_H, _I, _CA, _L}),
    Role.VOCATIONAL_OFFICER: frozenset({_H, _I}),
    Role.RECEPTION: frozenset({_H}),
    Role.NIGHT_WORKER: frozenset({_H}),
    Role.REPORTING_OFFICER: frozenset(),
    Role.ADMINISTRATOR: frozenset(),
}
"""What a role is granted when a colleague is invited. Whoever created the vault holds all until handed over."""


def rights_of(roles: Iterable[str], limits: Mapping[Role, Limit] | None = None) -> frozenset[Right]:
    """Return what people with *roles* may do, each role narrowed by its limit.

    A role this program does not know gives no right, and a limit never gives one.
    """
    held = _known(roles)
    return frozenset(right for role in held for right in ROLE_RIGHTS[role] - _limit_of(role, limits).without)


def caseload_of(roles: Iterable[str], limits: Mapping[Role, Limit]) -> Caseload:
    """Return whose records people with *roles* reach: the widest of those roles that open records at all."""
    loads = [
        limit.caseload
        for role in _known(roles)
        if Right.SEE_RECORDS in ROLE_RIGHTS[role] - (limit := _limit_of(role, limits)).without
    ]
    return max(loads, key=_WIDEST_LAST.index, default=Caseload.ALL)


def _known(roles: Iterable[str]) -> list[Role]:
    known = {role.value: role for role in Role}
    return [known[name] for name in roles if name in known]


def _limit_of(role: Role, limits: Mapping[Role, Limit] | None) -> Limit:
    return (limits or {}).get(role, _UNLIMITED)


_UNLIMITED: Final = Limit()


def require(desk: Desk, right: Right) -> None:
    """Raise :class:`NotAllowed` unless the signed-in person has *right*."""
    if right not in desk.rights:
        raise NotAllowed(N_("Your role does not include this. Ask the person who manages people in the shelter."))
