"""``verify`` names what was changed past the program, also by somebody who has the key of the database."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from shelterdesk import integrity, people, sample
from shelterdesk.desk import Desk
from shelterdesk.opening import create_desk, lock_desk, open_desk
from shelterdesk.schema.acts import Act
from shelterdesk.vault import KdfCost
from shelterdesk.vault.chain import sign_entry
from shelterdesk.vault.header import COPY_FILE, HEADER_FILE
from tests.core.security.attackers import (
    HELD,
    admit_eve,
    as_eve,
    found_in,
    numbered,
    tamper,
    tell_secrets,
    work_and_lock,
    write_log_anew,
)
from tests.core.vault.colleagues import entry_for, new_colleague, write
from tests.desks import PASSPHRASE, ROLES, Clock

SQL = {
    "a coded fact": "UPDATE person SET gender = 'man'",
    "a day": "UPDATE person SET registered_on = '2001-01-01'",
    "the kind of a note": "UPDATE note SET kind = 'training'",
    "a record hidden": "UPDATE person SET archived_at = '2026-01-01 00:00:00.000000'",
    "a record removed": "DELETE FROM note",
    "a record added": "CREATE TEMP TABLE t AS SELECT * FROM note LIMIT 1; UPDATE t SET id = randomblob(16); "
    "INSERT INTO note SELECT * FROM t",
    "a sealed text emptied": "UPDATE note SET clinical_text_sealed = NULL",
    "a cell of another type": "UPDATE person SET registered_on = 'rubbish'",
    "spoilt JSON": "UPDATE person SET unanswered = '{'",
    "the end of the log": "DELETE FROM log WHERE number = (SELECT max(number) FROM log)",
    "the whole log": "DELETE FROM log; DELETE FROM log_content; UPDATE log_head SET number = 0, mac = zeroblob(32)",
    "the head of the log": "DELETE FROM log_head",
    "two heads": "INSERT INTO log_head SELECT 2, number, chain, mac FROM log_head",
    "the key of the chain": "UPDATE log_chain SET key = zeroblob(32)",
    "no key of the chain": "DELETE FROM log_chain",
    "a moment that is none": "UPDATE log SET at = 'rubbish' WHERE number = 3",
    "a person that is none": "UPDATE log SET member_id = x'00' WHERE number = 3",
    "no signatures": "UPDATE log SET signature = NULL",
    "content altered": "UPDATE log_content SET plain = zeroblob(40) WHERE plain IS NOT NULL",
    "content moved to another key": "UPDATE log_content SET compartment = 'case' WHERE compartment = 'clinical'",
    "content nobody wrote": "INSERT INTO log_content SELECT randomblob(16), number, 'note.case_text', NULL, NULL, "
    "randomblob(50) FROM log WHERE number = 2",
    "content twice": "INSERT INTO log_content SELECT randomblob(16), number, field_id, compartment, sealed, plain "
    "FROM log_content LIMIT 1",
    "content without a row": "INSERT INTO log_content SELECT randomblob(16), 9999, field_id, compartment, sealed, "
    "plain FROM log_content LIMIT 1",
    "a table gone": "DROP TABLE log",
    "a table more": "CREATE TABLE names (name TEXT)",
    "a column more": "ALTER TABLE person ADD COLUMN legal_name TEXT",
    "a trigger": "CREATE TRIGGER t AFTER INSERT ON draft_field BEGIN DELETE FROM log; END",
    "a view": "CREATE VIEW v AS SELECT * FROM person",
}


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A locked vault somebody has worked in twice; tests change copies of it."""
    folder = tmp_path_factory.mktemp("worked") / "desk-7F3A.vault"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SHELTERDESK_TEST_KDF", "1")
        made, _code = create_desk(
            folder, user_name="leyla", passphrase=PASSPHRASE, shelter="House", roles=ROLES, cost=KdfCost.for_tests()
        )
        work_and_lock(made)
    return folder


@pytest.fixture
def copied(worked: Path, vault_folder: Path) -> Path:
    """A copy of it to spoil."""
    shutil.copytree(worked, vault_folder)
    return vault_folder


def test_verify_finds_nothing_where_nothing_was_changed(copied: Path) -> None:
    assert found_in(copied) == []


@pytest.mark.parametrize("what", SQL)
def test_verify_names_what_was_changed_outside(copied: Path, what: str) -> None:
    statements = [SQL[what]] if "BEGIN" in SQL[what] else SQL[what].split("; ")
    tamper(copied, lambda connection: [connection.execute(one) for one in statements])
    assert found_in(copied)


def test_an_older_sealed_value_put_back_is_named(desk: Desk, vault_folder: Path) -> None:
    person = tell_secrets(desk)
    with desk.vault.connection() as connection:
        (old,) = connection.execute("SELECT short_name_sealed FROM person").fetchone()
    people.change_person(desk, person, short_name="Another name")
    lock_desk(desk, "asked")
    tamper(vault_folder, lambda c: c.execute("UPDATE person SET short_name_sealed = ?", (old,)))
    assert [text for text in found_in(vault_folder) if "person" in text]


# --- the log, written anew with right MACs ------------------------------------------------------------------------


def _without_a_row(rows: list[dict[str, Any]]) -> None:
    del rows[numbered(rows, Act.ADD_NOTE)]
    for number, row in enumerate(rows, start=1):
        row["number"] = number


def _signed_rows_renamed(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        if row["signature"] is not None:
            row.update(act=Act.BACKUP.code, signature=None)


def _signature_of_another_row(rows: list[dict[str, Any]]) -> None:
    rows[numbered(rows, Act.LOCK)]["signature"] = rows[numbered(rows, Act.SIGN_IN)]["signature"]


def _somebody_else(rows: list[dict[str, Any]]) -> None:
    rows[numbered(rows, Act.SIGN_IN)]["member_id"] = uuid4().bytes


@pytest.mark.parametrize(
    "change",
    [_without_a_row, _signed_rows_renamed, _signature_of_another_row, _somebody_else],
    ids=lambda f: f.__name__,
)
def test_sign_in_and_lock_rows_carry_the_persons_signature_over_the_head(
    copied: Path, change: Callable[[list[dict[str, Any]]], None]
) -> None:
    tamper(copied, lambda c: write_log_anew(c, lambda rows: None))
    assert found_in(copied) == [], "the attack itself is made well"
    tamper(copied, lambda c: write_log_anew(c, change))
    assert [text for text in found_in(copied) if "log" in text]


def test_nobody_is_given_words_after_they_left(copied: Path) -> None:
    def add(rows: list[dict[str, Any]]) -> None:
        rows.append(
            dict(rows[-1], number=len(rows) + 1, act=Act.BACKUP.code, signature=None, field_ids="", commitments=b"")
        )

    tamper(copied, lambda c: write_log_anew(c, add))
    assert found_in(copied) == [f"Row {_rows(copied)} of the log names a person who was not signed in."]


def _rows(folder: Path) -> int:
    counted: list[int] = []
    tamper(folder, lambda c: counted.append(c.execute("SELECT max(number) FROM log").fetchone()[0]))
    return counted[0]


def test_an_older_header_put_back_by_an_insider_is_exposed(desk: Desk, vault_folder: Path, clock: Clock) -> None:
    admit_eve(desk.vault, *HELD)
    lock_desk(desk, "asked")
    lock_desk(as_eve(vault_folder, clock), "asked")
    before = open_desk(vault_folder, "leyla", PASSPHRASE, clock=clock)
    chain = before.vault.header.chain
    admit_another(before)
    lock_desk(before, "asked")
    assert found_in(vault_folder) == []

    again = as_eve(vault_folder, clock)
    # Eve has the key of the database, so her header has a right MAC and the generation the database expects.
    kept = {grant.ciphertext for entry in chain for grant in getattr(entry, "grants", ())}
    sealed = {name: value for name, value in again.vault.header.sealed_keys.items() if name in kept}
    older = replace(again.vault.header, chain=chain, sealed_keys=sealed)
    older = older.authenticated(again.vault.unlocked.database_key).encoded()
    again.close()
    for file in (HEADER_FILE, COPY_FILE):
        (vault_folder / file).write_bytes(older)
    assert [text for text in found_in(vault_folder) if "older header" in text]


def admit_another(desk: Desk) -> None:
    """Add one more entry to the signed chain."""
    entry = entry_for(desk.vault, new_colleague(desk.vault, "rena"))
    write(desk.vault, [sign_entry(desk.vault.id, entry, desk.vault.unlocked.keys.sign)], {})


def test_invented_people_in_bulk_raise_no_alarm(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sample, "MOST_LOGGED", 2)
    sample.fill_sample(desk, residents=3, months=2)
    assert integrity.verify_desk(desk).whole


def test_a_vault_of_invented_people_is_as_its_log_says(desk: Desk) -> None:
    sample.fill_sample(desk, residents=3, months=2)
    report = integrity.verify_desk(desk)
    assert report.whole
    assert report.records > 20
