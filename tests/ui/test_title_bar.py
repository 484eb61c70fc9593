"""The title bar follows the scheme where the system has to be told."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from ui import theme
from ui.theme.title_bar import TitleBars, title_bar_control


class System:
    """Stands for dwmapi and remembers what each window was told last."""

    def __init__(self, knows: int) -> None:
        self.knows = knows
        self.told: dict[int, int] = {}

    def DwmSetWindowAttribute(self, window: int, number: int, value: object, size: int) -> int:  # noqa: N802 - Windows' name
        if number != self.knows or size != 4:
            return -2147024809
        self.told[window] = ctypes.cast(value, ctypes.POINTER(ctypes.c_int)).contents.value  # pyright: ignore[reportArgumentType]
        return 0


@pytest.fixture
def light(qapp: QApplication) -> Iterator[None]:
    theme.apply(qapp, "light")
    yield
    theme.apply(qapp, "light")


@pytest.mark.parametrize("number", [20, 19])
def test_windows_are_told_when_they_appear_and_when_the_scheme_changes(
    qtbot: QtBot, qapp: QApplication, light: None, number: int
) -> None:
    system = System(number)
    bars = TitleBars(qapp, system)
    window = QWidget()
    qtbot.addWidget(window)
    label = QLabel("inside", window)
    window.show()
    label.show()
    assert system.told == {int(window.winId()): 0}
    theme.apply(qapp, "dark")
    assert system.told[int(window.winId())] == 1
    bars.stop()
    bars.deleteLater()


def test_a_system_that_refuses_and_one_that_is_not_there_change_nothing(qtbot: QtBot, qapp: QApplication) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    for system in (System(7), None):
        bars = TitleBars(qapp, system)
        assert not bars.dress(window)
        bars.stop()
        bars.deleteLater()
    assert title_bar_control() is None
