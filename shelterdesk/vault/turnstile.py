"""One rotation at a time, which nothing that changes the header crosses, and which gives up when the vault closes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager

from shelterdesk.vault.errors import RotationUnderWay


class Turnstile:
    """Who may go on while keys are being replaced. *guard* is held by whatever changes the header."""

    def __init__(self, guard: AbstractContextManager[object]) -> None:
        self._guard = guard
        self._rotation = threading.RLock()
        self._thread: int | None = None
        self._stopping = threading.Event()

    @property
    def turned(self) -> bool:
        """Say whether keys are being replaced."""
        return self._thread is not None

    @contextmanager
    def rotating(self) -> Generator[Callable[[], bool]]:
        """Keep the header as it is meanwhile; the answer says whether to stop. Raises RotationUnderWay.

        The thread that is in may come in once more.
        """
        if not self._rotation.acquire(blocking=False):
            raise RotationUnderWay
        before = self._thread
        try:
            # Whoever is changing the header comes to the end first.
            with self._guard:
                self._thread = threading.get_ident()
            yield self._stopping.is_set
        finally:
            self._thread = before
            self._rotation.release()

    def refuse_others(self) -> None:
        """Raise RotationUnderWay where another thread replaces keys. For who holds the guard."""
        if self._thread not in (None, threading.get_ident()):
            raise RotationUnderWay

    def stop(self) -> None:
        """Have a rotation under way give up, and wait until it has, or has taken place. At once where there is none."""
        self._stopping.set()
        with self._rotation:
            self._stopping.clear()
