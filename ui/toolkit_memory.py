"""What Qt itself keeps for a user: how wide the columns of the file window are, and where it was last.

That goes into the registry on Windows and into a file of the profile elsewhere. A program that is carried about on a
stick has to leave neither on somebody's computer.
"""

from __future__ import annotations

import sys
from typing import Final

from PySide6.QtCore import QObject, QSettings

from shelterdesk.paths import is_portable, machine_folder

_OWNER: Final = "QtProject"
_KEYS: Final = (
    rf"Software\{_OWNER}\OrganizationDefaults\FileDialog",
    rf"Software\{_OWNER}\OrganizationDefaults",
    rf"Software\{_OWNER}",
)


def keep_beside_the_program() -> None:
    """Lead what Qt keeps into the folder of a portable program, where the system lets it be led."""
    if is_portable():
        # Windows has no such place but the registry; there it is taken away again.
        QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(machine_folder() / "toolkit"))


def forgets_with(window: QObject) -> None:
    """Take away what Qt writes down when *window* goes, if the program leaves nothing behind."""
    if is_portable():
        window.destroyed.connect(take_away)


def take_away() -> None:
    """Remove what a portable program left in the registry. Keys that hold anything of other programs stay."""
    if sys.platform != "win32":
        return
    import winreg

    for number, key in enumerate(_KEYS):
        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key, 0, winreg.KEY_ALL_ACCESS) as opened:
                below, values, _changed = winreg.QueryInfoKey(opened)
                if below or (values and number > 0):
                    return
            winreg.DeleteKey(winreg.HKEY_CURRENT_USER, key)
        except OSError:
            # It is not there, or belongs to somebody else.
            continue
