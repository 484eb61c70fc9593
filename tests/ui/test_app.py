"""The start of the program: what it does before any window of a vault, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from shelterdesk.paths import machine_folder
from shelterdesk.shown_name import NEUTRAL, OWN
from tests.core.packaged import pretend_packaged
from tests.ui.shots import settle
from ui import icons, theme
from ui.app import main, make_app
from ui.pages.refused import RefusedPage


def test_its_own_files_are_checked_without_a_window(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "report.json"
    assert main(["--verify", str(report)]) == 1
    assert "runs from its source" in report.read_text(encoding="utf-8")
    program = pretend_packaged(tmp_path / "program", monkeypatch)
    assert main(["--verify"]) == 0
    assert json.loads(capsys.readouterr().out)["whole"] is True
    (program / "ShelterDesk").unlink()
    assert main(["--verify", str(report)]) == 4
    assert json.loads(report.read_text(encoding="utf-8"))["missing"] == ["ShelterDesk"]


def test_without_a_place_for_its_settings_it_says_so_and_ends(qapp: QApplication) -> None:
    machine_folder().write_bytes(b"in the way")
    said: list[str] = []

    def look() -> None:
        (page,) = (one for one in qapp.topLevelWidgets() if isinstance(one, RefusedPage) and one.isVisible())
        said.append(page.words.text())
        page.close_now.click()

    QTimer.singleShot(300, look)
    assert main([]) == 1
    assert "Nothing was changed." in said[0]
    assert machine_folder().read_bytes() == b"in the way"
    for page in qapp.topLevelWidgets():
        if isinstance(page, RefusedPage):
            page.hide()
            page.deleteLater()
    settle()


def test_a_neutral_name_comes_with_its_mark(qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    own = icons.mark(32).toImage()
    try:
        assert make_app(NEUTRAL["notebook"]).applicationName() == "Notebook"
        assert icons.mark(32).toImage() != own
    finally:
        assert make_app(OWN).applicationName() == "ShelterDesk"
    assert icons.mark(32).toImage() == own
