from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from shelterdesk.documents.plan import plan_for_the_file
from shelterdesk.documents.sheet_for_her import her_sheet
from tests.papers import example_plan, long_plan
from ui.printing.preview import PagePreview, PreviewDialog

LONG = plan_for_the_file(long_plan(), "en")
SHORT = her_sheet(example_plan(), "en")


def button(dialog: PreviewDialog, name: str) -> QPushButton | None:
    return dialog.findChild(QPushButton, name)


def press(qtbot: QtBot, dialog: PreviewDialog, name: str) -> None:
    found = button(dialog, name)
    assert found is not None
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)


def shown(qtbot: QtBot, document=LONG, **choices: object) -> PreviewDialog:
    dialog = PreviewDialog(document, **choices)  # type: ignore[arg-type]
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    return dialog


def test_it_turns_pages_and_says_which_one_is_shown(qtbot: QtBot) -> None:
    dialog = shown(qtbot)
    preview = dialog.preview
    assert preview.page == 1
    assert not button(dialog, "previous_page").isEnabled()
    press(qtbot, dialog, "next_page")
    assert preview.page == 2
    assert preview.accessibleName() == f"Preview. Page 2 of {preview.page_count}"
    qtbot.keyClick(preview, Qt.Key.Key_End)
    assert preview.page == preview.page_count
    assert not button(dialog, "next_page").isEnabled()
    qtbot.keyClick(preview, Qt.Key.Key_Home)
    assert preview.page == 1
    dialog.reject()


def test_it_grows_and_shrinks_within_limits_and_fits_again(qtbot: QtBot) -> None:
    dialog = shown(qtbot)
    fitted = dialog.preview.zoom
    press(qtbot, dialog, "larger")
    assert dialog.preview.zoom > fitted
    for _ in range(20):
        press(qtbot, dialog, "smaller")
    assert dialog.preview.zoom == 0.25
    press(qtbot, dialog, "fit_width")
    assert dialog.preview.zoom == fitted
    qtbot.keyClick(dialog.preview, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert dialog.preview.zoom > fitted
    dialog.reject()


def test_it_draws_the_page_and_keeps_only_pictures_in_view(qtbot: QtBot) -> None:
    dialog = shown(qtbot)
    picture = dialog.preview.viewport().grab().toImage()
    colours = {picture.pixelColor(x, y).name() for x in range(0, picture.width(), 2) for y in range(150, 250)}
    assert "#ffffff" in colours
    assert len(colours) > 4
    dialog.preview.go_to(5)
    dialog.preview.viewport().grab()
    assert set(dialog.preview._images) <= {4, 5, 6}
    dialog.reject()


def test_choices_only_ask(qtbot: QtBot) -> None:
    dialog = shown(qtbot, SHORT)
    for name, signal in (("print", dialog.print_requested), ("save_pdf", dialog.pdf_requested)):
        with qtbot.waitSignal(signal):
            press(qtbot, dialog, name)
    with qtbot.waitSignal(dialog.word_requested):
        press(qtbot, dialog, "save_word")
    assert dialog.isVisible()
    dialog.reject()


def test_it_offers_only_what_it_is_told_to(qtbot: QtBot) -> None:
    dialog = shown(qtbot, SHORT, offered=("print",), advice="Paper can be found.")
    assert button(dialog, "save_pdf") is None
    assert button(dialog, "save_word") is None
    assert button(dialog, "print") is not None
    dialog.reject()


def test_closed_from_outside_it_holds_no_page(qtbot: QtBot) -> None:
    dialog = shown(qtbot)
    dialog.preview.viewport().grab()
    dialog.reject()
    assert not dialog.isVisible()
    assert dialog.preview.page_count == 0
    assert dialog.preview._images == {}
    dialog.preview.repaint()


def test_another_document_takes_the_place_of_the_first(qtbot: QtBot) -> None:
    dialog = shown(qtbot)
    dialog.preview.go_to(4)
    dialog.set_document(SHORT)
    assert (dialog.preview.page, dialog.preview.page_count) == (1, 1)
    assert not button(dialog, "next_page").isEnabled()
    dialog.reject()


def test_a_preview_is_at_home_in_a_page_too(qtbot: QtBot) -> None:
    preview = PagePreview(SHORT)
    qtbot.addWidget(preview)
    preview.resize(400, 300)
    preview.show()
    assert preview.page_count == 1
    assert 0.25 <= preview.zoom < 0.6
    preview.close()
