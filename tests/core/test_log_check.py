"""Checking the log on request: what it says when all is well, and what is missing at the end."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from shelterdesk import backup_targets, backups, log_check, log_retention, people, person_reading, record_log
from shelterdesk.access import Right, Role
from shelterdesk.desk import Desk
from shelterdesk.errors import NotAllowed
from shelterdesk.people import Person
from shelterdesk.schema.history import LogContent, LogHead, LogRow
from tests.core.seats import seat
from tests.desks import Clock


@pytest.fixture
def ay(desk: Desk) -> Person:
    return people.add_person(desk, short_name="Ay", safety="No visits")


def cut_off(desk: Desk, last: int) -> None:
    """Cut the log off after *last* and move its head back, as whoever holds the key of the database can."""
    with desk.engine.execution_options(writes=True).begin() as connection:
        mac = connection.execute(select(LogRow.mac).where(LogRow.number == last)).scalar_one()
        connection.execute(delete(LogRow).where(LogRow.number > last))
        connection.execute(delete(LogContent).where(LogContent.number > last))
        connection.execute(update(LogHead).values(number=last, mac=mac))


def test_a_whole_log_says_what_was_looked_at(desk: Desk, ay: Person) -> None:
    gone = log_retention.remove_content_of(desk, ay.id, "she asked for it")
    report = log_check.check_log(desk)
    rows = record_log.read_log(desk).lines[0].number
    assert report.whole
    assert log_check.in_words(report, "en") == (
        f"The log is whole: {rows} rows fit each other, and what they say is what was logged. 1 signature holds. "
        f"{gone} contents were removed on purpose; the log tells when and by whom."
    )


def test_who_lacks_keys_is_told_what_was_not_opened(desk: Desk, ay: Person) -> None:
    reception = seat(desk, Role.RECEPTION)
    reception.rights |= {Right.READ_LOG}
    words = log_check.in_words(log_check.check_log(reception), "en")
    assert words.endswith("1 content is sealed with keys you do not hold and was not opened.")


def test_the_first_row_that_does_not_fit_is_named(desk: Desk, ay: Person) -> None:
    with desk.engine.execution_options(writes=True).begin() as connection:
        connection.execute(update(LogRow).where(LogRow.number == 3).values(act="print"))
    report = log_check.check_log(desk)
    assert not report.whole
    assert report.findings[0].values["number"] == 3
    assert log_check.in_words(report, "en") == "Row 3 of the log was altered."


def test_only_who_may_read_the_log_may_check_it(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        log_check.check_log(seat(desk, Role.SOCIAL_WORKER))


def test_a_backup_knows_where_the_log_had_come_to(desk: Desk, ay: Person, tmp_path: Path, clock: Clock) -> None:
    backup_targets.begin_with(desk, tmp_path / "backups")
    before = record_log.read_log(desk).lines[0].number
    people.change_person(desk, person_reading.open_person(desk, ay.id), phone="1234")
    backups.back_up_everywhere(desk)
    clock.now += timedelta(days=1)
    person_reading.open_person(desk, ay.id)
    assert log_check.known_heads(desk)
    assert log_check.check_log(desk).whole
    cut_off(desk, before)
    report = log_check.check_log(desk)
    assert "does not know the moment at which a backup was made" in log_check.in_words(report, "en")


def test_backups_that_are_not_there_or_not_ours_tell_nothing(desk: Desk, tmp_path: Path) -> None:
    backup_targets.begin_with(desk, tmp_path / "backups")
    assert log_check.known_heads(desk) == frozenset()
    (tmp_path / "backups").mkdir(exist_ok=True)
    (tmp_path / "backups" / f"{desk.vault.name}-2026-11-17.dbk").write_bytes(b"no backup")
    assert log_check.known_heads(desk) == frozenset()
    assert log_check.check_log(desk).whole


def test_progress_is_told_and_may_stop_the_check(desk: Desk, ay: Person) -> None:
    told: list[tuple[int, int]] = []

    def stop(done: int, whole: int) -> None:
        told.append((done, whole))
        raise InterruptedError

    with pytest.raises(InterruptedError):
        log_check.check_log(desk, stop)
    last = record_log.read_log(desk).lines[0].number
    assert told == [(last, last)]
