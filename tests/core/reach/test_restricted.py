"""A restricted record asks why it is opened, and is read and changed by nobody who gave no reason."""

from __future__ import annotations

import pytest

from shelterdesk import (
    due,
    house_settings,
    milestones,
    notes,
    people,
    person_reading,
    plans,
    reach,
    residents,
    restrictions,
    services,
    stays,
    today,
)
from shelterdesk.access import Role
from shelterdesk.cli.plain import plain_people
from shelterdesk.desk import Desk
from shelterdesk.errors import Problems
from shelterdesk.people import Person
from shelterdesk.reach import NeedsReason, Reach
from shelterdesk.schema import log_reading
from shelterdesk.schema.acts import Act
from tests.core.access_acts import READS
from tests.core.access_stock import Stock
from tests.core.reach.looks import CANARY, OVERVIEWS
from tests.core.seats import seat
from tests.core.told import told


def test_what_stands_in_a_restricted_record_is_not_read_without_a_reason(
    desk: Desk, stock: Stock, restricted: Person
) -> None:
    lay_open: set[str] = set()
    for name, (attempt, _roles) in READS.items():
        mine = seat(desk, Role.SOCIAL_WORKER, Role.DIRECTOR)
        try:
            attempt(mine, stock)
        except NeedsReason:
            person_reading.open_person(mine, restricted.id, "She is my resident now")
            attempt(mine, stock)
        else:
            lay_open.add(name)
    assert lay_open - LIE_OPEN == set()


LIE_OPEN = {
    "medicine.medicines_of",
    "book.read_book",
    "feedback.my_feedback",
    "services.services_between",
    "services.last_given",
    "partners.partners_of",
    "providers.providers_of",
    "providers.provider_with",
    "providers.directory",
    "providers.taken_out",
    "providers.ending_agreements",
    "partners.partner_with",
    "placements.all_placements",
    "legal_matters.names_of",
    "due.milestones_due",
    "due.plans_to_review",
    "due.papers_to_print",
    "due.reminders",
    "tasks.find_task",
    "tasks.open_tasks_of",
    "to_do.to_dos",
    "to_do.waiting",
    "caseload.read_caseload",
    "caseload.silent_residents",
    "alerts.alerts_of",
    "alerts.every_alert_of",
    "stays.stays_of",
    "stays.moves_of",
    "bed_use.beds_on",
    "bed_use.bed_names",
    "bed_use.without_bed",
    "absences.absences_of",
    "absences.away_on",
    "visits.visits_of",
    "visits.visits_on",
    "belongings.belongings_of",
    "bed_holds.holds_on",
    "stay_problems.problems_of_stays",
    "follow_ups.planned_of",
    "residents.list_counts",
    "residents.list_rows",
    "residents.rows_of",
    "appointments.appointments_of",
    "appointments.appointments_between",
    "appointments.meeting_of",
    "appointments.later_of_series",
    "booking.lexicon_of",
    "calendar.read_days",
    "clashes.clashes",
    "clashes.free_times",
    "clashes.free_members",
    "tomorrow.tomorrow_rows",
    "record_log.log_of",
    "restrictions.teams",
    "role_limits.limits",
}
"""Lists, and what every shift works with: they say a name, a bed, a day and neutral words at the most. The log says
who did what and when, and keeps what was written to itself."""


def test_lists_name_her_and_keep_what_stands_inside(desk: Desk, stock: Stock, restricted: Person) -> None:
    mine = seat(desk, Role.SOCIAL_WORKER)
    inside = ("services", "placements", "work", "json", "last service")
    for name in inside:
        assert CANARY not in told(OVERVIEWS[name](mine, stock)) or name == "json", name
    assert [row.name for row in residents.list_rows(mine, "here_now")] == [CANARY]
    assert [one.person for one in due.milestones_due(mine, "this_week")] == [CANARY], "nobody is forgotten"
    assert CANARY in told(today.read_today(mine).waiting)
    (row,) = plain_people(mine, residents.list_rows(mine, "here_now"), {})
    assert row["restricted"] is True
    assert "given_names" not in row
    person_reading.open_person(mine, restricted.id, "Emergency on shift")
    for name in inside[:3]:
        assert str(restricted.id) in told(OVERVIEWS[name](mine, stock)), name


def test_the_reason_is_logged_sealed_and_asked_once_in_a_sitting(desk: Desk, restricted: Person) -> None:
    mine = seat(desk, Role.SOCIAL_WORKER)
    for nothing in ("", "  "):
        with pytest.raises(NeedsReason):
            person_reading.open_person(mine, restricted.id, nothing)
    with pytest.raises(NeedsReason):
        person_reading.person_by_code(mine, restricted.code)
    assert reach.reach_of(mine, restricted.id) is Reach.ASKS_WHY
    assert person_reading.open_person(mine, restricted.id, " Emergency on shift ").given_names == CANARY
    assert person_reading.open_person(mine, restricted.id).given_names == CANARY
    with desk.read() as db:
        rows = [row for row in log_reading.logged(db) if row.act == Act.OPEN_RECORD.code][:2]
    assert [{one.field_id: one.after for one in row.changes} for row in rows] == [
        {},
        {"log.why": "Emergency on shift"},
    ]
    with seat(desk, Role.RECEPTION).read() as db:
        why = [one for row in log_reading.logged(db) for one in row.changes if one.field_id == "log.why"]
    assert [one.state for one in why] == ["sealed"]
    house_settings.load(mine)
    assert reach.reach_of(mine, restricted.id) is Reach.OPEN, "until the vault is locked"
    again = seat(desk, Role.SOCIAL_WORKER)
    with pytest.raises(NeedsReason):
        person_reading.open_person(again, restricted.id)


def test_a_reason_is_not_logged_where_none_is_asked(desk: Desk, nur: Person) -> None:
    person_reading.open_person(desk, nur.id, "Emergency on shift")
    with desk.read() as db:
        (row,) = log_reading.logged(db, limit=1)
    assert row.changes == ()


def test_a_restricted_record_is_not_changed_without_a_reason(desk: Desk, stock: Stock, restricted: Person) -> None:
    mine = seat(desk, Role.SOCIAL_WORKER)
    (shown, *_others) = due.milestones_due(mine, "this_week")
    for attempt in (
        lambda: milestones.mark_done(mine, shown.milestone),
        lambda: people.archive_person(mine, restricted.id),
        lambda: notes.archive_note(mine, stock.note.id),
        lambda: services.archive_service(mine, stock.service.id),
        lambda: plans.set_goal(mine, stock.plan, "legal", words="x"),
    ):
        with pytest.raises(NeedsReason):
            attempt()
    reception = seat(desk, Role.RECEPTION)
    stays.close_stay(reception, stays.stays_of(reception, restricted.id)[0], left_on=desk.today(),
                     leaving_reason="own_choice")  # fmt: skip
    added = services.add_service(
        mine, restricted.id, kind="social_talk", given_on=mine.today(), outcome="took_place", case_note="She called"
    )
    with pytest.raises(NeedsReason):
        services.service_with(mine, added.id)


def test_a_restriction_is_lifted(desk: Desk, restricted: Person) -> None:
    with pytest.raises(Problems):
        restrictions.restrict(desk, restricted.id, "again")
    found = restrictions.restriction_of(desk, restricted.id)
    assert found is not None
    assert found.why == "Her brother is with the police"
    restrictions.lift(desk, restricted.id)
    assert restrictions.restriction_of(desk, restricted.id) is None
    assert reach.reach_of(seat(desk, Role.SOCIAL_WORKER), restricted.id) is Reach.OPEN
    with pytest.raises(Problems):
        restrictions.restrict(desk, restricted.id, " ")
