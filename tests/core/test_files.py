"""Scans and photos: sealed in their compartment, whole or not shown, and never on the disk in clear."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from shelterdesk import backups, file_check, files, integrity, people, restrictions, rotation
from shelterdesk.access import Role
from shelterdesk.desk import Desk
from shelterdesk.errors import NoKey, NotAllowed, Problems
from shelterdesk.fields import CLOSED
from shelterdesk.files import FileNotWhole, FilePart, StoredFile
from shelterdesk.opening import lock_desk, open_desk
from shelterdesk.people import Person
from shelterdesk.reach import NeedsReason
from shelterdesk.scans.intake import Prepared, clean
from shelterdesk.schema.base import whole
from shelterdesk.vault import Compartment
from shelterdesk.vault.file_seal import PART_BYTES
from tests.core.seats import seat
from tests.desks import PASSPHRASE, Clock
from tests.scans import as_bytes, drawn

CANARY = b"Xatire-4711-on-a-scan" * 8
"""Stands in the content of files, which is never read as a picture here."""
LARGE = CANARY + bytes(range(256)) * (PART_BYTES // 100)


@pytest.fixture
def ay(desk: Desk) -> Person:
    return people.add_person(desk, short_name="Ay")


def kept(desk: Desk, person: Person, content: bytes = LARGE, **values: Any) -> StoredFile:
    legal = {"kind": "court_paper", "readable_by": "legal", "legal_words": "Decision"}
    given = values if "readable_by" in values else legal | values
    given.setdefault("kind", "court_paper")
    small = clean(as_bytes(drawn()), "scan.png").small
    return files.add_file(desk, person.id, Prepared(content, 1, small), **given)


def read(desk: Desk, person: Person) -> StoredFile:
    (file,) = files.files_of(desk, person.id)
    return file


def change_part(desk: Desk, file: StoredFile, number: int, change: Callable[[bytes], bytes]) -> None:
    """Write into the database as somebody would who has its key and another program."""
    with desk.quietly() as db:
        sealed = db.execute(
            select(FilePart.sealed).where(FilePart.file_id == file.id, FilePart.number == number)
        ).scalar_one()
        db.execute(
            update(FilePart).where(FilePart.file_id == file.id, FilePart.number == number).values(sealed=change(sealed))
        )


def test_a_file_is_kept_in_parts_and_comes_back(desk: Desk, ay: Person) -> None:
    kept(desk, ay)
    file = read(desk, ay)
    assert (file.kind, file.legal_words, file.pages, file.size, file.parts) == (
        "court_paper",
        "Decision",
        1,
        len(LARGE),
        3,
    )
    assert files.content_of(desk, file) == LARGE
    assert files.small_pictures(desk, [file])[file.id].startswith(b"\xff\xd8")
    report = integrity.verify_desk(desk)
    assert report.whole
    assert report.scans == 1


def test_only_who_holds_the_key_reads_it_and_others_see_that_it_is_there(desk: Desk, ay: Person) -> None:
    file = kept(desk, ay)
    desk = seat(desk, Role.SOCIAL_WORKER)
    file = read(desk, ay)
    assert files.words_field(desk, file.readable_by).read(file) is CLOSED
    assert files.small_pictures(desk, [file]) == {}
    for attempt in (
        lambda: files.content_of(desk, file),
        lambda: kept(desk, ay),
        lambda: files.change_file(desk, file, kind="other"),
        lambda: files.archive_file(desk, file.id),
        lambda: files.change_file(desk, file, readable_by="case"),
    ):
        with pytest.raises(NoKey):
            attempt()
    assert files.usual_key(desk, "court_paper") in ("house", "identity", "case")
    kept(desk, ay, kind="police_paper", readable_by="case", case_words="Statement")


@pytest.mark.parametrize("role", [Role.NIGHT_WORKER, Role.RECEPTION, Role.ADMINISTRATOR, Role.REPORTING_OFFICER])
def test_who_sees_no_records_sees_no_files(desk: Desk, ay: Person, role: Role) -> None:
    file = kept(desk, ay, readable_by="house", house_words="Receipt")
    desk = seat(desk, role)
    for attempt in (
        lambda: files.files_of(desk, ay.id),
        lambda: files.content_of(desk, file),
        lambda: files.small_pictures(desk, [file]),
        lambda: kept(desk, ay, readable_by="house"),
        lambda: files.archive_file(desk, file.id),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def test_a_record_that_asks_why_keeps_its_files_until_a_reason_is_given(desk: Desk, ay: Person) -> None:
    file = kept(desk, ay)
    restrictions.restrict(desk, ay.id, "Her brother works here")
    desk.opened_with_reason.clear()
    restrictions._ask(desk)
    for attempt in (lambda: files.files_of(desk, ay.id), lambda: files.content_of(desk, file)):
        with pytest.raises(NeedsReason):
            attempt()


def test_what_is_needed_is_asked_for(desk: Desk, ay: Person) -> None:
    with pytest.raises(Problems):
        files.add_file(desk, ay.id, Prepared(b"x", 1, b"x"), readable_by="house")


def test_under_another_key_words_and_content_move_and_nothing_stays_behind(desk: Desk, ay: Person) -> None:
    file = kept(desk, ay)
    before = file.key_sealed
    changed = files.change_file(desk, file, readable_by="medical", kind="medical_paper")
    assert (changed.legal_words, changed.medical_words) == (None, "Decision")
    assert changed.key_sealed != before
    assert files.content_of(desk, read(desk, ay)) == LARGE
    lawyers = seat(desk, Role.LAWYER)
    with pytest.raises(NoKey):
        files.content_of(lawyers, read(lawyers, ay))


def test_taken_out_it_can_be_put_back(desk: Desk, ay: Person) -> None:
    file = kept(desk, ay)
    files.archive_file(desk, file.id)
    assert files.files_of(desk, ay.id) == []
    files.archive_file(desk, file.id, archived=False)
    assert files.content_of(desk, read(desk, ay)) == LARGE


# --- altered outside ----------------------------------------------------------------------------------------------


def assert_noticed(desk: Desk, file: StoredFile) -> None:
    with pytest.raises(FileNotWhole) as caught:
        files.content_of(desk, file)
    assert "backup" in caught.value.text("en")
    report = integrity.verify_desk(desk)
    assert [finding.detail for finding in report.findings if "scan or photo" in finding.text("en")] == [str(file.id)]


@pytest.mark.parametrize("number", [1, 3])
def test_a_flipped_bit_is_noticed(desk: Desk, ay: Person, number: int) -> None:
    file = kept(desk, ay)
    change_part(desk, file, number, lambda sealed: sealed[:40] + bytes([sealed[40] ^ 1]) + sealed[41:])
    assert_noticed(desk, file)


def test_a_cut_part_is_noticed(desk: Desk, ay: Person) -> None:
    file = kept(desk, ay)
    change_part(desk, file, 2, lambda sealed: sealed[:-1])
    assert_noticed(desk, file)


def test_swapped_parts_are_noticed(desk: Desk, ay: Person) -> None:
    file = kept(desk, ay)
    with desk.quietly() as db:
        for was, now in ((1, 9), (2, 1), (9, 2)):
            db.execute(update(FilePart).where(FilePart.file_id == file.id, FilePart.number == was).values(number=now))
    assert_noticed(desk, file)


def test_a_part_of_another_file_is_noticed(desk: Desk, ay: Person) -> None:
    other, file = kept(desk, ay), kept(desk, ay)
    with desk.read() as db:
        stranger = db.execute(
            select(FilePart.sealed).where(FilePart.file_id == other.id, FilePart.number == 2)
        ).scalar_one()
    change_part(desk, file, 2, lambda _sealed: stranger)
    assert_noticed(desk, file)


@pytest.mark.parametrize("number", [0, 1, 3])
def test_a_missing_part_is_noticed(desk: Desk, ay: Person, number: int) -> None:
    file = kept(desk, ay)
    with desk.quietly() as db:
        db.execute(delete(FilePart).where(FilePart.file_id == file.id, FilePart.number == number))
    report = integrity.verify_desk(desk)
    assert [one.detail for one in report.findings if "scan or photo" in one.text("en")] == [str(file.id)]
    if number:
        assert_noticed(desk, file)


def test_fewer_parts_are_not_taken_for_the_whole(desk: Desk, ay: Person) -> None:
    file = kept(desk, ay)
    with desk.quietly() as db:
        db.execute(delete(FilePart).where(FilePart.file_id == file.id, FilePart.number == 3))
        db.execute(update(StoredFile.__table__).where(StoredFile.id == file.id).values(parts=2, size=2 * PART_BYTES))
    assert_noticed(desk, file)


def test_the_key_of_another_file_does_not_open_it(desk: Desk, ay: Person) -> None:
    other, file = kept(desk, ay), kept(desk, ay)
    with desk.quietly() as db:
        db.execute(update(StoredFile.__table__).where(StoredFile.id == file.id).values(key_sealed=other.key_sealed))
    with pytest.raises(FileNotWhole):
        files.content_of(desk, file)


# --- backup, keys, rescue -----------------------------------------------------------------------------------------


def test_replaced_keys_seal_the_keys_of_files_anew_and_no_part(desk: Desk, ay: Person) -> None:
    file = kept(desk, ay)

    def rows() -> tuple[list[bytes], bytes]:
        with desk.read() as db:
            parts = db.scalars(select(FilePart.sealed).order_by(FilePart.number)).all()
            return list(parts), db.scalars(select(StoredFile.__table__.c.key_sealed)).one()

    parts, key = rows()
    rotation.rotate(desk, ["legal"], why="it was time")
    after, new_key = rows()
    assert after == parts
    assert new_key != key
    assert files.content_of(desk, read(desk, ay)) == LARGE
    assert integrity.verify_desk(desk).whole
    assert file.id == read(desk, ay).id


def test_a_backup_holds_them_and_no_file_tells_them(desk: Desk, ay: Person, vault_folder: Path, tmp_path: Path) -> None:
    kept(desk, ay)
    files.content_of(desk, read(desk, ay))
    backup = backups.back_up(desk, tmp_path / "backups")
    everything = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {vault_folder / "records.db", vault_folder / "records.db-wal", backup} <= set(everything)
    lock_desk(desk, "asked")
    everything += [path for path in vault_folder.iterdir() if path not in everything]
    assert [path.name for path in everything if path.exists() and CANARY[:20] in path.read_bytes()] == []
    assert backup.stat().st_size > len(LARGE), "its content is in the backup"


def test_it_comes_back_from_a_copy_of_the_vault(desk: Desk, ay: Person, vault_folder: Path, tmp_path: Path) -> None:
    kept(desk, ay)
    lock_desk(desk, "asked")
    folder = tmp_path / "copy" / vault_folder.name
    shutil.copytree(vault_folder, folder)
    copy = open_desk(folder, "leyla", PASSPHRASE, clock=Clock())
    try:
        assert files.content_of(copy, read(copy, ay)) == LARGE
    finally:
        copy.close()


def test_a_check_looks_into_the_newest_and_some_others(desk: Desk, ay: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_check, "OPENED", 4)
    made = [kept(desk, ay, b"x" * 10) for _number in range(7)]
    with desk.read(everybody=True) as db:
        looked = [file_id for file_id, broken in file_check.broken_files(desk, db) if not broken]
    assert len(looked) == 4
    assert {made[-1].id, made[-2].id} <= set(looked)


def test_every_key_has_words_of_its_own(desk: Desk, ay: Person) -> None:
    for compartment in Compartment:
        file = kept(desk, ay, b"x", kind="other", readable_by=compartment.value, **{files.WORDS[compartment]: "Words"})
        with desk.read() as db:
            again = db.get_one(StoredFile, file.id, options=whole(StoredFile))
        assert files.words_field(desk, compartment.value).read(again) == "Words"
        assert files.content_of(desk, again) == b"x"
