"""What the export of everything writes, an import reads again: the same facts of the same people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from shelterdesk import i18n, people, rooms, sample
from shelterdesk.desk import Desk
from shelterdesk.exchange.book_import import run_book
from shelterdesk.exchange.kinds import DIRECTORIES, brought, parents_of
from shelterdesk.fields import Kind
from shelterdesk.opening import open_desk
from shelterdesk.people import PersonCode
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import RECORDS, Record, whole
from shelterdesk.vault import KdfCost
from tests.core.exchange.books import empty_desk, planned_book, write_everything
from tests.desks import Clock
from tests.test_every_field import a_value

Facts = Counter[tuple[Any, ...]]


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Desk]:
    """An empty vault to import into."""
    made = empty_desk(tmp_path / "desk-0B0B.vault")
    yield made
    made.close()


def facts_of(desk: Desk, site: str) -> Facts:
    """Return every entry as what it says and whose it is; who did it belongs to the house and is left out.

    *site* says which codes people are known by: those of this vault, or those the workbook gave them.
    """
    found: Facts = Counter()
    with desk.read(everybody=True) as db:
        codes = {row.person_id: row.code for row in db.scalars(select(PersonCode).where(PersonCode.site == site))}
        for name, kind in {**brought(), "person": RECORDS["person"]}.items():
            for record in db.scalars(select(kind).options(*whole(kind))):
                whose = codes.get(record.id if name == "person" else getattr(record, "person_id", None))
                said = frozenset((field.id, value) for field in kind.declared if (value := _said(field, record)))
                found[name, whose, said, bool(record.archived_at)] += 1
    return found


def _said(field: Any, record: Record) -> Any:
    if field.id == "person.code" or field.kind is Kind.LINK:
        return None
    value = field.read(record)
    if value is None and field.kind in (Kind.CHOICE, Kind.CHOICES):
        # A reserved answer says the same, wherever it is kept.
        value = record.unanswered.get(field.id)
    return " ".join(value.split()) if isinstance(value, str) else value


def fill_everything(desk: Desk) -> None:
    """Put one entry of every kind on file, with every field filled in."""
    person = people.add_person(desk)
    site = rooms.sites_of(desk)[0]
    made: dict[str, Any] = {"person": person.id, "member": desk.me.id, "site": site.id}
    kinds = sorted(brought().items(), key=lambda one: DIRECTORIES.index(one[0]) if one[0] in DIRECTORIES else 99)
    waiting = [(name, kind) for name, kind in kinds if name != "site"]
    with desk.write(Act.INVENT) as db:
        everybody = db.get_one(people.Person, person.id, options=whole(people.Person))
        _fill(everybody, made)
        while waiting:
            name, kind = waiting.pop(0)
            if any(parent.needed and parent.kind not in made for parent in parents_of(kind)):
                waiting.append((name, kind))
                continue
            record = kind()
            for column in kind.__table__.columns:
                for key in column.foreign_keys:
                    setattr(record, column.key, made.get(key.column.table.name))
                if column.key in ("number", "position"):
                    setattr(record, column.key, 7)
            db.add(record)
            _fill(record, made)
            made[name] = record.id


def _fill(record: Record, made: dict[str, Any]) -> None:
    for field in type(record).declared:
        if field.id not in ("person.code", "person.registered_on") and field.attribute != "person_id":
            # What a rule compares with an earlier day is later than the rest.
            value = date(2026, 3, 9) if field.kind is Kind.DAY and field.rule else a_value(field)
            field.write(record, made.get(field.target) if field.kind is Kind.LINK else value)


def test_every_field_of_every_kind_comes_back_and_comes_but_once(desk: Desk, other: Desk, tmp_path: Path) -> None:
    fill_everything(desk)
    i18n.set_language("az")
    file = write_everything(desk, tmp_path / "all.xlsx", "az")
    plan = planned_book(other, file)

    assert [problem.line("en") for problem in plan.problems] == []
    assert [left.column.shown for left in plan.left_out if left.column.shown not in _NAMES_ONLY] == []
    assert run_book(other, plan).added == 1
    before, after = facts_of(desk, ""), facts_of(other, "import")
    # Each house has a site of its own with the first short code, and it keeps its name.
    assert [fact for fact in (before - after) if fact[0] != "site"] == []
    assert sum((after - before).values()) <= 1

    again = planned_book(other, file, compare=True)
    assert (again.new, again.records, again.problems) == ((), (), ())
    assert [(change.kind, change.field and change.field.id, change.old, change.new) for change in again.changes] == []
    run_book(other, again)
    assert facts_of(other, "import") == after


@pytest.mark.long
@pytest.mark.parametrize("language", ["en", "az", "ru"])
def test_the_invented_house_comes_back(other: Desk, tmp_path: Path, language: str) -> None:
    i18n.set_language(language)
    folder = tmp_path / "desk-5A3B.vault"
    made, _code = sample.create_demo(folder, residents=24, cost=KdfCost.for_tests(), clock=Clock())
    made.close()
    desk = open_desk(folder, sample.USER_NAME, sample.PASSPHRASE, clock=Clock())
    try:
        plan = planned_book(other, write_everything(desk, tmp_path / "all.xlsx", language))
        assert [problem.line("en") for problem in plan.problems] == []
        run_book(other, plan)
        before, after = facts_of(desk, ""), facts_of(other, "import")
        with desk.read(everybody=True) as db:
            asks = {row.code for row in db.scalars(select(people.Person)) if row.id in desk.sight.asks_why}
        # Whose record asks why it is opened does not leave with the others.
        lost = [fact for fact in (before - after) if fact[0] != "site" and fact[1] not in asks]
        assert lost == []
        assert asks
    finally:
        desk.close()


_NAMES_ONLY = {"Dərman", "Hadisə"}
"""Columns that repeat by name the entry another column names by its number."""
