"""What opens below a row: facts, a text as far as the keys go, and links. Esc closes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk.fields import CLOSED, Field
from shelterdesk.i18n import _
from shelterdesk.note_parts import written_parts
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
        value = field.read(record)
        if value is not None:
            self.add_said(seat, field, [(field, value)], folded=folded)

    def add_note(self, seat: Seat, text: Field, record: Record, *, title: str = "", folded: bool = False) -> None:
        """Show a sealed note with its parts above its *text*, in the way of :meth:`add_sealed`."""
        said = written_parts(seat.desk, record, text)
        if said:
            self.add_said(seat, text, said, title=title, folded=folded)

    def add_said(
        self, seat: Seat, text: Field, said: Sequence[tuple[Field, Any]], *, title: str = "", folded: bool = False
    ) -> None:
        """Show what is *said* in the compartment of *text*; every field but that one with its name."""
        assert text.compartment is not None
        box = QFrame(self)
        theme.mark(box, surface="panel")
        column = QVBoxLayout(box)
        column.setContentsMargins(12, 8, 12, 10)
        column.setSpacing(6)
        heading = QHBoxLayout()
        heading.setSpacing(8)
        heading.addWidget(IconLabel("lock", 16, "accent", box))
        heading.addWidget(Words(title or _(text.label), strong=True, parent=box))
        heading.addWidget(Chip(readable_by(text.compartment), "neutral", "users-round", parent=box))
        heading.addWidget(ElidedWords(who_reads(seat.desk, text.compartment), "small", "muted", parent=box), 1)
        column.addLayout(heading)
        if any(value is CLOSED for _field, value in said):
            sealed = Words(_("Sealed. You do not hold the key of these words."), tone="muted", wrap=True, parent=box)
            sealed.setObjectName("sealed")
            column.addWidget(sealed)
        else:
            lines = [
                ("" if field.id == text.id else _(field.label), seat.masked(field.show(value), DOTS))
                for field, value in said
            ]
            words = _SaidWords(box)
            column.addWidget(words)
            self._show_when_asked(words, lines, heading, box, folded=folded and not seat.visitor)
        self._column.insertWidget(self._column.count() - 1, box)

    def _show_when_asked(
        self, words: _SaidWords, lines: list[tuple[str, str]], heading: QHBoxLayout, box: QWidget, *, folded: bool
    ) -> None:
        if not folded:
            words.say(lines)
            return
        words.hide()
        show = Button(_("Show"), "eye", "link", parent=box)
        show.set_slim()
        show.setObjectName("show_sealed")
        heading.addWidget(show)

        def toggle() -> None:
            # The words come into the labels only while somebody wants to read them.
            shown = not words.isVisible()
            words.say(lines if shown else [])
            words.setVisible(shown)
            show.set_words(_("Hide") if shown else _("Show"), "eye-off" if shown else "eye")

        show.clicked.connect(toggle)

    def add_words(self, words: str, icon: str = "") -> Words:
        """Put a muted sentence under the content, after an icon where one is named."""
        line = QHBoxLayout()
        line.setSpacing(6)
        if icon:
            line.addWidget(IconLabel(icon, 14, "muted", self), 0, Qt.AlignmentFlag.AlignVCenter)
        said = Words(words, "small", "muted", wrap=True, parent=self)
        line.addWidget(said, 1)
        self._column.insertLayout(self._column.count() - 1, line)
        return said

    def add_link(self, words: str, act: Callable[[], object]) -> LinkButton:
        """Put a link under the content."""
        link = LinkButton(words, slim=True, parent=self)
        link.clicked.connect(lambda _checked=False: act())
        self._links.insertWidget(self._links.count() - 2, link)
        return link


class _SaidWords(QWidget):
    """Texts below one another, each after its name where it has one."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._labels: list[Words] = []

    def say(self, lines: Sequence[tuple[str, str]]) -> None:
        """Show *lines* (name, text) and no other."""
        for label in self._labels:
            self._grid.removeWidget(label)
            label.clear()
            label.deleteLater()
        self._labels = []
        for number, (name, words) in enumerate(lines):
            text = Words(words, wrap=True, parent=self)
            text.setObjectName("sealed_text")
            text.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            self._labels.append(text)
            if name:
                label = Words(name, tone="muted", parent=self)
                text.setAccessibleName(f"{name}: {words}")
                self._labels.append(label)
                self._grid.addWidget(label, number, 0, Qt.AlignmentFlag.AlignTop)
                self._grid.addWidget(text, number, 1)
            else:
                self._grid.addWidget(text, number, 0, 1, 2)
