"""Removing a record years after it was closed: what it told is gone, what was counted still adds up."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from shelterdesk import (
    approvals,
    drafts,
    files,
    integrity,
    notes,
    people,
    person_history,
    removal,
    removal_holds,
    residents,
    retention,
    sample,
    search,
)
from shelterdesk.absences import Absence
from shelterdesk.access import Role
from shelterdesk.alerts import Alert
from shelterdesk.appointments import Appointment
from shelterdesk.desk import Desk
from shelterdesk.episodes import Episode
from shelterdesk.errors import NotAllowed, Problems
from shelterdesk.follow_ups import FollowUp
from shelterdesk.gbv_incidents import GbvIncident
from shelterdesk.house_book.incidents import HouseIncident, open_incidents
from shelterdesk.needs import Need
from shelterdesk.opening import lock_desk, open_desk
from shelterdesk.people import Person
from shelterdesk.reach import RecordClosed
from shelterdesk.referrals_out import ReferralOut
from shelterdesk.scans.intake import Prepared
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import RECORDS, Base, whole
from shelterdesk.schema.history import LogContent, LogRow
from shelterdesk.schema.types import new_id
from shelterdesk.stays import Stay
from shelterdesk.summaries.period import month
from shelterdesk.summaries.summary import summarise
from shelterdesk.vault import KdfCost
from tests.core.seats import seat
from tests.desks import Clock

SECRET = "Xatirə-4711"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed vault with two dozen people and eighteen months of stories."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SHELTERDESK_TEST_KDF", "1")
        patch.setenv("SHELTERDESK_HOME", str(tmp_path_factory.mktemp("home")))
        folder = tmp_path_factory.mktemp("told") / "desk-5A3B.vault"
        made, _words = sample.create_demo(folder, residents=16, cost=KdfCost.for_tests(), clock=Clock())
        lock_desk(made, "asked")
    return folder


@pytest.fixture
def house(told: Path, tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    """A copy of it, opened by somebody who may remove records."""
    folder = tmp_path / told.name
    shutil.copytree(told, folder)
    made = open_desk(folder, sample.USER_NAME, sample.PASSPHRASE, clock=clock)
    yield made
    made.close()


@pytest.fixture(autouse=True)
def small_house(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the one person of these tests allow what she asked for herself."""
    monkeypatch.setattr(approvals, "_works_in_a_small_house", lambda _desk: True)


def close(desk: Desk, person_id: UUID, on: date | None = None) -> None:
    """Write the secret into every place of a record and close it long ago."""
    with desk.write(Act.INVENT) as db:
        for kind in RECORDS.values():
            if "person_id" not in kind.__table__.c and kind is not Person:
                continue
            column = Person.id if kind is Person else kind.person_id  # type: ignore[attr-defined]
            for record in db.scalars(select(kind).where(column == person_id).options(*whole(kind))):
                for field in kind.declared:
                    if field.compartment is not None and field.kind.value in ("text", "long_text"):
                        field.write(record, SECRET)
    notes.add_note(desk, person_id, kind="social", written_on=desk.today(), case_text=SECRET)
    files.add_file(
        desk, person_id, Prepared(SECRET.encode() * 99, 1, b"x"), kind="other", readable_by="case", case_words=SECRET
    )
    drafts.keep_draft(desk, new_id(), "note", new_id(), {"kind": "social", "case_text": SECRET}, person_id=person_id)
    person_history.record_phase(desk, person_id, phase="closed", since=on or desk.today())


def ripe(desk: Desk, clock: Clock) -> UUID:
    """Return somebody who left, closed three years ago."""
    gone = {row.id for row in residents.list_rows(desk, "everybody")} - {
        row.id for row in residents.list_rows(desk, "here_now")
    }
    with desk.read() as db:
        busy = db.scalars(
            select(Person.id)
            .where(Person.id.in_(gone - desk.restricted), Person.registered_on >= date(2025, 1, 1))
            .order_by(Person.registered_on)
            .limit(1)
        ).one()
    for one in removal_holds.holds_of(desk, busy):
        removal_holds.lift(desk, one.id)
    close(desk, busy)
    retention.set_years(desk, 2)
    clock.now += timedelta(days=365 * 3)
    return busy


def allowed(desk: Desk, person_id: UUID) -> None:
    approvals.approve(desk, retention.ask(desk, person_id, "Her time is over"))


def everything_in(desk: Desk) -> str:
    """Return what stands in any row, with every seal that opens opened."""
    found: list[str] = []
    with desk.read(everybody=True) as db:
        for kind in RECORDS.values():
            for record in db.scalars(select(kind).options(*whole(kind))):
                found += [str(field.read(record)) for field in kind.declared]
        for row in db.execute(select(LogContent.__table__)):
            if row.plain:
                found.append(row.plain[32:].decode())
    return "\n".join(found)


def ids_in(desk: Desk) -> set[UUID]:
    """Return every id that stands in any column of any table but the log."""
    found: set[UUID] = set()
    with desk.read(everybody=True) as db:
        for table in Base.metadata.sorted_tables:
            if table.name not in ("log", "log_content"):
                for row in db.execute(select(table)):
                    found |= {value for value in row if isinstance(value, UUID)}
    return found


def test_what_is_due_follows_the_setting_and_what_holds_it(house: Desk, clock: Clock) -> None:
    retention.set_years(house, 0)
    assert retention.due(house) == [], "nothing is due until the shelter says after how many years"
    person_id = ripe(house, clock)
    assert person_id in {one.person.id for one in retention.due(house)}
    retention.set_years(house, 4)
    assert person_id not in {one.person.id for one in retention.due(house)}
    retention.set_years(house, 2)
    held = removal_holds.hold(house, person_id, reason="court", words="Her case")
    (one,) = [one for one in retention.due(house) if one.person.id == person_id]
    assert one.held
    with pytest.raises(NotAllowed):
        retention.ask(house, person_id, "Her time is over")
    removal_holds.lift(house, held.id)
    assert retention.ask(house, person_id, "Her time is over").state == "asked"
    with pytest.raises(Problems):
        retention.set_years(house, 101)


def test_the_years_of_a_child_begin_when_she_is_grown_up(desk: Desk, clock: Clock) -> None:
    from shelterdesk.partial_date import PartialDate

    child = people.add_person(desk, short_name="Child", birth=PartialDate(2012, 5))
    grown = people.add_person(desk, short_name="Grown", birth=PartialDate(1990, 5))
    for one in (child, grown):
        person_history.record_phase(desk, one.id, phase="closed", since=desk.today())
    retention.set_years(desk, 2)
    clock.now += timedelta(days=365 * 3)
    assert [one.person.id for one in retention.due(desk)] == [grown.id]
    clock.now += timedelta(days=365 * 6)
    assert {one.person.id for one in retention.due(desk)} == {child.id, grown.id}
    assert retention.count_due(desk) == 2


@pytest.mark.long
def test_nothing_is_removed_that_was_not_allowed(house: Desk, clock: Clock) -> None:
    person_id = ripe(house, clock)
    with pytest.raises(NotAllowed):
        removal.remove(house, person_id)
    retention.ask(house, person_id, "Her time is over")
    with pytest.raises(NotAllowed):
        removal.remove(house, person_id)
    with pytest.raises(NotAllowed):
        removal.remove(seat(house, Role.SOCIAL_WORKER), person_id)


@pytest.mark.long
def test_who_asked_does_not_allow_it_where_there_are_others(
    house: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    person_id = ripe(house, clock)
    asked = retention.ask(house, person_id, "Her time is over")
    monkeypatch.setattr(approvals, "_works_in_a_small_house", lambda _desk: False)
    with pytest.raises(NotAllowed):
        approvals.approve(house, asked)
    approvals.approve(seat(house, Role.DIRECTOR), asked)
    removal.remove(house, person_id)


@pytest.mark.long
def test_a_hold_that_comes_after_the_yes_still_stops_it(house: Desk, clock: Clock) -> None:
    person_id = ripe(house, clock)
    allowed(house, person_id)
    removal_holds.hold(house, person_id, reason="claim")
    with pytest.raises(NotAllowed):
        removal.remove(house, person_id)


def test_what_it_told_is_gone_and_no_id_leads_back(house: Desk, clock: Clock) -> None:
    person_id = ripe(house, clock)
    with house.read() as db:
        code = db.get_one(Person, person_id).code
    mine = {person_id}
    with house.read(everybody=True) as db:
        for table in Base.metadata.sorted_tables:
            if "person_id" in table.c and "id" in table.c and table.name not in ("log", "draft_field"):
                mine |= set(db.execute(select(table.c.id).where(table.c.person_id == person_id)).scalars())
        rows = db.execute(select(LogRow.number).where(LogRow.person_id == person_id)).scalars().all()
    assert len(mine) > 20
    assert SECRET in everything_in(house)
    allowed(house, person_id)
    removal.remove(house, person_id)
    assert SECRET not in everything_in(house)
    assert code not in everything_in(house)
    assert ids_in(house) & mine == set()
    with house.read(everybody=True) as db:
        kept = db.execute(select(LogRow.number).where(LogRow.person_id == person_id)).scalars().all()
        said = db.execute(
            select(LogContent.field_id).where(LogContent.number.in_(rows)).distinct()
        ).scalars().all()  # fmt: skip
        left = db.scalars(select(Person).where(Person.removed.is_not(None)).options(*whole(Person))).all()
    assert set(rows) <= set(kept), "the log keeps that something was done"
    assert all(field_id.startswith("log.") for field_id in said), "and not what"
    (one,) = left
    assert one.created_by is None
    assert one.created_at.year == 2000
    assert not any(field.read(one) for field in Person.declared if field.compartment is not None)
    assert drafts.my_drafts(house) == [one for one in drafts.my_drafts(house) if one.person_id != person_id]


def test_figures_of_every_month_stay_as_they_were(house: Desk, clock: Clock) -> None:
    person_id = ripe(house, clock)
    months = [month(date(2025 + at // 12, at % 12 + 1, 1)) for at in range(4, 23, 3)]

    def figures() -> list[Any]:
        return [
            [(row.id, row.figures) for section in summarise(house, one).sections for row in section.rows]
            for one in months
        ]

    before = figures()
    allowed(house, person_id)
    removal.remove(house, person_id)
    assert figures() == before


def test_the_check_finds_nothing_afterwards_and_what_was_added_later(house: Desk, clock: Clock) -> None:
    person_id = ripe(house, clock)
    allowed(house, person_id)
    removal.remove(house, person_id)
    assert [finding.text("en") + finding.detail for finding in integrity.verify_desk(house).findings] == []
    with house.quietly() as db:
        table = Person.__table__
        (left,) = db.execute(select(table).where(table.c.removed.is_not(None))).all()
        db.execute(table.insert(), [dict(left._mapping) | {"id": new_id(), "code": "X-added"}])  # type: ignore[attr-defined]
    assert any("added outside" in finding.text("en") for finding in integrity.verify_desk(house).findings)


@pytest.mark.long
def test_nobody_is_shown_what_is_left(house: Desk, clock: Clock) -> None:
    person_id = ripe(house, clock)
    allowed(house, person_id)
    before = len(residents.list_rows(house, "everybody"))
    removal.remove(house, person_id)
    assert len(residents.list_rows(house, "everybody")) == before - 1
    with house.read(everybody=True) as db:
        (left,) = db.scalars(select(Person.id).where(Person.removed.is_not(None)))
    looks: list[Callable[[], Any]] = [
        lambda: [row.id for listed in residents.SAVED_LISTS for row in residents.list_rows(house, listed.id)],
        lambda: [entry.id for entry in search.build_index(house).entries],
        lambda: [one.person.id for one in retention.due(house)],
    ]
    for look in looks:
        assert left not in look()
    with pytest.raises(RecordClosed):
        notes.notes_of(house, left)


def test_a_record_merged_into_another_goes_with_it(desk: Desk, clock: Clock) -> None:
    first = people.add_person(desk, short_name="First")
    second = people.add_person(desk, short_name="Second")
    with desk.write(Act.CHANGE_PERSON) as db:
        db.get_one(Person, second.id).merged_into_id = first.id
    person_history.record_phase(desk, first.id, phase="closed", since=desk.today())
    retention.set_years(desk, 1)
    clock.now += timedelta(days=800)
    allowed(desk, first.id)
    removal.remove(desk, first.id)
    assert ids_in(desk) & {first.id, second.id} == set()
    with desk.read(everybody=True) as db:
        merged = [one.merged_into_id for one in db.scalars(select(Person))]
    assert len(merged) == 2
    assert merged.count(None) == 1
    assert integrity.verify_desk(desk).whole


def test_what_befell_her_stays_counted_and_tells_nothing_else(desk: Desk, clock: Clock) -> None:
    """Nights away, follow-ups, referrals out, alerts, violence told and incidents: a day and a kind, nothing more."""
    her = people.add_person(desk, short_name="Her").id
    on = desk.today()
    with desk.write(Act.INVENT) as db:
        db.add_all(
            [
                Stay(person_id=her, arrived_on=on - timedelta(days=9), left_on=on),
                Absence(person_id=her, since=on - timedelta(days=5), back_on=on - timedelta(days=3), kind="hospital"),
                FollowUp(person_id=her, on=on, result="spoke", lives="family", appointment_id=new_id()),
                Appointment(person_id=her, kind="follow_up", on=on - timedelta(days=1), state="planned"),
                Appointment(person_id=her, kind="court", on=on - timedelta(days=1), state="planned"),
                Appointment(
                    person_id=her,
                    kind="clinic",
                    on=on - timedelta(days=2),
                    state="not_attended",
                    cancel_why="no_transport",
                    cancelled_by="resident",
                    service_kind="tests",
                ),
                ReferralOut(person_id=her, service="health", state="done", sent_on=on, reason="needs_care"),
                Alert(person_id=her, kind="allergy", since=on, until=on),
                Need(person_id=her, kind="tests", since=on, state="not_available", why="cost", ended_on=on),
                GbvIncident(person_id=her, reported_on=on, violence="rape", place_kind="road", time_of_day="night"),
                HouseIncident(person_id=her, kind="threat", happened_on=on),
                Episode(person_id=her, begun_on=on, ended_on=on, how_ended="left", member_id=new_id()),
            ]
        )
    person_history.record_phase(desk, her, phase="closed", since=on)
    retention.set_years(desk, 1)
    clock.now += timedelta(days=800)
    counted = month(on)
    before = summarise(desk, counted).rows()
    rows = (
        "bed_nights.away",
        "follow_ups",
        "follow_ups_missed",
        "not_attended.no_transport",
        "referrals_out",
        "alerts",
        "violence",
        "needs",
        "needs_unmet",
        "episodes_ended.result.left",
    )
    assert all(before[row].figures[0].value for row in (*rows, "house_incidents", "needs_unmet"))
    allowed(desk, her)
    removal.remove(desk, her)
    after = summarise(desk, counted).rows()
    assert {name: row.figures for name, row in after.items()} == {name: row.figures for name, row in before.items()}
    with desk.read(everybody=True) as db:
        (told,) = db.scalars(select(GbvIncident))
        assert (told.violence, told.reported_on) == ("rape", on)
        assert (told.place_kind, told.time_of_day) == (None, None)
        left = {one.kind: one for one in db.scalars(select(Appointment))}
        assert set(left) == {"follow_up", "clinic"}
        assert (left["clinic"].cancelled_by, left["clinic"].service_kind) == (None, None)
        (asked,) = db.scalars(select(FollowUp))
        assert (asked.lives, asked.appointment_id) == (None, None)
        assert db.scalars(select(ReferralOut.reason)).all() == [None]
        assert db.scalars(select(Absence.kind)).all() == [None]
    assert open_incidents(desk) == [], "what is left of an incident is on nobody's list"


def test_what_stands_in_a_merged_record_decides_too(desk: Desk, clock: Clock) -> None:
    """Her last stay, her phase and what holds her record may stand in the record that was merged into hers."""
    kept = people.add_person(desk, short_name="Kept").id
    other = people.add_person(desk, short_name="Other").id
    left = desk.today() + timedelta(days=100)
    person_history.record_phase(desk, other, phase="closed", since=desk.today())
    with desk.write(Act.INVENT) as db:
        stay = Stay(person_id=other, arrived_on=desk.today() - timedelta(days=5))
        db.add(stay)
        db.get_one(Person, other).merged_into_id = kept
    retention.set_years(desk, 1)
    clock.now += timedelta(days=800)
    assert retention.due(desk) == [], "she still lives here"
    with desk.write(Act.INVENT) as db:
        db.get_one(Stay, stay.id).left_on = left
    (one,) = retention.due(desk)
    assert (one.person.id, one.closed_on, one.held) == (kept, left, False)
    removal_holds.hold(desk, other, reason="court")
    (one,) = retention.due(desk)
    assert one.held
    with pytest.raises(NotAllowed):
        retention.ask(desk, kept, "Her time is over")
