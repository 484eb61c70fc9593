"""What the house writes down: nights away, visitors, belongings with their receipt."""

from __future__ import annotations

from datetime import date, time, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shelterdesk import absences, belongings, people, stays, visits
from shelterdesk.absences import Absence, nights_away
from shelterdesk.access import Role
from shelterdesk.desk import Desk
from shelterdesk.documents.blocks import Table
from shelterdesk.documents.receipt import note_receipt, receipt
from shelterdesk.errors import NotAllowed, Problems
from shelterdesk.people import Person
from shelterdesk.record_log import log_of
from shelterdesk.schema.acts import Act
from shelterdesk.schema.history import LogRow
from shelterdesk.schema.types import new_id
from tests.core.seats import seat

TODAY = date(2026, 11, 17)
DAY = timedelta(days=1)


@pytest.fixture
def ay(desk: Desk) -> Person:
    """Somebody who lives here."""
    made = people.add_person(desk, short_name="Ay")
    stays.add_stay(desk, made.id, arrived_on=TODAY - 10 * DAY)
    return made


def said(problems: pytest.ExceptionInfo[Problems]) -> list[str]:
    return [one.field for one in problems.value.problems]


SPANS = st.lists(st.tuples(st.integers(0, 20), st.none() | st.integers(1, 8)), max_size=5)


@given(spans=SPANS, first=st.integers(0, 15), nights=st.integers(0, 20))
def test_a_night_away_counts_once_and_only_within_the_stay(
    spans: list[tuple[int, int | None]], first: int, nights: int
) -> None:
    away = [
        Absence(
            person_id=new_id(),
            since=TODAY + begun * DAY,
            back_on=None if long is None else TODAY + (begun + long) * DAY,
        )
        for begun, long in spans
    ]
    expected = sum(
        any(one.since <= night and (one.back_on is None or night < one.back_on) for one in away)
        for night in (TODAY + (first + number) * DAY for number in range(nights))
    )
    assert nights_away(away, TODAY + first * DAY, TODAY + (first + nights) * DAY) == expected


def test_nights_away_lie_within_a_stay_and_do_not_overlap(desk: Desk, ay: Person) -> None:
    with pytest.raises(Problems) as found:
        absences.add_absence(desk, ay.id, since=TODAY - 11 * DAY)
    assert said(found) == ["absence.since"]
    first = absences.add_absence(desk, ay.id, since=TODAY - 5 * DAY, until=TODAY - 3 * DAY, kind="family")
    with pytest.raises(Problems):
        absences.add_absence(desk, ay.id, since=TODAY)
    back = absences.came_back(desk, first, TODAY - 2 * DAY)
    second = absences.add_absence(desk, ay.id, since=TODAY)
    with pytest.raises(Problems):
        absences.change_absence(desk, back, back_on=None)
    with pytest.raises(Problems):
        absences.change_absence(desk, back, back_on=TODAY - 5 * DAY)
    assert {who: one.id for who, one in absences.away_on(desk, TODAY).items()} == {ay.id: second.id}
    assert list(absences.away_on(desk, TODAY - 3 * DAY)) == [ay.id]
    assert absences.away_on(desk, TODAY - 2 * DAY) == {}


def test_who_comes_back_the_same_day_was_not_away(desk: Desk, ay: Person) -> None:
    gone = absences.add_absence(desk, ay.id, since=TODAY)
    absences.came_back(desk, gone, TODAY)
    assert absences.absences_of(desk, ay.id) == []
    absences.archive_absence(desk, gone.id, archived=False)
    assert [one.id for one in absences.absences_of(desk, ay.id)] == [gone.id]


def test_a_visitor_is_kept_with_what_she_said_to_it(desk: Desk, ay: Person) -> None:
    with pytest.raises(Problems) as found:
        visits.add_visit(desk, ay.id, on=TODAY, came_at=time(15), went_at=time(14))
    assert said(found) == ["visit.went_at"]
    made = visits.add_visit(desk, ay.id, on=TODAY, came_at=time(14), visitor="Aunt Sevda", agreed="no")
    changed = visits.change_visit(desk, made, outcome="not_let_in")
    assert [(one.visitor, one.outcome) for one in visits.visits_on(desk, TODAY)] == [("Aunt Sevda", "not_let_in")]
    visits.archive_visit(desk, changed.id)
    assert visits.visits_of(desk, ay.id) == []


def test_belongings_are_handed_back_together_or_not_at_all(desk: Desk, ay: Person) -> None:
    passport = belongings.take_in(desk, ay.id, kind="identity_document", what="Passport, blue cover")
    phone = belongings.take_in(desk, ay.id, kind="phone", pieces=2)
    assert (passport.taken_on, passport.taken_by) == (TODAY, desk.me.id)
    belongings.change_belonging(desk, phone, place="safe")
    with pytest.raises(Exception, match="Somebody saved this"):
        belongings.hand_back(desk, [passport, phone], TODAY, "her")
    kept = belongings.belongings_of(desk, ay.id)
    assert all(one.back_on is None for one in kept)
    with pytest.raises(Problems):
        belongings.hand_back(desk, [], TODAY, "her")
    with pytest.raises(Problems):
        belongings.hand_back(desk, kept, TODAY, "a stranger")
    given_back = belongings.hand_back(desk, kept, TODAY, "her")
    assert {one.back_by for one in given_back} == {desk.me.id}
    belongings.keep_again(desk, given_back)
    assert all(one.back_on is None for one in belongings.belongings_of(desk, ay.id))


def rows_of(desk: Desk, whose: UUID | None) -> list[tuple[object, ...]]:
    (table,) = [block for block in receipt(desk, whose, "en").blocks if isinstance(block, Table)]
    return [row.cells for row in table.rows]


def test_the_receipt_has_the_code_and_every_thing_and_no_name(desk: Desk, ay: Person) -> None:
    belongings.take_in(desk, ay.id, kind="identity_document", what="Passport, blue cover")
    kept = belongings.take_in(desk, ay.id, kind="money", pieces=3)
    belongings.hand_back(desk, [kept], TODAY, "named_by_her")
    paper = receipt(desk, ay.id, "en")
    assert paper.key is not None
    assert paper.key.value == ay.code
    rows = rows_of(desk, ay.id)
    assert rows[0][0] == "Passport, blue cover, Identity document"
    assert rows[1][:2] == ("Money or bank card", "3")
    assert rows[1][4] == "To somebody she named"
    assert "Ay" not in str(paper)
    assert receipt(desk, None, "en").key is None
    assert all(not any(row) for row in rows_of(desk, None))
    assert len(rows_of(desk, None)) > 5


def test_a_receipt_that_leaves_is_logged_by_its_name(desk: Desk, ay: Person) -> None:
    note_receipt(desk, ay.id, how="print")
    note_receipt(desk, None, how="pdf")
    with desk.read() as db:
        codes = [row.act for row in db.query(LogRow).order_by(LogRow.number.desc()).limit(2)]
    assert codes == [Act.EXPORT.code, Act.PRINT.code]
    printed = next(row for row in log_of(desk, ay.id) if row.code == Act.PRINT.code)
    assert "Receipt for belongings and documents" in {line.after for line in printed.fields}


def test_a_night_worker_writes_all_of_it_down(desk: Desk, ay: Person) -> None:
    night = seat(desk, Role.NIGHT_WORKER)
    absences.add_absence(night, ay.id, since=TODAY, words="at her aunt's")
    visits.add_visit(night, ay.id, on=TODAY, visitor="Aunt Sevda")
    belongings.take_in(night, ay.id, kind="keys", what="Flat")
    assert rows_of(night, ay.id)[0][0] == "Flat, Keys"
    reporting = seat(desk, Role.REPORTING_OFFICER)
    for attempt in (
        lambda: absences.add_absence(reporting, ay.id, since=TODAY),
        lambda: visits.visits_of(reporting, ay.id),
        lambda: belongings.belongings_of(reporting, ay.id),
        lambda: receipt(reporting, ay.id, "en"),
    ):
        with pytest.raises(NotAllowed):
            attempt()
