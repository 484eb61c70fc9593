"""Incidents: open for every shift until somebody closes them."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from shelterdesk import house_settings, restrictions
from shelterdesk.access import Role
from shelterdesk.desk import Desk
from shelterdesk.errors import NotAllowed, Problems, StaleRecord
from shelterdesk.house_book import incidents, shifts
from shelterdesk.people import Person
from shelterdesk.reach import RecordClosed
from tests.core.seats import seat
from tests.desks import TODAY, Clock


def test_an_incident_is_open_for_every_shift_until_it_is_closed(desk: Desk, clock: Clock) -> None:
    yesterday = TODAY - timedelta(days=1)
    made = incidents.record_incident(
        desk, kind="asked_for_her", title="A man at the gate asked for someone by name",
        happened_on=yesterday, happened_at=time(22, 40), words="Nothing was said",
    )  # fmt: skip
    incidents.add_step(desk, made, on=yesterday, at=time(22, 55), told="police", whom="Police post")
    incidents.add_step(desk, made, on=yesterday, at=time(23), told="director")
    incidents.add_step(desk, made, words="Gate stays locked, nobody goes out alone.")
    worker = seat(desk, Role.NIGHT_WORKER)
    (shown,) = incidents.open_incidents(worker)
    assert shown.told("en") == (
        "Nothing was said. Police post told 22:55. Director told 23:00. "
        "10:00: Gate stays locked, nobody goes out alone."
    )
    assert (shown.shifts, incidents.since_words(desk, shown, "en")) == (2, "open since Monday 22:40")
    clock.now += timedelta(hours=24)
    assert incidents.open_incidents(worker)[0].shifts == 4
    closed = incidents.close_incident(worker, incidents.open_incidents(worker)[0].record, ending="He was told to go")
    assert (closed.closed_by, closed.closed_at, closed.ending) == (worker.me.id, time(10), "He was told to go")
    assert incidents.open_incidents(desk) == []
    with pytest.raises(StaleRecord):
        incidents.close_incident(desk, closed)
    (past,) = incidents.past_incidents(desk)
    assert (past.record.id, past.shifts) == (made.id, 4)
    now = shifts.shift_now(desk)
    assert [one.record.id for one in incidents.incidents_in(desk, now)] == [made.id], "it was open in this shift"
    assert incidents.incidents_in(desk, shifts.after(desk, now)) == []
    first = shifts.shift_of(desk, yesterday, "night")
    assert [one.record.id for one in incidents.incidents_in(desk, first)] == [made.id]
    assert incidents.incidents_in(desk, shifts.before(desk, first)) == []
    incidents.open_again(desk, made.id)
    assert len(incidents.open_incidents(desk)) == 1
    incidents.archive_incident(desk, made.id)
    assert incidents.open_incidents(desk) == []


def test_an_incident_needs_its_kind_only(desk: Desk) -> None:
    made = incidents.record_incident(desk, kind="fire")
    assert (made.happened_on, made.happened_at) == (TODAY, time(10))
    assert incidents.incident_with(desk, made.id).title("en") == "Fire or smoke"
    for values in ({"kind": None}, {"kind": "fire", "happened_on": TODAY + timedelta(days=1)}):
        with pytest.raises(Problems):
            incidents.record_incident(desk, **values)
    with pytest.raises(Problems):
        incidents.add_step(desk, made)
    with pytest.raises(Problems):
        incidents.close_incident(desk, made, closed_on=None)
    with pytest.raises(NotAllowed):
        incidents.record_incident(seat(desk, Role.ADMINISTRATOR), kind="fire")


def test_an_incident_about_somebody_is_hidden_from_who_may_not_see_her(desk: Desk, ay: Person) -> None:
    made = incidents.record_incident(desk, kind="missing")
    incidents.add_step(desk, made, words="Her phone is off")
    made = incidents.change_incident(desk, made, person_id=ay.id)
    (step,) = incidents.incident_with(desk, made.id).steps
    assert step.person_id == ay.id
    worker = seat(desk, Role.NIGHT_WORKER)
    restrictions.restrict(desk, ay.id, "Press")
    house_settings.load(worker)
    assert incidents.open_incidents(worker)[0].steps[0].words == "Her phone is off", "every shift looks for her"
    incidents.add_step(worker, made, told="police")
    restrictions.close_to(desk, ay.id, worker.me.id, "Her cousin")
    house_settings.load(worker)
    assert incidents.open_incidents(worker) == []
    for attempt in (
        lambda: incidents.incident_with(worker, made.id),
        lambda: incidents.add_step(worker, made, words="x"),
        lambda: incidents.record_incident(worker, kind="missing", person_id=ay.id),
        lambda: incidents.change_incident(worker, made, title="x"),
    ):
        with pytest.raises(RecordClosed):
            attempt()
