"""Reads a section of a record as somebody would: unmask, unfold, open every row, and note what stands there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHeaderView, QLabel, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid

from tests.journeys import hands
from tests.journeys.hands import bring_to_front, click, keys, press, reads, rest, spoken
from tests.journeys.nine_months import WHY, Typist
from ui.pages.resident.section import Section
from ui.widgets.fold_row import FoldRow
from ui.widgets.table_view import TableView

SECTIONS_OF: Final = {
    "referral to us": ("Consents & sharing",),
    "referral": ("Consents & sharing",),
    "referral changed": ("Consents & sharing",),
    "consent": ("Consents & sharing",),
    "request by an authority": ("Consents & sharing",),
    "personal details": ("Personal details",),
    "identity document": ("Personal details",),
    "contact": ("Personal details",),
    "relative": ("Family & children",),
    "care of a child": ("Family & children",),
    "arrival": ("Stay", "Needs & safety"),
    "belongings": ("Stay",),
    "night away": ("Stay",),
    "visitor": ("Stay",),
    "leaving": ("Stay",),
    "follow-up": ("Stay",),
    "alert": ("Needs & safety",),
    "first risk": ("Needs & safety",),
    "risk": ("Needs & safety",),
    "safety plan": ("Needs & safety",),
    "phase": ("Needs & safety",),
    "worker": ("Needs & safety",),
    "status": ("What happened",),
    "kinds of exploitation": ("What happened",),
    "circumstances": ("What happened",),
    "place and time": ("What happened",),
    "signs": ("What happened",),
    "incident": ("What happened",),
    "who caused harm": ("What happened",),
    "protection order": ("Dates & deadlines",),
    "residence permit": ("Dates & deadlines",),
    "court date": ("Dates & deadlines",),
    "other date": ("Dates & deadlines",),
    "extension": ("Dates & deadlines",),
    "date changed": ("Dates & deadlines",),
    "milestone": ("Plan & milestones",),
    "service": ("Services",),
    "note": ("Notes",),
    "placement": ("Work & training",),
    "check-in": ("Work & training", "Notes"),
    "strengths": ("Overview",),
    "scan": ("Documents",),
}
"""Where what a form took is read again. Partners and incidents of the house have pages of their own."""

_LISTS_OPENED: Final = ("Plan & milestones", "Services", "Notes")
"""Sections whose rows say more once they are opened."""


def read_section(typist: Typist, who: str, title: str) -> str:
    """Return all that a section says of somebody."""
    typist.go_to(who, title)
    window = typist.window
    if reads(window, "What happened is opened on purpose"):
        press(window, WHY)
        press(window, "Open what happened")
    section = next(one for one in window.findChildren(Section) if one.isVisible())
    for fold in section.findChildren(FoldRow):
        if fold.isVisible() and not fold.isChecked():
            click(fold)
    bring_to_front(window)
    keys("Ctrl+Shift+U")
    rest()
    told = [*_said(section)]
    for rows in section.findChildren(QAbstractItemView):
        # A form that was open meanwhile has taken its lists away with it.
        if not isValid(rows) or not rows.isVisible() or isinstance(rows, QHeaderView):
            continue
        if isinstance(rows, TableView) or title in _LISTS_OPENED:
            told += _read_rows(typist, section, rows)
    return "\n".join(told)


def _read_rows(typist: Typist, section: Section, rows: QAbstractItemView) -> Iterator[str]:
    """Open row after row with Enter, read what that shows, and go back."""
    for row in range(rows.model().rowCount()):
        if not rows.isVisible() or row >= rows.model().rowCount():
            return
        typist.take_keyboard(rows)
        rows.setFocus(Qt.FocusReason.TabFocusReason)
        rows.setCurrentIndex(rows.model().index(row, 0))
        QTest.keyClick(rows, Qt.Key.Key_Return)
        rest()
        here = section.isVisible()
        for show in [one for one in hands.buttons(section) if spoken(one.text()) == "Show"]:
            click(show)
        yield from _said(section if here else typist.window.page())
        typist.take_keyboard(rows)
        keys("Esc" if here else "Alt+Left")
        rest()


def _said(root: QWidget) -> Iterator[str]:
    for one in root.findChildren(QWidget):
        if not one.isVisible():
            continue
        if isinstance(one, QLabel):
            yield spoken(one.text())
        elif isinstance(one, QLineEdit):
            yield one.text()
        elif isinstance(one, QPlainTextEdit):
            yield one.toPlainText()
        elif isinstance(one, QComboBox):
            yield one.currentText()
        elif isinstance(one, QAbstractItemView):
            yield from (shown for _index, shown in hands.cells(one))
        yield one.accessibleName()
