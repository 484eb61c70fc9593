"""The log of one record in words: acts, labels, values, and what the reader may not see."""

from __future__ import annotations

import pytest
from sqlalchemy import delete

from shelterdesk import people, person_history
from shelterdesk.access import rights_of
from shelterdesk.desk import Desk
from shelterdesk.errors import NotAllowed
from shelterdesk.record_log import FieldLine, log_of
from shelterdesk.schema.history import LogContent
from shelterdesk.vault.compartments import Compartment


def test_acts_and_values_are_told_in_words(desk: Desk) -> None:
    person = people.add_person(desk, short_name="Aysel M.", worker_id=desk.me.id)
    people.change_person(desk, people.open_person(desk, person.id), gender="woman", languages=frozenset({"az", "ru"}))
    people.archive_person(desk, person.id)
    lines = log_of(desk, person.id)
    assert [line.act for line in lines[:3]] == ["Archived the record", "Changed the record", "Opened the record"]
    assert lines[0].fields == (FieldLine("Archived", "", "", "readable"),)
    changed = {field.label: field.after for field in lines[1].fields}
    assert changed == {"Gender": "Woman or girl", "Languages spoken": "Azerbaijani, Russian"}
    assert lines[2].fields == ()
    assert {line.who for line in lines} == {"Leyla A."}
    workers = [field for line in lines for field in line.fields if field.label == "Worker"]
    assert [field.after for field in workers] == ["Leyla A."]


def test_labels_follow_the_language(desk: Desk) -> None:
    person = people.add_person(desk, short_name="Aysel M.")
    person_history.record_phase(desk, person.id, since=desk.today(), phase="crisis")
    line = log_of(desk, person.id, language="en")[0]
    assert {field.label: field.after for field in line.fields}["Phase"] == "Crisis"


def test_sealed_and_removed_content_is_said_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    person = people.add_person(desk, short_name="Aysel M.", safety="No visits", given_names="Aysel")
    holds = desk.vault.ring.holds
    with desk.quietly() as db:
        db.execute(delete(LogContent).where(LogContent.field_id == "person.given_names"))
    monkeypatch.setattr(type(desk.vault.ring), "holds", lambda _ring, one: one is not Compartment.CASE and holds(one))
    opened = type(desk.vault.ring).open

    def without_case(ring, compartment, *more):
        if compartment is Compartment.CASE:
            from shelterdesk.errors import NoKey

            raise NoKey("no key")
        return opened(ring, compartment, *more)

    monkeypatch.setattr(type(desk.vault.ring), "open", without_case)
    states = {field.label: (field.state, field.after) for line in log_of(desk, person.id) for field in line.fields}
    assert states["Safety"] == ("sealed", "")
    assert states["Given names"] == ("removed", "")
    assert states["Short name"] == ("readable", "Aysel M.")


def test_pages_go_on_where_the_last_ended(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shelterdesk.record_log.PAGE", 2)
    person = people.add_person(desk, short_name="Aysel M.")
    for _ in range(4):
        people.open_person(desk, person.id)
    first = log_of(desk, person.id)
    second = log_of(desk, person.id, before=first[-1].number)
    assert [line.number for line in first + second] == sorted({line.number for line in first + second}, reverse=True)
    assert len(first) == len(second) == 2


def test_only_supervisors_read_it(desk: Desk) -> None:
    person = people.add_person(desk, short_name="Aysel M.")
    desk.rights = rights_of(["social_worker"])
    with pytest.raises(NotAllowed):
        log_of(desk, person.id)
