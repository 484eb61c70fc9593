"""What Qt keeps by itself goes where a portable program keeps everything."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.core.packaged import pretend_packaged
from tests.ui.shots import settle
from ui import toolkit_memory
from ui.file_windows import file_window, forget

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has the registry: see tests/windows")


@pytest.fixture
def led_back() -> Iterator[None]:
    yield
    usual = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, usual)


def test_the_columns_of_the_file_window_lie_on_the_stick(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, led_back: None
) -> None:
    program = pretend_packaged(tmp_path / "program", monkeypatch, portable=True)
    toolkit_memory.keep_beside_the_program()
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = file_window(parent, "Choose", tmp_path)
    dialog.show()
    forget(dialog)
    settle()
    kept = program / "data" / "toolkit" / "QtProject.conf"
    assert kept.is_file()
    assert tmp_path.name not in kept.read_text(encoding="utf-8")
