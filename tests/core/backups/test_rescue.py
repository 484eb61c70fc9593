"""Saving what can be read of a damaged vault, without ever writing to it."""

from __future__ import annotations

import hashlib
import random
import shutil
from pathlib import Path
from typing import Any

import pytest

from shelterdesk import notes, people, rescue, sample
from shelterdesk.desk import Desk
from shelterdesk.opening import lock_desk, open_desk
from shelterdesk.people import Person, PersonCode
from shelterdesk.rescue import Rescued, Survey
from shelterdesk.schema import log_reading
from shelterdesk.services import Service
from shelterdesk.vault import (
    Course,
    KdfCost,
    Stopped,
    VaultDamaged,
    VaultExists,
    VaultInUse,
    WrongPassphrase,
    by_passphrase,
    open_vault,
)
from shelterdesk.vault import salvage as vault_salvage
from tests.desks import Clock, at_another_computer

PAGE = 4096
UNLOCK = by_passphrase(sample.USER_NAME, sample.PASSPHRASE)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed vault with a dozen people and their stories, which is never harmed itself."""
    with at_another_computer(tmp_path_factory):
        folder = tmp_path_factory.mktemp("whole") / "desk-5A3B.vault"
        desk, _words = sample.create_demo(folder, residents=12, cost=KdfCost.for_tests(), clock=Clock())
        lock_desk(desk, "asked")
    return folder


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    """A copy of it, to be harmed."""
    target = tmp_path / whole.name
    shutil.copytree(whole, target)
    return target


@pytest.fixture
def into(tmp_path: Path) -> Path:
    return tmp_path / "desk-5A3B-rescued.vault"


def database(folder: Path) -> Path:
    return next(folder.glob("records*.db"))


def harm(folder: Path, *pages: int) -> None:
    data = bytearray(database(folder).read_bytes())
    for page in pages:
        data[page * PAGE + 50] ^= 1
    database(folder).write_bytes(data)


def pages_of(folder: Path, name: str) -> list[int]:
    """Return the pages behind a table or index, found by harming one after the other and looking who complains."""
    with open_vault(folder, sample.USER_NAME, sample.PASSPHRASE) as vault, vault.connection() as connection:
        (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,)).fetchone()
    return [int(root) - 1]


def prints(folder: Path) -> dict[str, str]:
    return {one.name: hashlib.sha256(one.read_bytes()).hexdigest() for one in sorted(folder.iterdir())}


def rows_of(survey: Survey, table: str) -> Any:
    return next(one for one in survey.tables if one.table == table)


def sign_in(folder: Path) -> Desk:
    return open_desk(folder, sample.USER_NAME, sample.PASSPHRASE, clock=Clock())


def look_at(folder: Path) -> Desk:
    """Open a vault for reading only: nobody signs in, and this computer is not asked which copy it knows."""
    return Desk(open_vault(folder, sample.USER_NAME, sample.PASSPHRASE))


def texts_of(desk: Desk) -> set[str]:
    """Return a good part of what people wrote."""
    with desk.read(everybody=True) as db:
        found = {f"{one.code} {one.shown_name}" for one in db.query(Person)}
        found |= {f"{one.id} {one.house_text} {one.case_text}" for one in db.query(notes.Note)}
        return found | {f"{one.id} {one.kind} {one.given_on} {one.case_note}" for one in db.query(Service)}


def test_a_whole_vault_is_saved_whole(folder: Path, whole: Path, into: Path) -> None:
    before = prints(folder)
    found = rescue.survey(folder, UNLOCK)
    assert found.harmed == ()
    saved = rescue.rescue(folder, into, UNLOCK, clock=Clock())
    assert saved.survey.harmed == ()
    assert (saved.set_aside, saved.report.findings) == (0, [])
    assert prints(folder) == before
    desk, first = sign_in(into), look_at(folder)
    assert texts_of(desk) == texts_of(first)
    assert desk.vault.id == first.vault.id
    desk.close()
    first.close()


def test_past_damaged_pages_everything_else_is_read_and_the_log_fills_gaps(
    folder: Path, whole: Path, into: Path
) -> None:
    chance = random.Random(7)
    harm(folder, *chance.sample(range(40, database(folder).stat().st_size // PAGE), 12))
    before = prints(folder)
    with pytest.raises(VaultDamaged):
        everything_is_read(folder)
    found = rescue.survey(folder, UNLOCK)
    assert found.harmed
    saved = rescue.rescue(folder, into, UNLOCK, clock=Clock())
    assert prints(folder) == before, "the damaged vault is only read"
    for one in saved.survey.harmed:
        assert one.words()
    desk, first = sign_in(into), look_at(whole)
    lacking = texts_of(first) - texts_of(desk)
    told_lost = sum(one.lost or 0 for one in saved.survey.tables if one.table in {"person", "note", "service"})
    assert len(lacking) <= told_lost + saved.set_aside
    people.add_person(desk, short_name="New P.")
    desk.close()
    first.close()


def everything_is_read(folder: Path) -> None:
    with open_vault(folder, sample.USER_NAME, sample.PASSPHRASE) as vault, vault.connection() as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            connection.execute(f'SELECT * FROM "{name}"').fetchall()


@pytest.mark.parametrize(
    "table", [*(pytest.param(one, marks=pytest.mark.long) for one in ("service", "note")), "person", "codes"]
)
def test_a_table_that_is_lost_as_a_whole_is_written_again_from_the_log(
    folder: Path, whole: Path, into: Path, table: str
) -> None:
    harm(folder, *pages_of(folder, table))
    saved = rescue.rescue(folder, into, UNLOCK, clock=Clock())
    one = rows_of(saved.survey, table)
    assert one.read == 0
    assert one.rebuilt > 10
    assert saved.set_aside == 0
    desk, first = sign_in(into), look_at(whole)
    assert texts_of(desk) == texts_of(first)
    with desk.read() as db:
        assert db.query(PersonCode).count() >= db.query(Person).count()
    desk.close()
    first.close()


@pytest.mark.long
def test_a_log_without_its_end_is_written_on_and_the_gap_is_named(folder: Path, into: Path) -> None:
    for name in ("log_head", "log_chain"):
        harm(folder, *pages_of(folder, name))
    saved = rescue.rescue(folder, into, UNLOCK, clock=Clock())
    assert saved.report.findings
    desk = sign_in(into)
    with desk.read() as db:
        acts = [row.act for row in log_reading.logged(db, limit=3)]
    assert acts == ["sign_in", "lock", "rescue"]
    desk.close()


@pytest.mark.long
def test_a_file_cut_short_gives_what_is_before_the_cut(folder: Path, into: Path) -> None:
    data = database(folder).read_bytes()
    database(folder).write_bytes(data[: len(data) * 2 // 3 + 100])
    found = rescue.survey(folder, UNLOCK)
    assert found.rows > 1000
    assert found.harmed
    saved = rescue.rescue(folder, into, UNLOCK, clock=Clock())
    assert saved.survey.rows == found.rows
    sign_in(into).close()


@pytest.mark.long
def test_what_was_in_the_write_ahead_log_is_saved_too(folder: Path, into: Path) -> None:
    desk = sign_in(folder)
    made = people.add_person(desk, short_name="Last P.")
    kept = folder.with_name("kept.vault")
    shutil.copytree(folder, kept)
    desk.close()
    assert (kept / f"{database(kept).name}-wal").stat().st_size
    saved = rescue.rescue(kept, into, UNLOCK, clock=Clock())
    assert saved.survey.harmed == ()
    again = sign_in(into)
    with again.read() as db:
        assert db.get_one(Person, made.id).shown_name == "Last P."
    again.close()


@pytest.mark.parametrize("file", ["header.json", "header-copy.json"])
def test_one_whole_header_is_enough(folder: Path, into: Path, file: str) -> None:
    (folder / file).write_bytes(b"{}")
    rescue.rescue(folder, into, UNLOCK, clock=Clock())
    sign_in(into).close()


def test_without_a_header_the_records_or_their_first_page_only_a_backup_helps(folder: Path, into: Path) -> None:
    harm(folder, 0)
    assert rescue.survey(folder, UNLOCK) == Survey(file=database(folder).name)
    with pytest.raises(VaultDamaged):
        rescue.rescue(folder, into, UNLOCK)
    database(folder).write_bytes(b"")
    with pytest.raises(VaultDamaged):
        rescue.survey(folder, UNLOCK)
    for file in ("header.json", "header-copy.json"):
        (folder / file).write_bytes(b"{}")
    with pytest.raises(VaultDamaged):
        rescue.survey(folder, UNLOCK)
    assert sorted(one.name for one in folder.parent.iterdir() if one.name != "home") == [folder.name]


def test_nothing_is_written_over_and_nobody_is_disturbed(folder: Path, into: Path) -> None:
    into.mkdir()
    (into / "letter.txt").write_text("mine")
    with pytest.raises(VaultExists):
        rescue.rescue(folder, into, UNLOCK)
    with pytest.raises(WrongPassphrase):
        rescue.survey(folder, by_passphrase(sample.USER_NAME, "wrong"))
    desk = sign_in(folder)
    with pytest.raises(VaultInUse):
        rescue.survey(folder, UNLOCK)
    desk.close()


def test_it_can_be_stopped_and_a_failure_at_the_end_leaves_nothing(
    folder: Path, into: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[int] = []
    with pytest.raises(Stopped):
        rescue.rescue(folder, into, UNLOCK, course=Course(lambda done, _all: told.append(done), lambda: len(told) > 20))
    assert not into.exists()
    with monkeypatch.context() as patch:
        patch.setattr(rescue, "_cut_loose", lambda _desk: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            rescue.rescue(folder, into, UNLOCK)
    assert not into.exists()
    assert sorted(one.name for one in folder.parent.iterdir() if one.name != "home") == [folder.name]


@pytest.mark.long
def test_a_disk_that_does_not_give_some_pages_is_read_around(
    folder: Path, into: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = vault_salvage._read_at
    bad = {100, 101, 300}

    def worn(stream: Any, at: int, length: int) -> bytes:
        if stream.name.endswith(".db") and any(at <= page * PAGE < at + length for page in bad):
            raise OSError(5, "Input/output error")
        return real(stream, at, length)

    monkeypatch.setattr(vault_salvage, "_read_at", worn)
    saved = rescue.rescue(folder, into, UNLOCK, clock=Clock())
    assert saved.survey.rows > 1000
    sign_in(into).close()


@pytest.mark.long
def test_what_belonged_to_something_lost_for_good_is_set_aside_and_counted(
    folder: Path, into: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    harm(folder, *pages_of(folder, "plan"))
    monkeypatch.setattr(rescue, "_write_again", lambda _desk: {})
    saved: Rescued = rescue.rescue(folder, into, UNLOCK, clock=Clock())
    assert saved.set_aside > 0
    desk = sign_in(into)
    with desk.vault.connection() as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    desk.close()
