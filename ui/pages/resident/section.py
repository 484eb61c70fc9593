"""What the sections of a record have in common: a heading with acts, content that scrolls, a strip below.

A section is made once and shows one person after the other. The record hosts whatever is named in ``SECTIONS``.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk import formats
from shelterdesk.i18n import _
from shelterdesk.people import Person
from shelterdesk.residents import Head
from ui import theme
from ui.forms.inline_form import InlineForm
from ui.seat import Seat
from ui.theme import tokens
from ui.widgets.buttons import PrimaryButton
from ui.widgets.page import PageScroll
from ui.widgets.text import Words


class RecordSection(Protocol):
    """What the record asks of a section. A section scrolls by itself and brings its own heading."""

    def show_person(self, head: Head, person: Person) -> None:
        """Show this person; called at every visit."""
        ...

    def refresh(self) -> None:
        """Read everything anew for the person shown. What is being typed stays."""
        ...

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return the commands the section answers to at this moment, by id."""
        ...

    def keep_drafts(self) -> None:
        """Keep what was typed: the section is left, or the vault is about to lock."""
        ...

    def do(self, doing: str, about: UUID | None) -> None:
        """Begin what a place asks for, e.g. ``edit`` or ``new_stay``; *about* is a record or the target of a draft."""
        ...


class Section(QWidget):
    """A section with a heading. ``content`` is the layout of the scrolling part; ``set_strip`` puts a strip below."""

    def __init__(self, seat: Seat, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.seat = seat
        self.head: Head | None = None
        self.person: Person | None = None
        self.editor: InlineForm | None = None
        """The form that is open in place of what it changes; there is never a second."""
        self._edited: UUID | None = None
        self.setAccessibleName(title)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self.scroll_area = PageScroll(self)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 12, tokens.PAGE_SIDE - 4, 16)
        column.setSpacing(tokens.RECORD_GAP)
        if title:
            column.addWidget(self._make_heading(title))
        self.content = QVBoxLayout()
        self.content.setSpacing(tokens.RECORD_GAP)
        column.addLayout(self.content)
        column.addStretch(1)
        self.scroll_area.setWidget(inner)
        outer.addWidget(self.scroll_area, 1)
        self._outer = outer
        self._main_acts: list[PrimaryButton] = []
        self._strip: QWidget | None = None

    def _make_heading(self, title: str) -> QWidget:
        bar = QWidget()
        self._bar = bar
        self._fit_heading()
        theme.notifier.changed.connect(self._fit_heading)
        row = QHBoxLayout(bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.title = Words(title, "group")
        self.aside = Words("", tone="muted")
        row.addWidget(self.title)
        row.addSpacing(8)
        row.addWidget(self.aside)
        row.addStretch(1)
        self.acts = row
        return bar

    def _fit_heading(self) -> None:
        # The heading is no lower than its buttons, however large the text has become meanwhile.
        self._bar.setMinimumHeight(theme.px(tokens.CONTROL))

    def add_act(self, button: QWidget) -> None:
        """Put a button at the right end of the heading."""
        self.acts.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        if isinstance(button, PrimaryButton):
            self._main_acts.append(button)

    def set_strip(self, strip: QWidget) -> None:
        """Fix *strip* (Save, Cancel) under the scrolling part."""
        self._strip = strip
        self._outer.addWidget(strip)

    def show_person(self, head: Head, person: Person) -> None:
        """Show this person."""
        self.head, self.person = head, person
        self.refresh()

    def refresh(self) -> None:
        """Read everything anew for the person shown."""

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return the commands the section answers to at this moment."""
        return self.editor.commands() if self.editor is not None and self.editor.isVisible() else {}

    def keep_drafts(self) -> None:
        """Keep what was typed."""
        if self.editor is not None:
            self.editor.form.keep_draft()

    # --- an editor in place --------------------------------------------------------------------------------------

    def open_editor(self, editor: InlineForm) -> None:
        """Take *editor* as the open one; the subclass puts it where it belongs. What another held stays a draft."""
        self.close_editor()
        self.editor = editor
        self._edited = self.person.id if self.person is not None else None
        self.let_main_acts(step_back=True)
        editor.finished.connect(lambda saved: self._editor_finished(editor, saved=saved))

    def close_editor(self) -> None:
        """Close the open editor; what was typed stays as a draft."""
        if self.editor is not None:
            editor, self.editor = self.editor, None
            editor.form.keep_draft()
            self.let_main_acts(step_back=False)
            _remove(editor)

    def close_editor_of_another(self, person_id: UUID) -> None:
        """Close the editor where it belongs to somebody else than the person shown now."""
        if self.editor is not None and self._edited != person_id:
            self.close_editor()

    def let_main_acts(self, *, step_back: bool) -> None:
        """Let the main acts of the section look like others while a form is open, whose Save is the main act then."""
        for button in self._main_acts:
            button.step_back(back=step_back)

    def draft_words(self, at: datetime) -> str:
        """Return «Draft kept 10:58»."""
        return _("Draft kept {time}").format(time=formats.clock(at, self.seat.desk.zone))

    def rest_keyboard(self, leaving: QWidget) -> None:
        """Keep the keyboard in the section when *leaving* closes with it; Qt would send it to the top of the window."""
        focused = QApplication.focusWidget()
        if focused is None or not leaving.isAncestorOf(focused):
            return
        for widget in self.findChildren(QWidget):
            stops = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and widget.isEnabled()
            if stops and not leaving.isAncestorOf(widget):
                widget.setFocus()
                return

    def _editor_finished(self, editor: InlineForm, *, saved: bool) -> None:
        self.rest_keyboard(editor)
        self.let_main_acts(step_back=False)
        if saved:
            if self.editor is editor:
                self.editor = None
            _remove(editor)
        else:
            # It stays at hand, hidden: the banner may bring back what was typed.
            editor.hide()

    def do(self, doing: str, about: UUID | None) -> None:
        """Begin what a place asks for; a section that knows nothing to do only shows itself."""


def _remove(editor: InlineForm) -> None:
    editor.hide()
    editor.deleteLater()
