"""A double click on a backup: looked at, opened with a sign-in of that day, and put where its vault belongs."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from shelterdesk import backups, lineage, paths, people
from shelterdesk.desk import Desk
from shelterdesk.lineage import AnotherCopy
from shelterdesk.opening import lock_desk, open_desk
from shelterdesk.people import Person
from shelterdesk.settings import LAST_VAULT, Settings
from tests.desks import PASSPHRASE, Clock
from tests.ui.shots import settle
from ui import theme
from ui.pages.damage import PutBackPage
from ui.pages.first_run import FirstRunPage
from ui.pages.unlock import UnlockPage
from ui.session import Session


@pytest.fixture
def backup(desk: Desk, tmp_path: Path) -> Path:
    """A backup with Aysel in it; Nigar came after it was made, and the vault is closed."""
    people.add_person(desk, short_name="Aysel M.")
    file = backups.back_up(desk, tmp_path / "stick")
    people.add_person(desk, short_name="Nigar Q.")
    lock_desk(desk, "asked")
    return file


@pytest.fixture
def show(qtbot: QtBot, qapp: QApplication) -> Iterator[Callable[[Path, Path | None], PutBackPage]]:
    theme.apply(qapp, "light")
    shown: list[PutBackPage] = []

    def make(file: Path, last: Path | None) -> PutBackPage:
        page = PutBackPage(file, last)
        shown.append(page)
        page.resize(1366, 768)
        page.show()
        quiet(qtbot, page)
        return page

    yield make
    for page in shown:
        page._worker.close()
        page.hide()
        page.deleteLater()
    settle()


def quiet(qtbot: QtBot, page: PutBackPage) -> None:
    qtbot.waitUntil(lambda: not page._worker.is_busy(), timeout=60_000)
    settle()


def put_back(qtbot: QtBot, page: PutBackPage) -> tuple[Path, str]:
    """Sign in, look into the backup and put it back; return the vault and the words."""
    assert page.backup is not None
    done: list[tuple[Path, str]] = []
    page.opened_wanted.connect(lambda folder, words: done.append((folder, words)))
    page.sign_in.user_name.setText("leyla")
    page.sign_in.passphrase.line.setText(PASSPHRASE)
    page.backup.look.click()
    quiet(qtbot, page)
    assert page.backup.put_back.isVisible()
    assert {label: left for label, left, _right in page.backup.beside.rows()}["People on file"] == "1"
    page.backup.put_back.click()
    quiet(qtbot, page)
    ((folder, words),) = done
    return folder, words


def people_in(folder: Path, clock: Clock) -> int:
    desk = open_desk(folder, "leyla", PASSPHRASE, clock=clock)
    with desk.read() as db:
        found = db.query(Person).count()
    desk.close()
    return found


def test_it_takes_the_place_of_its_vault_which_is_kept(
    qtbot: QtBot, show: Callable[[Path, Path | None], PutBackPage], backup: Path, vault_folder: Path, clock: Clock
) -> None:
    page = show(backup, vault_folder)
    assert "is on this computer" in page.about.where.text()
    assert page.backup is not None
    assert not page.backup.choose.isVisible()
    folder, words = put_back(qtbot, page)
    assert folder == vault_folder
    assert "The vault that was there is kept as desk-7F3A-kept-" in words
    assert people_in(folder, clock) == 1
    (kept,) = vault_folder.parent.glob("desk-7F3A-kept-*.vault")
    with pytest.raises(AnotherCopy) as told:
        people_in(kept, clock)
    lineage.let_open(told.value)
    assert people_in(kept, clock) == 2


def test_on_another_computer_the_vault_is_made_anew(
    qtbot: QtBot, show: Callable[[Path, Path | None], PutBackPage], backup: Path, vault_folder: Path, clock: Clock
) -> None:
    shutil.rmtree(vault_folder)
    page = show(backup, None)
    assert "is not on this computer" in page.about.where.text()
    folder, words = put_back(qtbot, page)
    assert folder.parent == paths.default_vault_folder()
    assert "is in place" in words
    assert "kept" not in words
    assert people_in(folder, clock) == 1


def test_another_vault_of_that_name_is_left_alone(
    show: Callable[[Path, Path | None], PutBackPage], backup: Path, vault_folder: Path
) -> None:
    shutil.rmtree(vault_folder)
    taken = paths.default_vault_folder() / vault_folder.name
    taken.mkdir(parents=True)
    page = show(backup, taken)
    assert page.backup is not None
    assert page.backup._folder.parent == taken.parent
    assert page.backup._folder != taken


def test_a_vault_that_is_open_in_another_window_is_not_torn_out_from_under_it(
    qtbot: QtBot, show: Callable[[Path, Path | None], PutBackPage], backup: Path, vault_folder: Path, clock: Clock
) -> None:
    page = show(backup, vault_folder)
    page.sign_in.user_name.setText("leyla")
    page.sign_in.passphrase.line.setText(PASSPHRASE)
    assert page.backup is not None
    page.backup.look.click()
    quiet(qtbot, page)
    other = open_desk(vault_folder, "leyla", PASSPHRASE, clock=clock)
    page.backup.put_back.click()
    quiet(qtbot, page)
    assert page.backup.trouble.isVisible()
    assert other.vault.folder.is_dir()
    assert not list(vault_folder.parent.glob("desk-7F3A-kept-*"))
    other.close()


def test_a_file_that_is_no_backup_is_told_and_nothing_is_asked(
    show: Callable[[Path, Path | None], PutBackPage], tmp_path: Path
) -> None:
    file = tmp_path / "desk-7F3A-2026-11-21.dbk"
    file.write_bytes(b"PK not really")
    page = show(file, None)
    assert page.about.trouble.isVisible()
    assert not page.sign_in.isVisible()
    assert page.back.isVisible()


def test_the_session_begins_with_it_and_goes_on_to_the_vault(
    qtbot: QtBot, qapp: QApplication, backup: Path, vault_folder: Path, tmp_path: Path
) -> None:
    theme.apply(qapp, "light")
    settings = Settings(tmp_path / "settings.toml")
    settings.change(LAST_VAULT, str(vault_folder))
    session = Session(qapp, settings)
    session.start(backup=backup)
    page = session.front
    assert isinstance(page, PutBackPage)
    quiet(qtbot, page)
    page.back.click()
    assert isinstance(session.front, UnlockPage)
    settings.change(LAST_VAULT, "")
    session.start(backup=backup)
    assert isinstance(session.front, PutBackPage)
    quiet(qtbot, session.front)
    session.front.back.click()
    assert isinstance(session.front, FirstRunPage)
    session.front.hide()
    session.end()
    session.deleteLater()
    settle()


def test_the_keyboard_begins_in_the_user_name_and_goes_all_the_way(
    qtbot: QtBot, show: Callable[[Path, Path | None], PutBackPage], backup: Path, vault_folder: Path
) -> None:
    page = show(backup, vault_folder)
    with qtbot.waitActive(page):
        page.activateWindow()
    done: list[Path] = []
    page.opened_wanted.connect(lambda folder, _words: done.append(folder))

    def press(*keys: Qt.Key, words: str = "") -> None:
        for key in keys:
            qtbot.keyClick(QApplication.focusWidget(), key)
        qtbot.keyClicks(QApplication.focusWidget(), words)

    assert QApplication.focusWidget() is page.sign_in.user_name
    press(words="leyla")
    press(Qt.Key.Key_Tab, words=PASSPHRASE)
    press(Qt.Key.Key_Return)
    quiet(qtbot, page)
    assert page.backup is not None
    assert QApplication.focusWidget() is page.backup.put_back
    press(Qt.Key.Key_Space)
    quiet(qtbot, page)
    assert done == [vault_folder]


def test_a_window_that_comes_to_the_front_late_begins_there_too(qtbot: QtBot, qapp: QApplication, backup: Path) -> None:
    theme.apply(qapp, "light")
    other = QWidget()
    qtbot.addWidget(other)
    page = PutBackPage(backup, None)
    page.show()
    other.show()
    with qtbot.waitActive(other):
        other.activateWindow()
    quiet(qtbot, page)
    with qtbot.waitActive(page):
        page.activateWindow()
    assert QApplication.focusWidget() is page.sign_in.user_name
    page._worker.close()
    page.hide()
    page.deleteLater()
    settle()
