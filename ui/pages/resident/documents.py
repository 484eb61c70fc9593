"""Scans and photos in a record: little pictures, opened in the program, added with what they are and who reads them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import UUID

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelterdesk import drafts, files, formats, legal_matters, vocab
from shelterdesk.drafts import Draft
from shelterdesk.errors import NoKey
from shelterdesk.exchange.clear_copies import WHAT_DELETING_A_SCAN_CANNOT, clear_scan
from shelterdesk.files import StoredFile, words_field
from shelterdesk.i18n import _, ngettext
from shelterdesk.readers import readable_by
from shelterdesk.scans import showing
from shelterdesk.vault.compartments import Compartment
from ui.dialogs.scan_viewer import ScanViewer, open_scan
from ui.draft_places import CONTINUE, draft_for
from ui.forms.clear_copy import CopyRow
from ui.forms.file_form import FileForm, image_of
from ui.forms.inline_form import InlineForm
from ui.forms.record_form import RecordForm
from ui.pages.resident.editing import EditingSection, standing
from ui.pages.resident.editor_card import EditorCard
from ui.seat import Seat
from ui.widgets.buttons import PrimaryButton
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.scan_tile import ScanTiles, TileWords
from ui.widgets.text import Words

EDIT: Final = "edit_scan"
"""Asks for the form of what is said of a scan."""


class DocumentsSection(EditingSection):
    """Whoever lacks the key of a file sees that it is there, its kind and its day."""

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(seat, _("Documents"), parent)
        self.files: list[StoredFile] = []
        self.viewer: ScanViewer | None = None
        self.new_button = PrimaryButton(_("Add a scan or photo"), "plus")
        self.new_button.setObjectName("add_scan")
        self.new_button.clicked.connect(lambda _checked=False: self.add())
        self.add_act(self.new_button)
        self.top_card = EditorCard()
        self.copy_card = Card(_("The file is still on this computer"))
        self.copy_place = QVBoxLayout()
        self.copy_card.add(
            Words(
                _("What you added is sealed in the record. The file it came from is not: anybody here can open it."),
                tone="muted",
                wrap=True,
            )
        )
        self.copy_card.add_layout(self.copy_place)
        self.copy_card.end(12)
        self.copy_card.hide()
        self.card = Card()
        self.tiles = ScanTiles(_("Scans and photos"))
        self.tiles.setObjectName("scan_tiles")
        self.tiles.opened.connect(self.open_file)
        self.card.add(self.tiles, inset=14, above=14)
        self.card.end(14)
        self.empty_card = Card()
        self.empty = EmptyState(_("No scan or photo is kept yet."), _("Add a scan or photo"), "file-text")
        self.empty.pressed.connect(self.add)
        self.empty_card.add(self.empty)
        for card in (self.top_card, self.copy_card, self.card, self.empty_card):
            self.content.addWidget(card)

    def refresh(self) -> None:
        if self.head is None:
            return
        if self.head.person_id != self.shown:
            self.copy_card.hide()
        self.shown = self.head.person_id
        self.files = files.files_of(self.seat.desk, self.head.person_id)
        self.aside.setText(ngettext("{n} scan or photo", "{n} scans and photos", len(self.files)) if self.files else "")
        named = any(one.matter_id is not None for one in self.files)
        matters = legal_matters.names_of(self.seat.desk, of=self.shown) if named else {}
        small = {} if self.seat.visitor else files.small_pictures(self.seat.desk, self.files)
        self.tiles.set_tiles([(self._words(one, matters), self._image(small.get(one.id))) for one in self.files])
        self.card.setVisible(bool(self.files))
        self.empty_card.setVisible(not self.files and self.editor is None)

    def _words(self, one: StoredFile, matters: Mapping[UUID, str]) -> TileWords:
        field = words_field(self.seat.desk, one.readable_by)
        words = field.read(one)
        closed = not self.seat.desk.holds(Compartment(one.readable_by))
        kind = vocab.FILE_KINDS.label(one.kind)
        said = _("sealed") if closed else self.seat.masked(str(words or ""))
        day = formats.day(one.dated_on, style="short") if one.dated_on else ""
        count = one.pages or 1
        pages = ngettext("{n} page", "{n} pages", count) if count > 1 else ""
        last = " · ".join(filter(None, (day, pages)))
        matter = self.seat.masked(matters.get(one.matter_id, "")) if one.matter_id is not None else ""
        spoken = ", ".join(filter(None, (kind, said, last, matter, readable_by(Compartment(one.readable_by)))))
        return TileWords(one.id, kind, said or last, last if said else "", matter, closed=closed, spoken=spoken)

    def _image(self, small: bytes | None) -> QImage | None:
        return None if small is None else image_of(showing.of_small(small))

    # --- looking -----------------------------------------------------------------------------------------------

    def open_file(self, file_id: Any) -> None:
        """Show a file; who lacks its key or has a visitor is told why not."""
        one = self._file(file_id)
        if one is None or self.head is None:
            return
        viewer = open_scan(self.seat, one, self.head.code, self.window())
        if viewer is not None:
            viewer.edit_wanted.connect(self.edit)
            viewer.take_out_wanted.connect(self.archive)
            viewer.finished.connect(lambda _result: self._viewer_closed(file_id))
            self.viewer = viewer

    def _viewer_closed(self, file_id: Any) -> None:
        self.viewer = None
        self.tiles.go_to(file_id)

    def _file(self, file_id: Any) -> StoredFile | None:
        return next((one for one in self.files if one.id == file_id), None)

    # --- adding and changing -----------------------------------------------------------------------------------

    def add(self, draft: Draft | None = None) -> None:
        """Open the form of a new scan or photo above the others."""
        if self.head is None:
            return
        if not files.kinds_for(self.seat.desk):
            self.seat.complain(NoKey(_("You hold no key a scan or photo could be sealed with.")))
            return
        desk = self.seat.desk
        form = FileForm(self.seat, None, self.head.person_id)

        def store(_form: RecordForm) -> StoredFile:
            saved = form.store()
            self._offer_to_delete(form)
            self.say_after(_("Scan or photo saved"), lambda: files.archive_file(desk, saved.id))
            return saved

        editor = InlineForm(self.seat, form, _("Save"), store, title=_("New scan or photo"))
        if form.picker is not None:
            # What saving said about the file holds no longer once the file is looked at.
            form.picker.picked.connect(lambda _prepared: editor.say(""))

        def place() -> None:
            self.top_card.take(editor)
            self.empty_card.hide()
            self.copy_card.hide()

        self.open_editor(editor, place, lambda: self.top_card.let_go(editor), draft)

    def edit(self, file_id: Any, draft: Draft | None = None) -> None:
        """Open the details of a file above the others."""
        one, desk = self._file(file_id), self.seat.desk
        if one is None or not desk.holds(Compartment(one.readable_by)):
            return
        form = FileForm(self.seat, one)
        undo = standing(form, one)

        def store(_form: RecordForm) -> StoredFile:
            saved = form.store()
            self.say_after(_("Details saved"), lambda: files.change_file(desk, saved, **undo))
            return saved

        editor = InlineForm(self.seat, form, _("Save"), store, title=vocab.FILE_KINDS.label(one.kind))

        card = self.top_card
        self.open_editor(editor, lambda: card.take(editor), lambda: card.let_go(editor), draft)

    def close_editor(self) -> None:
        if self.editor is not None and isinstance(self.editor.form, FileForm) and self.editor.form.picker is not None:
            self.editor.form.picker.stop()
        super().close_editor()

    def _offer_to_delete(self, form: FileForm) -> None:
        path = form.picker.path if form.picker is not None else None
        copy = clear_scan(path) if path is not None else None
        if copy is None:
            return
        while self.copy_place.count():
            item = self.copy_place.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        row = CopyRow(copy, WHAT_DELETING_A_SCAN_CANNOT)
        row.deleted.connect(self._deleted)
        self.copy_place.addWidget(row)
        self.copy_card.show()

    def _deleted(self, name: str, overwritten: bool) -> None:
        self.copy_card.hide()
        words = (
            _("{file} was overwritten and deleted.")
            if overwritten
            else _("{file} is deleted, but its content could not be overwritten.")
        )
        self.seat.say(words.format(file=name))

    def stand_at(self, saved: Any) -> None:
        self.tiles.go_to(saved.id)

    def archive(self, file_id: Any) -> None:
        """Take a file out of the record; the banner puts it back."""
        desk = self.seat.desk
        if self._file(file_id) is None:
            return
        if self.succeeds(lambda: files.archive_file(desk, file_id)):
            self.say_undoable(_("Scan or photo taken out"), lambda: files.archive_file(desk, file_id, archived=False))

    # --- what the record asks ----------------------------------------------------------------------------------

    def commands(self) -> dict[str, Callable[[], object]]:
        found: dict[str, Callable[[], object]] = {"new_scan": self.add}
        current = self.tiles.current_key()
        if current is not None and self.editor is None:
            found |= {"edit": lambda: self.edit(current), "archive": lambda: self.archive(current)}
        return found | super().commands()

    def do(self, doing: str, about: UUID | None) -> None:
        if doing == "new_scan":
            self.add()
        elif doing == CONTINUE:
            draft = draft_for(drafts.my_drafts(self.seat.desk), about)
            if draft is not None and self._file(draft.target_id) is not None:
                self.edit(draft.target_id, draft)
            elif draft is not None:
                self.add(draft)
        elif doing == EDIT:
            self.edit(about)
        elif about is not None and self._file(about) is not None:
            self.open_file(about)
