"""Printing what happened: nothing is chosen at first, and nothing leaves without a name, a topic and a consent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from pytestqt.qtbot import QtBot

from shelterdesk import what_happened
from shelterdesk.desk import Desk
from shelterdesk.people import Person
from tests.ui.conftest import acts_of
from tests.ui.shots import settle
from ui.dialogs.print_happened import PrintHappenedDialog
from ui.window import Window


@pytest.fixture
def dialog(qtbot: QtBot, go: Callable[..., Any], window: Window, desk: Desk, aysel: Person) -> Iterator[Any]:
    section = go("happened")
    assert "print" not in section.commands(), "what is closed is not printed"
    section.reason.given.emit("Court or lawyer needs it")
    window.run("print")
    settle()
    (made,) = section.findChildren(PrintHappenedDialog)
    qtbot.waitExposed(made)
    yield made
    made.reject()
    settle()


def words_in(file: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(file).pages).split())


def test_it_says_what_is_missing_one_after_the_other(
    dialog: PrintHappenedDialog, desk: Desk, aysel: Person, tmp_path: Path
) -> None:
    assert dialog.chosen() == frozenset()
    target = tmp_path / "paper.pdf"
    for complete, said in (
        (lambda: None, "Write for whom it is"),
        (lambda: dialog.whom.setText("District court"), "Choose what it is to say"),
        (lambda: dialog.topics["exploitation"].setChecked(True), "Her consent is missing"),
    ):
        complete()
        assert not dialog.is_ready()
        assert said in dialog.banner.accessibleName()
        assert not dialog.save(target, "pdf"), "even a way around the button is closed"
    assert not target.exists()
    assert not {"print", "export"} & set(acts_of(desk, aysel.id))
    dialog.reason.set_text("An order of the court")
    assert dialog.is_ready()
    assert dialog.save(target, "pdf")
    said = words_in(target)
    assert "Forced labour" in said
    assert "without her consent" in said
    assert "Aysel" not in said
    assert acts_of(desk, aysel.id)[0] == "export"


def test_locked_or_folded_meanwhile_nothing_leaves(
    dialog: PrintHappenedDialog, desk: Desk, aysel: Person, tmp_path: Path
) -> None:
    dialog.whom.setText("District court")
    dialog.topics["exploitation"].setChecked(True)
    dialog.reason.set_text("An order of the court")
    what_happened.fold_again(desk, aysel.id)
    assert not dialog.save(tmp_path / "paper.pdf", "pdf")
    assert "opened on purpose" in dialog.banner.accessibleName()
