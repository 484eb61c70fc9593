"""The PIN of this session: six digits chosen by the person, for coming back from the cover. It is never written."""

from __future__ import annotations

import hmac
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QObject, Signal

from shelterdesk.errors import Problem
from shelterdesk.i18n import N_

DIGITS: Final = 6
TRIES: Final = 3


class SessionPin(QObject):
    """Kept in memory until the vault is locked. ``changed`` fires when one is chosen or dropped."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._digits = bytearray()
        self._tries = TRIES

    def is_set(self) -> bool:
        """Tell whether there is a PIN to come back with."""
        return bool(self._digits)

    @property
    def tries_left(self) -> int:
        """Return how many wrong PINs are still taken before the vault locks."""
        return self._tries

    def choose(self, digits: str) -> None:
        """Take *digits* from now on. Raises Problem."""
        check_pin(digits)
        self.drop()
        self._digits = bytearray(digits.encode())
        self.changed.emit()

    def fits(self, digits: str) -> bool:
        """Tell whether *digits* are the PIN; each wrong answer uses up a try, a right one gives them back."""
        if not self._digits or self._tries <= 0:
            return False
        if hmac.compare_digest(self._digits, digits.encode()):
            self._tries = TRIES
            return True
        self._tries -= 1
        return False

    def drop(self) -> None:
        """Forget the PIN."""
        had_one = self.is_set()
        # Overwritten first: memory that is given back keeps what stood there.
        self._digits[:] = bytes(len(self._digits))
        self._digits = bytearray()
        self._tries = TRIES
        if had_one:
            self.changed.emit()


def check_pin(digits: str) -> None:
    """Raise Problem for what somebody beside the desk would try first, or what is no PIN."""
    if len(digits) != DIGITS or not digits.isascii() or not digits.isdigit():
        raise Problem("pin", N_("Enter six digits."))
    steps = {int(after) - int(before) for before, after in pairwise(digits)}
    if steps in ({0}, {1}, {-1}):
        raise Problem("pin", N_("Choose digits that are not all the same and not in a row."))
