"""Alerts: what every shift knows, from a day on and until a day, written at night and by day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from shelterdesk import alerts, people, person_reading, stays, vocab
from shelterdesk.access import Role
from shelterdesk.alerts import Alert
from shelterdesk.desk import Desk
from shelterdesk.errors import NotAllowed, Problems
from shelterdesk.people import Person
from shelterdesk.schema.acts import Act
from tests.core.seats import seat
from tests.desks import TODAY


@pytest.fixture
def ay(desk: Desk) -> Person:
    return people.add_person(desk, short_name="Ay")


def kinds(found: list[Alert]) -> list[str]:
    return [one.kind for one in found]


def test_what_is_seen_at_the_door_is_part_of_the_arrival(desk: Desk) -> None:
    with desk.write(Act.ADD_PERSON) as db:
        lala = people.new_person(db, desk, {"short_name": "Lala"})
        alerts.put_alerts(db, desk, lala.id, {"allergy", "hurt"}, TODAY, {"allergy": "penicillin"})
        db.flush()
        alerts.put_alerts(db, desk, lala.id, ["hurt", "pregnant"], TODAY)
    found = alerts.alerts_of(desk, lala.id)
    assert kinds(found) == ["hurt", "pregnant", "allergy"], "each once, in the order of the list"
    assert [one.words for one in found] == [None, None, "penicillin"]
    assert set(alerts.AT_ARRIVAL) <= {code.code for code in vocab.ALERT_KINDS}


def test_an_alert_holds_until_its_last_day(desk: Desk, ay: Person) -> None:
    ill = alerts.record_alert(desk, ay.id, kind="infection", since=TODAY - timedelta(days=3), words="eats apart")
    alerts.change_alert(desk, ill, until=TODAY)
    assert kinds(alerts.alerts_of(desk, ay.id)) == ["infection"], "the last day counts"
    alerts.record_alert(desk, ay.id, kind="hurt", since=TODAY - timedelta(days=9), until=TODAY - timedelta(days=1))
    assert kinds(alerts.alerts_of(desk, ay.id)) == ["infection"]
    assert kinds(alerts.every_alert_of(desk, ay.id)) == ["infection", "hurt"], "what has passed stands last"


def test_an_alert_cannot_end_before_it_begins(desk: Desk, ay: Person) -> None:
    with pytest.raises(Problems) as caught:
        alerts.record_alert(desk, ay.id, kind="hurt", since=TODAY, until=TODAY - timedelta(days=1))
    assert [one.field for one in caught.value.problems] == ["alert.until"]
    with pytest.raises(Problems):
        alerts.record_alert(desk, ay.id, words="without a kind")


def test_one_put_down_by_mistake_goes_and_comes_back(desk: Desk, ay: Person) -> None:
    one = alerts.record_alert(desk, ay.id, kind="looked_for")
    alerts.archive_alert(desk, one.id)
    assert alerts.alerts_of(desk, ay.id) == []
    alerts.archive_alert(desk, one.id, archived=False)
    assert kinds(alerts.alerts_of(desk, ay.id)) == ["looked_for"]


def test_the_night_reads_and_writes_them_without_opening_a_record(desk: Desk, ay: Person) -> None:
    alerts.record_alert(desk, ay.id, kind="must_not_know", words="Elçin")
    night = seat(desk, Role.NIGHT_WORKER)
    assert [one.words for one in alerts.alerts_of(night, ay.id)] == ["Elçin"]
    alerts.record_alert(night, ay.id, kind="hurt")
    assert alerts.alerts_in_house(night) == [], "she does not live here"
    stays.add_stay(desk, ay.id, arrived_on=TODAY)
    people.change_person(desk, person_reading.read_person(desk, ay.id), must_know="Call before you knock")
    [(who, found, lines)] = alerts.alerts_in_house(night)
    assert (who.shown, kinds(found), lines) == ("Ay", ["hurt", "must_not_know"], "Call before you knock")


@pytest.mark.parametrize("role", [Role.VOCATIONAL_OFFICER, Role.REPORTING_OFFICER, Role.ADMINISTRATOR])
def test_who_neither_takes_in_nor_looks_after_writes_none(desk: Desk, ay: Person, role: Role) -> None:
    with pytest.raises(NotAllowed):
        alerts.record_alert(seat(desk, role), ay.id, kind="hurt")
    with desk.read() as db:
        assert list(db.scalars(select(Alert))) == []
