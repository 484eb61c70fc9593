"""Reading a long log page by page, and walking the whole of it: as many rows as a house writes in five years."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from shelterdesk import log_families
from shelterdesk.desk import Desk
from shelterdesk.opening import create_desk
from shelterdesk.record_log import LogFilter, read_log
from shelterdesk.sample import PASSPHRASE, USER_NAME, fill_sample
from shelterdesk.schema import log_reading
from shelterdesk.schema.history import SALT_BYTES, LogChain, LogContent, LogHead, LogRow, row_mac
from shelterdesk.schema.types import new_id
from shelterdesk.vault import Compartment, KdfCost
from tests.benchmarks.replay import Times, timed
from tests.benchmarks.stock import NOW

_YEARS = 5
_AT_ONCE = 5000
_MEMBERS = 12
_PEOPLE = 300
_ACTS: tuple[tuple[str, str, tuple[str, ...], int], ...] = (
    ("open_record", "person", (), 6000),
    ("add_service", "service", ("service.kind", "service.case_note", "service.given_on"), 1600),
    ("change_person", "person", ("person.short_name", "person.safety"), 600),
    ("add_note", "note", ("note.case_text",), 600),
    ("lock", "", (), 500),
    ("change_milestone", "milestone", ("milestone.status",), 600),
    ("print", "person", ("log.what", "log.how"), 60),
    ("backup", "", ("log.what",), 30),
    ("change_partner", "partner", ("partner.name",), 5),
    ("sign_in_failed", "", ("log.user_name",), 2),
)
_SEALED = {
    "service.case_note": Compartment.CASE,
    "person.short_name": Compartment.HOUSE,
    "person.safety": Compartment.CASE,
    "note.case_text": Compartment.CASE,
    "partner.name": Compartment.IDENTITY,
}


def measure_log(
    folder: Path, rows: int, rounds: int, say: Callable[[str], None], cost: KdfCost | None = None
) -> list[Times]:
    """Return the times of pages by every filter, and of the walk, in a vault that is made and thrown away."""
    say(f"writing a log of {rows:,} rows in {folder}")
    desk = _desk(folder / "desk-10C6.vault", rows, cost)
    try:
        with desk.read() as db:
            person, member = db.execute(
                select(LogRow.person_id, LogRow.member_id).where(LogRow.act == "add_note").limit(1)
            ).one()
        year = date(NOW.year - 2, 1, 1)
        wanted = {
            "Log, the newest page": LogFilter(),
            "Log, one person": LogFilter(person_id=person),
            "Log, one colleague": LogFilter(member_id=member),
            "Log, failed sign-ins": LogFilter(acts=log_families.BY_ID["failed"].acts),
            "Log, what one colleague printed": LogFilter(acts=log_families.BY_ID["left"].acts, member_id=member),
            "Log, a rare kind of record": LogFilter(record="partner"),
            "Log, a year long past": LogFilter(first=year, last=year + timedelta(days=364)),
        }
        return [*_pages(desk, wanted, rounds), _walk(desk)]
    finally:
        desk.close()
        shutil.rmtree(folder / "desk-10C6.vault", ignore_errors=True)


def _pages(desk: Desk, wanted: dict[str, LogFilter], rounds: int) -> Iterator[Times]:
    for name, one in wanted.items():
        times = Times(name, aim="under 100 ms")
        for _round in range(rounds + 1):
            times.ours.append(timed(lambda one=one: read_log(desk, one)))
        yield times


def _walk(desk: Desk) -> Times:
    times = Times("Log, walking the whole of it")

    def walk() -> None:
        with desk.read(everybody=True) as db:
            log_reading.verify_log(db)

    times.ours.append(timed(walk))
    return times


def _desk(vault: Path, rows: int, cost: KdfCost | None) -> Desk:
    shutil.rmtree(vault, ignore_errors=True)
    vault.parent.mkdir(parents=True, exist_ok=True)
    desk, _code = create_desk(
        vault,
        user_name=USER_NAME,
        passphrase=PASSPHRASE,
        shelter="House",
        roles=("director", "social_worker", "psychologist", "lawyer", "nurse"),
        cost=cost,
        clock=lambda: NOW,
    )
    fill_sample(desk, 12, 6)
    with desk.quietly() as db:
        _write(db, desk, rows)
    return desk


def _write(db: Session, desk: Desk, rows: int) -> None:
    """Write rows as the desk does, each chained to the one before, without the records they tell of."""
    dice = random.Random(5)
    people = [uuid4() for _ in range(_PEOPLE)]
    members = [desk.me.id, *(uuid4() for _ in range(_MEMBERS - 1))]
    head = db.execute(select(LogHead.number, LogHead.chain, LogHead.mac)).one()
    key = db.execute(select(LogChain.key).where(LogChain.number == head.chain)).scalar_one()
    number, mac = head.number, head.mac
    written: list[dict[str, Any]] = []
    contents: list[dict[str, Any]] = []
    for place in range(rows):
        number += 1
        act, record, fields, _share = dice.choices(_ACTS, [one[3] for one in _ACTS])[0]
        person_id = dice.choice(people) if record not in ("", "partner") else None
        said = [_content(db, number, field_id, dice) for field_id in fields]
        row: dict[str, Any] = {
            "number": number,
            "at": NOW - timedelta(days=365 * _YEARS) * (rows - place) / rows,
            "member_id": dice.choice(members),
            "act": act,
            "record": record,
            "record_id": uuid4() if record else None,
            "person_id": person_id,
            "field_ids": " ".join(fields),
            "commitments": b"".join(hashlib.sha256(salted).digest() for _row, salted in said),
            "chain": head.chain,
            "signature": None,
        }
        row["mac"] = mac = row_mac(key, mac, row)
        written.append(row)
        contents += [content for content, _salted in said]
        if len(written) >= _AT_ONCE or place == rows - 1:
            db.execute(LogRow.__table__.insert(), written)
            if contents:
                db.execute(LogContent.__table__.insert(), contents)
            written, contents = [], []
    db.execute(update(LogHead).values(number=number, mac=mac))


def _content(db: Session, number: int, field_id: str, dice: random.Random) -> tuple[dict[str, Any], bytes]:
    salted = os.urandom(SALT_BYTES) + json.dumps([None, "words " * dice.randint(1, 20)]).encode()
    content_id: UUID = new_id()
    compartment = _SEALED.get(field_id)
    sealed = db.info["ring"].seal(compartment, f"log:{field_id}", content_id, salted) if compartment else None
    row = {
        "id": content_id,
        "number": number,
        "field_id": field_id,
        "compartment": compartment.value if compartment else None,
        "sealed": sealed,
        "plain": None if compartment else salted,
    }
    return row, salted
