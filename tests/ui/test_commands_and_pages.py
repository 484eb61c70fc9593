"""Every command is answered and has its words, icon and keys; every page and section can be made."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication

from shelterdesk.paths import resources
from shelterdesk.shown_name import NEUTRAL, OWN
from ui.actions import BY_ID, COMMANDS, MENUS
from ui.pages import PAGES
from ui.record_sections import SECTIONS, SectionKind
from ui.seat import Seat

UI = Path(__file__).resolve().parents[2] / "ui"


def answered() -> dict[str, set[str]]:
    """Return the commands that the window and its pages answer to, each with the modules that do."""
    found: dict[str, set[str]] = {}
    for module in sorted(UI.rglob("*.py")):
        for function in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if not isinstance(function, ast.FunctionDef) or not function.name.endswith("commands"):
                continue
            for node in ast.walk(function):
                keys: list[ast.expr | None] = []
                if isinstance(node, ast.Dict):
                    keys = list(node.keys)
                elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
                    keys = [node.slice]
                for key in keys:
                    if isinstance(key, ast.Constant) and isinstance(key.value, str):
                        found.setdefault(key.value, set()).add(module.relative_to(UI).as_posix())
    return found


def test_pages_answer_to_known_commands_and_every_command_is_answered() -> None:
    found = answered()
    assert {name: where for name, where in found.items() if name not in BY_ID} == {}
    assert set(BY_ID) - set(found) == set()


def test_every_command_has_words_an_icon_that_exists_and_keys_of_its_own(qapp: QApplication) -> None:
    assert len(BY_ID) == len(COMMANDS)
    assert all(command.text and command.menu in MENUS for command in COMMANDS)
    icons = {file.stem for file in (resources() / "icons").glob("*.svg")}
    assert {command.icon for command in COMMANDS} - icons == {""}
    keys = [QKeySequence(one).toString() for command in COMMANDS for one in command.keys]
    assert "" not in keys
    assert len(set(keys)) == len(keys)


def test_every_icon_that_is_carried_along_is_shown_somewhere() -> None:
    carried = {file.stem for file in (resources() / "icons").glob("*.svg")}
    named = {
        node.value
        for module in UI.rglob("*.py")
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    marks = {one.mark for one in (OWN, *NEUTRAL.values())}
    assert carried - named - marks == set()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_can_be_made_and_answers_to_known_commands(page: str, seat: Seat) -> None:
    made = PAGES[page].make(seat)
    assert set(made.commands()) <= set(BY_ID)
    made.deleteLater()


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.id)
def test_a_section_of_the_record_can_be_made_and_answers_to_known_commands(section: SectionKind, seat: Seat) -> None:
    made = section.make(seat)
    assert set(made.commands()) <= set(BY_ID)
    made.deleteLater()
