"""A scan or photo: which file, what it is, and who can read it. The file is looked at apart, while one types."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from shelterdesk import files, vocab
from shelterdesk.drafts import Draft
from shelterdesk.errors import Problem, Problems
from shelterdesk.fields import Field
from shelterdesk.files import WORDS, StoredFile
from shelterdesk.i18n import N_, _, ngettext
from shelterdesk.legal_matters import COMPARTMENT as LEGAL
from shelterdesk.readers import readable_by, who_reads
from shelterdesk.scans import apart, showing
from shelterdesk.scans.intake import KINDS, Prepared
from shelterdesk.scans.pictures import Picture
from shelterdesk.scans.refusals import NotTaken
from shelterdesk.vault.compartments import Compartment
from ui import theme
from ui.file_windows import choose_file
from ui.forms.backup_words import size_words
from ui.forms.chosen import ChosenEditor, MatterEditor
from ui.forms.editors import Editor, editor_for
from ui.forms.record_form import RecordForm
from ui.seat import Seat
from ui.widgets.buttons import Button
from ui.widgets.quiet_progress import QuietProgress
from ui.widgets.text import ElidedWords, Words
from ui.work import Task

_WIDTH = 320
_SMALL = 96


def image_of(picture: Picture) -> QImage:
    """Return the dots of *picture* as Qt keeps them."""
    line = picture.width * 3
    # Qt does not hold on to the bytes, so the image gets its own.
    return QImage(picture.dots, picture.width, picture.height, line, QImage.Format.Format_RGB888).copy()


def facts_of(pages: int | None, size: int | None) -> str:
    """Return «2 pages · 1.4 MB»."""
    many = ngettext("{n} page", "{n} pages", pages) if pages and pages > 1 else ""
    return " · ".join(filter(None, (many, size_words(size) if size else "")))


class FilePicker(QWidget):
    """The file that is added. ``picked`` hands over what will be kept of it, or None."""

    picked = Signal(object)

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.seat = seat
        self.path: Path | None = None
        self.prepared: Prepared | None = None
        self._task: Task | None = None
        self.small = QLabel(self)
        self.small.hide()
        self.name = ElidedWords(_("No file is chosen yet."), parent=self)
        self.name.setObjectName("scan_name")
        self.facts = Words("", "small", "muted", parent=self)
        self.problem = Words("", tone="error", wrap=True, parent=self)
        self.problem.setObjectName("scan_problem")
        self.problem.hide()
        self.choose = Button(_("Choose a file…"), "folder-open", parent=self)
        self.choose.setObjectName("choose_scan")
        self.choose.clicked.connect(lambda _checked=False: self.ask())
        self.progress = QuietProgress(self)
        self.progress.hide()
        words = QVBoxLayout()
        words.setSpacing(4)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.choose)
        line.addWidget(self.name, 1)
        words.addLayout(line)
        words.addWidget(self.facts)
        words.addWidget(self.progress)
        words.addWidget(self.problem)
        words.addStretch(1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 4)
        whole.setSpacing(12)
        whole.addWidget(self.small, 0, Qt.AlignmentFlag.AlignTop)
        whole.addLayout(words, 1)

    def ask(self) -> None:
        """Ask for a file and look at it."""
        endings = " ".join(f"*.{kind} *.{kind.upper()}" for kind in KINDS)
        kinds = _("Scans and photos")
        chosen = choose_file(self, _("Add a scan or photo"), f"{kinds} ({endings})")
        if chosen is not None:
            self.take(chosen)

    def take(self, path: Path) -> None:
        """Look at the file at *path* in the background."""
        self.stop()
        self.path, self.prepared = path, None
        self.name.setText(self.seat.masked(path.name))
        self.facts.setText("")
        self.small.hide()
        self.problem.hide()
        self.choose.setEnabled(False)
        self.progress.work(_("Looking at the file and leaving out what cannot be seen in it…"))
        self.progress.let_stop(_("Stop"), self.stop)
        self.progress.show()
        self._task = self.seat.over_files(
            lambda task: apart.prepare(path, task.progress, task.cancelled),
            self._take,
            owner=self,
            failed=self._refuse,
        )
        self._task.progressed.connect(self.progress.advance)

    def is_busy(self) -> bool:
        """Tell whether the file is still being looked at."""
        return self._task is not None

    def stop(self) -> None:
        """Stop looking at the file."""
        if self._task is not None:
            self._task.cancel()

    def _take(self, prepared: Prepared) -> None:
        self._end()
        self.prepared = prepared
        ratio = self.devicePixelRatioF()
        side = round(theme.px(_SMALL) * ratio)
        image = image_of(showing.of_small(prepared.small)).scaled(
            side, side, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        image.setDevicePixelRatio(ratio)
        self.small.setPixmap(QPixmap.fromImage(image))
        self.small.setAccessibleName(_("The first page, small"))
        self.small.setVisible(not self.seat.visitor)
        self.facts.setText(facts_of(prepared.pages, prepared.size))
        self.picked.emit(prepared)

    def _refuse(self, error: BaseException) -> None:
        self._end()
        self.path = None
        self.name.setText(_("No file is chosen yet."))
        self.picked.emit(None)
        if not isinstance(error, NotTaken):
            self.seat.complain(error)
            return
        self.problem.setText(error.text())
        self.problem.show()

    def _end(self) -> None:
        self._task = None
        self.progress.hide()
        self.choose.setEnabled(True)
        typing = QApplication.focusWidget()
        # Whoever types what it is already, while the file is looked at, keeps the keyboard.
        if typing is None or self.isAncestorOf(typing):
            self.choose.setFocus()


class FileForm(RecordForm):
    """What is said of a scan or photo; of a new one also which file it is. The words follow the key."""

    def __init__(self, seat: Seat, file: StoredFile | None = None, person_id: UUID | None = None) -> None:
        self._file, self._whose = file, file.person_id if file is not None else person_id
        self._last = ""
        self.picker: FilePicker | None = None
        super().__init__(seat, StoredFile, ("kind", "dated_on", "readable_by", *WORDS.values()), elsewhere=())
        self.person_id = person_id
        for attribute in WORDS.values():
            if self.has(attribute):
                self.row(attribute).label.setText(_("What it is, in words"))
        matter = self.editor("matter_id") if self.has("matter_id") else None
        if isinstance(matter, MatterEditor):
            self.row("matter_id").setVisible(matter.has_any())
        self.readers = Words("", "small", "muted", wrap=True, parent=self)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        if file is None:
            self.picker = FilePicker(seat, self)
            layout.insertWidget(0, self.picker)
            self.load_values({"kind": None, "readable_by": files.usual_key(seat.desk, "other")})
        else:
            self.load(file, file.person_id)
        layout.addWidget(self.readers)
        self.editor("kind").on_change(self._follow_kind)
        self.editor("readable_by").on_change(self._follow_key)
        self._last = self.attribute()
        self._show_words()

    def _choose(self, attributes: Any, elsewhere: Any) -> tuple[Field, ...]:
        # To which matter something belongs is said by those who hold the key of legal work.
        may_name = self.seat.desk.holds(LEGAL)
        return tuple(
            field for field in super()._choose(attributes, elsewhere) if may_name or field.attribute != "matter_id"
        )

    def make_editor(self, field: Field) -> Editor:
        if field.attribute == "matter_id":
            return MatterEditor(field, self.seat, self._whose)
        if field.attribute == "kind":
            kinds = files.kinds_for(self.seat.desk)
            return ChosenEditor(field, [(kind, vocab.FILE_KINDS.label(kind)) for kind in kinds], width=_WIDTH)
        if field.attribute == "readable_by":
            held = [one.value for one in Compartment if self.seat.desk.holds(one)]
            return ChosenEditor(field, [(one, vocab.COMPARTMENTS.label(one)) for one in held], width=_WIDTH)
        return editor_for(field, self.seat)

    def first_stop(self) -> QWidget:
        return self.picker.choose if self.picker is not None else self.row("kind").editor

    def attribute(self) -> str:
        """Return the attribute that holds the words under the chosen key."""
        chosen = self.editor("readable_by").value() or files.usual_key(self.seat.desk, "other")
        return WORDS[Compartment(chosen)]

    def load_draft(self, draft: Draft) -> None:
        super().load_draft(draft)
        self._last = self.attribute()
        self._show_words()

    def store(self) -> StoredFile:
        """Save the file. Raises Problems, StaleRecord, NoKey."""
        desk = self.seat.desk
        if self._file is not None:
            return files.change_file(desk, self._file, **self.changed_values())
        assert self.picker is not None
        assert self.person_id is not None
        if self.picker.is_busy():
            raise Problems([Problem("", N_("The file is still being looked at. Save when that is done."))])
        if self.picker.prepared is None:
            raise Problems([Problem("", N_("Choose the file of the scan or photo"))])
        values: dict[str, Any] = self.values()
        return files.add_file(desk, self.person_id, self.picker.prepared, record_id=self.target_id, **values)

    def _follow_kind(self) -> None:
        kind = self.editor("kind").value()
        if kind and self._file is None:
            self.editor("readable_by").set_value(files.usual_key(self.seat.desk, kind))
            self._follow_key()

    def _follow_key(self) -> None:
        now = self.attribute()
        if now != self._last and self.has(now) and self.has(self._last):
            typed = self.editor(self._last).value()
            self.editor(self._last).set_value(None)
            self.editor(now).set_value(typed)
        self._last = now
        self._show_words()

    def _show_words(self) -> None:
        shown = self.attribute()
        for attribute in WORDS.values():
            if self.has(attribute):
                self.row(attribute).setVisible(attribute == shown)
        compartment = Compartment(next(one for one, name in WORDS.items() if name == shown))
        readers, who = readable_by(compartment), who_reads(self.seat.desk, compartment)
        self.readers.setText(_("{readers}: {who}").format(readers=readers, who=who))
