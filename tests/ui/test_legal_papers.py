"""Scans and photos of a legal matter: linked in their form, opened from the thread, named among the documents."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelterdesk import files, legal_matters, legal_threads
from shelterdesk.desk import Desk
from shelterdesk.files import StoredFile
from shelterdesk.legal_matters import LegalMatter
from shelterdesk.people import Person
from shelterdesk.scans.intake import clean
from shelterdesk.vault import Compartment
from tests.scans import as_bytes, drawn
from tests.ui.record_acts import record
from tests.ui.shots import settle
from ui.dialogs.scan_viewer import ScanViewer
from ui.forms.file_form import FileForm
from ui.pages.resident.documents import DocumentsSection
from ui.window import Window

GoTo = Callable[..., Any]


@pytest.fixture
def matter(desk: Desk, aysel: Person) -> LegalMatter:
    return legal_matters.record_matter(desk, aysel.id, kind="labour_claim", subject="Seven months")


def kept(desk: Desk, person: Person, **values: Any) -> StoredFile:
    given: dict[str, Any] = {"kind": "court_paper", "readable_by": "legal", "legal_words": "Decision"} | values
    return files.add_file(desk, person.id, clean(as_bytes(drawn()), "scan.png"), **given)


def viewer_above(qtbot: QtBot, window: Window) -> ScanViewer:
    def open_ones() -> list[ScanViewer]:
        return [one for one in window.findChildren(ScanViewer) if one.isVisible() and one.view.image() is not None]

    qtbot.waitUntil(lambda: len(open_ones()) == 1)
    return open_ones()[0]


def test_a_paper_is_opened_from_the_thread_by_keyboard_and_corrected(
    qtbot: QtBot, window: Window, go: GoTo, desk: Desk, aysel: Person, matter: LegalMatter
) -> None:
    paper = kept(desk, aysel, matter_id=matter.id)
    with qtbot.waitActive(window):
        window.activateWindow()
    section = go("legal")
    section.thread_card.rows.focus_row(paper.id)
    row = QApplication.focusWidget()
    assert row is not None
    qtbot.keyClick(row, Qt.Key.Key_Return)
    qtbot.keyClick(viewer_above(qtbot, window), Qt.Key.Key_Escape)
    settle()
    assert window.focusWidget() is row, "the keyboard comes back to the row"
    qtbot.keyClick(row, Qt.Key.Key_Return)
    viewer_above(qtbot, window).edit_wanted.emit(paper.id)
    settle()
    documents = record(window).section()
    assert isinstance(documents, DocumentsSection)
    assert documents.editor is not None
    assert documents.editor.form.editor("matter_id").value() == matter.id
    documents.editor.form.set("matter_id", None)
    assert documents.editor.save()
    (thread,) = legal_threads.threads_of(desk, aysel.id)
    assert list(thread.papers) == []
    window.run("undo")
    (thread,) = legal_threads.threads_of(desk, aysel.id)
    assert [one.id for one in thread.papers] == [paper.id], "undone"


def test_the_documents_name_the_matter_and_a_visitor_reads_nothing_of_it(
    window: Window, go: GoTo, desk: Desk, aysel: Person, matter: LegalMatter
) -> None:
    paper = kept(desk, aysel, matter_id=matter.id)
    section: DocumentsSection = go("documents")
    (tile,) = section.tiles.tiles()
    assert tile.words.more == "Claim for wages or work: Seven months"
    assert "Seven months" in tile.accessibleName()
    window.seat.set_visitor(on=True)
    section = go("documents")
    (tile,) = section.tiles.tiles()
    assert "Seven" not in tile.accessibleName() + tile.words.more
    legal = go("legal")
    rows = legal.thread_card.rows
    assert not any("Decision" in row.detail for row in (*rows.above.rows(), *rows.below.rows()))
    legal.thread_card.toggle(paper.id)
    assert not window.findChildren(ScanViewer)


def test_the_matter_is_asked_of_who_does_legal_work_and_only_where_there_is_one(
    window: Window, desk: Desk, aysel: Person
) -> None:
    form = FileForm(window.seat, None, aysel.id)
    assert form.row("matter_id").isHidden()
    matter = legal_matters.record_matter(desk, aysel.id, kind="documents", subject="A passport")
    form = FileForm(window.seat, None, aysel.id)
    assert not form.row("matter_id").isHidden()
    assert form.editor("matter_id").value() is None
    card = kept(
        desk, aysel, kind="identity_document", readable_by="identity", identity_words="Card", matter_id=matter.id
    )
    ring = desk.vault.ring
    ring._boxes.pop(Compartment.LEGAL)
    ring._keys.pop(Compartment.LEGAL)
    form = FileForm(window.seat, card)
    assert not form.has("matter_id")
    form.set("identity_words", "Card, both sides")
    assert form.store().matter_id == matter.id
