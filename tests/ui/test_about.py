"""About ShelterDesk: versions, the check of the program's own files, and every licence with its text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from shelterdesk import own_files
from tests.core.packaged import pretend_packaged
from tests.ui.shots import settle
from ui.pages.settings.about import AboutSection
from ui.place import Place
from ui.window import Window


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A packaged program that carries one licence."""
    folder = tmp_path / "program"
    (folder / "licences" / "Qt").mkdir(parents=True)
    (folder / "licences" / "Qt" / "LGPL.txt").write_text("Lesser words\n", encoding="utf-8")
    part = {
        "name": "Qt", "version": "6.11.3", "licence": "LGPL-3.0-only", "note": "Inside pyside6-essentials.",
        "texts": ["Qt/LGPL.txt", "Qt/gone.txt"],
    }  # fmt: skip
    (folder / "licences" / "parts.json").write_text(json.dumps({"parts": [part]}), encoding="utf-8")
    return pretend_packaged(folder, monkeypatch)


def about_of(window: Window) -> AboutSection:
    window.go(Place("settings", section="about"))
    settle()
    page: Any = window.page()
    return page.sections["about"]


def check(qtbot: QtBot, window: Window, about: AboutSection) -> None:
    about.files.check.click()
    qtbot.waitUntil(lambda: not window.seat.worker.is_busy(), timeout=20_000)
    settle()


def test_from_the_source_there_is_no_list_but_there_are_licences(qtbot: QtBot, window: Window) -> None:
    about = about_of(window)
    check(qtbot, window, about)
    assert about.files.trouble.isVisible()
    assert "runs from its source" in about.files.trouble.words.text()
    names = [about.licences.part.itemText(n) for n in range(about.licences.part.count())]
    assert any(name.startswith("cryptography ") for name in names)
    assert "Lucide" in about.licences.text.toPlainText()
    number = next(n for n, name in enumerate(names) if name.startswith("cryptography "))
    about.licences.part.setCurrentIndex(number)
    about.licences.part.chosen.emit(about.licences.part.value())
    assert "Apache" in about.licences.text.toPlainText()


def test_a_packaged_program_shows_its_parts_and_is_found_whole(qtbot: QtBot, window: Window, program: Path) -> None:
    with (program / "files.sha256").open("a", encoding="utf-8") as listed:
        for name in ("licences/Qt/LGPL.txt", "licences/parts.json"):
            listed.write(f"{own_files.digest(program / name)}  {name}\n")
    about = about_of(window)
    check(qtbot, window, about)
    assert about.files.whole.isVisible()
    assert about.files.whole.title.text() == "6 files are as they were built."
    assert own_files.digest(program / "files.sha256") in about.files.whole.words.text()
    part = about.licences.part
    part.setCurrentIndex(1)
    part.chosen.emit(part.value())
    assert part.itemText(1) == "Qt 6.11.3 (inside pyside6-essentials)   LGPL-3.0-only"
    assert "Lesser words" in about.licences.text.toPlainText()


def test_what_differs_is_named_with_what_is_safe(qtbot: QtBot, window: Window, program: Path) -> None:
    (program / "ShelterDesk").write_bytes(b"changed")
    about = about_of(window)
    check(qtbot, window, about)
    words = about.files.trouble.words.text()
    assert "Changed: ShelterDesk\n" in words
    assert "Not of the build: licences/Qt/LGPL.txt, licences/parts.json\n" in words
    assert "The vault lies elsewhere" in words
    assert not about.files.whole.isVisible()
    assert about.files.check.isEnabled()


def test_a_list_of_parts_that_is_gone_is_said(window: Window, program: Path) -> None:
    (program / "licences" / "parts.json").unlink()
    about = about_of(window)
    assert about.licences.missing.isVisible()
    assert "Lucide" in about.licences.text.toPlainText()
