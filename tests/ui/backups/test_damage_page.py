"""The page of a damaged vault, and the session that leads there and back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelterdesk import backups, people
from shelterdesk.desk import Desk
from shelterdesk.opening import lock_desk, open_desk
from shelterdesk.people import Person
from tests.desks import PASSPHRASE, Clock
from tests.ui.shots import settle
from tests.ui.sittings import session_of
from ui import theme
from ui.pages.damage import DamagePage, rescue_card
from ui.pages.unlock import UnlockPage
from ui.session import Session


@pytest.fixture
def closed(desk: Desk, vault_folder: Path) -> Path:
    """A closed vault with Aysel in it and a backup in the usual folder."""
    people.add_person(desk, short_name="Aysel M.")
    backups.back_up_everywhere(desk)
    lock_desk(desk, "asked")
    return vault_folder


@pytest.fixture
def page(qtbot: QtBot, qapp: QApplication, closed: Path) -> Iterator[DamagePage]:
    """The page of that vault, whose records lost their first page."""
    theme.apply(qapp, "light")
    records = closed / "records.db"
    data = bytearray(records.read_bytes())
    data[100] ^= 1
    records.write_bytes(data)
    made = DamagePage(closed)
    made.resize(1366, 768)
    made.show()
    quiet(qtbot, made)
    yield made
    made._worker.close()
    made.hide()
    made.deleteLater()
    settle()


def quiet(qtbot: QtBot, page: DamagePage) -> None:
    qtbot.waitUntil(lambda: not page._worker.is_busy(), timeout=60_000)
    settle()


def sign_in(page: DamagePage, passphrase: str = PASSPHRASE) -> None:
    page.sign_in.user_name.setText("leyla")
    page.sign_in.passphrase.line.setText(passphrase)


def test_files_and_backups_are_named_before_anybody_signs_in(page: DamagePage) -> None:
    assert len(page.backup.rows.rows()) == 1
    assert page.backup.look.isVisible()
    assert page.rescue.look.isVisible()
    assert not page.state.use_copy.isVisible()
    page.backup.look.click()
    assert page.sign_in.passphrase_row.problem() == "Enter your passphrase."


def test_a_wrong_passphrase_is_told_where_it_happened(qtbot: QtBot, page: DamagePage) -> None:
    sign_in(page, "wrong")
    page.backup.look.click()
    quiet(qtbot, page)
    assert "do not open" in page.backup.trouble.accessibleName()
    assert not page.backup.put_back.isVisible()
    page.rescue.look.click()
    quiet(qtbot, page)
    assert page.rescue.trouble.isVisible()


def test_the_last_good_backup_takes_the_place(qtbot: QtBot, page: DamagePage, closed: Path, clock: Clock) -> None:
    sign_in(page)
    page.backup.look.click()
    quiet(qtbot, page)
    rows = {label: left for label, left, _right in page.backup.beside.rows()}
    assert rows["People on file"] == "1"
    done: list[tuple[Path, str]] = []
    page.opened_wanted.connect(lambda folder, words: done.append((folder, words)))
    page.backup.put_back.click()
    quiet(qtbot, page)
    ((folder, words),) = done
    assert folder == closed
    assert "is kept as desk-7F3A-kept-" in words
    desk = open_desk(closed, "leyla", PASSPHRASE, clock=clock)
    with desk.read() as db:
        assert db.query(Person).count() == 1
    desk.close()


def test_without_the_first_page_only_a_backup_helps_and_it_says_so(qtbot: QtBot, page: DamagePage) -> None:
    sign_in(page)
    page.rescue.look.click()
    quiet(qtbot, page)
    assert "only a backup helps" in page.rescue.summary.text()
    assert not page.rescue.save.isVisible()


def test_what_can_be_read_is_counted_then_saved_and_written_out(
    qtbot: QtBot, qapp: QApplication, closed: Path, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (closed / "header.json").write_bytes(b"{}")
    page = DamagePage(closed)
    page.show()
    quiet(qtbot, page)
    assert page.state.use_copy.isVisible()
    sign_in(page)
    page.rescue.look.click()
    quiet(qtbot, page)
    assert "can be read. Nothing is missing." in page.rescue.summary.text()
    page.rescue.save.click()
    quiet(qtbot, page)
    assert "desk-7F3A-rescued" in page.rescue.summary.text()
    done: list[Path] = []
    page.opened_wanted.connect(lambda folder, _words: done.append(folder))
    monkeypatch.setattr(rescue_card, "choose_target", lambda *_: tmp_path / "saved.xlsx")
    page.rescue.write.click()
    quiet(qtbot, page)
    assert page.rescue.password.text().count("-") == 4
    assert b"Aysel" not in (tmp_path / "saved.xlsx").read_bytes()
    page.rescue.open.click()
    assert done == [closed.with_name("desk-7F3A-rescued.vault")]
    desk = open_desk(done[0], "leyla", PASSPHRASE, clock=clock)
    with desk.read() as db:
        assert db.query(Person).count() == 1
    desk.close()
    page._worker.close()
    page.hide()
    page.deleteLater()
    settle()


@pytest.fixture
def session(qapp: QApplication, tmp_path: Path) -> Iterator[Session]:
    with session_of(qapp, tmp_path / "settings.toml") as made:
        yield made


def unlock(session: Session, folder: Path) -> UnlockPage:
    session.show_unlock(folder)
    page = session.front
    assert isinstance(page, UnlockPage)
    page.by_passphrase.user_name.setText("leyla")
    page.by_passphrase.passphrase.line.setText(PASSPHRASE)
    page._submit()
    return page


def test_the_unlock_page_leads_to_the_damage_and_back_with_the_second_copy(
    qtbot: QtBot, session: Session, closed: Path
) -> None:
    (closed / "header.json").write_bytes(b"{}")
    page = unlock(session, closed)
    qtbot.waitUntil(page.trouble.isVisible, timeout=20_000)
    next(one for one in page.trouble.buttons if "can be saved" in one.words()).click()
    damage_page = session.front
    assert isinstance(damage_page, DamagePage)
    quiet(qtbot, damage_page)
    damage_page.state.use_copy.click()
    again = session.front
    assert isinstance(again, UnlockPage)
    again.by_passphrase.user_name.setText("leyla")
    again.by_passphrase.passphrase.line.setText(PASSPHRASE)
    again._submit()
    qtbot.waitUntil(lambda: session.window is not None, timeout=20_000)


def test_another_copy_is_named_and_opened_only_when_somebody_says_so(
    qtbot: QtBot, session: Session, closed: Path, clock: Clock
) -> None:
    older = closed.with_name("desk-0002.vault")
    shutil.copytree(closed, older)
    lock_desk(open_desk(closed, "leyla", PASSPHRASE, clock=clock), "asked")
    page = unlock(session, older)
    qtbot.waitUntil(page.trouble.isVisible, timeout=20_000)
    assert "Another copy of the records" in page.trouble.accessibleName()
    assert session.window is None
    page.trouble.buttons[0].click()
    qtbot.waitUntil(lambda: session.window is not None, timeout=20_000)


def test_locking_for_another_reason_goes_on_where_the_page_says(qtbot: QtBot, session: Session, closed: Path) -> None:
    unlock(session, closed)
    qtbot.waitUntil(lambda: session.seat is not None, timeout=20_000)
    assert session.seat is not None
    ring = session.seat.desk.vault.ring
    session.seat.lock_then.emit("damaged", lambda front: front.show_damage(closed))
    assert ring.compartments == frozenset()
    assert isinstance(session.front, DamagePage)
    quiet(qtbot, session.front)


def test_quitting_makes_the_backup_that_is_missing_and_ends(
    qtbot: QtBot, session: Session, closed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[int] = []
    monkeypatch.setattr(session.app, "quit", lambda: ended.append(1))
    unlock(session, closed)
    qtbot.waitUntil(lambda: session.seat is not None, timeout=20_000)
    assert session.seat is not None
    folder = Path(backups.targets(session.seat.desk)[0].path)
    before = len(list(folder.iterdir()))
    people.add_person(session.seat.desk, short_name="Rəna Q.")
    settle()
    session.quit()
    assert ended == [1]
    assert len(list(folder.iterdir())) == before + 1
