"""Controls side by side in one row of the arrival form, each an editor of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from ui import theme
from ui.forms.editors import Unreadable
from ui.widgets.text import Words


class Part:
    """An editor made of what reads and shows a value; ``told`` calls whoever listens to it."""

    fills = True

    def __init__(self, widget: QWidget, read: Callable[[], Any], show: Callable[[Any], None]) -> None:
        self.widget = widget
        self._read, self._show = read, show
        self._listeners: list[Callable[[], None]] = []

    def value(self) -> Any:
        return self._read()

    def set_value(self, value: Any) -> None:
        self._show(value)

    def on_change(self, listener: Callable[[], None]) -> None:
        self._listeners.append(listener)

    def told(self, *_said: Any) -> None:
        """Pass on that a person changed something."""
        for listener in self._listeners:
            listener()


def line_part(
    line: QLineEdit,
    parse: Callable[[str], Any] = str,
    show: Callable[[Any], str] = str,
    unreadable: str = "",
) -> Part:
    """Return the editor of one line; what *parse* cannot read is said with the message id *unreadable*."""

    def read() -> Any:
        typed = line.text().strip()
        if not typed:
            return None
        try:
            return parse(typed)
        except ValueError as error:
            raise Unreadable(unreadable) from error

    def put(value: Any) -> None:
        line.setText("" if value is None else show(value))
        line.setCursorPosition(0)

    part = Part(line, read, put)
    line.textEdited.connect(part.told)
    return part


class ShortLine(QLineEdit):
    """A line of *width* pixels at normal text size."""

    def __init__(self, name: str, width: int, hint: str = "") -> None:
        super().__init__()
        self._width = width
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self._fit()
        theme.notifier.changed.connect(self._fit)

    def _fit(self) -> None:
        self.setFixedWidth(theme.px(self._width))


def side_by_side(*widgets: QWidget | str, gap: int = 8) -> QWidget:
    """Return *widgets* in one line, from the leading edge; a string stands as muted words."""
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(gap)
    for one in widgets:
        line.addWidget(Words(one, tone="muted") if isinstance(one, str) else one)
    line.addStretch(1)
    row.setFocusProxy(next(one for one in widgets if isinstance(one, QWidget)))
    return row
