"""Typing into whatever form is on screen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit, QWidget

from shelterdesk.fields import Kind
from ui.forms.record_form import RecordForm
from ui.widgets.choice_field import ChoiceField
from ui.widgets.date_field import DateField
from ui.window import Window

WORDS = "Blue suitcase under the stairs"


def form_on_screen(window: Window) -> RecordForm:
    """Return the form that can be seen."""
    shown = [one for one in window.findChildren(RecordForm) if one.isVisible()]
    assert shown, "no form is open"
    return shown[-1]


def type_into(form: RecordForm) -> str:
    """Type into the first field that takes words, else change a day or a choice; return which attribute it was."""
    fields = [field for field in form.fields if form.row(field.attribute).isVisibleTo(form)]
    for field in fields:
        line = _line(form.editor(field.attribute).widget)
        if line is not None and field.kind in (Kind.TEXT, Kind.LONG_TEXT):
            line.setFocus()
            QTest.keyClicks(line, WORDS)
            return field.attribute
    for field in fields:
        widget = form.editor(field.attribute).widget
        day = widget if isinstance(widget, DateField) else widget.findChild(DateField)
        if day is not None and day.value() is not None:
            day.line.setFocus()
            QTest.keyClick(day.line, "+")
            return field.attribute
    for field in fields:
        for button in form.editor(field.attribute).widget.findChildren(QAbstractButton):
            if button.isCheckable() and not button.isChecked() and button.isVisible():
                QTest.mouseClick(button, Qt.MouseButton.LeftButton)
                return field.attribute
    for field in fields:
        widget = form.editor(field.attribute).widget
        for box in [*([widget] if isinstance(widget, ChoiceField) else []), *widget.findChildren(ChoiceField)]:
            if box.isVisible():
                QTest.keyClick(box, Qt.Key.Key_Down)
                return field.attribute
    raise AssertionError("nothing to type into")


def _line(widget: QWidget) -> QLineEdit | QPlainTextEdit | None:
    if isinstance(widget, DateField):
        return None
    for kind in (QPlainTextEdit, QLineEdit):
        if isinstance(widget, kind):
            return widget
        inside = widget.findChild(kind)
        if inside is not None and inside.isVisible() and not isinstance(inside.parentWidget(), DateField):
            return inside
    return None
