"""A scan or photo as it is, page by page, in memory only. Closing it forgets every page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk import files, vocab
from shelterdesk.access import Right
from shelterdesk.documents.blocks import Document, page_of
from shelterdesk.documents.scan_paper import note_scan_printed, scan_paper
from shelterdesk.errors import ShelterDeskError
from shelterdesk.files import StoredFile
from shelterdesk.i18n import _, language
from shelterdesk.readers import readable_by
from shelterdesk.scans import showing
from shelterdesk.scans.pictures import Picture
from shelterdesk.vault.compartments import Compartment
from ui.dialogs.print_only import print_only
from ui.dialogs.share_scan import ShareScanDialog
from ui.forms.file_form import image_of
from ui.seat import Seat
from ui.widgets.buttons import Button, IconButton, PrimaryButton
from ui.widgets.quiet_progress import QuietProgress
from ui.widgets.scan_view import ScanView
from ui.widgets.text import ElidedWords, Words


def open_scan(seat: Seat, file: StoredFile, code: str, parent: QWidget) -> ScanViewer | None:
    """Show a file and return its viewer; who lacks its key or has a visitor is told why not."""
    if seat.visitor:
        seat.say(_("Visitor mode keeps scans and photos closed."), kind="info")
        return None
    compartment = Compartment(file.readable_by)
    if not seat.desk.holds(compartment):
        seat.say(_("This scan or photo is sealed. {readers}.").format(readers=readable_by(compartment)), kind="info")
        return None
    viewer = ScanViewer(seat, file, code, parent)
    viewer.open()
    return viewer


class ScanViewer(QDialog):
    """Shows one file. ``edit_wanted`` and ``take_out_wanted`` fire with its id, after it is closed."""

    edit_wanted = Signal(object)
    take_out_wanted = Signal(object)

    def __init__(self, seat: Seat, file: StoredFile, code: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("scan_viewer")
        # The title of a window is seen outside of it, e.g. in the list of windows.
        self.setWindowTitle(_("Scan or photo"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.seat, self.file, self._code = seat, file, code
        self._content: bytes | None = None
        self._page = 0
        room = self.screen().availableSize()
        self.resize(min(980, room.width() - 40), min(860, room.height() - 60))
        self.view = ScanView(self)
        self.view.setAccessibleName(_("Scan or photo"))
        self.progress = QuietProgress(self)
        self.progress.work(_("Opening…"))
        self.problem = Words("", tone="error", wrap=True, parent=self)
        self.problem.setObjectName("scan_viewer_problem")
        self.problem.hide()
        self._pages = Words(parent=self)
        self._zoom = Words(parent=self)
        self.back = IconButton("chevron-left", _("Previous page"), parent=self)
        self.on = IconButton("chevron-right", _("Next page"), parent=self)
        self.share_button = Button(_("For somebody else…"), "file-output", parent=self)
        self.share_button.setObjectName("share_scan")
        self.share_button.setVisible(seat.desk.may(Right.CASE_WORK))
        self.print_button = PrimaryButton(_("Print…"), "printer", parent=self)
        self._lay_out()
        self.back.clicked.connect(lambda: self.turn(-1))
        self.on.clicked.connect(lambda: self.turn(1))
        self.view.turned.connect(self.turn)
        self.view.zoom_changed.connect(lambda zoom: self._zoom.setText(f"{zoom:.0%}"))
        self.print_button.clicked.connect(self.print)
        self.share_button.clicked.connect(self.share)
        self.finished.connect(lambda _result: self._forget())
        # Somebody visits: what can be read here is put away at once.
        seat.visitor_changed.connect(lambda on: self.reject() if on else None)
        self._tell()
        seat.in_background(lambda _task: self._open(), self._take, owner=self, failed=self._fail)

    def turn(self, step: int) -> None:
        """Go on or back by *step* pages."""
        page = max(0, min((self.file.pages or 1) - 1, self._page + step))
        if page == self._page or self._content is None:
            return
        self._page = page
        self._tell()
        content = self._content
        self.seat.in_background(
            lambda _task: (page, showing.on_screen(content, page)), self._show, owner=self, failed=self._fail
        )

    def print(self) -> None:
        """Make a paper of the pages and show it before it is printed."""
        file, desk = self.file, self.seat.desk

        def preview(document: object) -> None:
            advice = _("A copy leaves the lock of this program. Give it to nobody the person did not agree to.")
            note = lambda: note_scan_printed(desk, file.person_id, "")  # noqa: E731
            print_only(self.seat, self, document, advice, note)  # pyright: ignore[reportArgumentType]

        self._make_pages(preview)

    def share(self) -> None:
        """Make a copy for somebody else: for whom, and whether she agreed to it, is asked before anything leaves."""
        file = self.file

        def ask(document: Document) -> None:
            ShareScanDialog(self.seat, file, document, self).open()

        self._make_pages(ask)

    def _make_pages(self, then: Callable[[Document], None]) -> None:
        """Make a paper of the pages, which the worker takes a moment for."""
        file, code, desk, words = self.file, self._code, self.seat.desk, language()
        buttons = (self.print_button, self.share_button)
        for button in buttons:
            button.setEnabled(False)
        self.progress.work(_("Making the pages…"))
        self.progress.show()

        def made(document: Document) -> None:
            for button in buttons:
                button.setEnabled(True)
            self.progress.hide()
            then(document)

        self.seat.in_background(lambda _task: scan_paper(desk, file, code, words), made, owner=self, failed=self._fail)

    def _open(self) -> tuple[bytes, Picture]:
        content = files.content_of(self.seat.desk, self.file)
        return content, showing.on_screen(content, 0)

    def _take(self, found: tuple[bytes, Picture]) -> None:
        self._content, picture = found
        self.progress.hide()
        self._show((0, picture))
        self.view.setFocus()

    def _show(self, found: tuple[int, Picture]) -> None:
        page, picture = found
        if page == self._page:
            self.view.show_image(image_of(picture))
            self._tell()

    def _fail(self, error: BaseException) -> None:
        self.progress.hide()
        for button in (self.print_button, self.share_button):
            button.setEnabled(self._content is not None)
        if not isinstance(error, ShelterDeskError):
            self.seat.complain(error)
            return
        self.problem.setText(error.text())
        self.problem.show()

    def _forget(self) -> None:
        self._content = None
        self.view.show_image(None)

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 12)
        whole.setSpacing(10)
        whole.addLayout(self._tools())
        whole.addWidget(self.problem)
        whole.addWidget(self.progress)
        whole.addWidget(self.view, 1)
        whole.addLayout(self._ways_out())

    def _tools(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        words = files.words_field(self.seat.desk, self.file.readable_by).read(self.file)
        said = vocab.FILE_KINDS.label(self.file.kind)
        if words:
            said = _("{kind}: {words}").format(kind=said, words=words)
        line.addWidget(ElidedWords(said, strong=True, parent=self), 1)
        smaller = IconButton("minus", _("Smaller"), parent=self)
        larger = IconButton("plus", _("Larger"), parent=self)
        whole = Button(_("Whole page"), parent=self)
        width = Button(_("Fit width"), parent=self)
        smaller.clicked.connect(self.view.zoom_out)
        larger.clicked.connect(self.view.zoom_in)
        whole.clicked.connect(lambda _checked=False: self.view.set_zoom(0.0))
        width.clicked.connect(lambda _checked=False: self.view.fit_width())
        for widget, name in ((self.back, "previous_page"), (self.on, "next_page"), (smaller, "smaller"),
                             (larger, "larger"), (whole, "whole_page"), (width, "fit_width")):  # fmt: skip
            widget.setObjectName(name)
        for widget in (self.back, self._pages, self.on):
            widget.setVisible((self.file.pages or 1) > 1)
            line.addWidget(widget)
        line.addSpacing(12)
        for widget in (smaller, self._zoom, larger, whole, width):
            line.addWidget(widget)
        return line

    def _ways_out(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        close = Button(_("Close"), parent=self)
        close.setObjectName("close_scan")
        close.clicked.connect(self.reject)
        edit = Button(_("Edit details"), "pencil", parent=self)
        edit.setObjectName("edit_scan")
        edit.clicked.connect(lambda _checked=False: self._leave(self.edit_wanted))
        out = Button(_("Take out"), "archive", parent=self)
        out.setObjectName("take_out_scan")
        out.clicked.connect(lambda _checked=False: self._leave(self.take_out_wanted))
        self.print_button.setObjectName("print_scan")
        self.print_button.setShortcut(QKeySequence.StandardKey.Print)
        line.addWidget(close)
        line.addStretch(1)
        for button in (out, edit, self.share_button, self.print_button):
            line.addWidget(button)
        return line

    def _leave(self, wanted: object) -> None:
        file_id = self.file.id
        self.accept()
        wanted.emit(file_id)  # pyright: ignore[reportAttributeAccessIssue]

    def _tell(self) -> None:
        pages = self.file.pages or 1
        self._pages.setText(page_of(self._page + 1, pages, language()))
        self.back.setEnabled(self._page > 0)
        self.on.setEnabled(self._page < pages - 1)
