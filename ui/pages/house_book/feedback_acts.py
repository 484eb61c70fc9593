"""What is done with letters on the page: write one, read one's own, answer."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from shelterdesk.errors import Problems, ShelterDeskError
from shelterdesk.house_book import feedback
from shelterdesk.house_book.feedback import Feedback
from shelterdesk.i18n import _
from ui.pages.house_book.feedback_panels import FeedbackPanel, LettersPanel
from ui.seat import Seat


class FeedbackActs:
    """*open_editor* shows a panel on the page, *leave* closes it, *refresh* reads the page anew."""

    def __init__(
        self,
        seat: Seat,
        open_editor: Callable[[QWidget], object],
        leave: Callable[[], object],
        refresh: Callable[[], object],
    ) -> None:
        self.seat, self._open, self._leave, self._refresh = seat, open_editor, leave, refresh

    def write(self) -> None:
        """Open a letter."""
        panel = FeedbackPanel(self.seat)
        panel.finished.connect(self._written)
        self._open(panel)

    def read(self) -> None:
        """Open the letters to the signed-in person."""
        panel = LettersPanel(self.seat, feedback.my_feedback(self.seat.desk))
        panel.closed.connect(self._leave)
        panel.answered.connect(self._answer)
        self._open(panel)

    def _written(self, sealed: bool) -> None:
        self._leave()
        if sealed:
            self._refresh()
            self.seat.say(_("Sealed. Only those you ticked can read it."))

    def _answer(self, letter: Feedback, words: str) -> None:
        try:
            feedback.answer_feedback(self.seat.desk, letter, words)
        except Problems as problems:
            self.seat.say(problems.problems[0].text(), kind="attention")
        except ShelterDeskError as error:
            self.seat.complain(error)
        else:
            self._refresh()
            self.read()
