"""Notes in parts, their versions, their locking, and the flags they raise."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from shelterdesk import (
    alerts,
    house_settings,
    integrity,
    note_lock,
    note_versions,
    notes,
    people,
    removal,
    rotation,
    services,
    vocab,
)
from shelterdesk.access import Role
from shelterdesk.desk import Desk
from shelterdesk.errors import NoKey, NotAllowed, Problems, StaleRecord
from shelterdesk.fields import CLOSED
from shelterdesk.note_flags import FLAG_KINDS, take_back_flags
from shelterdesk.note_parts import EVERY_PART, PARTS, has_words, written_parts
from shelterdesk.note_versions import NoteVersion, NoteVersionText, Version
from shelterdesk.notes import TEXTS, Note
from shelterdesk.people import Person
from shelterdesk.schema import log_reading
from shelterdesk.schema.acts import Act
from shelterdesk.services import Service, restricted_note
from shelterdesk.vault import Compartment
from tests.core.seats import seat
from tests.desks import TODAY, Clock

LATER = timedelta(days=7)


@pytest.fixture
def ay(desk: Desk) -> Person:
    return people.add_person(desk, short_name="Ay")


def a_note(desk: Desk, person: Person, text: str = "She slept badly.", **more: object) -> Note:
    return notes.add_note(
        desk, person.id, **{"kind": "psychological", "written_on": TODAY, "clinical_text": text, **more}
    )


def a_session(desk: Desk, person: Person, **more: object) -> Service:
    given = {"kind": "psychological_session", "given_on": TODAY, "outcome": "took_place"}
    return services.add_service(desk, person.id, **given, **more)


def texts(found: list[Version]) -> list[object]:
    return [one.values["clinical_text"] for one in found]


# --- parts --------------------------------------------------------------------------------------------------------


def test_parts_are_sealed_like_the_text_they_divide() -> None:
    for compartment, attributes in PARTS.items():
        for kind, text in ((Note, TEXTS[compartment]), (Service, services.RESTRICTED_NOTES[compartment])):
            fields = {field.attribute: field for field in kind.declared}
            assert {fields[name].compartment for name in attributes} == {compartment} == {fields[text].compartment}


def test_a_note_says_its_parts_in_their_order_and_its_text_last(desk: Desk, ay: Person) -> None:
    one = a_note(desk, ay, clinical_plan="Again on Tuesday", clinical_presenting="Tired")
    said = written_parts(desk, one, notes.text_field(desk, one.kind))
    assert [(field.label, value) for field, value in said] == [
        ("Presenting", "Tired"),
        ("Plan", "Again on Tuesday"),
        ("Psychological note", "She slept badly."),
    ]
    legal = notes.add_note(desk, ay.id, kind="legal", written_on=TODAY, legal_next_hearing=date(2026, 12, 3))
    assert [value for _field, value in written_parts(desk, legal, notes.text_field(desk, "legal"))] == [
        date(2026, 12, 3)
    ]
    assert [field.attribute for field in notes.parts_for(desk, "social")] == ["case_contact", "case_agreed"]
    assert notes.parts_for(desk, "supervision") == notes.parts_for(desk, "house") == ()


def test_whether_a_service_has_its_note_is_known_without_its_key(desk: Desk, ay: Person) -> None:
    session = a_session(desk, ay)
    field = restricted_note(desk, session.kind)
    assert not has_words(desk, session, field)
    services.change_service(desk, session, clinical_plan="Again on Tuesday")
    director = seat(desk, Role.DIRECTOR)
    (session,) = services.services_of(director, ay.id)
    assert has_words(director, session, field)
    assert [value for _field, value in written_parts(director, session, field)] == [CLOSED]


# --- versions -----------------------------------------------------------------------------------------------------


def test_a_correction_keeps_what_stood_before_with_who_when_and_why(desk: Desk, ay: Person, clock: Clock) -> None:
    one = a_note(desk, ay, clinical_risk="None seen")
    begun = desk.now()
    clock.now += timedelta(hours=2)
    one = notes.change_note(desk, one, clinical_text="She slept well.", why="I mixed up two sessions")
    clock.now += timedelta(hours=2)
    one = notes.change_note(desk, one, clinical_risk="Some")
    found = note_versions.versions_of(desk, one)
    assert [version.number for version in found] == [3, 2, 1]
    assert texts(found) == ["She slept well.", "She slept well.", "She slept badly."]
    assert [version.values["clinical_risk"] for version in found] == ["Some", "None seen", "None seen"]
    assert [version.why for version in found] == [None, "I mixed up two sessions", None]
    assert [version.written_at - begun for version in found] == [timedelta(hours=hours) for hours in (4, 2, 0)]
    assert {version.written_by for version in found} == {desk.me.id}
    assert note_versions.corrections_of(desk, ay.id) == {one.id: 2}
    assert one.clinical_text == "She slept well."


def test_a_change_that_changes_nothing_makes_no_version(desk: Desk, ay: Person) -> None:
    one = a_note(desk, ay)
    notes.change_note(desk, one, clinical_text="She slept badly. ")
    assert len(note_versions.versions_of(desk, one)) == 1
    notes.change_note(desk, one, clinical_plan="Again on Tuesday")
    assert note_versions.corrections_of(desk, ay.id) == {}, "nothing that stood there is gone"


def test_the_kind_and_day_of_an_earlier_version_are_kept(desk: Desk, ay: Person) -> None:
    one = notes.add_note(desk, ay.id, kind="house", written_on=TODAY, house_text="Slept late.")
    day = TODAY - timedelta(days=1)
    one = notes.change_note(desk, one, kind="social", written_on=day, house_text=None, case_text="Slept late.")
    now, before = note_versions.versions_of(desk, one)
    assert (before.values["kind"], before.values["written_on"], before.values["house_text"]) == (
        "house", TODAY, "Slept late.",
    )  # fmt: skip
    assert (now.values["kind"], now.values["written_on"], now.values["house_text"]) == ("social", day, None)


def test_the_notes_of_a_service_are_versioned_and_its_facts_are_not(desk: Desk, ay: Person) -> None:
    session = a_session(desk, ay, clinical_note="We spoke of sleep.", team_note="On time")
    session = services.change_service(desk, session, minutes=50)
    assert len(note_versions.versions_of(desk, session)) == 1
    session = services.change_service(desk, session, clinical_note="We spoke of work.", team_note="Late", minutes=40)
    now, before = note_versions.versions_of(desk, session)
    assert (before.values["clinical_note"], before.values["team_note"]) == ("We spoke of sleep.", "On time")
    assert now.values["minutes"] == before.values["minutes"] == 40


def test_somebody_who_was_faster_keeps_the_words(desk: Desk, ay: Person) -> None:
    one = a_note(desk, ay)
    notes.change_note(desk, one, clinical_text="First")
    with pytest.raises(StaleRecord):
        notes.change_note(desk, one, clinical_text="Second")
    assert len(note_versions.versions_of(desk, notes.notes_of(desk, ay.id)[0])) == 2


def test_without_the_key_every_version_and_reason_is_closed(desk: Desk, ay: Person) -> None:
    one = a_note(desk, ay)
    notes.change_note(desk, one, clinical_text="She slept well.", why="I mixed up two sessions")
    director = seat(desk, Role.DIRECTOR)
    (one,) = notes.notes_of(director, ay.id)
    found = note_versions.versions_of(director, one)
    assert texts(found) == [CLOSED, CLOSED]
    assert [version.why for version in found] == [CLOSED, None]
    reception = seat(desk, Role.RECEPTION)
    with pytest.raises(NotAllowed):
        note_versions.versions_of(reception, one)
    with pytest.raises(NotAllowed):
        note_versions.corrections_of(reception, ay.id)


def test_clear_text_beside_the_seal_of_a_version_is_not_read(desk: Desk, ay: Person) -> None:
    one = a_note(desk, ay)
    one = notes.change_note(desk, one, clinical_text="She slept well.", why="Mixed up")
    assert integrity.verify_desk(desk).findings == []
    with desk.engine.execution_options(writes=True).begin() as connection:
        connection.execute(update(NoteVersionText).values(sealed=None, value="forged"))
    assert texts(note_versions.versions_of(desk, one)) == ["She slept well.", CLOSED]
    assert [version.why for version in note_versions.versions_of(desk, one)] == [CLOSED, None]
    assert [found.where for found in integrity.verify_desk(desk).findings] == ["seals", "seals"]
    with desk.engine.execution_options(writes=True).begin() as connection:
        connection.execute(update(NoteVersionText).values(compartment=None))
    assert texts(note_versions.versions_of(desk, one)) == ["She slept well.", CLOSED]


# --- locking ------------------------------------------------------------------------------------------------------


def test_after_a_week_a_note_is_amended_only_with_a_reason(desk: Desk, ay: Person, clock: Clock) -> None:
    one = a_note(desk, ay, written_on=TODAY - timedelta(days=100))
    assert note_lock.locks_on(desk, one) == TODAY + LATER, "what is typed from paper is not locked at once"
    clock.now += LATER - timedelta(days=1)
    one = notes.change_note(desk, one, clinical_text="She slept well.")
    clock.now += timedelta(days=1)
    assert note_lock.is_locked(desk, one)
    for why in (None, "", "  "):
        with pytest.raises(Problems) as told:
            notes.change_note(desk, one, clinical_text="Other words", why=why)
        assert [problem.field for problem in told.value.problems] == ["note_version.why"]
    for values in ({"clinical_plan": "A plan"}, {"kind": "supervision"}, {"written_on": TODAY}):
        with pytest.raises(Problems):
            notes.change_note(desk, one, **values)
    assert notes.notes_of(desk, ay.id)[0].clinical_text == "She slept well."
    assert notes.change_note(desk, one, clinical_text="She slept well. ").version == one.version, "no other words"
    one = notes.change_note(desk, one, clinical_text="She slept a little.", why="She asked me to")
    newest = note_versions.versions_of(desk, one)[0]
    assert (newest.why, newest.amended) == ("She asked me to", True)
    with desk.read() as db:
        assert log_reading.logged(db, limit=1)[0].act == "amend_note"


def test_a_locked_note_stays_in_the_record(desk: Desk, ay: Person, clock: Clock) -> None:
    one = a_note(desk, ay)
    notes.archive_note(desk, one.id)
    clock.now += LATER
    notes.archive_note(desk, one.id, archived=False)
    with pytest.raises(Problems):
        notes.archive_note(desk, one.id)
    assert [found.id for found in notes.notes_of(desk, ay.id)] == [one.id]


def test_the_notes_of_a_service_lock_and_its_facts_do_not(desk: Desk, ay: Person, clock: Clock) -> None:
    session = a_session(desk, ay, clinical_note="We spoke of sleep.")
    empty = a_session(desk, ay)
    clock.now += LATER
    session = services.change_service(desk, session, minutes=50, outcome="shorter")
    with pytest.raises(Problems) as told:
        services.change_service(desk, session, clinical_note="We spoke of work.", minutes=40)
    assert [problem.field for problem in told.value.problems] == ["note_version.why"]
    with pytest.raises(Problems):
        services.change_service(desk, session, clinical_risk="Some")
    (kept,) = [one for one in services.services_of(desk, ay.id) if one.id == session.id]
    assert (kept.clinical_note, kept.minutes) == ("We spoke of sleep.", 50)
    session = services.change_service(desk, session, clinical_note="We spoke of work.", why="A slip of the pen")
    assert note_versions.versions_of(desk, session)[0].why == "A slip of the pen"
    late = services.change_service(desk, empty, clinical_note="Written late.")
    assert late.clinical_note == "Written late.", "a missing note may be written at any time"


def test_a_service_with_locked_notes_is_taken_out_only_with_a_reason(desk: Desk, ay: Person, clock: Clock) -> None:
    session, empty = a_session(desk, ay, clinical_note="We spoke of sleep."), a_session(desk, ay)
    services.archive_service(desk, session.id)
    services.archive_service(desk, session.id, archived=False)
    clock.now += LATER
    assert not services.needs_reason(desk, empty)
    services.archive_service(desk, empty.id)
    for why in (None, "  "):
        with pytest.raises(Problems) as told:
            services.archive_services(desk, [session.id], why=why)
        assert [problem.field for problem in told.value.problems] == ["note_version.why"]
    worker = seat(desk, Role.SOCIAL_WORKER)
    with pytest.raises(Problems):
        services.archive_service(worker, session.id)
    assert [one.id for one in services.services_of(desk, ay.id)] == [session.id]
    services.archive_service(desk, session.id, why="Written into the wrong record")
    assert services.services_of(desk, ay.id) == []
    newest, first = note_versions.versions_of(desk, services.service_with(desk, session.id))
    assert (newest.why, newest.amended) == ("Written into the wrong record", True)
    assert first.values["clinical_note"] == "We spoke of sleep."


def test_the_shelter_says_after_how_many_days(desk: Desk, ay: Person, clock: Clock) -> None:
    one = a_note(desk, ay)
    note_lock.set_lock_days(desk, 1)
    clock.now += timedelta(days=1)
    assert note_lock.is_locked(desk, one)
    note_lock.set_lock_days(desk, 0)
    assert note_lock.locks_on(desk, one) is None
    notes.change_note(desk, one, clinical_text="Other words")
    for days in (-1, note_lock.MOST_DAYS + 1):
        with pytest.raises(Problems):
            note_lock.set_lock_days(desk, days)
    with pytest.raises(NotAllowed):
        note_lock.set_lock_days(seat(desk, Role.PSYCHOLOGIST), 3)
    assert house_settings.get(desk, note_lock.SETTING) == 0


def test_who_lacks_the_key_changes_the_facts_of_a_locked_service(desk: Desk, ay: Person, clock: Clock) -> None:
    a_session(desk, ay, clinical_note="We spoke of sleep.", team_note="On time")
    clock.now += LATER
    worker = seat(desk, Role.SOCIAL_WORKER)
    (session,) = services.services_of(worker, ay.id)
    session = services.change_service(worker, session, minutes=45, clinical_note=CLOSED)
    with pytest.raises(NoKey):
        services.change_service(worker, session, clinical_note="Mine", why="I want to")
    session = services.change_service(worker, session, team_note="Late", why="It was not so")
    newest, _before = note_versions.versions_of(worker, session)
    assert newest.why == "It was not so"


# --- flags and supervision ----------------------------------------------------------------------------------------


def test_a_flag_from_a_note_tells_every_shift_and_nothing_of_the_note(desk: Desk, ay: Person) -> None:
    words = "Look in at night"
    a_note(desk, ay, "She spoke of not wanting to live.", flags={"may_harm_herself"}, flag_words=words)
    a_session(desk, ay, clinical_note="She spoke of a man at the gate.", flags=["looked_for", "may_harm_herself"])
    reception = seat(desk, Role.RECEPTION)
    standing = alerts.alerts_of(reception, ay.id)
    assert [(one.kind, one.words, one.since) for one in standing] == [
        ("looked_for", None, TODAY),
        ("may_harm_herself", words, TODAY),
    ], "each once"
    columns = set(alerts.Alert.__table__.columns.keys())
    assert columns.isdisjoint({"note_id", "service_id", "about_id", "record_id"}), "nothing leads to the note"
    assert {code.code for code in FLAG_KINDS} <= {code.code for code in vocab.ALERT_KINDS}


def test_taking_back_a_note_takes_back_the_flags_it_raised_and_no_others(desk: Desk, ay: Person, clock: Clock) -> None:
    alerts.record_alert(desk, ay.id, kind="not_alone")
    worker = seat(desk, Role.SOCIAL_WORKER)
    clock.now += timedelta(minutes=5)
    alerts.record_alert(worker, ay.id, kind="looked_for")
    a_note(desk, ay, flags=["may_harm_herself", "not_alone"])
    take_back_flags(desk, ay.id, ["may_harm_herself", "not_alone", "looked_for"], clock.now)
    assert {one.kind for one in alerts.alerts_of(desk, ay.id)} == {"not_alone", "looked_for"}


def test_a_flag_belongs_to_the_write_of_its_note(desk: Desk, ay: Person) -> None:
    with pytest.raises(Problems):
        notes.add_note(desk, ay.id, kind="psychological", flags=["may_harm_herself"])
    with pytest.raises(Problems):
        a_note(desk, ay, flags=["unheard_of"])
    assert alerts.alerts_of(desk, ay.id) == notes.notes_of(desk, ay.id) == []
    one = a_note(desk, ay)
    notes.change_note(desk, one, flags=["not_alone"])
    assert [alert.kind for alert in alerts.alerts_of(desk, ay.id)] == ["not_alone"]
    assert len(note_versions.versions_of(desk, one)) == 1


def test_supervision_is_sealed_like_the_work_it_speaks_of(desk: Desk, ay: Person) -> None:
    session = a_session(desk, ay, clinical_note="We spoke of sleep.")
    a_note(desk, ay, "Go slower.", kind="supervision", about_id=session.id)
    assert [one.clinical_text for one in notes.supervisions_of(desk, ay.id, session.id)] == ["Go slower."]
    director = seat(desk, Role.DIRECTOR)
    (closed,) = notes.supervisions_of(director, ay.id, session.id)
    assert written_parts(director, closed, notes.text_field(director, closed.kind))[0][1] is CLOSED
    assert "supervision" not in notes.kinds_for(director)
    assert "case_supervision" in notes.kinds_for(director)


def test_versions_name_no_field_that_is_not_kept(desk: Desk, ay: Person) -> None:
    one = a_note(desk, ay, **dict.fromkeys(set(EVERY_PART) - {"legal_next_hearing"}, "Some words"))
    one = notes.change_note(desk, one, **dict.fromkeys(set(EVERY_PART) - {"legal_next_hearing"}, "Other words"))
    with desk.read() as db:
        rows = list(db.scalars(select(NoteVersionText)))
    assert {row.field_id for row in rows} == {f"note.{name}" for name in set(EVERY_PART) - {"legal_next_hearing"}}
    assert {row.value for row in rows} == {None}
    assert all(row.sealed for row in rows)


def test_earlier_versions_leave_with_the_record(desk: Desk, ay: Person) -> None:
    notes.change_note(desk, a_note(desk, ay), clinical_text="Other words", why="Mixed up")
    other = people.add_person(desk, short_name="Nur")
    kept = notes.change_note(desk, a_note(desk, other), clinical_text="Other words")
    with desk.write(Act.REMOVE_RECORD, about=ay.id) as db:
        removal._destroy(db, [ay.id])
    with desk.read(everybody=True) as db:
        assert {row.record_id for row in db.scalars(select(NoteVersion))} == {kept.id}
        assert len(list(db.scalars(select(NoteVersionText)))) == 1


def test_replaced_keys_open_earlier_versions(desk: Desk, ay: Person) -> None:
    one = notes.change_note(desk, a_note(desk, ay), clinical_text="Other words", why="Mixed up")
    rotation.rotate(desk, [Compartment.CLINICAL.value], why="it was time")
    (one,) = notes.notes_of(desk, ay.id)
    newest, before = note_versions.versions_of(desk, one)
    assert (newest.why, before.values["clinical_text"]) == ("Mixed up", "She slept badly.")
