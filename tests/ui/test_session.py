"""From the first run to lock and back, with the real pages and a real vault."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelterdesk import backup_targets, people
from shelterdesk.opening import create_desk
from shelterdesk.settings import LAST_VAULT
from shelterdesk.vault import KdfCost
from tests.ui.sittings import session_of
from ui.pages.first_run import FirstRunPage
from ui.pages.unlock import UnlockPage
from ui.privacy.idle import IdleWatch
from ui.session import Session
from ui.window import Window

PASSPHRASE = "violin cloud harbour mustard"


@pytest.fixture
def session(qapp: QApplication, tmp_path: Path) -> Iterator[Session]:
    """A session that has not started yet."""
    with session_of(qapp, tmp_path / "settings.toml") as made:
        yield made


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """A closed vault with one person in it."""
    folder = tmp_path / "desk-7F3A.vault"
    desk, _code = create_desk(
        folder,
        user_name="leyla",
        shown_as="Leyla A.",
        passphrase=PASSPHRASE,
        shelter="House",
        roles=("director", "social_worker"),
        cost=KdfCost.for_tests(),
    )
    people.add_person(desk, short_name="Aysel M.")
    desk.close()
    return folder


def unlock(qtbot: QtBot, session: Session, vault: Path, passphrase: str = PASSPHRASE) -> Any:
    """Type name and passphrase on the unlock page and press Enter."""
    session.start(vault)
    page = session.front
    assert isinstance(page, UnlockPage)
    qtbot.keyClicks(page.by_passphrase.user_name, "leyla")
    qtbot.keyClicks(page.by_passphrase.passphrase.line, passphrase)
    qtbot.keyClick(page.by_passphrase.passphrase.line, Qt.Key.Key_Return)
    return page


def test_first_run_makes_a_vault_and_opens_it(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    session.start()
    page = session.front
    assert isinstance(page, FirstRunPage)
    qtbot.mouseClick(page.on, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.on, Qt.MouseButton.LeftButton)
    assert "user name" in page.protect_step.banner.accessibleName()
    qtbot.keyClicks(page.protect_step.user, "leyla")
    qtbot.keyClicks(page.protect_step.shown, "Leyla A.")
    qtbot.mouseClick(page.on, Qt.MouseButton.LeftButton)
    step = page.passphrase_step
    qtbot.keyClicks(step.first.line, PASSPHRASE)
    qtbot.keyClicks(step.again.line, PASSPHRASE[:-1])
    qtbot.mouseClick(page.on, Qt.MouseButton.LeftButton)
    assert page.desk is None
    assert "not the same" in step.banner.accessibleName()
    qtbot.keyClicks(step.again.line, PASSPHRASE[-1])
    qtbot.mouseClick(page.on, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.desk is not None, timeout=20_000)
    qtbot.mouseClick(page.on, Qt.MouseButton.LeftButton)
    assert page.steps_list.accessibleName().startswith("Step 3"), "the sheet has to be kept first"
    step.safe.setChecked(True)
    qtbot.mouseClick(page.on, Qt.MouseButton.LeftButton)
    page.backup_step.set_folder(tmp_path / "stick")
    qtbot.mouseClick(page.on, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.start_step.empty, Qt.MouseButton.LeftButton)
    assert isinstance(session.window, Window)
    assert session.seat is not None
    assert [one.words() for one in backup_targets.targets(session.seat.desk)] == [str(tmp_path / "stick")]
    assert session.front is None


def test_a_wrong_passphrase_is_told_at_the_field_and_the_right_one_opens(
    qtbot: QtBot, session: Session, vault: Path
) -> None:
    page = unlock(qtbot, session, vault, "not this one at all")
    qtbot.waitUntil(page.by_passphrase.problem.isVisible, timeout=20_000)
    assert page.by_passphrase.passphrase.text() == ""
    assert session.window is None
    qtbot.keyClicks(page.by_passphrase.passphrase.line, PASSPHRASE)
    qtbot.keyClick(page.by_passphrase.passphrase.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.window is not None, timeout=20_000)


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (lambda folder: (folder / "header.json").write_bytes(b"{}"), "damaged"),
        (lambda folder: (folder / "records.db").write_bytes(b""), "damaged"),
    ],
)
def test_damage_is_a_page_of_its_own_with_a_way_on(
    qtbot: QtBot, session: Session, vault: Path, harm: Any, words: str
) -> None:
    harm(vault)
    page = unlock(qtbot, session, vault)
    qtbot.waitUntil(page.trouble.isVisible, timeout=20_000)
    assert words in page.trouble.accessibleName()
    assert any("backup" in button.text().lower() for button in page.trouble.buttons)


def test_a_vault_open_elsewhere_says_so(qtbot: QtBot, session: Session, vault: Path) -> None:
    from shelterdesk.vault import open_vault

    with open_vault(vault, "leyla", PASSPHRASE):
        page = unlock(qtbot, session, vault)
        qtbot.waitUntil(page.trouble.isVisible, timeout=20_000)
        assert "already open" in page.trouble.accessibleName()


def test_locking_destroys_the_window_and_drops_the_keys(qtbot: QtBot, session: Session, vault: Path) -> None:
    unlock(qtbot, session, vault)
    qtbot.waitUntil(lambda: session.window is not None, timeout=20_000)
    assert session.seat is not None
    ring = session.seat.desk.vault.ring
    session.lock("idle")
    assert session.window is None
    assert ring.compartments == frozenset()
    assert isinstance(session.front, UnlockPage)
    assert "nobody used" in session.front.why.findChildren(type(session.front.foot))[-1].text()
    assert session.front.by_passphrase.user_name.text() == "", "the last user is not shown"


def test_the_cover_is_drawn_at_once_and_opens_with_the_passphrase_only(
    qtbot: QtBot, session: Session, vault: Path
) -> None:
    unlock(qtbot, session, vault)
    qtbot.waitUntil(lambda: session.window is not None, timeout=20_000)
    assert session.window is not None
    begun = time.perf_counter()
    session.cover()
    taken = time.perf_counter() - begun
    cover = session.guard.cover_sheet
    assert cover is not None
    assert cover.isVisible()
    assert cover.size() == session.window.size()
    assert taken < 1.0, "generous for a busy machine; the aim is a tenth of it"
    assert "ShelterDesk" not in session.window.windowTitle()
    qtbot.keyClicks(cover.passphrase.line, "wrong")
    qtbot.keyClick(cover.passphrase.line, Qt.Key.Key_Return)
    qtbot.waitUntil(cover.problem.isVisible, timeout=20_000)
    cover.passphrase.clear()
    qtbot.keyClicks(cover.passphrase.line, PASSPHRASE)
    qtbot.keyClick(cover.passphrase.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not cover.isVisible(), timeout=20_000)


def test_the_vault_is_remembered_by_its_neutral_path_only(qtbot: QtBot, session: Session, vault: Path) -> None:
    unlock(qtbot, session, vault)
    qtbot.waitUntil(lambda: session.window is not None, timeout=20_000)
    assert session.settings.value(LAST_VAULT) == str(vault)


def test_idle_time_warns_then_covers_then_locks(qapp: QApplication) -> None:
    watch = IdleWatch(cover_minutes=5, lock_minutes=15)
    seen: list[str] = []
    watch.warned.connect(lambda _seconds: seen.append("warned"))
    watch.cover_due.connect(lambda: seen.append("covered"))
    watch.lock_due.connect(lambda: seen.append("locked"))
    start = watch._last
    watch.look(start + 60)
    assert seen == []
    watch.look(start + 5 * 60 - 10)
    watch.look(start + 5 * 60)
    watch.look(start + 15 * 60)
    watch.look(start + 16 * 60)
    assert seen == ["warned", "covered", "locked"]
    watch.stop()
    watch.deleteLater()
