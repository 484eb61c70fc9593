"""The head of a record: who, since when, which phase, which consent is missing. Short above all sections but one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk import formats, vocab
from shelterdesk.i18n import _, ngettext
from shelterdesk.residents import Head
from ui import theme
from ui.seat import Seat
from ui.widgets.buttons import Button, LinkButton
from ui.widgets.card import Line
from ui.widgets.chip import Chip
from ui.widgets.text import ElidedWords, Words

_SIDE = 20
_NAME_LEAST = 120


@dataclass(frozen=True)
class Standing:
    """Where the record stands: on which list, at which place of how many, and whether the list is folded away."""

    list_title: str = ""
    place: int = 0
    """Counted from 1; 0 where the person is not on the list."""
    count: int = 0
    folded: bool = False


@dataclass(frozen=True)
class HeadAct:
    """A button at the right of the full head."""

    button: Callable[[], Button]
    pressed: Callable[[], object]


class RecordHeader(QWidget):
    """``list_wanted`` asks for the folded list, ``step_wanted`` for the record before (-1) or after (+1)."""

    list_wanted = Signal()
    step_wanted = Signal(int)

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.seat = seat
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, _SIDE, 0)
        self._layout.setSpacing(0)
        self._content: QWidget | None = None

    def show_head(self, head: Head, standing: Standing, acts: tuple[HeadAct, ...], *, full: bool) -> None:
        """Show *head*, in full or in one line."""
        content = QWidget(self)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 16 if full else 11, 0, 0)
        column.setSpacing(0)
        self._name(content, head)
        if full:
            column.addLayout(self._full_line(head, standing, acts))
            column.addSpacing(4)
            column.addWidget(ElidedWords("   ·   ".join(self._facts(head)), tone="muted", sensitive=True))
            column.addSpacing(8)
            column.addLayout(self._chip_line(head, standing))
        else:
            column.addLayout(self._short_line(head, standing))
        column.addSpacing(12)
        column.addWidget(Line())
        if self._content is not None:
            self._layout.removeWidget(self._content)
            self._content.hide()
            self._content.deleteLater()
        self._content = content
        self._layout.addWidget(content)

    def _name(self, content: QWidget, head: Head) -> None:
        content.setAccessibleName(", ".join(filter(None, (self.seat.masked(head.name), head.code))))

    def _begin_line(self, head: Head, standing: Standing) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        if standing.folded:
            back = Button(standing.list_title, "panel-left-open", tip=_("Show the list"))
            back.setObjectName("show-list")
            back.clicked.connect(self.list_wanted)
            row.addWidget(back)
            row.addSpacing(4)
        name = ElidedWords(
            self.seat.masked(head.name) if head.name != head.code else head.code, "title", sensitive=True
        )
        name.setObjectName("record-name")
        name.setMinimumWidth(min(name.sizeHint().width(), theme.px(_NAME_LEAST)))
        row.addWidget(name)
        if head.name != head.code:
            code = Chip(head.code, "outline")
            code.setMinimumWidth(code.sizeHint().width())
            row.addWidget(code)
        if head.restricted:
            asks = Chip(_("Asks why"), "neutral", "lock")
            asks.setMinimumWidth(asks.sizeHint().width())
            row.addWidget(asks)
        if head.archived:
            row.addWidget(Chip(_("Archived"), "neutral", "archive"))
        return row

    def _full_line(self, head: Head, standing: Standing, acts: tuple[HeadAct, ...]) -> QHBoxLayout:
        row = self._begin_line(head, standing)
        row.addStretch(1)
        for act in acts:
            button = act.button()
            button.clicked.connect(lambda _checked=False, act=act: act.pressed())
            row.addWidget(button)
        return row

    def _short_line(self, head: Head, standing: Standing) -> QHBoxLayout:
        row = self._begin_line(head, standing)
        for chip in self._chips(head):
            row.addWidget(chip)
        row.addSpacing(4)
        here = ElidedWords(self._here(head), tone="muted")
        here.setMinimumWidth(here.sizeHint().width())
        row.addWidget(here, 1)
        self._add_steps(row, standing)
        return row

    def _chip_line(self, head: Head, standing: Standing) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(7)
        for chip in self._chips(head):
            row.addWidget(chip)
        row.addStretch(1)
        if standing.folded:
            self._add_steps(row, standing)
        return row

    def _add_steps(self, row: QHBoxLayout, standing: Standing) -> None:
        if standing.count < 2 or not standing.place:
            return
        words = _("{place} of {count}").format(place=standing.place, count=formats.number(standing.count))
        row.addWidget(Words(words, "small", "muted"))
        for by, title, icon, keys in (
            (-1, _("Previous"), "chevron-up", "Ctrl+↑"),
            (1, _("Next"), "chevron-down", "Ctrl+↓"),
        ):
            button = LinkButton(title, icon, tip=keys)
            button.setAccessibleName(_("Previous record") if by < 0 else _("Next record"))
            button.setEnabled(1 <= standing.place + by <= standing.count)
            button.clicked.connect(lambda _checked=False, by=by: self.step_wanted.emit(by))
            row.addWidget(button)

    def _chips(self, head: Head) -> list[Chip]:
        chips: list[Chip] = []
        if head.phase:
            phase = Chip(vocab.PHASES.label(head.phase), "info", "route")
            phase.setMinimumWidth(phase.sizeHint().width())
            chips.append(phase)
        if head.missing_consents:
            first = vocab.CONSENT_PURPOSES.listed(head.missing_consents[0])
            words = _("No consent yet: {what}").format(what=first[:1].lower() + first[1:])
            more = len(head.missing_consents) - 1
            if more:
                words = ngettext("{first} and {n} more", "{first} and {n} more", more, first=words)
            missing = Chip(words, "attention", "file-question-mark")
            missing.setToolTip(words)
            chips.append(missing)
        return chips

    @staticmethod
    def _here(head: Head) -> str:
        if head.stay is None or head.days_here is None:
            return _("not living here")
        return formats.days_here(head.days_here) if head.days_here else _("arrived today")

    def _facts(self, head: Head) -> list[str]:
        here = self._here(head)
        if head.stay is not None and head.days_here:
            here = _("{here}, since {day}").format(here=here, day=formats.day(head.stay.arrived_on))
        facts = [here]
        facts.append(_worker_words(head))
        if head.bed:
            facts.append(head.bed)
        return facts


def _worker_words(head: Head) -> str:
    if head.worker:
        return _("worker {name}").format(name=head.worker)
    if head.worker_then:
        return _("no worker now, then {name}").format(name=head.worker_then)
    return _("no worker yet")
