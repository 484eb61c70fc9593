"""A little picture of a scan or photo with words below it, pressed like a button; and a surface for several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from ui import icons, theme
from ui.widgets.flow import Flow
from ui.widgets.row_delegate import paint_focus
from ui.widgets.text import draw_words

_WIDTH, _PICTURE, _SIDE = 172, 148, 8
_GAP = 12


@dataclass(frozen=True)
class TileWords:
    """What stands below a picture, *more* on a line that is only there where one of the tiles has it.

    ``closed`` ones show a lock; ``spoken`` is what a screen reader says.
    """

    key: Any
    title: str
    below: str = ""
    last: str = ""
    more: str = ""
    closed: bool = False
    spoken: str = ""


class ScanTile(QAbstractButton):
    """One scan or photo."""

    def __init__(self, words: TileWords, image: QImage | None, lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self._lines = lines
        self._image = image
        self.setObjectName("scan_tile")
        self.setAccessibleName(words.spoken or ", ".join(filter(None, (words.title, words.below, words.last))))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        return QSize(theme.px(_WIDTH), theme.px(_PICTURE) + self._lines * self._line() + 2 * _SIDE + 10)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        whole = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(theme.color("hairline")))
        painter.setBrush(theme.color("hover" if self.underMouse() or self.isDown() else "base"))
        painter.drawRoundedRect(whole, 6, 6)
        place = QRect(_SIDE, _SIDE, self.width() - 2 * _SIDE, theme.px(_PICTURE))
        painter.fillRect(place, theme.color("alt"))
        if self._image is None:
            side = theme.px(28)
            left, top = place.center().x() - side / 2, place.center().y() - side / 2
            icons.paint_icon(
                painter, "lock" if self.words.closed else "file-text", left, top, side, theme.color("muted")
            )
        else:
            size = self._image.size().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
            left = place.left() + (place.width() - size.width()) // 2
            top = place.top() + (place.height() - size.height()) // 2
            painter.drawImage(QRect(left, top, size.width(), size.height()), self._image)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRect(left, top, size.width() - 1, size.height() - 1))
        base = place.bottom() + 10
        said = self.words
        for number, (text, tone) in enumerate(
            ((said.title, "text"), (said.below, "text"), (said.last, "muted"), (said.more, "muted"))
        ):
            middle = base + number * self._line() + self._line() * 0.72
            draw_words(painter, _SIDE + 2, middle, text, theme.font(), theme.color(tone), self.width() - 2 * _SIDE - 4)
        if self.hasFocus():
            paint_focus(painter, QRectF(self.rect()))

    def _line(self) -> int:
        return theme.px(20)


class ScanTiles(QWidget):
    """Tiles side by side. Arrow keys move between them; ``opened`` hands back the key of the one that was pressed."""

    opened = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._tiles: list[ScanTile] = []
        self._flow = Flow(self, _GAP)
        theme.notifier.changed.connect(self._fit)

    def set_tiles(self, tiles: Sequence[tuple[TileWords, QImage | None]]) -> None:
        """Show *tiles*; the keyboard stays on the one with the same key."""
        kept = self.current_key()
        self._flow.empty()
        self._tiles = []
        lines = 4 if any(words.more for words, _image in tiles) else 3
        for words, image in tiles:
            tile = ScanTile(words, image, lines, self)
            tile.clicked.connect(lambda _checked=False, key=words.key: self.opened.emit(key))
            self._flow.addWidget(tile)
            tile.show()
            self._tiles.append(tile)
        if kept is not None:
            self.go_to(kept)
        self.updateGeometry()

    def tiles(self) -> tuple[ScanTile, ...]:
        """Return what is shown."""
        return tuple(self._tiles)

    def current_key(self) -> Any:
        """Return the key of the tile the keyboard is on."""
        focused = self.window().focusWidget()
        return next((tile.words.key for tile in self._tiles if tile is focused), None)

    def go_to(self, key: Any) -> None:
        """Put the keyboard on the tile with this key, if it is there."""
        for tile in self._tiles:
            if tile.words.key == key:
                tile.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
        step = moves.get(Qt.Key(event.key()))
        at = next((number for number, tile in enumerate(self._tiles) if tile.hasFocus()), None)
        if step is None or at is None:
            super().keyPressEvent(event)
            return
        self._tiles[max(0, min(len(self._tiles) - 1, at + step))].setFocus(Qt.FocusReason.TabFocusReason)

    def _fit(self) -> None:
        for tile in self._tiles:
            tile.setFixedSize(tile.sizeHint())
        self.updateGeometry()
