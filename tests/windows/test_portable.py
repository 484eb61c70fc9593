"""A program on a stick leaves nothing in the registry, not even what Qt writes there by itself."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui import toolkit_memory
from ui.file_windows import file_window, forget

KEY = r"Software\QtProject"


def _is_there() -> bool:
    import winreg

    registry: Any = winreg
    try:
        registry.CloseKey(registry.OpenKey(registry.HKEY_CURRENT_USER, KEY))
    except OSError:
        return False
    return True


def _open_and_forget(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = file_window(parent, "Choose", Path.home())
    dialog.show()
    gone: list[bool] = []
    dialog.destroyed.connect(lambda: gone.append(True))
    forget(dialog)
    qtbot.waitUntil(lambda: bool(gone))


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "portable.txt").touch()
    monkeypatch.delenv("SHELTERDESK_HOME")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "ShelterDesk.exe"))
    return tmp_path


@pytest.mark.skipif(sys.platform == "win32" and _is_there(), reason="another program of this user left a key of Qt")
def test_a_file_window_leaves_no_key(qtbot: QtBot, stick: Path) -> None:
    _open_and_forget(qtbot)
    assert not _is_there()


def test_without_the_mark_of_a_stick_qt_may_keep_it(qtbot: QtBot, stick: Path, request: pytest.FixtureRequest) -> None:
    """This shows that there is something to be taken away."""
    (stick / "portable.txt").unlink()
    request.addfinalizer(toolkit_memory.take_away)
    _open_and_forget(qtbot)
    assert _is_there()
