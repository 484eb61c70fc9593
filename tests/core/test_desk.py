"""Desk: the only door to the records. A write is all or nothing, a read never writes, and listeners hear once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

import shelterdesk.desk as desk_module
from shelterdesk import drafts, house_settings, integrity, people, person_reading, stays
from shelterdesk.desk import Busy, CannotSave, Desk
from shelterdesk.errors import NoKey, Problems
from shelterdesk.fields import CLOSED
from shelterdesk.people import Person
from shelterdesk.schema import log_reading
from shelterdesk.schema.acts import Act
from shelterdesk.schema.types import new_id
from shelterdesk.vault import DiskFull
from tests.desks import Clock


def everything(desk: Desk) -> dict[str, list[Any]]:
    with desk.engine.connect() as connection:
        names = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
        return {name: connection.execute(text(f'SELECT * FROM "{name}"')).all() for name in names}


@pytest.fixture
def ay(desk: Desk) -> Person:
    """Somebody on file."""
    return people.add_person(desk, short_name="Ay")


class _Break(Exception):
    pass


def _change_and_raise(db: Session, person: Person, error: Any) -> None:
    db.get_one(Person, person.id).short_name = "Nur"
    db.flush()
    raise error


def _change_and_commit(db: Session, person: Person) -> None:
    db.get_one(Person, person.id).short_name = "Nur"
    db.commit()


@pytest.mark.parametrize("error", [_Break, KeyboardInterrupt, NoKey("x"), OperationalError("x", {}, Exception())])
def test_a_write_that_fails_keeps_nothing(desk: Desk, ay: Person, error: BaseException | type[BaseException]) -> None:
    before, heard = everything(desk), []
    desk.changed.subscribe(heard.append)
    wanted = (
        CannotSave if isinstance(error, OperationalError) else type(error) if isinstance(error, Exception) else error
    )
    with pytest.raises(wanted), desk.write(Act.CHANGE_PERSON) as db:
        _change_and_raise(db, ay, error)
    assert everything(desk) == before
    assert heard == []
    people.add_person(desk, short_name="Nur")


def test_a_write_that_fails_while_the_log_is_written_keeps_nothing(
    desk: Desk, ay: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_values: Any, **_named: Any) -> None:
        raise RuntimeError("no log")

    before = everything(desk)
    monkeypatch.setattr(desk_module.history, "append", fails)
    with pytest.raises(RuntimeError, match="no log"):
        people.change_person(desk, ay, short_name="Nur")
    assert everything(desk) == before


@pytest.mark.parametrize("number", range(1, 6))
def test_a_full_disk_at_any_statement_keeps_nothing(desk: Desk, ay: Person, number: int) -> None:
    """Let SQLite itself say «full» by capping the pages of the file."""
    before = everything(desk)
    with desk.engine.connect() as connection:
        raw = connection.connection.driver_connection
        pages = raw.execute("PRAGMA page_count").fetchone()[0]
        raw.execute(f"PRAGMA max_page_count = {pages + number}")
    long = "word " * 40_000
    with pytest.raises(DiskFull):
        people.change_person(desk, ay, must_know=long, safety=long, strengths=long)
    assert everything(desk) == before
    with desk.engine.connect() as connection:
        connection.connection.driver_connection.execute("PRAGMA max_page_count = 1073741823")
    assert people.change_person(desk, ay, must_know="now").must_know == "now"


def test_listeners_hear_once_what_changed(desk: Desk) -> None:
    heard: list[frozenset[str]] = []
    stop = desk.changed.subscribe(heard.append)
    ay = people.add_person(desk, short_name="Ay", worker_id=desk.me.id)
    assert len(heard) == 1
    assert heard.pop() >= {"person", "worker_since"}
    person_reading.open_person(desk, ay.id)
    assert heard.pop() == {"log"}
    people.change_person(desk, ay, languages={"az"})
    assert heard.pop() == {"person"}
    house_settings.put(desk, "currency", "EUR")
    assert heard.pop() == {"setting"}
    people.change_person(desk, person_reading.person_by_code(desk, ay.code), short_name="Ay")
    with desk.read() as db:
        db.scalars(select(Person)).all()
    drafts.keep_draft(desk, new_id(), "person", ay.id, {"short_name": "Nur"})
    assert heard == []
    stop()
    stop()
    people.add_person(desk)
    assert heard == []


def test_a_record_that_was_opened_was_not_saved(desk: Desk, clock: Clock) -> None:
    ay = people.add_person(desk, short_name="Ay")
    saved = desk.last_saved
    clock.now = clock.now.replace(hour=9)
    person_reading.open_person(desk, ay.id)
    assert desk.last_saved == saved
    people.change_person(desk, ay, short_name="Nur")
    assert desk.last_saved == clock.now


def test_a_read_never_writes(desk: Desk, ay: Person) -> None:
    before = everything(desk)
    with desk.read() as db:
        found = db.get_one(Person, ay.id)
        found.short_name = "Nur"
        found.archived_at = desk.now()
        db.scalars(select(Person)).all()
        db.execute(text("UPDATE person SET archived_at = '2026-01-01'"))
    assert everything(desk) == before
    for session in (desk.read, desk.quietly):
        with pytest.raises(RuntimeError, match=r"desk\.write"), session() as db:
            _change_and_commit(db, ay)
    with pytest.raises(RuntimeError, match=r"desk\.write"), desk.quietly() as db:
        db.add(Person(code="R-1"))
    assert everything(desk) == before


def test_a_write_within_a_write_is_a_bug_that_shows(desk: Desk) -> None:
    with pytest.raises(RuntimeError, match="write within a write"), desk.write(Act.ADD_PERSON):
        people.add_person(desk)
    with pytest.raises(RuntimeError, match="write within a write"), desk.quietly():
        people.add_person(desk)
    people.add_person(desk)


def in_thread(work: Callable[[], Any]) -> threading.Thread:
    thread = threading.Thread(target=work)
    thread.start()
    return thread


def test_while_the_worker_writes_others_read_and_are_told_to_wait(
    desk: Desk, ay: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk_module, "_TURN_SECONDS", 0.05)
    begun, end = threading.Event(), threading.Event()

    def work() -> None:
        with desk.write(Act.IMPORT) as db:
            people.new_person(db, desk, {"short_name": "Nur"})
            db.flush()
            begun.set()
            end.wait(10)

    worker = in_thread(work)
    try:
        assert begun.wait(10)
        with desk.read() as db:
            assert len(db.scalars(select(Person)).all()) == 1, "what is not saved yet is not seen"
        with pytest.raises(Busy):
            people.change_person(desk, ay, short_name="Aysel")
        with pytest.raises(Busy):
            drafts.keep_draft(desk, new_id(), "person", ay.id, {"short_name": "Nur"})
    finally:
        end.set()
        worker.join()
    people.change_person(desk, ay, short_name="Aysel")
    with desk.read() as db:
        assert sorted(one.short_name for one in db.scalars(select(Person))) == ["Aysel", "Nur"]


def test_writes_of_several_threads_wait_for_each_other(desk: Desk) -> None:
    def work() -> None:
        for _ in range(5):
            people.add_person(desk, short_name="Ay")

    threads = [in_thread(work) for _ in range(4)]
    for thread in threads:
        thread.join()
    with desk.read() as db:
        codes = sorted(db.scalars(select(Person.code)))
        assert codes == [f"R-2026-{number:03}" for number in range(1, 21)]
        log_reading.verify_log(db, desk.vault.verify)


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (datetime(2026, 11, 17, 19, 59, tzinfo=UTC), date(2026, 11, 17)),
        (datetime(2026, 11, 17, 20, 0, tzinfo=UTC), date(2026, 11, 18)),
        (datetime(2026, 12, 31, 20, 0, tzinfo=UTC), date(2027, 1, 1)),
    ],
)
def test_today_is_the_day_in_the_vaults_zone(desk: Desk, clock: Clock, now: datetime, day: date) -> None:
    clock.now = now
    assert desk.today() == day
    ay = people.add_person(desk)
    assert ay.registered_on == day
    assert ay.code.startswith(f"R-{day.year}-")
    stay = stays.add_stay(desk, ay.id, arrived_on=day)
    assert stay.created_at == now
    with pytest.raises(Problems):
        people.add_person(desk, registered_on=day.replace(year=day.year + 1))


def test_another_zone_moves_today(desk: Desk, clock: Clock) -> None:
    clock.now = datetime(2026, 11, 17, 23, 30, tzinfo=UTC)
    assert desk.today() == date(2026, 11, 18)
    house_settings.put(desk, "zone", "Atlantic/Azores")
    assert desk.today() == date(2026, 11, 17)
    desk.use_zone("Nowhere/At_all")
    desk.use_zone("../etc/passwd")
    assert str(desk.zone) == "Atlantic/Azores"


def test_naive_moments_are_refused(desk: Desk, clock: Clock) -> None:
    clock.now = datetime(2026, 11, 17, 10, 0)  # noqa: DTZ001
    with pytest.raises(Exception, match="time zone"), desk.write(Act.ADD_PERSON) as db:
        people.new_person(db, desk, {"registered_on": date(2026, 1, 1)})


def test_one_damaged_seal_closes_one_text_and_not_the_list_or_the_record(desk: Desk) -> None:
    ay = people.add_person(desk, short_name="Ay", safety="Nobody visits")
    people.add_person(desk, short_name="Gül")
    with desk.engine.begin() as connection:
        broken = text("UPDATE person SET short_name_sealed = zeroblob(60), safety_sealed = zeroblob(60) WHERE id = :id")
        connection.execute(broken, {"id": ay.id.bytes})
    with desk.read() as db:
        assert {one.code: one.name for one in person_reading.listed(db, person_reading.is_on_file())} == {
            ay.code: None,
            "R-2026-002": "Gül",
        }
    read = person_reading.read_person(desk, ay.id)
    assert read.shown_name == ay.code
    safety = desk.field(Person, "safety")
    assert safety.read(read) is CLOSED
    people.change_person(desk, read, given_names="Aysel", safety=CLOSED)
    with desk.engine.connect() as connection:
        kept = connection.execute(text("SELECT safety_sealed FROM person WHERE code = :code"), {"code": ay.code})
        assert kept.scalar_one() == bytes(60), "what is damaged is kept as it is"
    found = integrity.verify_desk(desk)
    assert [one.where for one in found.findings].count("seals") == 2
