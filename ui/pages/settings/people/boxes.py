"""Roles and keys to choose from, each with one sentence about what it may or opens."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from shelterdesk import vocab
from shelterdesk.i18n import _
from shelterdesk.vault.compartments import Compartment
from ui import theme
from ui.widgets.check_box import CheckBox
from ui.widgets.text import Words

_TWO_COLUMNS_FROM = 440
_INDENT = 28


class _Boxes(QWidget):
    """Check boxes with a sentence each, in one or two columns as far as there is room."""

    changed = Signal()

    def __init__(self, name: str, choices: Sequence[tuple[str, str, str]]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.boxes: dict[str, CheckBox] = {}
        self._cells: list[QWidget] = []
        for code, label, sentence in choices:
            box = CheckBox(label)
            box.setObjectName(code)
            box.setAccessibleDescription(sentence)
            box.toggled.connect(lambda _on: self.changed.emit())
            words = Words(sentence, "small", "muted", wrap=True)
            words.setContentsMargins(_INDENT, 0, 0, 0)
            cell = QWidget()
            column = QVBoxLayout(cell)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            column.addWidget(box)
            column.addWidget(words)
            column.addStretch(1)
            self.boxes[code] = box
            self._cells.append(cell)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._columns = 0
        self._arrange(2)
        if self._cells:
            self.setFocusProxy(next(iter(self.boxes.values())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(2 if self.width() >= theme.px(_TWO_COLUMNS_FROM) else 1)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for number, cell in enumerate(self._cells):
            self._grid.addWidget(cell, number // columns, number % columns)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, columns - 1)


class RoleBoxes(_Boxes):
    """The roles; several add up. The first one is how a colleague is introduced, so the order is kept."""

    def __init__(self, roles: Sequence[str] = ()) -> None:
        super().__init__(_("Roles"), [(one.code, _(one.label), _(one.help)) for one in vocab.ROLES])
        self._before = tuple(roles)
        for role in roles:
            if role in self.boxes:
                self.boxes[role].setChecked(True)

    def roles(self) -> tuple[str, ...]:
        """Return what is ticked: those from before in their order, then the new ones."""
        ticked = [code for code, box in self.boxes.items() if box.isChecked()]
        kept = [code for code in self._before if code in ticked or code not in self.boxes]
        return (*kept, *(code for code in ticked if code not in kept))


class KeyBoxes(_Boxes):
    """Keys of compartments. *remark* says in a few words what else is to be known about one."""

    def __init__(
        self,
        offered: Collection[Compartment],
        ticked: Collection[Compartment] = (),
        remark: Callable[[Compartment], str] | None = None,
    ) -> None:
        choices: list[tuple[str, str, str]] = []
        for one in Compartment:
            if one in offered:
                entry = vocab.COMPARTMENTS.get(one.value)
                sentence = _(entry.help) if entry else ""
                more = remark(one) if remark else ""
                choices.append((one.value, vocab.COMPARTMENTS.label(one.value), f"{sentence} {more}".strip()))
        super().__init__(_("Keys"), choices)
        for one in ticked:
            if one.value in self.boxes:
                self.boxes[one.value].setChecked(True)

    def keys(self) -> tuple[Compartment, ...]:
        """Return what is ticked."""
        return tuple(Compartment(code) for code, box in self.boxes.items() if box.isChecked())
