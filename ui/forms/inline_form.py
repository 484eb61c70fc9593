"""A form in the place of what it changes: tinted, with its own Save and Cancel; never a dialog."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk import formats
from shelterdesk.drafts import Draft
from shelterdesk.errors import Problem, Problems, ShelterDeskError
from shelterdesk.i18n import _
from ui import theme
from ui.forms.record_form import RecordForm
from ui.forms.tab_order import tab_on_from
from ui.seat import Seat
from ui.widgets.buttons import LinkButton, PrimaryButton
from ui.widgets.save_strip import DraftNote
from ui.widgets.text import IconLabel, Words


class InlineForm(QFrame):
    """Shows *form* with Save and Cancel. *store* saves what it holds and may raise Problems.

    ``finished`` fires after Save (True) or Cancel (False). What was cancelled can be had back through ``again``.
    """

    finished = Signal(bool)

    def __init__(
        self,
        seat: Seat,
        form: RecordForm,
        save_words: str,
        store: Callable[[RecordForm], object],
        *,
        title: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        theme.mark(self, surface="editor")
        self.setAccessibleName(title or save_words)
        self.seat, self.form, self._store = seat, form, store
        self.saved: Any = None
        """What *store* returned when it was saved."""
        self.heading = Words(title, "group", parent=self)
        self.heading.setVisible(bool(title))
        self._message = QWidget(self)
        self._message_words = Words("", tone="error", wrap=True, parent=self._message)
        self.save_button = PrimaryButton(save_words, parent=self)
        self.cancel_button = LinkButton(_("Cancel"), parent=self)
        self.draft = DraftNote(self)
        self._indent = QWidget(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(self.heading)
        layout.addWidget(self._make_message())
        layout.addWidget(form)
        self._buttons = self._make_buttons()
        layout.addLayout(self._buttons)
        self.save_button.clicked.connect(self.save)
        self.cancel_button.clicked.connect(self.cancel)
        form.kept.connect(lambda at: self.draft.say(_("Draft kept {time}").format(time=self._clock(at))))

    def _make_message(self) -> QWidget:
        row = QHBoxLayout(self._message)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(IconLabel("circle-alert", 16, "error", self._message))
        row.addWidget(self._message_words, 1)
        self._message.hide()
        return self._message

    def _make_buttons(self) -> QHBoxLayout:
        buttons = QHBoxLayout()
        buttons.setContentsMargins(0, 4, 0, 0)
        buttons.setSpacing(8)
        buttons.addWidget(self._indent)
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.cancel_button)
        buttons.addStretch(1)
        buttons.addWidget(self.draft)
        return buttons

    def add_act(self, button: QWidget) -> None:
        """Put a further act beside «Cancel», e.g. taking off what should never have been written."""
        self._buttons.insertWidget(self._buttons.indexOf(self.cancel_button) + 1, button)

    def begin(self) -> None:
        """Put the keyboard into the first field."""
        tab_on_from(self.form, self.save_button, self.cancel_button)
        if self.form.rows.rows():
            self.form.first_stop().setFocus()

    def save(self) -> bool:
        """Save, or show what is to be changed and change nothing."""
        self.form.clear_problems()
        self.say("")
        try:
            self.saved = self._store(self.form)
        except Problems as problems:
            self.form.show_problems(problems)
            self.say(" ".join(one.text() for one in problems.problems if not self._has_row(one)))
            return False
        except ShelterDeskError as error:
            self.form.keep_draft()
            self.say(error.text())
            return False
        self.form.forget_draft()
        self.seat.saved.emit()
        self.finished.emit(True)
        return True

    def cancel(self) -> None:
        """Leave without saving. What was typed is offered back once."""
        if self.form.is_dirty():
            draft = self.form.as_draft()
            self.form.forget_draft()
            self.finished.emit(False)
            self.seat.say(_("What was typed is not saved."), undo=lambda: self.again(draft), kind="info")
        else:
            self.form.forget_draft()
            self.finished.emit(False)

    def again(self, draft: Draft) -> None:
        """Show the form with what was typed before; whoever closed it puts it back in its place."""
        self.form.load_draft(draft)
        self.show()
        self.begin()

    def say(self, words: str) -> None:
        """Say what belongs to no field; «» takes it away."""
        self._message_words.setText(words)
        self._message.setVisible(bool(words))

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the editor answers to while it is open."""
        return {"save": self.save, "save_and_add": self.save, "cancel": self.cancel}

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._indent.setFixedWidth(max(self.form.rows.field_column() - 8, 0))

    def _has_row(self, problem: Problem) -> bool:
        return any(field.id == problem.field for field in self.form.fields)

    def _clock(self, at: object) -> str:
        return formats.clock(at, self.seat.desk.zone)  # pyright: ignore[reportArgumentType]
