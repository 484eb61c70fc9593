"""Icons: Lucide drawings, recoloured from the theme and drawn at the real device ratio."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Protocol

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from shelterdesk.paths import resources
from ui import theme

_RATIOS = (1.0, 1.25, 1.5, 1.75, 2.0)


@dataclass
class _Shown:
    mark: str = "app-mark"


_shown = _Shown()


class _HasIcon(Protocol):
    def setIcon(self, icon: QIcon, /) -> None: ...  # noqa: N802 - Qt's name


class _Follower(QObject):
    """Gives its parent a new icon whenever the theme changes; dies with the parent."""

    def __init__(self, target: QObject, name: str, size: int, tint: str) -> None:
        super().__init__(target)
        self._name, self._size, self._tint = name, size, tint
        theme.notifier.changed.connect(self.renew)

    def renew(self) -> None:
        """Draw the icon anew in today's colour; one that was replaced has nobody left to give it to."""
        target: _HasIcon | None = self.parent()  # pyright: ignore[reportAssignmentType]
        if target is not None:
            target.setIcon(icon(self._name, self._size, self._tint))


def icon(name: str, size: int = 16, tint: str = "text") -> QIcon:
    """Return the icon *name* in the colour of the token *tint*, with a muted picture for the disabled state."""
    result = QIcon()
    ratios = sorted({*_RATIOS, *(screen.devicePixelRatio() for screen in QGuiApplication.screens())})
    for ratio in ratios:
        result.addPixmap(pixmap(name, size, theme.color(tint), ratio))
        result.addPixmap(pixmap(name, size, theme.color("border"), ratio), QIcon.Mode.Disabled)
    return result


def follow(target: QObject, name: str, size: int = 16, tint: str = "text") -> None:
    """Set the icon of an action or a button and keep it in the theme's colour from now on."""
    for old in target.findChildren(_Follower, options=Qt.FindChildOption.FindDirectChildrenOnly):
        old.setParent(None)
        old.deleteLater()
    _Follower(target, name, size, tint).renew()


def pixmap(name: str, size: int, color: QColor, ratio: float = 1.0) -> QPixmap:
    """Return the icon as a picture of *size* logical pixels for a screen with this device *ratio*."""
    return _draw(name, size, color.name(QColor.NameFormat.HexRgb), ratio)


def paint_icon(painter: QPainter, name: str, x: float, y: float, size: int, color: QColor) -> None:
    """Paint the icon with its upper left corner at *x*, *y*."""
    # The transform knows the real ratio even where a widget is drawn into a picture of another one.
    shape = painter.deviceTransform()
    ratio = max(math.hypot(shape.m11(), shape.m12()), 1.0)
    painter.drawPixmap(round(x), round(y), pixmap(name, size, color, ratio))


def show_mark(name: str) -> None:
    """Show the program under the mark *name* from now on."""
    _shown.mark = name


def app_icon() -> QIcon:
    """Return the mark of the program for window and task bar."""
    result = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        result.addPixmap(mark(size))
    return result


def mark(size: int, ratio: float = 1.0) -> QPixmap:
    """Return the mark of the program in the accent colour of the scheme."""
    source = _source(_shown.mark).replace("#1F6F78", theme.current().accent)
    return _render(source.replace("#FFFFFF", theme.current().onaccent), size, ratio)


def names() -> tuple[str, ...]:
    """Return the names of all icons that are carried along."""
    return tuple(sorted(file.stem for file in (resources() / "icons").glob("*.svg")))


@cache
def _source(name: str) -> str:
    return (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=2048)
def _draw(name: str, size: int, color: str, ratio: float) -> QPixmap:
    # A thin line vanishes in a small picture, therefore small ones keep Lucide's own weight.
    stroke = "2" if size <= 14 else "1.75"
    source = _source(name).replace("currentColor", color).replace('stroke-width="2"', f'stroke-width="{stroke}"')
    return _render(source, size, ratio)


def _render(source: str, size: int, ratio: float) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(source.encode()))
    side = round(size * ratio)
    picture = QPixmap(QSize(side, side))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture
