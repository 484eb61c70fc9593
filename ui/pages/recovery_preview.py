"""The recovery sheet beside the passphrase: covered on screen, printed in full."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from shelterdesk.documents.blocks import Document
from shelterdesk.i18n import _
from ui import theme
from ui.printing.pages import DocumentPages
from ui.printing.ways_out import ask_printer
from ui.widgets.buttons import Button, LinkButton
from ui.widgets.card import Card
from ui.widgets.text import Words


class RecoveryPreview(Card):
    """A picture of the sheet, what it is for, and the ways to keep it."""

    def __init__(self, note: Callable[[], bool] = lambda: True) -> None:
        """*note* writes into the log that the sheet is printed, and says whether it may be."""
        super().__init__("")
        self._note = note
        self._covered: Document | None = None
        self._open: Document | None = None
        self.page = _SheetPicture()
        self.print_button = Button(_("Print the sheet…"), "printer")
        self.by_hand = LinkButton(_("Write it down by hand"), icon="pencil")
        words = QVBoxLayout()
        words.setSpacing(12)
        words.addWidget(Words(_("Recovery sheet"), "group"))
        words.addWidget(
            Words(
                _(
                    "If the passphrase is forgotten, only this sheet opens the vault. Print it now, while this page is "
                    "open."
                ),
                wrap=True,
            )
        )
        hidden = _("The code stays hidden on the screen unless you ask to see it.")
        words.addWidget(Words(hidden, tone="muted", wrap=True))
        words.addWidget(self.print_button, 0, Qt.AlignmentFlag.AlignLeft)
        words.addWidget(self.by_hand, 0, Qt.AlignmentFlag.AlignLeft)
        words.addStretch(1)
        line = QHBoxLayout()
        line.setSpacing(24)
        line.addWidget(self.page)
        line.addLayout(words, 1)
        self.add_space(24)
        self.add_layout(line, inset=28)
        self.add_space(24)
        self.print_button.clicked.connect(self.print_sheet)
        self.by_hand.clicked.connect(self.toggle)
        self.set_document_ready(ready=False)

    def set_document(self, covered: Document, opened: Document | None) -> None:
        """Show *covered*; *opened* is printed, and shown when asked for."""
        self._covered, self._open = covered, opened
        self.page.show_document(covered)
        self.set_document_ready(ready=opened is not None)

    def set_document_ready(self, *, ready: bool) -> None:
        """Before the vault is made there is no code to print yet."""
        self.print_button.setEnabled(ready)
        self.by_hand.setEnabled(ready)

    def toggle(self) -> None:
        """Show the code on screen, or hide it again."""
        if self._open is None or self._covered is None:
            return
        now_open = not self.page.is_open
        self.page.show_document(self._open if now_open else self._covered, is_open=now_open)
        self.by_hand.setText(_("Hide the code") if now_open else _("Write it down by hand"))

    def print_sheet(self) -> None:
        """Print the sheet in full. It never goes through a file."""
        if self._open is None:
            return
        ask_printer(self, self._open, self._note)


class _SheetPicture(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._pages: DocumentPages | None = None
        self.is_open = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Recovery sheet"))

    def show_document(self, document: Document, *, is_open: bool = False) -> None:
        """Show the first page of *document*."""
        self._pages = DocumentPages(document)
        self.is_open = is_open
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(272), theme.px(385))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._pages is not None:
            painter.drawImage(0, 0, self._pages.image(1, self.width(), self.devicePixelRatioF()))
        painter.setPen(theme.color("btnborder"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
