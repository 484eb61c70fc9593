"""Ways out of the program: a printer, or a file. Nothing leaves before it is logged, and nothing after the lock.

The windows that ask where to are parts of the dialog they belong to, so that locking closes them with it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from shelterdesk.documents.blocks import Document
from shelterdesk.i18n import _
from ui.file_windows import file_window, forget
from ui.printing.pages import print_document

_asking: list[QPrintDialog] = []
"""Dialogs whose opening has not returned yet."""


def printers_only(printer: QPrinter, parent: QWidget) -> QPrintDialog:
    """Return a dialog that offers printers and no clear file: saving has its own way, its own words and its log."""
    dialog = QPrintDialog(printer, parent)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintToFile, on=False)
    return dialog


def ask_printer(parent: QWidget, document: Document, leave: Callable[[], bool]) -> QPrintDialog:
    """Ask for a printer and print *document* there once *leave* has logged it and answered True."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = printers_only(printer, parent)
    dialog.setObjectName("choose_printer")

    def chosen() -> None:
        if leave():
            print_document(document, printer)

    dialog.accepted.connect(chosen)
    _asking.append(dialog)
    try:
        # The class has an open() of its own that wants a slot by name. On Windows this call returns only when the
        # system's own dialog is answered.
        QDialog.open(dialog)
    finally:
        _asking.remove(dialog)
    return dialog


def asks_in_the_systems_own_dialog() -> bool:
    """Tell whether a printer dialog of the system is open, which Qt can neither close nor do without until it is."""
    return bool(_asking)


def write_whole(path: Path, make: Callable[[], bytes]) -> None:
    """Write what *make* returns to *path*, whole or not at all; the place is tried before anything is made.

    Raises OSError where the place will not take it, and whatever *make* raises; then nothing lies there.
    """
    if path.exists():
        # A file that another program holds open cannot be replaced, which has to show before anything is logged.
        path.open("r+b").close()
    beside = path.with_name(f".{path.name}.part")
    # A power cut may have left one there.
    beside.unlink(missing_ok=True)
    beside.touch(exist_ok=False)
    try:
        beside.write_bytes(make())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def ask_file(parent: QWidget, name: str, ending: str, then: Callable[[Path], object]) -> QFileDialog:
    """Ask where to save a file called *name*; *then* gets the path with its ending."""
    kinds = {"pdf": _("PDF (*.pdf)"), "docx": _("Word (*.docx)"), "xlsx": _("Excel (*.xlsx)"), "csv": _("CSV (*.csv)")}
    dialog = file_window(parent, _("Save as"), kinds=kinds[ending])
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(ending)
    dialog.selectFile(f"{name}.{ending}")

    def finished(result: int) -> None:
        paths = dialog.selectedFiles()
        forget(dialog)
        if result == QDialog.DialogCode.Accepted and paths:
            then(Path(paths[0]))

    dialog.finished.connect(finished)
    dialog.open()
    return dialog
