"""What a shelter takes away from a role: narrower than signed, never wider."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shelterdesk import house_settings, people, role_limits
from shelterdesk.access import ROLE_RIGHTS, Caseload, Limit, Right, Role, caseload_of, rights_of
from shelterdesk.desk import Desk
from shelterdesk.errors import NotAllowed
from shelterdesk.role_limits import RoleLimit, adjustable, allow, limits, set_caseload
from shelterdesk.schema import log_reading
from shelterdesk.schema.acts import Act
from tests.core.seats import seat


def test_a_right_is_taken_away_and_given_back(desk: Desk) -> None:
    allow(desk, Role.SOCIAL_WORKER, Right.PRINT_PLANS, allowed=False)
    allow(desk, Role.SOCIAL_WORKER, Right.ADD_PERSON, allowed=False)
    mine = seat(desk, Role.SOCIAL_WORKER)
    assert ROLE_RIGHTS[Role.SOCIAL_WORKER] - mine.rights == {Right.PRINT_PLANS, Right.ADD_PERSON}
    with pytest.raises(NotAllowed):
        people.add_person(mine)
    assert limits(desk) == {Role.SOCIAL_WORKER: Limit(frozenset({Right.PRINT_PLANS, Right.ADD_PERSON}))}
    allow(desk, Role.SOCIAL_WORKER, Right.PRINT_PLANS, allowed=True)
    allow(desk, Role.SOCIAL_WORKER, Right.ADD_PERSON, allowed=True)
    assert seat(desk, Role.SOCIAL_WORKER).rights == ROLE_RIGHTS[Role.SOCIAL_WORKER]


def test_what_one_role_may_not_another_still_may(desk: Desk) -> None:
    allow(desk, Role.SOCIAL_WORKER, Right.PRINT_PLANS, allowed=False)
    assert Right.PRINT_PLANS in seat(desk, Role.SOCIAL_WORKER, Role.LAWYER).rights


def test_ones_own_limit_holds_at_once_and_spares_the_recovery_code(desk: Desk) -> None:
    allow(desk, Role.DIRECTOR, Right.READ_LOG, allowed=False)
    assert Right.READ_LOG not in desk.rights
    desk.me = replace(desk.me, is_recovery=True)
    desk.rights = frozenset(Right)
    house_settings.load(desk)
    assert desk.rights == frozenset(Right)


@pytest.mark.parametrize("allowed", [True, False])
@pytest.mark.parametrize(
    ("role", "right"),
    [
        (Role.RECEPTION, Right.SEE_RECORDS),
        (Role.NURSE, Right.READ_LOG),
        (Role.ADMINISTRATOR, Right.SEE_HOUSE),
        (Role.DIRECTOR, Right.MANAGE_PEOPLE),
        (Role.ADMINISTRATOR, Right.MANAGE_PEOPLE),
    ],
)
def test_a_role_never_gets_more_and_managing_people_goes_with_it(
    desk: Desk, role: Role, right: Right, *, allowed: bool
) -> None:
    with pytest.raises(NotAllowed):
        allow(desk, role, right, allowed=allowed)
    assert limits(desk) == {}
    assert right not in adjustable(role)


def test_a_database_somebody_wrote_into_widens_nothing(desk: Desk) -> None:
    forged = [
        RoleLimit(role="reception", without=["-see_records", "+read_log", "emperor"], caseload="everything"),
        RoleLimit(role="director", without=["manage_people"], caseload="mine"),
        RoleLimit(role="emperor", without=[], caseload="all"),
    ]
    with desk.quietly() as db:
        db.add_all(forged)
    assert seat(desk, Role.RECEPTION).rights == ROLE_RIGHTS[Role.RECEPTION]
    assert Right.MANAGE_PEOPLE in seat(desk, Role.DIRECTOR).rights
    for role in Role:
        for without in (frozenset[Right](), frozenset(Right)):
            assert rights_of([role.value], {role: Limit(without)}) <= ROLE_RIGHTS[role]
    assert caseload_of(["emperor"], {}) is Caseload.ALL


@pytest.mark.parametrize("role", set(Role) - {Role.DIRECTOR, Role.ADMINISTRATOR})
def test_only_who_manages_people_limits_roles(desk: Desk, role: Role) -> None:
    mine = seat(desk, role)
    for attempt in (
        lambda: allow(mine, Role.NURSE, Right.GIVE_SERVICES, allowed=False),
        lambda: set_caseload(mine, Role.NURSE, Caseload.MINE),
        lambda: limits(mine),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def test_each_change_of_a_role_is_in_the_log(desk: Desk) -> None:
    told: list[frozenset[str]] = []
    desk.changed.subscribe(told.append)
    allow(desk, Role.NURSE, Right.GIVE_SERVICES, allowed=False)
    set_caseload(desk, Role.NURSE, Caseload.TEAM)
    with desk.read() as db:
        rows = log_reading.logged(db, limit=2)
    assert {row.act for row in rows} == {Act.LIMIT_ROLE.code}
    assert [{one.field_id: one.after for one in row.changes} for row in reversed(rows)] == [
        {"log.what": "nurse", "log.how": "-give_services"},
        {"log.what": "nurse", "log.how": "team"},
    ]
    assert told == [frozenset({"role_limit"})] * 2
    assert limits(desk)[Role.NURSE] == Limit(frozenset({Right.GIVE_SERVICES}), Caseload.TEAM)
    assert role_limits.adjustable(Role.REPORTING_OFFICER) == (
        Right.SEE_SUMMARIES,
        Right.EXPORT_SUMMARIES,
        Right.EXPORT_EXACT,
    )
