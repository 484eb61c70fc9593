"""Windows that ask for a file or a folder. They are Qt's own, and nothing of them is remembered.

The windows of the systems keep lists of recent files that outlive the program. Qt's own writes the folders it has
been in into the settings of the user when it goes; people name folders after people, so it is led home first.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QFileDialog, QPushButton, QWidget
from shiboken6 import isValid

from ui import toolkit_memory


def file_window(parent: QWidget, title: str, folder: Path | None = None, kinds: str = "") -> QFileDialog:
    """Return a window for a file that forgets where it was as soon as it is answered."""
    start = folder if folder is not None and folder.is_dir() else Path.home()
    dialog = QFileDialog(parent, title, str(start), kinds)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setObjectName("choose_file")
    toolkit_memory.forgets_with(dialog)
    for button in dialog.findChildren(QPushButton):
        # Where no desktop is running, Qt draws its own coloured signs on them.
        button.setIcon(QIcon())
    return dialog


def forget(dialog: QFileDialog) -> None:
    """Take the folders out of *dialog* before it goes, and let it go."""
    dialog.setDirectory(str(Path.home()))
    dialog.setHistory([])
    dialog.deleteLater()


def choose_file(parent: QWidget, title: str, kinds: str, folder: Path | None = None) -> Path | None:
    """Ask for a file that exists; None when nobody chose one."""
    dialog = file_window(parent, title, folder, kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return _ask(dialog)


def choose_folder(parent: QWidget, title: str, folder: Path) -> Path | None:
    """Ask for a folder that exists; None when nobody chose one."""
    dialog = file_window(parent, title, folder)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return _ask(dialog)


def choose_target(parent: QWidget, title: str, name: str, kinds: str) -> Path | None:
    """Ask where a file called *name* is to lie; its ending is added where it was left out."""
    dialog = file_window(parent, title, None, kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    ending = Path(name).suffix
    dialog.setDefaultSuffix(ending.removeprefix("."))
    dialog.selectFile(name)
    chosen = _ask(dialog)
    if chosen is None or chosen.suffix.lower() == ending:
        return chosen
    return chosen.with_name(chosen.name + ending)


def _ask(dialog: QFileDialog) -> Path | None:
    answered = dialog.exec() == QDialog.DialogCode.Accepted
    if not isValid(dialog):
        # The vault was locked meanwhile, and the window went with everything else.
        return None
    chosen = dialog.selectedFiles() if answered else []
    forget(dialog)
    return Path(chosen[0]) if chosen else None
