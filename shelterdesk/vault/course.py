"""How far long work on files has come, and whether somebody asked it to stop."""

from __future__ import annotations

from collections.abc import Callable

from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import N_

Progress = Callable[[int, int], None]
"""Gets how much is done and how much there is in all."""

_WHOLE = 1000


class Stopped(ShelterDeskError):
    """The work was stopped on request, and what it had begun was taken away again."""

    def __init__(self) -> None:
        super().__init__(N_("Stopped. Nothing half-made was left behind, and nothing was changed."))


class Course:
    """A stretch of the work. Parts of it are courses of their own, so that the whole goes from nothing to all once."""

    def __init__(
        self,
        progress: Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
        *,
        begin: float = 0.0,
        end: float = 1.0,
    ) -> None:
        self._progress, self._cancelled = progress, cancelled
        self._begin, self._end = begin, end

    def part(self, begin: float, end: float) -> Course:
        """Return the stretch between two fractions of this one."""
        length = self._end - self._begin
        return Course(
            self._progress, self._cancelled, begin=self._begin + begin * length, end=self._begin + end * length
        )

    @property
    def is_stopped(self) -> bool:
        """Tell whether somebody asked to stop."""
        return self._cancelled is not None and self._cancelled()

    def at(self, done: int, whole: int) -> None:
        """Tell that *done* of *whole* is done. Raises Stopped where it was asked for."""
        if self.is_stopped:
            raise Stopped
        if self._progress is not None:
            fraction = min(1.0, done / whole) if whole else 1.0
            self._progress(round(_WHOLE * (self._begin + fraction * (self._end - self._begin))), _WHOLE)
