"""Drafts: sealed like what they become, only one's own, still there after a crash, counted nowhere."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select, text, update

from shelterdesk import drafts, house_settings, people
from shelterdesk.access import Role
from shelterdesk.desk import Desk
from shelterdesk.drafts import DraftField
from shelterdesk.fields import CLOSED, Field, Kind
from shelterdesk.opening import open_desk
from shelterdesk.partial_date import PartialDate
from shelterdesk.schema import log_reading
from shelterdesk.schema.types import new_id
from shelterdesk.vault import Compartment
from tests.core.seats import seat
from tests.desks import PASSPHRASE, Clock

CANARY = "Xatirə-4711"
NEXT = Field("service.next_on", "Next session", Kind.DAY, "next_on")


def in_the_file(desk: Desk) -> bytes:
    with desk.engine.connect() as connection:
        return repr(connection.execute(text("SELECT * FROM draft_field")).all()).encode()


def test_a_draft_comes_back_as_it_was_typed(desk: Desk, clock: Clock) -> None:
    draft, target, person = new_id(), new_id(), new_id()
    values = {
        "kind": "social_talk",
        "given_on": desk.today(),
        "minutes": 45,
        "case_note": CANARY,
        "next_on": desk.today(),
    }
    kept = drafts.keep_draft(desk, draft, "service", target, values, person_id=person, extra_fields=(NEXT,))
    assert kept == clock.now
    (found,) = drafts.my_drafts(desk, extra_fields=(NEXT,))
    assert (found.id, found.record, found.target_id, found.person_id) == (draft, "service", target, person)
    assert found.values == values
    assert CANARY.encode() not in in_the_file(desk)


def test_what_is_kept_again_replaces_what_was_kept(desk: Desk, clock: Clock) -> None:
    first, second = new_id(), new_id()
    drafts.keep_draft(desk, first, "note", new_id(), {"kind": "house", "house_text": "a"})
    clock.now += timedelta(seconds=5)
    drafts.keep_draft(desk, second, "note", new_id(), {"kind": "house"})
    clock.now += timedelta(seconds=5)
    drafts.keep_draft(desk, first, "note", new_id(), {"kind": "house", "house_text": None})
    found = drafts.my_drafts(desk)
    assert [one.id for one in found] == [first, second]
    assert found[0].values == {"kind": "house"}
    drafts.drop_draft(desk, first)
    assert [one.id for one in drafts.my_drafts(desk)] == [second]


def test_emptying_a_field_of_a_record_is_kept_too(desk: Desk) -> None:
    ay = people.add_person(desk, short_name="Ay", must_know="x", languages={"az"})
    values = {"short_name": "Ay", "must_know": "", "languages": frozenset(), "gender": None}
    drafts.keep_draft(desk, new_id(), "person", ay.id, values)
    (found,) = drafts.my_drafts(desk)
    assert found.values == {"short_name": "Ay", "must_know": None, "languages": None, "gender": None}


def test_drafts_survive_a_crash_and_a_lock(desk: Desk, vault_folder: Path, clock: Clock) -> None:
    drafts.keep_draft(desk, new_id(), "note", new_id(), {"kind": "house", "house_text": CANARY})
    desk.close()
    again = open_desk(vault_folder, "leyla", PASSPHRASE, clock=clock)
    (found,) = drafts.my_drafts(again)
    assert found.values["house_text"] == CANARY
    again.close()


def test_drafts_are_ones_own(desk: Desk) -> None:
    draft = new_id()
    drafts.keep_draft(desk, draft, "note", new_id(), {"kind": "house", "house_text": CANARY})
    other = seat(desk, Role.SOCIAL_WORKER)
    assert drafts.my_drafts(other) == []
    drafts.drop_draft(other, draft)
    drafts.keep_draft(other, draft, "note", new_id(), {"kind": "house"})
    assert drafts.my_drafts(desk)[0].values["house_text"] == CANARY


def test_drafts_are_not_logged_and_tell_nobody(desk: Desk) -> None:
    heard: list[frozenset[str]] = []
    desk.changed.subscribe(heard.append)
    with desk.read() as db:
        before = log_reading.log_head(db)
    drafts.keep_draft(desk, new_id(), "note", new_id(), {"kind": "house", "house_text": CANARY})
    with desk.read() as db:
        assert log_reading.log_head(db) == before
    assert heard == []
    assert desk.last_saved is None, "«Saved» is said of what stands in a record"


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.RECEPTION])
def test_a_birthday_never_lies_open(desk: Desk, role: Role) -> None:
    mine = seat(desk, role)
    drafts.keep_draft(mine, new_id(), "person", new_id(), {"short_name": "Ay", "birth": PartialDate(1994, 5, 21)})
    assert b"1994-05-21" not in in_the_file(desk)
    (found,) = drafts.my_drafts(mine)
    assert found.values["birth"] == (PartialDate(1994, 5, 21) if role is Role.DIRECTOR else PartialDate(1994, 5))


def test_what_one_cannot_write_is_not_kept(desk: Desk) -> None:
    reception = seat(desk, Role.RECEPTION)
    values = {"short_name": "Ay", "given_names": "Aysel", "safety": CLOSED, "nonsense": 1}
    drafts.keep_draft(reception, new_id(), "person", new_id(), values)
    assert drafts.my_drafts(reception)[0].values == {"short_name": "Ay"}


def test_own_fields_are_kept(desk: Desk) -> None:
    house_settings.add_own_field(desk, "person", "Size", Kind.TEXT, Compartment.IDENTITY)
    house_settings.add_own_field(desk, "person", "Visits", Kind.NUMBER, None)
    drafts.keep_draft(desk, new_id(), "person", new_id(), {"own_1": CANARY, "own_2": 3})
    assert drafts.my_drafts(desk)[0].values == {"own_1": CANARY, "own_2": 3}
    assert CANARY.encode() not in in_the_file(desk)


def test_one_damaged_field_does_not_cost_the_rest(desk: Desk) -> None:
    drafts.keep_draft(
        desk, new_id(), "note", new_id(), {"kind": "house", "written_on": desk.today(), "house_text": "x"}
    )
    drafts.keep_draft(desk, new_id(), "note", new_id(), {"kind": "house"})
    with desk.engine.execution_options(writes=True).begin() as connection:
        sealed = update(DraftField).where(DraftField.field_id == "note.house_text").values(sealed=b"\1" + b"\0" * 50)
        connection.execute(sealed)
        connection.execute(update(DraftField).where(DraftField.field_id == "note.written_on").values(value="soon"))
        newest = connection.execute(select(DraftField.draft_id).order_by(DraftField.id.desc()).limit(1)).scalar_one()
        connection.execute(update(DraftField).where(DraftField.draft_id == newest).values(record="diary"))
    (found,) = drafts.my_drafts(desk)
    assert found.values == {"kind": "house"}
    with desk.engine.execution_options(writes=True).begin() as connection:
        connection.execute(delete(DraftField))
    assert drafts.my_drafts(desk) == []
