"""From the empty computer to the second morning, by keyboard and mouse in the real window; checked through the core."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import docx
import msoffcrypto
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from shelterdesk import milestones, notes, placements, plans, residents, services, stays
from shelterdesk.desk import Desk
from shelterdesk.people import Person
from shelterdesk.schema import log_reading
from shelterdesk.settings import Settings
from tests.journeys.story import ROWS, STORY, Days
from tests.journeys.walk import Walk, picture_taker, take_the_whole_way
from ui import theme
from ui.session import Session


@pytest.fixture
def session(qapp: QApplication, tmp_path: Path) -> Iterator[Session]:
    """A session on a computer that has never seen the program."""
    theme.apply(qapp, "light")
    made = Session(qapp, Settings(tmp_path / "home" / "settings.toml"))
    made.start()
    yield made
    if made.seat is not None:
        made._leave("closed")
    if made.front is not None:
        made.front.hide()
        made.front.deleteLater()
    made._worker.close()
    made.deleteLater()
    qapp.processEvents()


def test_the_first_week(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    walk = Walk(session, tmp_path / "papers", shoot=picture_taker(tmp_path / "pictures"))

    take_the_whole_way(walk)

    assert session.seat is not None
    desk, days = session.seat.desk, Days()
    her = find_her(desk)
    assert (her.given_names, her.family_name) == (STORY.given, STORY.family)
    check_what_was_recorded(desk, her, days)
    check_the_papers(walk, her)
    check_october(walk)
    check_the_log(desk, her)
