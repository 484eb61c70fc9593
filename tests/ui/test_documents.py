"""Scans and photos of a record: added, looked at, printed and taken out, by keyboard and without a trace on disk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from shelterdesk import consents, files
from shelterdesk.desk import Desk
from shelterdesk.documents.scan_paper import note_scan_shared, standing_for
from shelterdesk.files import StoredFile
from shelterdesk.people import Person
from shelterdesk.scans import refusals
from shelterdesk.scans.intake import clean
from shelterdesk.schema import log_reading
from shelterdesk.sharing import ConsentMissing
from shelterdesk.vault import Compartment
from tests.scans import a_photo, pages
from tests.ui.conftest import acts_of
from tests.ui.shots import settle
from ui.dialogs.scan_viewer import ScanViewer
from ui.dialogs.share_scan import ShareScanDialog
from ui.forms.clear_copy import CopyRow
from ui.forms.file_form import FileForm
from ui.pages.resident.documents import DocumentsSection
from ui.printing.preview import PreviewDialog
from ui.window import Window

GoTo = Callable[..., Any]


def kept(desk: Desk, person: Person, **values: Any) -> StoredFile:
    given = {"kind": "court_paper", "readable_by": "legal", "legal_words": "Decision"} | values
    return files.add_file(desk, person.id, clean(pages(3), "scan.tif"), **given)


def words_in(widget: Any) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def form_of(section: DocumentsSection) -> FileForm:
    assert section.editor is not None
    assert isinstance(section.editor.form, FileForm)
    return section.editor.form


def viewer_of(qtbot: QtBot, window: Window, section: DocumentsSection) -> ScanViewer:
    qtbot.waitUntil(lambda: section.viewer is not None and section.viewer.view.image() is not None)
    assert section.viewer is not None
    return section.viewer


def test_a_photo_is_added_and_its_clear_copy_can_be_deleted(
    qtbot: QtBot, window: Window, go: GoTo, desk: Desk, aysel: Person, tmp_path: Path
) -> None:
    source = tmp_path / "passport.jpg"
    source.write_bytes(a_photo())
    section: DocumentsSection = go("documents", "new_scan")
    form = form_of(section)
    assert form.picker is not None
    form.picker.take(source)
    assert not section.editor.save(), "it is still being looked at"  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: not form.picker.is_busy(), timeout=20_000)  # type: ignore[union-attr]
    assert form.picker.prepared is not None
    form.editor("kind").set_value("identity_document")
    form._follow_kind()
    assert form.attribute() == "identity_words"
    form.set("identity_words", "Passport, first page")
    assert section.editor is not None
    assert section.editor.save()
    settle()
    (file,) = files.files_of(desk, aysel.id)
    assert (file.kind, file.readable_by, file.identity_words) == (
        "identity_document", "identity", "Passport, first page",
    )  # fmt: skip
    assert [tile.words.title for tile in section.tiles.tiles()] == ["Identity document or passport"]
    assert section.tiles.current_key() == file.id
    assert acts_of(desk, aysel.id)[0] == "add_file"
    (row,) = section.findChildren(CopyRow)
    assert section.copy_card.isVisible()
    row.really.click()
    settle()
    assert not source.exists()
    assert not section.copy_card.isVisible()


def test_what_is_no_scan_is_refused_beside_the_button(
    qtbot: QtBot, window: Window, go: GoTo, desk: Desk, aysel: Person, tmp_path: Path
) -> None:
    source = tmp_path / "letter.docx"
    source.write_bytes(b"PK no picture")
    section: DocumentsSection = go("documents", "new_scan")
    picker = form_of(section).picker
    assert picker is not None
    picker.take(source)
    qtbot.waitUntil(lambda: not picker.is_busy(), timeout=20_000)
    assert picker.problem.text() == refusals.NO_PICTURE.format(file="letter.docx")
    form_of(section).set("kind", "other")
    assert section.editor is not None
    assert not section.editor.save()
    assert "Choose the file" in words_in(section.editor)
    assert files.files_of(desk, aysel.id) == []


def test_words_follow_the_key_and_say_who_reads_them(window: Window, go: GoTo, desk: Desk) -> None:
    form = form_of(go("documents", "new_scan"))
    form.set("identity_words", "A letter")
    form.editor("readable_by").set_value("medical")
    form._follow_key()
    assert form.editor("identity_words").value() is None
    assert form.editor("medical_words").value() == "A letter"
    assert "nurses and doctors" in form.readers.text()


def test_pages_are_looked_at_and_forgotten(qtbot: QtBot, window: Window, go: GoTo, desk: Desk, aysel: Person) -> None:
    file = kept(desk, aysel)
    section: DocumentsSection = go("documents")
    section.tiles.go_to(file.id)
    QTest.keyClick(section.tiles.tiles()[0], Qt.Key.Key_Space)
    viewer = viewer_of(qtbot, window, section)
    assert "Decision" not in viewer.windowTitle()
    first = viewer.view.image()
    QTest.keyClick(viewer.view, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: viewer.view.image() is not first)
    assert not viewer.back.isHidden()
    before = viewer.view.zoom
    viewer.view.zoom_in()
    assert viewer.view.zoom > before
    view = viewer.view
    viewer.reject()
    assert view.image() is None
    assert viewer._content is None
    assert section.tiles.current_key() == file.id


def test_it_prints_after_a_look_and_the_log_says_so(
    qtbot: QtBot, window: Window, go: GoTo, desk: Desk, aysel: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ui.dialogs import print_only as module

    monkeypatch.setattr(module, "ask_printer", lambda _dialog, _document, leave: leave())
    kept(desk, aysel)
    section: DocumentsSection = go("documents")
    section.open_file(section.files[0].id)
    viewer = viewer_of(qtbot, window, section)
    viewer.print()
    qtbot.waitUntil(lambda: bool(viewer.findChildren(PreviewDialog) or window.findChildren(PreviewDialog)))
    (preview,) = viewer.findChildren(PreviewDialog) or window.findChildren(PreviewDialog)
    assert preview.preview.page_count == 3
    preview.print_requested.emit()
    assert acts_of(desk, aysel.id)[0] == "print"
    viewer.reject()


def test_details_are_changed_and_a_file_is_taken_out_and_put_back(
    qtbot: QtBot, window: Window, go: GoTo, desk: Desk, aysel: Person
) -> None:
    file = kept(desk, aysel)
    section: DocumentsSection = go("documents")
    section.edit(file.id)
    form_of(section).set("legal_words", "Decision of 4 May")
    assert section.editor is not None
    assert section.editor.save()
    settle()
    assert section.tiles.tiles()[0].words.below == "Decision of 4 May"
    section.archive(file.id)
    settle()
    assert not section.tiles.tiles()
    files.archive_file(desk, file.id, archived=False)
    settle()
    assert len(section.tiles.tiles()) == 1


def test_without_the_key_one_sees_that_it_is_there(window: Window, go: GoTo, desk: Desk, aysel: Person) -> None:
    file = kept(desk, aysel)
    ring = desk.vault.ring
    ring._boxes.pop(Compartment.LEGAL)
    ring._keys.pop(Compartment.LEGAL)
    section: DocumentsSection = go("documents")
    (tile,) = section.tiles.tiles()
    assert tile.words.closed
    assert "Decision" not in tile.accessibleName()
    section.open_file(file.id)
    assert section.viewer is None


def test_visitors_see_neither_words_nor_pictures(
    qtbot: QtBot, window: Window, go: GoTo, desk: Desk, aysel: Person
) -> None:
    file = kept(desk, aysel)
    section: DocumentsSection = go("documents")
    section.open_file(file.id)
    viewer = viewer_of(qtbot, window, section)
    window.seat.set_visitor(on=True)
    settle()
    assert section.viewer is None
    assert not isValid(viewer)
    (tile,) = section.tiles.tiles()
    assert "Decision" not in tile.accessibleName()
    assert tile._image is None
    section.open_file(file.id)
    assert section.viewer is None
    window.seat.set_visitor(on=False)


def test_a_damaged_file_says_so_and_shows_nothing(
    qtbot: QtBot, window: Window, go: GoTo, desk: Desk, aysel: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_desk: Desk, _file: StoredFile) -> bytes:
        raise files.FileNotWhole

    kept(desk, aysel)
    section: DocumentsSection = go("documents")
    monkeypatch.setattr(files, "content_of", broken)
    section.open_file(section.files[0].id)
    viewer = section.viewer
    assert viewer is not None
    qtbot.waitUntil(viewer.problem.isVisible)
    assert "backup" in viewer.problem.text()
    assert viewer.view.image() is None
    viewer.reject()


def test_tiles_are_reached_by_arrow_keys(window: Window, go: GoTo, desk: Desk, aysel: Person) -> None:
    made: list[UUID] = [kept(desk, aysel).id for _number in range(3)]
    section: DocumentsSection = go("documents")
    tiles = section.tiles.tiles()
    assert [tile.words.key for tile in tiles] == list(reversed(made))
    tiles[0].setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert section.tiles.current_key() == tiles[1].words.key
    assert {"edit", "archive", "new_scan"} <= set(section.commands())


def test_a_copy_for_somebody_else_asks_for_whom_and_for_her_consent(
    qtbot: QtBot, go: GoTo, window: Window, desk: Desk, aysel: Person, tmp_path: Path
) -> None:
    one = kept(desk, aysel)
    section = go("documents")
    section.open_file(one.id)
    viewer = viewer_of(qtbot, window, section)
    viewer.share()
    qtbot.waitUntil(lambda: bool(viewer.findChildren(ShareScanDialog)))
    (dialog,) = viewer.findChildren(ShareScanDialog)
    file = tmp_path / "copy.pdf"
    assert not dialog.save(file, "pdf")
    assert dialog.recipient.hasFocus()
    QTest.keyClicks(dialog.recipient, "District court")
    dialog.purpose.set_value("share_authority")
    assert not dialog.save(file, "pdf")
    assert dialog.reason.isVisible(), "nobody has asked her"
    assert not file.exists()
    consents.record_consent(
        desk, aysel.id, purpose="share_authority", recipient="District Court", answer="given",
        parts=frozenset({"papers"}), answered_on=desk.today(),
    )  # fmt: skip
    assert dialog.save(file, "pdf")
    assert not dialog.reason.isVisible()
    assert file.read_bytes().startswith(b"%PDF")
    assert dialog.document.foot is not None
    assert dialog.document.foot.second == "For District court"
    with desk.read() as db:
        newest = log_reading.logged(db, person_id=aysel.id, limit=1)[0]
    said = {change.field_id: change.after for change in newest.changes}
    assert (newest.act, said["log.what"], said["log.for_whom"]) == ("export", "scan", "District court")
    assert said["log.consent"] == "given"
    dialog.close()
    viewer.reject()


def test_past_a_narrower_consent_a_copy_leaves_with_the_reason_only(desk: Desk, aysel: Person) -> None:
    one = kept(desk, aysel)
    consents.record_consent(
        desk, aysel.id, purpose="health", answer="given", parts=frozenset({"name"}), answered_on=desk.today()
    )
    standing = standing_for(desk, one, "health", "Clinic 3")
    assert standing.state == "narrower"
    with pytest.raises(ConsentMissing):
        note_scan_shared(desk, one, standing, how="pdf")
    note_scan_shared(desk, one, standing, how="pdf", why="She is unconscious")
    with desk.read() as db:
        newest = log_reading.logged(db, person_id=aysel.id, limit=1)[0]
    assert {change.after for change in newest.changes} >= {"narrower", "She is unconscious"}
