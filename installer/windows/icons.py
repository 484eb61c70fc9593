"""The marks of the program as Windows wants them: .ico files, and the picture at the side of the set-up's last page.

``python -m installer.windows.icons FOLDER``, inside the environment: Qt draws them.
"""

from __future__ import annotations

import os
import struct
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from installer.console import ROOT

MARKS = {"shelterdesk": "app-mark", "desk": "app-mark-desk", "notebook": "app-mark-notebook"}
SIZES = (16, 20, 24, 32, 40, 48, 64, 96, 128, 256)
# The small ones are plain pictures, which every part of Windows reads; the big ones would waste space so.
_LARGEST_PLAIN = 48
_SIDE = (164, 314)
_GROUND = "#1F6F78"


def drawn(source: Path, width: int, height: int, mark: int, ground: str = "#00000000") -> QImage:
    """Return the drawing in the middle of a picture, *mark* points wide."""
    picture = QImage(width, height, QImage.Format.Format_ARGB32)
    picture.fill(QColor(ground))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(str(source)).render(painter, QRectF((width - mark) / 2, (height - mark) / 2, mark, mark))
    painter.end()
    return picture


def _plain(picture: QImage) -> bytes:
    """Return the picture as an icon holds it: a header, rows of BGRA from below, and a mask that hides nothing."""
    side = picture.width()
    # Its bits are its own only while the picture has a name.
    turned = picture.flipped(Qt.Orientation.Vertical)
    rows = bytes(turned.constBits())
    mask = bytes((side + 31) // 32 * 4 * side)
    header = struct.pack("<IiiHHIIiiII", 40, side, side * 2, 1, 32, 0, len(rows) + len(mask), 0, 0, 0, 0)
    return header + rows + mask


def _packed(picture: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # pyright: ignore[reportCallIssue, reportArgumentType]
    return bytes(buffer.data().data())


def icon(source: Path) -> bytes:
    """Return an .ico file with the drawing in every size Windows asks for."""
    pictures = [drawn(source, size, size, size) for size in SIZES]
    parts = [_plain(one) if one.width() <= _LARGEST_PLAIN else _packed(one) for one in pictures]
    place = 6 + 16 * len(parts)
    entries = b""
    for size, part in zip(SIZES, parts, strict=True):
        entries += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(part), place)
        place += len(part)
    return struct.pack("<HHH", 0, 1, len(parts)) + entries + b"".join(parts)


def side_picture(source: Path) -> QImage:
    """Return the picture for the last page of the set-up: the mark on its own colour."""
    return drawn(source, *_SIDE, 96, _GROUND).convertToFormat(QImage.Format.Format_RGB888)


def main(words: list[str]) -> int:
    """Write all of them into the folder named first."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication(sys.argv[:1])
    application.setAttribute(Qt.ApplicationAttribute.AA_Use96Dpi)
    folder = Path(words[0])
    for name, drawing in MARKS.items():
        (folder / f"{name}.ico").write_bytes(icon(ROOT / "resources" / "icons" / f"{drawing}.svg"))
    side_picture(ROOT / "resources" / "icons" / "app-mark.svg").save(str(folder / "side.bmp"), "BMP")  # pyright: ignore[reportCallIssue, reportArgumentType]
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
