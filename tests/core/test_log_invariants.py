"""The log holds whatever is done, in whatever order, and whatever is altered in it is named by its number."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from shelterdesk import (
    authority_requests,
    house_settings,
    integrity,
    lineage,
    log_retention,
    people,
    person_reading,
    record_log,
    services,
)
from shelterdesk.desk import Desk
from shelterdesk.errors import Problems
from shelterdesk.fields import Kind
from shelterdesk.log_families import FAMILIES
from shelterdesk.opening import open_desk
from shelterdesk.people import Person
from shelterdesk.record_log import LogFilter
from shelterdesk.schema import log_reading
from shelterdesk.schema.acts import Act
from shelterdesk.schema.history import LogContent, LogHead, LogRow
from shelterdesk.vault import Compartment, inspect_vault
from tests.desks import PASSPHRASE, TODAY, Clock

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C",)), max_size=12)
ACTS = ("add", "change", "open", "serve", "ask", "archive", "sign", "lock", "wait", "field", "forget her", "forget old")
STEPS = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 4), WORDS), min_size=1, max_size=14)
COMMON = settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@contextmanager
def lived_in(new_vault: Path, steps: list[tuple[str, int, str]]) -> Iterator[Desk]:
    """Give a desk at a new vault after *steps*."""
    clock = Clock()
    with tempfile.TemporaryDirectory() as beside:
        copy = Path(shutil.copytree(new_vault, Path(beside) / new_vault.name))
        lineage.forget(inspect_vault(copy).id)
        desk = open_desk(copy, "leyla", PASSPHRASE, clock=clock)
        try:
            for what, which, words in steps:
                # With the clock set back some things cannot be saved, which leaves no trace in the log.
                with suppress(Problems):
                    do(desk, clock, what, which, words)
            yield desk
        finally:
            desk.close()


def do(desk: Desk, clock: Clock, what: str, which: int, words: str) -> None:
    """Do one thing to one of the people on file."""
    with desk.read() as db:
        ids = list(db.scalars(select(Person.id).order_by(Person.id)))
    whom = person_reading.read_person(desk, ids[which % len(ids)]) if ids else None
    if what == "add" or whom is None:
        people.add_person(desk, short_name=words or None, must_know=words)
        return
    match what:
        case "change":
            people.change_person(desk, whom, given_names=words or None, gender="woman", languages=frozenset({"az"}))
        case "open":
            person_reading.open_person(desk, whom.id)
        case "serve":
            services.add_service(
                desk, whom.id, kind="social_talk", given_on=desk.today(), outcome="took_place", case_note=words
            )
        case "ask":
            authority_requests.record_request(
                desk, person_id=whom.id, received_on=desk.today(), body="police", asked=words
            )
        case "archive":
            people.archive_person(desk, whom.id, archived=whom.archived_at is None)
        case "sign" | "lock":
            with desk.write(Act.LOCK if what == "lock" else Act.SIGN_IN, facts={"log.why_locked": words}):
                pass
            if what == "lock":
                with desk.write(Act.SIGN_IN):
                    pass
        case "wait":
            clock.now += timedelta(days=which - 1, hours=7)
        case "field":
            if not desk.own_fields.get("person"):
                house_settings.add_own_field(desk, "person", "Shoe size", Kind.TEXT, Compartment.IDENTITY)
        case "forget her":
            log_retention.remove_content_of(desk, whom.id, "she asked for it")
        case _:
            log_retention.remove_content_before(desk, desk.today() - timedelta(days=which), "the rules of the house")


def walk(desk: Desk) -> log_reading.Walk:
    with desk.read() as db:
        return log_reading.verify_log(db, desk.vault.verify, desk.vault.chain_heads)


def everything(desk: Desk, wanted: LogFilter | None = None) -> list[record_log.LogLine]:
    """Read all pages."""
    found: list[record_log.LogLine] = []
    while True:
        page = record_log.read_log(desk, wanted, before=found[-1].number if found else None)
        found += page.lines
        if not page.more:
            return found


# --- whatever is done ---------------------------------------------------------------------------------------------


@COMMON
@given(steps=STEPS)
def test_the_log_holds_and_counts_whatever_is_done(new_vault: Path, steps: list[tuple[str, int, str]]) -> None:
    with lived_in(new_vault, steps) as desk:
        found, lines = walk(desk), everything(desk)
    assert [line.number for line in lines] == list(range(found.rows, 0, -1))
    states = [one.state for line in lines for one in line.fields]
    assert set(states) <= {"readable", "removed"}
    assert (states.count("readable"), states.count("removed")) == (found.contents, found.removed)
    assert found.removed == found.told
    assert found.sealed == 0
    assert found.absent == frozenset()


@COMMON
@given(steps=STEPS, data=st.data())
def test_a_filter_shows_the_rows_that_fit_and_no_other(
    new_vault: Path, monkeypatch: pytest.MonkeyPatch, steps: list[tuple[str, int, str]], data: st.DataObject
) -> None:
    monkeypatch.setattr(record_log, "PAGE", 3)
    with lived_in(new_vault, steps) as desk:
        with desk.read() as db:
            rows = db.scalars(select(LogRow).order_by(LogRow.number.desc())).all()
        wanted = data.draw(filters(rows))
        shown = [line.number for line in everything(desk, wanted)]
        assert shown == [row.number for row in rows if fits(desk, row, wanted)]


def filters(rows: Sequence[LogRow]) -> st.SearchStrategy[LogFilter]:
    """Give filters by what stands in *rows*, and by what does not."""

    def some(values: set[Any]) -> st.SearchStrategy[Any]:
        return st.sampled_from(sorted(values, key=str))

    day = st.none() | st.dates(TODAY - timedelta(days=3), TODAY + timedelta(days=5))
    return st.builds(
        LogFilter,
        person_id=some({row.person_id for row in rows} | {None}),
        record=some({row.record for row in rows} | {""}),
        acts=st.sampled_from([frozenset[str](), *(family.acts for family in FAMILIES)]),
        member_id=some({row.member_id for row in rows} | {None, UUID(int=5)}),
        first=day,
        last=day,
    )


def fits(desk: Desk, row: LogRow, wanted: LogFilter) -> bool:
    on: date = desk.day_of(row.at)
    return (
        wanted.person_id in (None, row.person_id)
        and wanted.record in ("", row.record)
        and (not wanted.acts or row.act in wanted.acts)
        and (wanted.member_id is None or (wanted.member_id == row.member_id and row.act != "sign_in_failed"))
        and (wanted.first is None or wanted.first <= on)
        and (wanted.last is None or on <= wanted.last)
    )


# --- whatever is altered ------------------------------------------------------------------------------------------


def meddle(desk: Desk, *statements: Any) -> None:
    """Change tables as somebody with the key of the database could."""
    with desk.engine.execution_options(writes=True).begin() as connection:
        for statement in statements:
            connection.execute(statement)


ALTERATIONS = (
    "lost",
    "act",
    "member",
    "record",
    "person",
    "fields",
    "moment",
    "swapped",
    "cut off",
    "content",
    "moved",
)


@pytest.mark.long
@settings(COMMON, max_examples=40)
@given(data=st.data(), steps=STEPS)
def test_the_first_row_that_does_not_fit_is_named(
    new_vault: Path, data: st.DataObject, steps: list[tuple[str, int, str]]
) -> None:
    with lived_in(new_vault, steps) as desk:
        with desk.read() as db:
            rows = {row.number: row for row in db.scalars(select(LogRow))}
            said = sorted(set(db.scalars(select(LogContent.number))))
        number, other = data.draw(st.sampled_from(sorted(rows))), data.draw(st.sampled_from(sorted(rows)))
        content, what = data.draw(st.sampled_from(said)), data.draw(st.sampled_from(ALTERATIONS))
        changes, first = altered(what, rows, number, other, content)
        meddle(desk, *changes)
        if first is None:
            assert walk(desk).rows == len(rows)
        else:
            with pytest.raises(log_reading.LogBroken) as broken:
                walk(desk)
            assert broken.value.number == first, what


def altered(
    what: str, rows: Mapping[int, LogRow], number: int, other: int, content: int
) -> tuple[list[Any], int | None]:
    """Return the statements that alter something, and the row that has to be named for it."""
    row = update(LogRow).where(LogRow.number == number)
    said = update(LogContent).where(LogContent.number == content)
    match what:
        case "lost":
            return [delete(LogRow).where(LogRow.number == number)], number
        case "act":
            return [row.values(act="open_record")], number if rows[number].act != "open_record" else None
        case "member":
            return [row.values(member_id=UUID(int=7))], number
        case "record":
            return [row.values(record="cellar")], number
        case "person":
            return [row.values(person_id=UUID(int=7))], number
        case "fields":
            return [row.values(field_ids="x", commitments=b"\0" * 32)], number
        case "moment":
            return [row.values(at=rows[number].at - timedelta(days=900))], number
        case "swapped":
            return swapped(number, other), min(number, other) if number != other else None
        case "cut off":
            return [delete(LogRow).where(LogRow.number >= number)], number
        case "content":
            return [said.values(sealed=b"\1" + b"\0" * 60, plain=b"\0" * 40)], content
        case _:
            return [said.values(number=len(rows) + 1)], len(rows) + 1


def swapped(first: int, second: int) -> list[Any]:
    return [
        update(LogRow).where(LogRow.number == one).values(number=other)
        for one, other in ((first, -1), (second, first), (-1, second))
    ]


def test_an_end_that_was_cut_off_and_sewn_up_lacks_the_heads_it_had(desk: Desk) -> None:
    """Whoever holds the key of the database can cut the end off and move the head back; a head kept elsewhere tells."""
    people.add_person(desk, short_name="Ay")
    with desk.read() as db:
        kept = log_reading.log_head(db)
    people.add_person(desk, short_name="Nur")
    with desk.read() as db:
        macs = dict(db.execute(select(LogRow.number, LogRow.mac)).all())
        assert log_reading.verify_log(db, known=[kept]).absent == frozenset()
    last = next(number for number, mac in macs.items() if mac == kept) - 1
    meddle(
        desk,
        delete(LogRow).where(LogRow.number > last),
        delete(LogContent).where(LogContent.number > last),
        update(LogHead).values(number=last, mac=macs[last]),
    )
    with desk.read() as db:
        assert log_reading.verify_log(db).rows == last, "the chain itself does not tell"
        assert log_reading.verify_log(db, known=[kept]).absent == {kept}
    report = integrity.verify_desk(desk, [kept])
    assert report.findings[0].where == "log"
    assert {"person"} == {one.values["record"] for one in report.findings[1:]}, "the newest records are looked for"
