"""Everything one person can read, in one workbook with a password."""

from __future__ import annotations

import io
from typing import Any

import msoffcrypto
import pytest
from openpyxl import load_workbook

from shelterdesk import everything, house_settings, notes, people, person_reading, restrictions, services
from shelterdesk.access import Role, rights_of
from shelterdesk.desk import Desk
from shelterdesk.documents.protect import PasswordUnfit
from shelterdesk.errors import NotAllowed
from shelterdesk.schema import log_reading
from shelterdesk.sharing import ReasonMissing
from shelterdesk.vault import Compartment
from tests.desks import TODAY


def opened(data: bytes, password: str) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of each sheet."""
    office: Any = msoffcrypto.OfficeFile(io.BytesIO(data))
    office.load_key(password=password)
    plain = io.BytesIO()
    office.decrypt(plain)
    book = load_workbook(plain)
    return {sheet.title: [tuple(cell.value for cell in row) for row in sheet.iter_rows()] for sheet in book}


@pytest.fixture
def filled(desk: Desk) -> Desk:
    person = people.add_person(desk, short_name="Aysel M.", given_names="Aysel", gender="woman")
    services.add_service(
        desk, person.id, kind="social_talk", given_on=TODAY, outcome="took_place", given_by=desk.me.id,
        case_note="Talked about the week.",
    )  # fmt: skip
    notes.add_note(desk, person.id, kind="house", written_on=TODAY, house_text="Slept well.")
    return desk


def test_every_kind_has_a_sheet_and_every_field_a_column(filled: Desk) -> None:
    book = opened(everything.protected_workbook(filled, "five words", "the disk broke"), "five words")
    said = " ".join(str(cell) for rows in book.values() for row in rows for cell in row if cell)
    for words in ("Aysel M.", "R-2026-001", "Talked about the week.", "Slept well.", "Leyla A.", "17 November 2026"):
        assert words in said
    for rows in book.values():
        assert len(rows) > 1, "no empty sheets"


def test_it_leaves_only_with_a_password_and_is_logged(filled: Desk) -> None:
    with pytest.raises(PasswordUnfit):
        everything.protected_workbook(filled, "", "why")
    with pytest.raises(ReasonMissing):
        everything.protected_workbook(filled, "five words", " ")
    data = everything.protected_workbook(filled, "five words", "the disk broke")
    assert b"Aysel" not in data
    with filled.read() as db:
        (row,) = [one for one in log_reading.logged(db) if one.act == "export"]
    assert {change.field_id: change.after for change in row.changes}["log.why"] == "the disk broke"


def test_what_somebody_holds_no_key_for_is_left_out(filled: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    held = filled.holds
    monkeypatch.setattr(filled, "holds", lambda one: one is not Compartment.CASE and held(one))
    said = str(opened(everything.protected_workbook(filled, "w", "why"), "w"))
    assert "Talked about the week." not in said
    assert "Slept well." in said


def test_it_is_for_who_may_export_exact_figures_and_see_records(filled: Desk) -> None:
    for role in (Role.SOCIAL_WORKER, Role.REPORTING_OFFICER, Role.ADMINISTRATOR):
        filled.rights = rights_of([role.value])
        with pytest.raises(NotAllowed):
            everything.protected_workbook(filled, "w", "why")


def test_a_record_that_asks_why_stays_out_until_it_was_opened_with_a_reason(filled: Desk) -> None:
    guarded = people.add_person(filled, short_name="Gül", given_names="Gülnar")
    restrictions.restrict(filled, guarded.id, "Her brother works nearby")
    filled.opened_with_reason.clear()
    house_settings.load(filled)
    assert filled.sight.asks_why == {guarded.id}

    def said() -> str:
        book = opened(everything.protected_workbook(filled, "five words", "the disk broke"), "five words")
        return " ".join(str(cell) for rows in book.values() for row in rows for cell in row if cell)

    assert "Gülnar" not in said()
    assert "Aysel" in said()
    person_reading.open_person(filled, guarded.id, "emergency on shift")
    assert "Gülnar" in said()
