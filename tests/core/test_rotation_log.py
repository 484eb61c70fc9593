"""The log across replaced keys: one chain ends, the next begins, and nobody takes the seam apart unnoticed."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from shelterdesk import integrity, people, record_log, rotation
from shelterdesk.desk import Desk
from shelterdesk.opening import lock_desk, open_desk
from shelterdesk.schema import log_reading
from shelterdesk.schema.acts import Act
from shelterdesk.schema.history import LogChain, LogHead, LogRow
from shelterdesk.vault import Compartment
from tests.core.security.attackers import EVE, HELD, admit_eve, found_in, tamper, write_log_anew
from tests.desks import PASSPHRASE, Clock

WHY = "she left the shelter"


def rotate(desk: Desk, *names: str) -> None:
    rotation.rotate(desk, names or [one.value for one in Compartment], why=WHY)


def sittings(desk: Desk, clock: Clock) -> Path:
    """Leave a locked vault: two rotations, and work before, between and after them."""
    folder = desk.vault.folder
    people.add_person(desk, short_name="Ay")
    rotate(desk)
    people.add_person(desk, short_name="Nur")
    lock_desk(desk, "asked")
    again = open_desk(folder, "leyla", PASSPHRASE, clock=clock)
    people.add_person(again, short_name="Gül")
    rotate(again, "case")
    people.add_person(again, short_name="Lalə")
    lock_desk(again, "asked")
    return folder


def chains(desk: Desk) -> list[tuple[int, str]]:
    with desk.read() as db:
        return [(row.chain, row.act) for row in db.scalars(select(LogRow).order_by(LogRow.number))]


def test_each_rotation_ends_a_chain_and_old_keys_are_kept(desk: Desk, clock: Clock) -> None:
    with desk.read() as db:
        first = db.scalars(select(LogChain)).one().key
    folder = sittings(desk, clock)
    again = open_desk(folder, "leyla", PASSPHRASE, clock=clock)
    rows = chains(again)
    assert [act for (chain, act), (after, _) in pairwise(rows) if after != chain] == ["rotate"] * 2
    assert [chain for chain, _act in rows] == sorted(chain for chain, _act in rows)
    with again.read() as db:
        keys = {one.number: one.key for one in db.scalars(select(LogChain))}
        head = db.scalars(select(LogHead)).one()
        assert keys.keys() == {1, 2, 3}
        assert keys[1] == first
        assert len(set(keys.values())) == 3
        assert head.chain == 3
        closing = [row for row in log_reading.logged(db) if row.act == Act.ROTATE.code]
        vault = again.vault
        walk = log_reading.verify_log(db, vault.verify, vault.chain_heads, rotations=vault.rotations)
    assert walk.rows == len(rows)
    assert walk.removed == walk.sealed == 0
    told = {change.field_id: change.after for change in closing[0].changes}
    assert told == {"log.what": "database, case", "log.why": WHY}
    lock_desk(again, "asked")
    assert found_in(folder) == []


def test_the_reason_is_sealed_and_the_log_shows_the_act(desk: Desk) -> None:
    rotate(desk)
    with desk.vault.connection() as connection:
        rows = connection.execute("SELECT * FROM log_content").fetchall()
    assert WHY.encode() not in b"".join(str(row).encode() for row in rows)
    (line,) = [one for one in record_log.read_log(desk).lines if "Replaced keys" in str(one)]
    assert WHY in str(line)


def test_records_agree_with_the_log_across_a_rotation(desk: Desk, clock: Clock) -> None:
    folder = sittings(desk, clock)
    again = open_desk(folder, "leyla", PASSPHRASE, clock=clock)
    report = integrity.verify_desk(again)
    assert report.findings == []
    assert report.records >= 4
    tamper_in(again, lambda c: c.execute("UPDATE person SET gender = 'man'"))
    assert {one.where for one in integrity.verify_desk(again).findings} == {"records"}
    lock_desk(again, "asked")


def where_found(folder: Path) -> set[str]:
    return {one.where for one in integrity.verify_folder(folder, "leyla", PASSPHRASE).findings}


def tamper_in(desk: Desk, change: Callable[[Any], object]) -> None:
    with desk.vault.connection() as connection:
        change(connection)


# --- forged -------------------------------------------------------------------------------------------------------


def without_the_closing_row(rows: list[dict[str, Any]]) -> None:
    del rows[place_of(rows)]


def place_of(rows: list[dict[str, Any]]) -> int:
    return next(place for place, row in enumerate(rows) if row["act"] == "rotate")


def without_its_signature(rows: list[dict[str, Any]]) -> None:
    rows[place_of(rows)]["signature"] = None


def by_somebody_else(rows: list[dict[str, Any]]) -> None:
    rows[place_of(rows)]["member_id"] = b"\1" * 16


def with_another_reason(rows: list[dict[str, Any]]) -> None:
    row = rows[place_of(rows)]
    row["commitments"] = b"\1" * len(row["commitments"])


def of_another_day(rows: list[dict[str, Any]]) -> None:
    rows[place_of(rows)]["at"] = "2020-01-01 00:00:00.000000"


def moved_behind_the_next_row(rows: list[dict[str, Any]]) -> None:
    place = place_of(rows)
    rows[place], rows[place + 1] = rows[place + 1], rows[place]


def going_on_in_the_old_chain(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        row["chain"] = 1


def beginning_a_chain_too_many(rows: list[dict[str, Any]]) -> None:
    for row in rows[place_of(rows) + 2 :]:
        row["chain"] = 3


def going_back_to_the_old_chain(rows: list[dict[str, Any]]) -> None:
    rows[-1]["chain"] = 1


def put_in_where_none_was(rows: list[dict[str, Any]]) -> None:
    closing = dict(rows[place_of(rows)], number=2)
    rows.insert(1, closing)


def ended_before_it(rows: list[dict[str, Any]]) -> None:
    del rows[place_of(rows) :]


def ended_with_it(rows: list[dict[str, Any]]) -> None:
    del rows[place_of(rows) + 1 :]


FORGERIES = (
    without_the_closing_row,
    without_its_signature,
    by_somebody_else,
    with_another_reason,
    of_another_day,
    moved_behind_the_next_row,
    going_on_in_the_old_chain,
    beginning_a_chain_too_many,
    going_back_to_the_old_chain,
    put_in_where_none_was,
    ended_before_it,
    ended_with_it,
)


@pytest.mark.parametrize("forge", FORGERIES)
def test_who_has_every_key_of_the_database_cannot_forge_the_seam(
    desk: Desk, clock: Clock, forge: Callable[[list[dict[str, Any]]], None]
) -> None:
    """Right MACs for every row, as whoever has the key of the database can make them."""
    folder = sittings(desk, clock)

    def numbered(rows: list[dict[str, Any]]) -> None:
        forge(rows)
        for number, row in enumerate(rows, 1):
            row["number"] = number

    def write(connection: Any) -> None:
        write_log_anew(connection, numbered)
        (last,) = connection.execute("SELECT chain FROM log ORDER BY number DESC LIMIT 1").fetchone()
        (act,) = connection.execute("SELECT act FROM log ORDER BY number DESC LIMIT 1").fetchone()
        chain = last + (act == "rotate")
        connection.execute("UPDATE log_head SET chain = ?", (chain,))
        connection.execute("DELETE FROM log_chain WHERE number > ?", (max(chain, 1),))
        connection.execute("DELETE FROM log_content WHERE number > (SELECT max(number) FROM log)")

    tamper(folder, write)
    assert "log" in where_found(folder), forge.__name__


def test_a_colleague_cannot_close_the_chain_in_anothers_name(desk: Desk, clock: Clock, vault_folder: Path) -> None:
    people.add_person(desk, short_name="Ay")
    me = desk.me.id
    admit_eve(desk.vault, *HELD)
    lock_desk(desk, "asked")
    eve = open_desk(vault_folder, EVE, "lantern orbit pickle sunday", clock=clock)
    # A program of her own that writes what this one writes, with another name in it.
    eve.me = type(eve.me)(**{name: getattr(eve.me, name) for name in eve.me.__slots__} | {"id": me})
    rotation.rotate(eve, ["case"], why="as Leyla")
    eve.close()
    assert "log" in where_found(vault_folder)


def test_a_missing_old_key_of_the_chain_is_noticed(desk: Desk, clock: Clock) -> None:
    folder = sittings(desk, clock)
    tamper(folder, lambda c: c.execute("DELETE FROM log_chain WHERE number = 1"))
    assert found_in(folder) == ["Row 1 of the log is missing."]


def test_a_key_of_a_chain_nobody_began_is_noticed(desk: Desk, clock: Clock) -> None:
    folder = sittings(desk, clock)
    tamper(folder, lambda c: c.execute("INSERT INTO log_chain VALUES (4, x'00')"))
    assert len(found_in(folder)) == 1
