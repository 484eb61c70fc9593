"""Fills a form of the window by its labels, whatever kind of field stands there, with keys and mouse."""

from __future__ import annotations

from typing import Final, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from tests.journeys import hands
from tests.journeys.folder import Answer
from tests.journeys.hands import NotOnScreen, click, line_of, rest, spoken, wait, write_into
from ui.forms.choices_field import ChoicesField
from ui.forms.record_form import RecordForm
from ui.pages.resident.happened.type_questions import TypeQuestions
from ui.widgets.date_field import DateField
from ui.widgets.fold_row import FoldRow
from ui.widgets.form_row import FormRow
from ui.widgets.segmented import Segmented

_Kind = TypeVar("_Kind", bound=QWidget)
_NEEDED: Final = " (needed)"


def is_gone(form: RecordForm) -> bool:
    """Tell whether the form was closed."""
    try:
        return not form.isVisible()
    except RuntimeError:
        return True


def problems_of(form: RecordForm) -> str:
    """Return what the form complains about."""
    try:
        told = [f"{one.label.text()}: {one.problem()}" for one in form.rows.rows() if one.problem()]
    except RuntimeError:
        return ""
    return "; ".join(told)


def row_of(form: RecordForm, label: str) -> FormRow:
    """Return the row with this label, unfolding what hides it."""

    def look() -> FormRow | None:
        for row in form.rows.rows():
            if spoken(row.label.text()).removesuffix(_NEEDED) == label and row.isVisible():
                return row
        return None

    found = look()
    if found is None:
        for fold in form.findChildren(FoldRow):
            if fold.isVisible() and not fold.isChecked():
                click(fold)
        found = look()
    if found is None:
        there = ", ".join(spoken(row.label.text()) for row in form.rows.rows() if row.isVisible())
        raise NotOnScreen(f"no row «{label}», but {there}")
    return found


def field_of(form: RecordForm, label: str) -> QWidget:
    """Return the field with this label; notes for one profession stand in a panel of their own."""
    try:
        return row_of(form, label).field
    except NotOnScreen:
        found = [one for one in form.findChildren(QWidget) if one.isVisible() and one.accessibleName() == label]
        if not found:
            raise
        return found[0]


def put(widget: QWidget, answer: Answer) -> None:
    """Give *answer* to whatever kind of field *widget* is."""
    choices = _inside(widget, ChoicesField)
    if choices is not None:
        for words in (answer,) if isinstance(answer, str) else answer:
            _add_choice(choices, words)
        return
    questions = _inside(widget, TypeQuestions)
    if questions is not None:
        for words in answer:
            open_row = [row for row in questions.rows if row.isVisible()][-1]
            _press_in(open_row.segments, words)
        return
    parts = (answer,) if isinstance(answer, str) else answer
    segments = _inside(widget, Segmented)
    for words in parts:
        if segments is not None and words in [spoken(one.text()) for one in segments.buttons()]:
            _press_in(segments, words)
            continue
        box = _inside(widget, QComboBox)
        if box is not None:
            hands.choose_in(box, words)
            continue
        beds = [one for one in widget.findChildren(QAbstractButton) if one.accessibleName().startswith(words)]
        if beds and segments is None:
            click(beds[0])
            continue
        line = _line(widget)
        assert line is not None, f"no line for «{words}»"
        write_into(line, words)


def _add_choice(field: ChoicesField, words: str) -> None:
    """Add one of several: typed where one may type, else with the arrow that opens the list."""
    box, before = field.adder, len(field.value())
    line = box.lineEdit()
    if line is not None:
        write_into(line, words)
    else:
        box.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(box, Qt.Key.Key_Down)
        view = box.view()
        wait(view.isVisible, "the list to open", 5)
        number = box.findText(words)
        assert number >= 0, f"«{words}» is not offered"
        for _step in range(number - view.currentIndex().row()):
            QTest.keyClick(view, Qt.Key.Key_Down)
        QTest.keyClick(view, Qt.Key.Key_Return)
        wait(lambda: not view.isVisible(), "the list to close", 5)
        # Without a window manager nobody gives the keyboard back to what opened the list.
        field.window().activateWindow()
        box.setFocus(Qt.FocusReason.PopupFocusReason)
        wait(box.hasFocus, "the keyboard to come back", 5)
    rest(5)
    assert len(field.value()) == before + 1, f"«{words}» was not added"


def _press_in(segments: Segmented, words: str) -> None:
    for one in segments.buttons():
        if spoken(one.text()) == words:
            click(one)
            rest(5)
            return
    raise NotOnScreen(f"no «{words}» in {segments.accessibleName()}")


def _inside(widget: QWidget, kind: type[_Kind]) -> _Kind | None:
    if isinstance(widget, kind):
        return widget
    shown = [one for one in widget.findChildren(kind) if one.isVisible()]
    return shown[0] if shown else None


def _line(widget: QWidget) -> QWidget | None:
    if isinstance(widget, DateField):
        return widget.line
    for kind in (QPlainTextEdit, QLineEdit):
        found = _inside(widget, kind)
        if found is not None:
            return line_of(found)
    return None
