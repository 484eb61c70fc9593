"""Everything that can lie over the window: menus, lists, dialogs, previews, windows that ask for a file or a printer.

Some of them run an event loop of their own and come back to their caller only after they are closed.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QMessageBox, QWidget

from shelterdesk import residents
from tests.journeys.hands import wait
from tests.ui.shots import settle
from ui.dialogs.print_consents import PrintConsentsDialog
from ui.dialogs.print_papers import PrintPlanDialog
from ui.file_windows import choose_folder
from ui.forms.record_form import RecordForm
from ui.place import Place
from ui.printing.preview import PreviewDialog
from ui.privacy.edit_menu import show_edit_menu
from ui.widgets.choice_field import ChoiceField
from ui.widgets.date_field import DateField
from ui.window import Window

Open = Callable[[Window], object]


def somebody(window: Window) -> UUID:
    """Return somebody who lives here and has a plan."""
    rows = residents.list_rows(window.seat.desk, "here_now")
    return next(row.id for row in rows if row.name.startswith("Aysel"))


def form_of(window: Window) -> RecordForm:
    """Open the form of a new resident."""
    window.go(Place("residents", doing="new_person"))
    settle()
    return next(one for one in window.findChildren(RecordForm) if one.isVisible())


def menu_of_the_window(window: Window) -> None:
    menu = window.top_bar.menu_bar.actions()[0].menu()
    assert isinstance(menu, QMenu)
    menu.popup(window.mapToGlobal(QPoint(100, 50)))


def menu_with_its_own_loop(window: Window) -> None:
    form = form_of(window)
    field = next(one for one in form.fields if form.row(one.attribute).actions())
    form._ask_reason(field, form.row(field.attribute))


def list_of_choices(window: Window) -> None:
    form = form_of(window)
    next(one for one in form.findChildren(ChoiceField) if one.isVisible() and one.count() > 1).showPopup()


def calendar(window: Window) -> None:
    form = form_of(window)
    next(one for one in form.findChildren(DateField) if one.isVisible()).open_calendar()


def menu_of_a_text(window: Window) -> None:
    window.top_bar.search.setFocus()
    show_edit_menu(window.top_bar.search, window.mapToGlobal(QPoint(500, 20)))


def preview(window: Window) -> PreviewDialog:
    window.run("print_tonight")
    return next(one for one in window.findChildren(PreviewDialog) if one.isVisible())


def printers_over_a_preview(window: Window) -> None:
    preview(window).print_requested.emit()


def papers_of_a_plan(window: Window) -> PrintPlanDialog:
    window.go(Place("residents", "here_now", somebody(window), "plan"))
    settle()
    window.run("print")
    dialog = next(one for one in window.findChildren(PrintPlanDialog) if one.isVisible())
    dialog.choose("file")
    return dialog


def file_window_over_papers(window: Window) -> None:
    papers_of_a_plan(window).ask("pdf")


def file_window_over_consent_forms(window: Window) -> None:
    window.go(Place("residents", "here_now", somebody(window), "consents"))
    settle()
    window.run("print")
    next(one for one in window.findChildren(PrintConsentsDialog) if one.isVisible()).ask("pdf")


def folder_window_with_its_own_loop(window: Window) -> None:
    assert choose_folder(window, "Folder", Path.home()) is None


def export(window: Window) -> None:
    window.go(Place("summaries"))
    page: Any = window.page()
    wait(lambda: page.summary is not None and not window.seat.worker.is_busy(), "the figures")
    page.strip.export()


def message_with_its_own_loop(window: Window) -> None:
    box = QMessageBox(window)
    box.setText("Aysel M.")
    box.exec()
    box.deleteLater()


def menu_over_a_file_window(window: Window) -> None:
    """Three deep: a dialog with its own loop, a menu over it with a loop of its own."""

    def menu() -> None:
        dialog = next(one for one in window.findChildren(QFileDialog) if one.isVisible())
        over = QMenu(dialog)
        over.addAction("one")
        over.exec(QPoint(30, 30))

    QTimer.singleShot(150, window, menu)
    folder_window_with_its_own_loop(window)


OPENINGS: dict[str, Open] = {
    one.__name__: one
    for one in (
        menu_of_the_window,
        menu_with_its_own_loop,
        list_of_choices,
        calendar,
        menu_of_a_text,
        preview,
        printers_over_a_preview,
        papers_of_a_plan,
        file_window_over_papers,
        file_window_over_consent_forms,
        folder_window_with_its_own_loop,
        export,
        message_with_its_own_loop,
        menu_over_a_file_window,
    )
}


def lying_above(window: QWidget) -> list[QWidget]:
    """Return what can be seen besides *window*."""
    return [one for one in QApplication.topLevelWidgets() if one.isVisible() and one is not window]


def how_many(name: str) -> int:
    """Return how many windows lie above the window when it is open."""
    two = ("menu_over_a_file_window", "printers_over_a_preview", "file_window_over_papers")
    return 2 if name in (*two, "file_window_over_consent_forms") else 1
