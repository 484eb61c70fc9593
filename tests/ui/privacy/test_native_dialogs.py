"""A printer dialog of Windows itself: it keeps nothing unlocked, and what waits for it is not taken away under it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tests.ui.privacy.conftest import Told, window_of
from tests.ui.privacy.covering import why_shown
from tests.ui.privacy.openings import preview
from tests.ui.shots import settle
from ui.printing.ways_out import asks_in_the_systems_own_dialog
from ui.privacy import guard
from ui.privacy.native_dialogs import cancel_dialogs
from ui.session import Session


class Screen:
    """Two windows of ours and a dialog of the system."""

    def __init__(self) -> None:
        self.cancelled: list[int] = []

    def of_this_thread(self) -> list[tuple[int, str]]:
        return [(1, "Qt6110QWindowIcon"), (2, "#32770"), (3, "tooltips_class32")]

    def cancel(self, handle: int) -> None:
        self.cancelled.append(handle)


def test_only_dialogs_of_the_system_are_cancelled() -> None:
    screen = Screen()
    cancel_dialogs(screen)
    assert screen.cancelled == [2]


@pytest.mark.parametrize("act", ["lock", "cover"])
def test_locking_does_not_wait_for_it_and_takes_nothing_from_under_it(
    qtbot: QtBot, busy_session: Session, told: Told, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    session, window = busy_session, window_of(busy_session)
    assert session.seat is not None
    ring = session.seat.desk.vault.ring
    loop, waiting, seen = QEventLoop(), [], []
    original = QDialog.open

    def open_and_wait(dialog: QDialog) -> None:
        """Stand for the system's own dialog: come back only when it is answered."""
        if isinstance(dialog, QPrintDialog):
            loop.exec()
            seen.append((isValid(dialog), isValid(window)))
        else:
            original(dialog)

    def cancel() -> None:
        waiting.append(asks_in_the_systems_own_dialog())
        QTimer.singleShot(400, loop.quit)

    monkeypatch.setattr(QDialog, "open", open_and_wait)
    monkeypatch.setattr(guard, "cancel_dialogs", cancel)
    shown = preview(window)
    settle()
    QTimer.singleShot(50, lambda: told.say("screen") if act == "lock" else session.cover())
    shown.print_requested.emit()
    assert seen == [(True, True)], "both were still there when the dialog came back"
    assert waiting == [True]
    if act == "lock":
        assert ring.compartments == frozenset()
        assert why_shown(session).startswith("Locked")
        qtbot.waitUntil(lambda: not isValid(window))
    else:
        assert session.guard is not None
        assert session.guard.is_covered()
        assert not shown.isVisible()
        shown.close()
