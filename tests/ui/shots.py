"""Pictures of widgets for people to look at: ``save(widget, name, scheme, ratio)`` writes a PNG."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QSize
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from ui import theme


def settle() -> None:
    """Let layouts, deferred deletions and paints happen."""
    for _ in range(4):
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()


def picture(widget: QWidget, scheme: theme.Scheme = "light", ratio: float = 1.0, text_scale: float = 1.0) -> QPixmap:
    """Return what *widget* looks like on a screen with this device *ratio*."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, scheme, text_scale)
    widget.show()
    settle()
    size = QSize(round(widget.width() * ratio), round(widget.height() * ratio))
    result = QPixmap(size)
    result.setDevicePixelRatio(ratio)
    result.fill(QColor(theme.current().window))
    painter = QPainter(result)
    widget.render(painter, QPoint(0, 0))
    painter.end()
    return result


def save(
    widget: QWidget, name: str, scheme: theme.Scheme = "light", ratio: float = 1.0, text_scale: float = 1.0
) -> Path:
    """Write the picture to ``SHELTERDESK_SHOTS`` (default: the folder ``shots`` in the current one)."""
    folder = Path(os.environ.get("SHELTERDESK_SHOTS", "shots"))
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{name}.png"
    assert picture(widget, scheme, ratio, text_scale).save(str(target)), target
    return target
