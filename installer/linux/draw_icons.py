"""Draw the app mark in the sizes desktops ask for: ``python -m installer.linux.draw_icons FOLDER``."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from installer.console import ROOT

MARK = ROOT / "resources" / "icons" / "app-mark.svg"
SIZES = (16, 24, 32, 48, 64, 128, 256, 512)


def draw(folder: Path) -> list[Path]:
    """Write ``<size>.png`` for each size into *folder* and return the files."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    app = QGuiApplication.instance() or QGuiApplication(["draw-icons"])
    mark = QSvgRenderer(str(MARK))
    drawn: list[Path] = []
    for size in SIZES:
        picture = QImage(size, size, QImage.Format.Format_ARGB32)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        mark.render(painter)
        painter.end()
        drawn.append(folder / f"{size}.png")
        if not picture.save(str(drawn[-1])):
            raise OSError(f"{drawn[-1]} cannot be written")
    del app
    return drawn


if __name__ == "__main__":
    draw(Path(sys.argv[1]))
