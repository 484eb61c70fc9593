"""From a folder to a desk: creating, signing in, bringing tables up to date, locking, and the check of everything."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, func, select, text, update

from shelterdesk import features, house_settings, integrity, members, opening, people, person_reading, rooms, stays
from shelterdesk.access import Right
from shelterdesk.desk import CannotSave, Desk
from shelterdesk.errors import ShelterDeskError
from shelterdesk.fields import Kind
from shelterdesk.opening import create_desk, lock_desk, open_desk, open_desk_with_recovery
from shelterdesk.people import Person
from shelterdesk.schema import history, log_reading, upgrade
from shelterdesk.schema.base import RECORDS, ExtraValue
from shelterdesk.schema.history import LogRow
from shelterdesk.vault import Compartment, KdfCost, WrongPassphrase, check_backup, open_vault
from shelterdesk.vault import failures as sign_in_failures
from tests.desks import PASSPHRASE, Clock

CANARY = "Xatirə-4711"


def log_of(desk: Desk) -> list[log_reading.Logged]:
    with desk.read() as db:
        return log_reading.logged(db)[::-1]


def acts(desk: Desk) -> list[str]:
    return [row.act for row in log_of(desk)]


def facts(row: log_reading.Logged) -> dict[str, str | None]:
    return {change.field_id: change.after for change in row.changes}


def first_of(desk: Desk, where: str) -> integrity.Finding:
    """Return the first finding of one place; others may follow from it."""
    return next(one for one in integrity.verify_desk(desk).findings if one.where == where)


def make(folder: Path, clock: Clock, **how: Any) -> tuple[Desk, str]:
    given = {"user_name": "leyla", "passphrase": PASSPHRASE, "shelter": "House", "cost": KdfCost.for_tests()} | how
    return create_desk(folder, clock=clock, **given)


def test_a_new_vault_has_its_maker_and_a_site(desk: Desk) -> None:
    assert acts(desk) == ["create_vault", "change_member", "change_house"]
    (me,) = members.colleagues(desk)
    assert (me.name, me.is_me) == ("Leyla A.", True)
    assert [site.name for site in rooms.sites_of(desk)] == ["House"]
    assert integrity.verify_desk(desk).whole


def test_signing_in_and_locking_are_signed_rows(desk: Desk, vault_folder: Path, clock: Clock) -> None:
    lock_desk(desk, "idle")
    again = open_desk(vault_folder, "leyla", PASSPHRASE, clock=clock)
    locked, signed_in = log_of(again)[-2:]
    assert (locked.act, facts(locked)) == ("lock", {"log.why_locked": "idle"})
    assert signed_in.act == "sign_in"
    with again.read() as db:
        rows = db.scalars(select(LogRow).where(LogRow.act.in_(["lock", "sign_in"]))).all()
        assert all(row.signature for row in rows)
    assert integrity.verify_desk(again).whole
    with again.engine.execution_options(writes=True).begin() as connection:
        connection.execute(update(LogRow).where(LogRow.number == locked.number).values(signature=b"\0" * 64))
    assert first_of(again, "log").values["number"] == locked.number
    again.close()


def test_failed_sign_ins_move_into_the_log(
    desk: Desk, vault_folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sign_in_failures, "_pause_after", lambda _in_a_row: 0)
    desk.close()
    for name in ("leyla", "nobody"):
        with pytest.raises(WrongPassphrase):
            open_desk(vault_folder, name, "wrong wrong wrong", clock=clock)
    again = open_desk(vault_folder, "leyla", PASSPHRASE, clock=clock)
    failed = [facts(row) for row in log_of(again) if row.act == "sign_in_failed"]
    assert [one.get("log.user_name") for one in failed] == ["leyla", None]
    assert all(one["log.when"] for one in failed)
    assert acts(again)[-1] == "sign_in"
    assert again.vault.failed_sign_ins() == []
    lock_desk(again, "asked")
    third = open_desk(vault_folder, "leyla", PASSPHRASE, clock=clock)
    assert acts(third).count("sign_in_failed") == 2
    third.close()


def test_the_recovery_sheet_opens_everything_and_says_so(vault_folder: Path, clock: Clock) -> None:
    desk, code = make(vault_folder, clock)
    ay = people.add_person(desk, short_name="Ay", given_names=CANARY)
    lock_desk(desk, "asked")
    found = open_desk_with_recovery(vault_folder, code, why="Passphrase lost", clock=clock)
    assert found.me.is_recovery
    assert found.rights == frozenset(Right)
    assert found.vault.ring.compartments == frozenset(Compartment)
    assert person_reading.person_by_code(found, ay.code).given_names == CANARY
    people.add_person(found, short_name="Nur")
    row = next(row for row in log_of(found) if row.act == "sign_in_recovery")
    assert row.member_id == found.me.id
    assert integrity.verify_desk(found).whole, "its signature is checked like anybody's"
    with found.engine.execution_options(writes=True).begin() as connection:
        connection.execute(update(LogRow).where(LogRow.act == "sign_in_recovery").values(signature=None))
    assert first_of(found, "log").values["number"] == row.number
    found.close()


# --- older and newer tables ---------------------------------------------------------------------------------------


def one_more_revision(monkeypatch: pytest.MonkeyPatch, revision: Any) -> int:
    """Let the program know one revision more, and return its number."""
    monkeypatch.setattr(upgrade, "REVISIONS", (*upgrade.REVISIONS, revision))
    newest = len(upgrade.REVISIONS)
    for module in (upgrade, opening):
        monkeypatch.setattr(module, "NEWEST", newest)
    monkeypatch.setattr(upgrade.upgrade, "__defaults__", (newest,))
    return newest


def test_an_older_vault_is_brought_up_to_date_after_a_backup(
    desk: Desk, vault_folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    people.add_person(desk, short_name="Ay")
    lock_desk(desk, "asked")
    newest = one_more_revision(monkeypatch, lambda operations: operations.execute("CREATE TABLE diary (id INTEGER)"))
    report = integrity.verify_folder(vault_folder, "leyla", PASSPHRASE)
    assert report.old_tables
    assert report.whole
    again = open_desk(vault_folder, "leyla", PASSPHRASE, clock=clock)
    (backup,) = (vault_folder.parent / "before-update").iterdir()
    check_backup(backup)
    assert acts(again)[-2:] == ["migrate", "sign_in"]
    assert facts(log_of(again)[-2]) == {"log.what": str(newest)}
    with again.engine.connect() as connection:
        assert upgrade.revision_of(connection) == newest
        connection.execute(text("SELECT * FROM diary"))
    lock_desk(again, "asked")
    third = open_desk(vault_folder, "leyla", PASSPHRASE, clock=clock)
    assert acts(third).count("migrate") == 1
    assert len(list((vault_folder.parent / "before-update").iterdir())) == 1
    third.close()


def test_an_update_that_fails_leaves_the_vault_as_it_was(
    desk: Desk, vault_folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(operations: Any) -> None:
        operations.execute("CREATE TABLE diary (id INTEGER)")
        raise OSError("the power went")

    ay = people.add_person(desk, short_name="Ay")
    lock_desk(desk, "asked")
    with monkeypatch.context() as patch:
        one_more_revision(patch, fails)
        with pytest.raises(OSError, match="the power went"):
            open_desk(vault_folder, "leyla", PASSPHRASE, clock=clock)
    again = open_desk(vault_folder, "leyla", PASSPHRASE, clock=clock)
    assert person_reading.person_by_code(again, ay.code).short_name == "Ay"
    again.close()


def test_a_newer_vault_is_refused_by_name_and_untouched(desk: Desk, vault_folder: Path, clock: Clock) -> None:
    with desk.engine.execution_options(writes=True).begin() as connection:
        connection.execute(text("UPDATE schema_revision SET number = 99"))
    rows = len(log_of(desk))
    desk.close()
    with pytest.raises(upgrade.NewerSchema, match="99"):
        open_desk(vault_folder, "leyla", PASSPHRASE, clock=clock)
    with pytest.raises(upgrade.NewerSchema):
        open_desk(vault_folder, "leyla", PASSPHRASE, clock=clock), "and the lock was given back"
    with open_vault(vault_folder, "leyla", PASSPHRASE) as vault, vault.new_engine().connect() as connection:
        assert connection.execute(select(func.count()).select_from(LogRow)).scalar_one() == rows


# --- cut short ----------------------------------------------------------------------------------------------------


def test_a_vault_that_could_not_be_finished_leaves_room_for_another_try(
    vault_folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(rooms, "add_first_site", lambda *_values: (_ for _ in ()).throw(CannotSave("full")))
        with pytest.raises(CannotSave):
            make(vault_folder, clock)
    assert not vault_folder.exists()
    desk, _code = make(vault_folder, clock)
    desk.close()


@pytest.mark.parametrize(
    ("module", "name"),
    [(opening, "upgrade"), (history, "begin_chain"), (members, "set_shown_name"), (rooms, "add_first_site")],
)
def test_a_vault_whose_making_was_killed_is_finished_at_the_next_sign_in(
    vault_folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch, module: Any, name: str
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(module, name, lambda *_values: (_ for _ in ()).throw(KeyboardInterrupt))
        patch.setattr(opening.shutil, "rmtree", lambda *_values, **_named: None)
        with pytest.raises(KeyboardInterrupt):
            make(vault_folder, clock)
    for _ in range(2):
        desk = open_desk(vault_folder, "leyla", PASSPHRASE, clock=clock)
        assert acts(desk).count("create_vault") == 1
        assert len(rooms.sites_of(desk)) == 1
        assert integrity.verify_desk(desk).whole
        ay = people.add_person(desk, short_name="Ay")
        stays.add_stay(desk, ay.id, arrived_on=desk.today())
        desk.close()


def test_locking_closes_even_where_the_row_cannot_be_written(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_values: Any, **_named: Any) -> None:
        raise CannotSave("full")

    ring = desk.vault.ring
    monkeypatch.setattr(history, "append", full)
    with pytest.raises(CannotSave):
        lock_desk(desk, "idle")
    assert ring.compartments == frozenset()
    desk.close()
    with pytest.raises(RuntimeError), desk.read() as db:
        db.scalars(select(Person)).all()


# --- the check of everything --------------------------------------------------------------------------------------


def test_moved_seals_are_found(desk: Desk) -> None:
    field = house_settings.add_own_field(desk, "person", "Size", Kind.TEXT, Compartment.IDENTITY)
    one, two = (people.add_person(desk, short_name=name, **{field.attribute: name}) for name in ("Ay", "Nur"))
    report = integrity.verify_desk(desk)
    assert report.whole
    assert report.seals >= 4
    with desk.engine.execution_options(writes=True).begin() as connection:
        short = connection.execute(text("SELECT short_name_sealed FROM person WHERE id = :id"), {"id": one.id.bytes})
        moved = {"sealed": short.scalar_one(), "id": two.id.bytes}
        connection.execute(text("UPDATE person SET short_name_sealed = :sealed WHERE id = :id"), moved)
    assert first_of(desk, "seals").values == {"record": "person"}
    with desk.engine.execution_options(writes=True).begin() as connection:
        connection.execute(text("UPDATE person SET short_name_sealed = NULL"))
        connection.execute(update(ExtraValue).values(sealed=b"\1" + b"\0" * 60))
    assert first_of(desk, "seals").detail


def test_looking_leaves_no_trace(desk: Desk, vault_folder: Path) -> None:
    lock_desk(desk, "asked")
    before = {path.name: path.read_bytes() for path in vault_folder.iterdir() if path.suffix in (".json", ".db")}
    first = integrity.verify_folder(vault_folder, "leyla", PASSPHRASE)
    again = integrity.verify_folder(vault_folder, "leyla", PASSPHRASE)
    assert first.whole
    assert first.log_rows == again.log_rows
    after = {path.name: path.read_bytes() for path in vault_folder.iterdir() if path.suffix == ".json"}
    assert {name: before[name] for name in after} == after


def test_a_log_that_is_gone_is_told_not_begun_anew(desk: Desk, vault_folder: Path, clock: Clock) -> None:
    with desk.engine.execution_options(writes=True).begin() as connection:
        for table in ("log", "log_head", "log_chain"):
            connection.execute(text(f"DELETE FROM {table}"))
    assert first_of(desk, "log").message
    desk.close()
    with pytest.raises(ShelterDeskError, match="log"):
        open_desk(vault_folder, "leyla", PASSPHRASE, clock=clock)
    again = integrity.verify_folder(vault_folder, "leyla", PASSPHRASE)
    assert "log" in {one.where for one in again.findings}


def test_kinds_that_are_checked_are_all_there_are() -> None:
    kinds = {kind for kind in RECORDS.values() if kind.__module__.startswith("shelterdesk.")}
    assert set(integrity._kinds()) == kinds
    assert {kind.__module__ for kind in kinds} <= {module.__name__ for module in features.MODULES}


def test_facts_of_the_log_are_readable_as_they_are_kept(desk: Desk) -> None:
    with desk.read() as db:
        kept = db.scalars(select(history.LogContent).where(history.LogContent.field_id == "log.user_name")).one()
        assert json.loads((kept.plain or b"")[history.SALT_BYTES :]) == [None, "leyla"]
        db.execute(delete(LogRow))
    assert len(log_of(desk)) == 3, "a reading session keeps nothing"
