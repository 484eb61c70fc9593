"""What opens below a row: facts, a text as far as the keys go, and links. Esc closes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk.fields import CLOSED, Field
from shelterdesk.i18n import _
from shelterdesk.readers import readable_by, who_reads
from shelterdesk.schema.base import Record
from ui import theme
from ui.seat import Seat
from ui.widgets.buttons import Button, LinkButton
from ui.widgets.chip import Chip
from ui.widgets.facts import Fact, Facts
from ui.widgets.masked_value import DOTS
from ui.widgets.text import ElidedWords, IconLabel, Words

_LEAD = 40


class OpenedPanel(QFrame):
    """``close_wanted`` fires for the link that closes it."""

    close_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.mark(self, surface="editor")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(_LEAD, 10, 16, 10)
        self._column.setSpacing(8)
        self._links = QHBoxLayout()
        self._links.setSpacing(16)
        self._close = LinkButton(_("Close"), slim=True, parent=self)
        self._close.clicked.connect(self.close_wanted)
        self._links.addWidget(self._close)
        self._links.addStretch(1)
        self._column.addLayout(self._links)

    def add_facts(self, facts: Sequence[Fact]) -> None:
        """Show labels with their values."""
        table = Facts(parent=self)
        table.set_facts(facts)
        self._column.insertWidget(self._column.count() - 1, table)

    def add_sealed(self, seat: Seat, field: Field, record: Record, *, folded: bool = False) -> None:
        """Show a sealed text: to who holds the key, after «Show» where *folded*; to others that it is sealed.

        While somebody visits there are dots, and nothing to show them by.
        """
        assert field.compartment is not None
        value = field.read(record)
        if value is None:
            return
        box = QFrame(self)
        theme.mark(box, surface="panel")
        column = QVBoxLayout(box)
        column.setContentsMargins(12, 8, 12, 10)
        column.setSpacing(6)
        heading = QHBoxLayout()
        heading.setSpacing(8)
        heading.addWidget(IconLabel("lock", 16, "accent", box))
        heading.addWidget(Words(_(field.label), strong=True, parent=box))
        heading.addWidget(Chip(readable_by(field.compartment), "neutral", "users-round", parent=box))
        heading.addWidget(ElidedWords(who_reads(seat.desk, field.compartment), "small", "muted", parent=box), 1)
        column.addLayout(heading)
        if value is CLOSED:
            sealed = Words(_("Sealed. You do not hold the key of these words."), tone="muted", wrap=True, parent=box)
            sealed.setObjectName("sealed")
            column.addWidget(sealed)
        else:
            text = Words("", wrap=True, parent=box)
            text.setObjectName("sealed_text")
            text.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            column.addWidget(text)
            shown = folded and not seat.visitor
            self._show_when_asked(text, seat.masked(str(value), DOTS), heading, box, folded=shown)
        self._column.insertWidget(self._column.count() - 1, box)

    def _show_when_asked(self, text: Words, words: str, heading: QHBoxLayout, box: QWidget, *, folded: bool) -> None:
        if not folded:
            text.setText(words)
            return
        text.hide()
        show = Button(_("Show"), "eye", "link", parent=box)
        show.set_slim()
        show.setObjectName("show_sealed")
        heading.addWidget(show)

        def toggle() -> None:
            # The words come into the label only while somebody wants to read them.
            text.setText("" if text.isVisible() else words)
            text.setVisible(not text.isVisible())
            show.set_words(_("Hide") if text.isVisible() else _("Show"), "eye-off" if text.isVisible() else "eye")

        show.clicked.connect(toggle)

    def add_link(self, words: str, act: Callable[[], object]) -> LinkButton:
        """Put a link under the content."""
        link = LinkButton(words, slim=True, parent=self)
        link.clicked.connect(lambda _checked=False: act())
        self._links.insertWidget(self._links.count() - 2, link)
        return link
