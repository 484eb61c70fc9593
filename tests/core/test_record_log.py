"""The log in words: acts, labels, values, facts, and what the reader may not see."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, update

from shelterdesk import (
    exports,
    house_settings,
    log_families,
    log_words,
    people,
    person_history,
    person_reading,
    restrictions,
    rooms,
)
from shelterdesk.access import Right, Role, rights_of
from shelterdesk.desk import Desk
from shelterdesk.documents.plan_papers import note_paper
from shelterdesk.errors import NotAllowed
from shelterdesk.fields import Kind
from shelterdesk.opening import lock_desk, open_desk
from shelterdesk.people import Person
from shelterdesk.record_log import FieldLine, LogFilter, LogLine, log_of, read_log
from shelterdesk.schema.acts import FACTS, Act
from shelterdesk.schema.base import RECORDS
from shelterdesk.schema.history import LogContent, LogRow
from shelterdesk.summaries.period import month
from shelterdesk.summaries.summary import summarise
from shelterdesk.vault import WrongPassphrase
from shelterdesk.vault.compartments import Compartment
from tests.core.seats import seat
from tests.desks import PASSPHRASE, TODAY, Clock


def told(line: LogLine) -> dict[str, str]:
    return {one.label: one.after for one in line.fields}


def newest(desk: Desk) -> LogLine:
    return read_log(desk, language="en").lines[0]


def look_again(desk: Desk) -> None:
    """Let a desk at the same vault learn what another one changed about whom it reaches."""
    with desk.read(everybody=True) as db:
        restrictions.load(desk, db)


@pytest.fixture
def ay(desk: Desk) -> Person:
    return people.add_person(desk, short_name="Aysel M.", given_names="Aysel", safety="No visits")


# --- words --------------------------------------------------------------------------------------------------------


def test_acts_and_values_are_told_in_words(desk: Desk) -> None:
    person = people.add_person(desk, short_name="Aysel M.", worker_id=desk.me.id)
    people.change_person(
        desk, person_reading.open_person(desk, person.id), gender="woman", languages=frozenset({"az", "ru"})
    )
    people.archive_person(desk, person.id)
    lines = log_of(desk, person.id)
    assert [line.act for line in lines[:3]] == ["Archived the record", "Changed the record", "Opened the record"]
    assert lines[0].fields == (FieldLine("Archived", "", "", "readable"),)
    assert told(lines[1]) == {"Gender": "Woman or girl", "Languages spoken": "Azerbaijani, Russian"}
    assert lines[2].fields == ()
    assert {line.who for line in lines} == {"Leyla A."}
    assert {(line.kind, line.person) for line in lines[:3]} == {("Personal details", person.code)}
    workers = [field for line in lines for field in line.fields if field.label == "Worker"]
    assert [field.after for field in workers] == ["Leyla A."]


def test_labels_follow_the_language(desk: Desk) -> None:
    person = people.add_person(desk, short_name="Aysel M.")
    person_history.record_phase(desk, person.id, since=desk.today(), phase="crisis")
    line = log_of(desk, person.id, language="en")[0]
    assert told(line)["Phase"] == "Crisis"
    assert line.kind == "Phase"


def test_every_kind_of_record_and_every_act_has_words() -> None:
    kinds = {name for name, kind in RECORDS.items() if kind.__module__.startswith("shelterdesk.")}
    assert kinds - set(log_words.KINDS) == set()
    assert {act.code for act in Act} == {code for family in log_families.FAMILIES for code in family.acts}


@pytest.mark.parametrize(
    ("act", "fact", "spelled", "words"),
    [
        (Act.PRINT, "log.what", "plan_for_the_file", "Plan for the file"),
        (Act.PRINT, "log.how", "print", "on paper"),
        (Act.EXPORT, "log.what", "summary 2026-10 exact", "Summary 2026-10, exact figures"),
        (Act.EXPORT, "log.what", "summary 2026-10 protected", "Summary 2026-10, small numbers covered"),
        (Act.BACKUP, "log.what", "desk-7F3A-2026-11-21.dbk", "desk-7F3A-2026-11-21.dbk"),
        (Act.IMPORT, "log.what", "spreadsheet", "Spreadsheet"),
        (Act.LOCK, "log.why_locked", "idle", "nobody used the computer"),
        (Act.SIGN_IN_FAILED, "log.when", "2026-11-17T05:30:00+00:00", "17 November 2026, 09:30"),
        (Act.INVITE, "log.what", "director, social_worker", "Director, Social worker"),
        (Act.GRANT, "log.what", "case, house", "Social work, House"),
        (Act.DEPUTISE, "log.until", "2026-12-01", "1 December 2026"),
        (Act.LIMIT_ROLE, "log.how", "mine", "only their own people"),
        (Act.LIMIT_ROLE, "log.how", "-back_up", "may not any more: Make backups"),
        (Act.LIMIT_ROLE, "log.how", "+read_log", "may again: Read the log"),
        (Act.CHANGE_SETTINGS, "log.what", "zone", "Time zone"),
        (Act.CHANGE_SETTINGS, "log.how", '"Europe/Berlin"', "Europe/Berlin"),
        (Act.CHANGE_SETTINGS, "log.what", "person.gender", "Personal details: Gender"),
        (Act.CHANGE_SETTINGS, "log.how", '{"hidden": true, "label": "Sex"}', "hidden: yes, words: Sex"),
        (Act.CHANGE_SETTINGS, "log.how", "null", ""),
        (Act.CHANGE_SETTINGS, "log.what", "backup_keep", "How many backups are kept"),
        (Act.CHANGE_SETTINGS, "log.how", "[7, 4, 12]", "7, 4, 12"),
        (Act.CHANGE_SETTINGS, "log.how", '"by_hand"', "by hand only"),
        (Act.CHANGE_SETTINGS, "log.how", '[{"path": "/b", "label": ""}, {"path": "x", "label": "STICK"}]', "/b, STICK"),
        (Act.ROTATE, "log.what", "database, case", "Key of the vault, Social work"),
        (Act.SIGN_IN_RECOVERY, "log.how", "pieces", "with pieces of the recovery code"),
        (Act.PRINT, "log.what", "from a newer program", "from a newer program"),
        (Act.LOCK, "log.when", "not a moment", "not a moment"),
    ],
)
def test_facts_of_events_are_told_in_words(desk: Desk, act: Act, fact: str, spelled: str, words: str) -> None:
    assert log_words.LogWords(desk, "en").value(act.code, "", fact, spelled) == words


def test_every_fact_has_a_label(desk: Desk) -> None:
    words = log_words.LogWords(desk, "en")
    assert all(words.label("", fact.id) == fact.label for fact in FACTS)


def test_settings_and_own_fields_are_told_by_their_words(desk: Desk) -> None:
    field = house_settings.add_own_field(desk, "person", "Shoe size", Kind.TEXT, Compartment.IDENTITY)
    assert told(newest(desk))["What"] == "Personal details: Shoe size"
    people.add_person(desk, **{field.attribute: "38"})
    assert told(newest(desk))["Shoe size"] == "38"
    house_settings.put(desk, "currency", "EUR")
    assert told(newest(desk)) == {"What": "Currency", "How": "EUR"}


def test_what_left_is_told_with_for_whom_and_why(desk: Desk, ay: Person) -> None:
    note_paper(desk, ay.id, for_the_file=True, how="print", for_whom="the file", why="the plan made together")
    line = newest(desk)
    assert (line.act, line.person) == ("Printed", ay.code)
    assert told(line) == {
        "What": "Plan for the file", "How": "on paper", "For whom": "the file", "Why": "the plan made together",
    }  # fmt: skip
    assert all(one.is_fact for one in line.fields)
    assert [one.label for one in line.fields if one.sensitive] == ["For whom", "Why"]
    summary = summarise(desk, month(TODAY - timedelta(days=30)))
    exports.export_summary(desk, summary, recipient="IOM", format="xlsx", why="monthly report")
    assert told(newest(desk))["For whom"] == "IOM"


# --- who ----------------------------------------------------------------------------------------------------------


def test_a_failed_sign_in_is_nobodys_act(desk: Desk, clock: Clock) -> None:
    folder, when = desk.vault.folder, clock.now
    lock_desk(desk, "asked")
    with pytest.raises(WrongPassphrase):
        open_desk(folder, "leyla", "not the passphrase", clock=clock)
    clock.now += timedelta(hours=2)
    again = open_desk(folder, "leyla", PASSPHRASE, clock=clock)
    try:
        failed = read_log(again, LogFilter(acts=log_families.BY_ID["failed"].acts), language="en").lines
        assert [(line.act, line.who) for line in failed] == [("A sign-in failed", "")]
        assert told(failed[0])["Sign-in name"] == "leyla"
        assert told(failed[0])["When"]
        hers = read_log(again, LogFilter(member_id=again.me.id)).lines
        assert "sign_in_failed" not in {line.code for line in hers}
        assert {"sign_in", "lock"} <= {line.code for line in hers}
        assert when < clock.now
    finally:
        again.close()


def test_only_supervisors_read_it(desk: Desk, ay: Person) -> None:
    for role in Role:
        somebody = seat(desk, role)
        if somebody.may(Right.READ_LOG):
            assert log_of(somebody, ay.id)
            assert read_log(somebody).lines
            continue
        for tried in (lambda who=somebody: log_of(who, ay.id), lambda who=somebody: read_log(who)):
            with pytest.raises(NotAllowed):
                tried()
    desk.rights = rights_of(["social_worker"])
    with pytest.raises(NotAllowed):
        log_of(desk, ay.id)


# --- what the reader may not see ----------------------------------------------------------------------------------


def test_values_show_only_with_their_key(desk: Desk, ay: Person) -> None:
    reception = seat(desk, Role.RECEPTION)
    reception.rights |= {Right.READ_LOG}
    states = {one.label: (one.state, one.after) for one in log_of(reception, ay.id)[0].fields}
    assert states["Short name"] == ("readable", "Aysel M.")
    assert states["Given names"] == ("sealed", "")
    assert states["Safety"] == ("sealed", "")


def test_removed_and_altered_content_is_said_so_and_stops_nothing(desk: Desk, ay: Person) -> None:
    with desk.engine.execution_options(writes=True).begin() as connection:
        connection.execute(delete(LogContent).where(LogContent.field_id == "person.given_names"))
        broken = update(LogContent).where(LogContent.field_id == "person.safety")
        connection.execute(broken.values(sealed=b"\1" + b"\0" * 60))
    states = {one.label: (one.state, one.after) for one in log_of(desk, ay.id)[0].fields}
    assert states["Given names"] == ("removed", "")
    assert states["Safety"] == ("altered", "")
    assert states["Short name"] == ("readable", "Aysel M.")


def test_a_record_closed_to_the_reader_is_not_in_the_log_at_all(desk: Desk, ay: Person) -> None:
    nur = people.add_person(desk, short_name="Nur")
    director = seat(desk, Role.DIRECTOR)
    restrictions.close_to(desk, nur.id, director.me.id, "a cousin")
    look_again(director)
    lines = read_log(director).lines
    assert {line.person for line in lines} == {ay.code, ""}
    assert nur.id not in {line.person_id for line in lines}
    assert read_log(director, LogFilter(person_id=nur.id)).lines == ()
    assert log_of(director, nur.id) == []
    assert nur.id in {line.person_id for line in read_log(desk).lines}


def test_a_record_that_asks_why_shows_its_rows_and_no_value_until_it_is_open(desk: Desk, ay: Person) -> None:
    restrictions.restrict(desk, ay.id, "known in town")
    director = seat(desk, Role.DIRECTOR)
    look_again(director)
    closed = next(line for line in read_log(director).lines if line.code == "add_person")
    assert closed.person == ay.code
    assert {(one.state, one.before, one.after) for one in closed.fields} == {("closed", "", "")}
    person_reading.open_person(director, ay.id, why="she is my resident now")
    opened = next(line for line in read_log(director).lines if line.code == "add_person")
    assert told(opened)["Given names"] == "Aysel"


# --- pages and filters --------------------------------------------------------------------------------------------


def test_pages_go_on_where_the_last_ended(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shelterdesk.record_log.PAGE", 2)
    person = people.add_person(desk, short_name="Aysel M.")
    for _ in range(4):
        person_reading.open_person(desk, person.id)
    first = log_of(desk, person.id)
    second = log_of(desk, person.id, before=first[-1].number)
    assert [line.number for line in first + second] == sorted({line.number for line in first + second}, reverse=True)
    assert len(first) == len(second) == 2
    hers = LogFilter(person_id=person.id)
    page = read_log(desk, hers, before=second[-1].number)
    assert [line.code for line in page.lines] == ["add_person"]
    assert not page.more
    assert read_log(desk, hers).more


@pytest.mark.parametrize(
    ("wanted", "acts"),
    [
        (LogFilter(record="room"), {"change_house"}),
        (LogFilter(acts=frozenset({"open_record", "print"})), {"open_record", "print"}),
        (LogFilter(record="person", acts=frozenset({"open_record"})), {"open_record"}),
        (LogFilter(first=TODAY + timedelta(days=1)), {"open_record"}),
        (LogFilter(last=TODAY, acts=frozenset({"open_record"})), set()),
        (LogFilter(first=TODAY + timedelta(days=9)), set()),
    ],
)
def test_filters_narrow(desk: Desk, ay: Person, clock: Clock, wanted: LogFilter, acts: set[str]) -> None:
    rooms.add_room(desk, rooms.sites_of(desk)[0].id, 2, name="Blue")
    note_paper(desk, ay.id, for_the_file=False, how="print")
    clock.now += timedelta(days=1)
    person_reading.open_person(desk, ay.id)
    assert {line.code for line in read_log(desk, wanted).lines} == acts
    if wanted.acts and not wanted.last:
        nobody = replace(wanted, member_id=seat(desk, Role.NURSE).me.id)
        assert read_log(desk, nobody).lines == ()


def test_days_are_those_of_the_house(desk: Desk, ay: Person, clock: Clock) -> None:
    clock.now = clock.now.replace(hour=20, minute=30)
    person_reading.open_person(desk, ay.id)
    opened: dict[str, Any] = {"person_id": ay.id, "acts": frozenset({"open_record"})}
    assert desk.today() == TODAY + timedelta(days=1), "half past midnight in Baku"
    assert len(read_log(desk, LogFilter(**opened, first=desk.today(), last=desk.today())).lines) == 1
    assert read_log(desk, LogFilter(**opened, first=TODAY, last=TODAY)).lines == ()


def test_a_clock_set_back_hides_no_row_of_its_day(desk: Desk, ay: Person, clock: Clock) -> None:
    person_reading.open_person(desk, ay.id)
    clock.now -= timedelta(days=3)
    person_reading.open_person(desk, ay.id)
    clock.now += timedelta(days=3)
    person_reading.open_person(desk, ay.id)
    of_today = read_log(desk, LogFilter(acts=frozenset({"open_record"}), first=TODAY, last=TODAY)).lines
    assert len(of_today) == 2
    with desk.read() as db:
        assert len({row.at for row in db.query(LogRow).where(LogRow.act == "open_record")}) == 2
