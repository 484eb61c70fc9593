"""Windows has faces and sizes of its own for menus and tooltips; ours reach them all."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QMenuBar, QToolTip
from pytestqt.qtbot import QtBot

from ui import theme


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_menus_and_tooltips_have_our_face_and_grow_with_it(qapp: QApplication, qtbot: QtBot, scale: float) -> None:
    theme.apply(qapp, "light", scale)
    bar = QMenuBar()
    qtbot.addWidget(bar)
    bar.addMenu("File")
    bar.show()
    for font in (bar.font(), QToolTip.font()):
        assert (font.family(), font.pointSizeF()) == (theme.font().family(), theme.font().pointSizeF())
