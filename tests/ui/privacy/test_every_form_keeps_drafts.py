"""Whatever is typed into whatever form is in the vault after seconds and at lock, sealed, and offered again.

The forms are found in the source: one that no way here opens fails a test.
"""

from __future__ import annotations

import ast
import inspect
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select

import ui
from shelterdesk import approvals, drafts, sample
from shelterdesk.desk import Desk
from shelterdesk.drafts import Draft, DraftField
from shelterdesk.opening import lock_desk, open_desk
from shelterdesk.schema.base import RECORDS
from shelterdesk.settings import Settings
from tests.desks import Clock
from tests.ui.privacy.typing_into import WORDS, form_on_screen, type_into
from tests.ui.privacy.way_steps import Found, found_in, say_why
from tests.ui.privacy.ways_to_type import WAYS
from tests.ui.shots import settle
from ui.draft_places import place_of
from ui.forms import record_form
from ui.forms.record_form import KEEP_EVERY, RecordForm
from ui.seat import Seat
from ui.window import Window

ROOT = Path(inspect.getfile(ui)).parent
QUICK = {"new arrival", "safety", "new note of a record", "milestone moved", "new service", "stage"}
"""Tried in every run; the others take minutes together."""


@pytest.fixture(autouse=True)
def small_house(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the one person of these tests decide what she asked for herself."""
    monkeypatch.setattr(approvals, "_works_in_a_small_house", lambda _desk: True)


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the clock of every form run a tenth of a second instead of five."""
    assert KEEP_EVERY <= 5_000
    monkeypatch.setattr(record_form, "KEEP_EVERY", 100)


@pytest.fixture
def makers(monkeypatch: pytest.MonkeyPatch) -> set[tuple[str, str]]:
    """Which function of which file made a form in this test."""
    seen: set[tuple[str, str]] = set()
    original = RecordForm.__init__

    def init(self: RecordForm, *values: Any, **named: Any) -> None:
        frame = sys._getframe(1)
        while frame.f_code.co_name == "__init__" and isinstance(frame.f_locals.get("self"), RecordForm):
            assert frame.f_back is not None
            frame = frame.f_back
        seen.add((Path(frame.f_code.co_filename).relative_to(ROOT).as_posix(), frame.f_code.co_name))
        original(self, *values, **named)

    monkeypatch.setattr(RecordForm, "__init__", init)
    return seen


def places_that_make_forms() -> set[tuple[str, str]]:
    """Return (file, function) of every call in the product that makes a form."""
    names = {RecordForm.__name__, *(one.__name__ for one in _kinds(RecordForm))}
    found: set[tuple[str, str]] = set()
    for file in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                for call in ast.walk(node):
                    if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in names:
                        found.add((file.relative_to(ROOT).as_posix(), node.name))
    return found


def _kinds(kind: type[RecordForm]) -> list[type[RecordForm]]:
    return [one for below in kind.__subclasses__() for one in (below, *_kinds(below))]


@pytest.fixture
def found(sample_desk: Desk) -> Found:
    return found_in(sample_desk)


def my_drafts(window: Window) -> list[Draft]:
    form = form_on_screen(window)
    return drafts.my_drafts(window.seat.desk, extra_fields=form.extra)


@pytest.mark.parametrize("way", [pytest.param(way, marks=() if way in QUICK else pytest.mark.long) for way in WAYS])
def test_typing_is_kept_sealed_locked_and_offered(
    qtbot: QtBot,
    qapp: QApplication,
    soon: None,
    sample_window: Window,
    found: Found,
    way: str,
    clock: Clock,
    tmp_path: Path,
) -> None:
    desk = sample_window.seat.desk
    before = {one.id for one in drafts.my_drafts(desk)}
    WAYS[way](sample_window, found)
    settle()
    form = form_on_screen(sample_window)
    extra = form.extra

    # While somebody types, the clock keeps it.
    attribute = type_into(form)
    typed = form.editor(attribute).value()
    assert form.has_unkept_words()
    qtbot.waitUntil(lambda: not form.has_unkept_words(), timeout=5_000)
    kept = [one for one in drafts.my_drafts(desk, extra_fields=extra) if one.id not in before]
    assert [one.values.get(attribute) for one in kept] == [typed]

    # What was typed since is kept when the vault locks.
    type_into(form)
    typed = form.editor(attribute).value()
    assert form.has_unkept_words()
    target = form.target_id
    sample_window.keep_drafts()
    with desk.read() as db:
        rows = db.scalars(select(DraftField)).all()
        fields = [field for kind in RECORDS.values() for field in (*desk.fields(kind, hidden=True), *extra)]
        own = {field.id: field for field in fields}
        for row in rows:
            if row.compartment is not None or own[row.field_id].compartment is not None:
                assert row.value is None, f"{row.field_id} lies open"
            assert WORDS not in (row.value or "") or own[row.field_id].compartment is None
    folder = desk.vault.folder
    sample_window.hide()
    sample_window.seat.close()
    lock_desk(desk, "idle")

    # After unlocking it is offered, and going on with it shows the words.
    again = open_desk(folder, sample.USER_NAME, sample.PASSPHRASE, clock=clock)
    seat = Seat(again)
    window = Window(seat, Settings(tmp_path / "settings.toml"))
    try:
        window.resize(1366, 768)
        window.show()
        (draft,) = [one for one in drafts.my_drafts(again, extra_fields=extra) if one.id not in before]
        assert (draft.target_id, draft.values.get(attribute)) == (target, typed)
        place = place_of(draft)
        assert place is not None, "a draft nobody finds is lost"
        window.go(place)
        settle()
        say_why(window)
        shown = form_on_screen(window)
        assert shown.has(attribute), "the form that goes on has no room for what was typed"
        assert shown.editor(attribute).value() == typed
    finally:
        window.hide()
        seat.close()
        again.close()
        window.deleteLater()
        settle()


@pytest.mark.long
def test_no_form_of_the_program_is_left_out(makers: set[tuple[str, str]], sample_window: Window, found: Found) -> None:
    for way in WAYS.values():
        way(sample_window, found)
        settle()
        # Where one form is open there is no second.
        sample_window.run("cancel")
    assert places_that_make_forms() - makers == set()
