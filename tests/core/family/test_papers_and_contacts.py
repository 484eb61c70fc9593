"""Identity documents with an end, and contacts with what is safe."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shelterdesk import contacts, due, family, identity_documents, people, person_history
from shelterdesk.access import Role
from shelterdesk.desk import Desk
from shelterdesk.errors import NoKey, NotAllowed, Problems
from shelterdesk.people import Person
from tests.core.seats import seat


@pytest.fixture
def ay(desk: Desk) -> Person:
    """Somebody on file."""
    return people.add_person(desk, short_name="Ay", document_number="AZE1234567", phone="050 111 22 33")


def test_documents_are_kept_changed_and_taken_off(desk: Desk, ay: Person) -> None:
    made = identity_documents.record_document(desk, ay.id, kind="passport", number="P 777", country="AZ")
    identity_documents.change_document(desk, made, place="taken")
    (one,) = identity_documents.documents_of(desk, ay.id)
    assert (one.number, one.place) == ("P 777", "taken")
    identity_documents.archive_document(desk, made.id)
    assert identity_documents.documents_of(desk, ay.id) == []
    with pytest.raises(Problems):
        identity_documents.record_document(
            desk, ay.id, kind="passport", issued_on=desk.today(), expires_on=desk.today() - timedelta(days=1)
        )


def test_a_document_ends_unless_a_later_one_replaced_it(desk: Desk, ay: Person) -> None:
    today = desk.today()

    def ending() -> list[object]:
        with desk.read() as db:
            return [(one.person_id, one.on) for one in identity_documents.ending(db, today)]

    soon = today + timedelta(days=10)
    old = identity_documents.record_document(desk, ay.id, kind="residence_permit", country="AZ", expires_on=soon)
    assert ending() == [(ay.id, soon)]
    identity_documents.record_document(
        desk, ay.id, kind="residence_permit", country="AZ", expires_on=today + timedelta(days=400)
    )
    assert ending() == []
    identity_documents.record_document(desk, ay.id, kind="passport", country="AZ", expires_on=soon)
    assert ending() == [(ay.id, soon)]
    (named,) = due.reminders(desk)
    assert (named.person, named.on, named.section, named.words) == ("Ay", soon, "personal", "A paper ends")
    person_history.record_phase(desk, ay.id, phase="closed", since=today)
    assert ending() == [], "nobody is reminded of whose support is over"
    identity_documents.archive_document(desk, old.id)


def test_a_court_order_ends_on_today_too(desk: Desk, ay: Person) -> None:
    ends = desk.today() + timedelta(days=5)
    family.add_relation(desk, ay.id, kinship="former_partner", name="E.", order="no_contact", order_until=ends)
    (named,) = due.reminders(desk)
    assert (named.on, named.section) == (ends, "family")
    assert "E." not in named.words


def test_contacts_for_an_emergency_stand_first(desk: Desk, ay: Person) -> None:
    contacts.record_contact(desk, ay.id, kind="friend", name="Nigar", phone="051 1", safe="ask_first")
    made = contacts.record_contact(desk, ay.id, kind="relative", name="Sevinc", emergency=True, knows_here=False)
    assert [one.name for one in contacts.contacts_of(desk, ay.id)] == ["Sevinc", "Nigar"]
    contacts.change_contact(desk, made, safe="no")
    assert contacts.contacts_of(desk, ay.id)[0].safe == "no"
    contacts.archive_contact(desk, made.id)
    assert [one.name for one in contacts.contacts_of(desk, ay.id)] == ["Nigar"]


def test_the_night_has_neither(desk: Desk, ay: Person) -> None:
    night = seat(desk, Role.NIGHT_WORKER)
    for read in (contacts.contacts_of, identity_documents.documents_of):
        with pytest.raises(NotAllowed):
            read(night, ay.id)
    with pytest.raises((NotAllowed, NoKey)):
        contacts.record_contact(night, ay.id, kind="relative", name="Sevinc")
