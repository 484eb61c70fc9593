"""What the tests of cover and lock have in common."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from shelterdesk.opening import open_desk
from shelterdesk.schema import log_reading
from tests.desks import PASSPHRASE
from tests.ui.shots import settle
from ui.pages.unlock import UnlockPage
from ui.privacy.cover import Cover
from ui.privacy.guard import Guard
from ui.session import Session

PIN = "480263"


def guard_of(session: Session) -> Guard:
    assert session.guard is not None
    return session.guard


def covered(session: Session) -> Cover:
    session.cover()
    settle()
    sheet = guard_of(session).cover_sheet
    assert sheet is not None
    assert sheet.isVisible()
    return sheet


def type_pin(qtbot: QtBot, sheet: Cover, digits: str) -> None:
    qtbot.keyClicks(sheet.pin, digits)
    settle()


def why_shown(session: Session) -> str:
    """Return what the unlock page says."""
    assert session.window is None
    page = session.front
    assert isinstance(page, UnlockPage)
    return page.why.findChildren(QLabel)[-1].text() if not page.why.isHidden() else ""


def reason_in_log(session: Session, folder: Path) -> str:
    """Return why the vault was locked last, as its log says."""
    desk = open_desk(folder, "leyla", PASSPHRASE)
    try:
        with desk.read() as db:
            row = next(one for one in log_reading.logged(db) if one.act == "lock")
        return next(one.after for one in row.changes if one.field_id == "log.why_locked")
    finally:
        desk.close()
