"""Windows are kept out of pictures where the system can do that, dialogs and menus too, until it is lifted."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.desk import Desk
from shelterdesk.settings import ALLOW_PICTURES, Settings
from tests.ui.privacy.conftest import Told, window_of
from tests.ui.shots import settle
from ui import session as session_module
from ui.privacy import capture
from ui.privacy.capture import CaptureGuard
from ui.session import Session

SEEN, BLACK, EXCLUDED = 0, 1, 17


class System:
    """Stands for user32 and remembers what each window was set to last."""

    def __init__(self, knows: set[int] | None = None) -> None:
        self.knows = {SEEN, BLACK, EXCLUDED} if knows is None else knows
        self.set_to: dict[int, int] = {}

    def SetWindowDisplayAffinity(self, window: int, wish: int) -> int:  # noqa: N802 - Windows' name
        if wish not in self.knows:
            return 0
        self.set_to[window] = wish
        return 1

    def of(self, widget: QWidget) -> int | None:
        return self.set_to.get(int(widget.winId()))


def guarding(system: System | None) -> CaptureGuard:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    made = CaptureGuard(app, allowed=False, system=system)
    made.stop()
    return made


@pytest.fixture
def top(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize(("knows", "now"), [({SEEN, BLACK, EXCLUDED}, EXCLUDED), ({SEEN, BLACK}, BLACK)])
def test_an_older_windows_shows_it_black(top: QWidget, knows: set[int], now: int) -> None:
    system = System(knows)
    assert guarding(system).protect(top)
    assert system.of(top) == now


def test_a_system_that_refuses_is_told_of(top: QWidget) -> None:
    assert not guarding(System(set())).protect(top)


def test_elsewhere_nothing_is_done_and_nothing_promised(top: QWidget) -> None:
    assert not guarding(None).protect(top)
    assert capture.can_be_prevented() == (capture.capture_control() is not None)


def test_parts_of_a_window_are_none(top: QWidget, qtbot: QtBot) -> None:
    system = System()
    guarding(system).protect(QLabel("part", top))
    assert system.set_to == {}


def test_every_window_dialog_and_menu_is_excluded_until_that_is_lifted(
    qtbot: QtBot, qapp: QApplication, desk: Desk, tmp_path: Path, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    system = System()
    monkeypatch.setattr(session_module, "capture_control", lambda: system)
    session = Session(qapp, Settings(tmp_path / "settings.toml"))
    session.show_first_run()
    settle()
    assert session.front is not None
    assert system.of(session.front) == EXCLUDED, "the recovery code is shown before anybody has signed in"
    session._enter(desk)
    settle()
    window = window_of(session)
    dialog = QDialog(window)
    dialog.open()
    menu = QMenu(dialog)
    menu.addAction("one")
    menu.popup(QPoint(20, 20))
    settle()
    assert {system.of(one) for one in (window, dialog, menu)} == {EXCLUDED}
    menu.close()
    assert session.seat is not None
    session.seat.change_setting(ALLOW_PICTURES, True)
    assert {system.of(one) for one in (window, dialog)} == {SEEN}
    later = QDialog(window)
    later.open()
    settle()
    assert system.of(later) == SEEN
    session.seat.change_setting(ALLOW_PICTURES, False)
    assert {system.of(one) for one in (window, dialog, later)} == {EXCLUDED}
    session._leave("closed")
    session.capture.stop()
    session._worker.close()
    session.deleteLater()
    settle()
