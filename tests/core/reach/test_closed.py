"""«This worker knows the family» closes a record to that worker: tried at every function of the core."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import time
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from shelterdesk import (
    bed_use,
    house_settings,
    integrity,
    person_reading,
    reach,
    record_log,
    residents,
    restrictions,
    stays,
    today,
    work,
)
from shelterdesk.access import Role
from shelterdesk.desk import Desk
from shelterdesk.documents import plan_papers, tonight
from shelterdesk.errors import NotAllowed, Problems, StaleRecord
from shelterdesk.exchange.recognition import Known
from shelterdesk.people import Person
from shelterdesk.person_reading import NoSuchPerson
from shelterdesk.reach import Reach, RecordClosed
from shelterdesk.schema import log_reading
from shelterdesk.schema.history import LogRow
from shelterdesk.summaries.period import month
from shelterdesk.summaries.summary import summarise
from tests.core.access_acts import READS, WRITES
from tests.core.access_stock import Stock
from tests.core.reach.looks import CANARY, OVERVIEWS, traces
from tests.core.seats import seat
from tests.core.told import told

CLOSED = "This record is closed to you. Ask the person who manages people in the shelter."
NOT_ABOUT_HER = {
    "people.add_person",
    "arrivals.take_in",
    "arrivals.take_in with a stay",
    "partners.add_partner",
    "partners.change_partner",
    "providers.add_provider",
    "providers.change_provider",
    "providers.archive_provider",
}
"""Writes of the table of rights that touch nobody on file."""


OVERVIEW_ROLES = (Role.SOCIAL_WORKER, Role.VOCATIONAL_OFFICER, Role.DIRECTOR)


def relative(desk: Desk, ay: Person, *roles: Role) -> Desk:
    """Return the desk of a colleague with *roles* who knows the family of *ay*."""
    mine = seat(desk, *roles)
    restrictions.close_to(desk, ay.id, mine.me.id, "Her cousin")
    house_settings.load(mine)
    return mine


@pytest.mark.parametrize("role", OVERVIEW_ROLES)
def test_no_overview_tells_a_colleague_who_knows_the_family(desk: Desk, stock: Stock, ay: Person, role: Role) -> None:
    others, hers = seat(desk, role), relative(desk, ay, role)
    silent = 0
    for name, look in OVERVIEWS.items():
        try:
            shown = told(look(hers, stock))
        except NotAllowed:
            silent += 1
            continue
        assert not [one for one in traces(ay) if one in shown], name
        silent += not [one for one in traces(ay) if one in told(look(others, stock))]
    assert silent < len(OVERVIEWS) - 10, "the same looks tell a colleague who does not know the family"


def test_every_read_about_a_closed_record_is_refused_or_empty(desk: Desk, stock: Stock, ay: Person) -> None:
    hers = relative(desk, ay, Role.DIRECTOR)
    for name, (attempt, _roles) in READS.items():
        try:
            shown = told(attempt(hers, stock))
        except RecordClosed as error:
            shown = error.text()
        except NoSuchPerson as error:
            shown = error.text().replace(ay.code, "")
        assert not [one for one in traces(ay) if one in shown], name


def test_no_write_touches_a_closed_record(desk: Desk, stock: Stock, ay: Person) -> None:
    for name in sorted(set(WRITES) - NOT_ABOUT_HER):
        attempt, roles = WRITES[name]
        hers = relative(desk, ay, Role.DIRECTOR, *roles)
        before = rows_about(desk, ay)
        with suppress(RecordClosed, Problems, StaleRecord):
            attempt(hers, stock)
        assert rows_about(desk, ay) == before, name


def rows_about(desk: Desk, person: Person) -> int:
    with desk.read() as db:
        return db.execute(select(func.count()).where(LogRow.person_id == person.id)).scalar_one()


def test_opening_a_closed_record_says_one_sentence_and_logs_nothing(desk: Desk, ay: Person) -> None:
    hers = relative(desk, ay, Role.SOCIAL_WORKER)
    before = rows_about(desk, ay)
    for attempt in (
        lambda: person_reading.open_person(hers, ay.id),
        lambda: person_reading.open_person(hers, ay.id, "She is my resident now"),
        lambda: person_reading.read_person(hers, ay.id),
        lambda: residents.head_of(hers, ay),
        lambda: plan_papers.plan_paper_of(hers, ay.id, "en"),
        lambda: plan_papers.note_paper(hers, ay.id, for_the_file=True, how="print"),
    ):
        with pytest.raises(RecordClosed) as error:
            attempt()
        assert error.value.text() == CLOSED
    assert reach.reach_of(hers, ay.id) is Reach.CLOSED
    assert rows_about(desk, ay) == before
    with pytest.raises(NoSuchPerson):
        person_reading.person_by_code(hers, ay.code)


def test_who_is_closed_out_neither_sees_nor_changes_the_row_that_does_it(desk: Desk, ay: Person) -> None:
    hers = relative(desk, ay, Role.DIRECTOR)
    for attempt in (
        lambda: restrictions.who_knows(hers, ay.id),
        lambda: restrictions.open_to(hers, ay.id, hers.me.id),
        lambda: restrictions.close_to(hers, ay.id, desk.me.id),
        lambda: restrictions.restrict(hers, ay.id, "x"),
        lambda: restrictions.lift(hers, ay.id),
        lambda: restrictions.restriction_of(hers, ay.id),
    ):
        with pytest.raises(RecordClosed):
            attempt()
    assert record_log.log_of(hers, ay.id) == []
    with hers.read() as db:
        assert db.scalars(select(restrictions.KnowsFamily)).all() == []
        logged = told(log_reading.logged(db, limit=500))
    assert str(ay.id) not in logged
    assert CANARY not in logged
    assert "Her cousin" not in logged


def test_nobody_opens_a_record_to_themselves(desk: Desk, ay: Person) -> None:
    with pytest.raises(NotAllowed):
        restrictions.open_to(desk, ay.id, desk.me.id)


def test_a_closed_record_opens_again_when_somebody_else_says_so(desk: Desk, ay: Person) -> None:
    hers = relative(desk, ay, Role.SOCIAL_WORKER)
    assert [one.why for one in restrictions.who_knows(desk, ay.id)] == ["Her cousin"]
    restrictions.open_to(desk, ay.id, hers.me.id)
    assert restrictions.who_knows(desk, ay.id) == []
    house_settings.load(hers)
    assert person_reading.open_person(hers, ay.id).short_name == CANARY


def test_somebody_who_may_close_records_always_keeps_it_open(desk: Desk, ay: Person) -> None:
    with pytest.raises(Problems, match="keep this one open"):
        restrictions.close_to(desk, ay.id, desk.me.id, "my niece")
    restrictions.close_to(desk, ay.id, uuid4())
    hers = relative(desk, ay, Role.NURSE)
    with pytest.raises(Problems, match="already"):
        restrictions.close_to(desk, ay.id, hers.me.id)


@pytest.mark.parametrize("role", set(Role) - {Role.DIRECTOR, Role.CASE_MANAGER})
def test_only_directors_and_case_managers_close_and_restrict(desk: Desk, ay: Person, role: Role) -> None:
    mine = seat(desk, role)
    for attempt in (
        lambda: restrictions.restrict(mine, ay.id, "x"),
        lambda: restrictions.lift(mine, ay.id),
        lambda: restrictions.close_to(mine, ay.id, desk.me.id),
        lambda: restrictions.open_to(mine, ay.id, desk.me.id),
        lambda: restrictions.who_knows(mine, ay.id),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def test_somebody_sleeps_in_the_bed_of_a_closed_record(desk: Desk, stock: Stock, ay: Person, nur: Person) -> None:
    hers = relative(desk, ay, Role.RECEPTION)
    taken = [use for use in bed_use.beds_on(hers, hers.today()) if use.taken]
    assert [(use.person_id, use.closed) for use in taken] == [(None, True)]
    assert [row.short_name for row in tonight.tonight_rows(hers)] == ["Somebody"]
    with pytest.raises(Problems, match="bed is taken"):
        stays.add_stay(hers, nur.id, arrived_on=hers.today(), bed_id=taken[0].bed_id)


def test_an_appointment_of_a_closed_record_shows_only_who_is_busy_when(desk: Desk, ay: Person) -> None:
    hers = relative(desk, ay, Role.RECEPTION)
    (busy,) = [one for one in today.read_today(hers).next if one.kind == "busy"]
    assert (busy.person_id, busy.person, busy.at, busy.words, busy.where) == (None, "", time(10), "Busy", "Leyla A.")
    assert [one.kind for one in today.read_today(desk).next].count("busy") == 0


def test_summaries_count_the_same_for_everybody(desk: Desk, ay: Person, nur: Person) -> None:
    hers = relative(desk, ay, Role.SOCIAL_WORKER)
    restrictions.restrict(desk, nur.id, "x")
    period = month(desk.today())
    assert told(summarise(hers, period).sections) == told(summarise(desk, period).sections)


def test_counts_of_lists_fit_the_lists(desk: Desk, ay: Person, nur: Person) -> None:
    hers = relative(desk, ay, Role.SOCIAL_WORKER)
    counts = residents.list_counts(hers)
    assert counts == {one.id: len(residents.list_rows(hers, one.id)) for one in residents.SAVED_LISTS}
    assert counts["everybody"] == residents.list_counts(desk)["everybody"] - 1
    assert work.list_counts(hers)["placements"] == 0
    assert today.read_today(hers).people_on_file == 1
    assert today.read_today(hers).more_waiting == 0


def test_the_log_holds_and_nothing_is_missing_for_who_is_closed_out(desk: Desk, ay: Person) -> None:
    hers = relative(desk, ay, Role.DIRECTOR)
    report = integrity.Report()
    integrity.look_inside(hers, report)
    assert report.findings == []
    with hers.read() as db:
        log_reading.verify_log(db)


def test_an_import_does_not_tell_who_is_on_file(desk: Desk, stock: Stock, ay: Person) -> None:
    hers = relative(desk, ay, Role.SOCIAL_WORKER)
    for mine, tells in ((hers, False), (desk, True)):
        with mine.read() as db:
            known = Known(db)
        assert (ay.code in known._by_code) is tells
        assert (str(ay.id) in told(known)) is tells


def test_the_recovery_sheet_opens_every_record(desk: Desk, ay: Person) -> None:
    hers = relative(desk, ay, Role.DIRECTOR)
    hers.me = replace(hers.me, is_recovery=True)
    house_settings.load(hers)
    assert reach.reach_of(hers, ay.id) is Reach.OPEN
