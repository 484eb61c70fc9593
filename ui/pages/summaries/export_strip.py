"""The strip under the summary: for whom, in which form, and which figures the file will cover."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from shelterdesk import exports
from shelterdesk.access import Right
from shelterdesk.i18n import N_, _, ngettext
from shelterdesk.summaries.disclosure import Covered, covered
from shelterdesk.summaries.table import Summary
from ui import theme
from ui.dialogs.export_summary import ExportDialog
from ui.seat import Seat
from ui.theme import tokens
from ui.widgets.buttons import LinkButton, PrimaryButton
from ui.widgets.check_box import CheckBox
from ui.widgets.chip import Chip
from ui.widgets.flow import Flow
from ui.widgets.segmented import Segmented
from ui.widgets.text import Words

FORMATS: Final = (("docx", N_("Word")), ("xlsx", N_("Excel")), ("pdf", N_("PDF")), ("csv", N_("CSV")))
_PROTECTABLE: Final = ("docx", "xlsx")
_MOST_CHIPS = 4


class ExportStrip(QFrame):
    """Chooses; the dialog that follows writes. «Anyone else» gets protected figures."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self.summary: Summary | None = None
        self.protected: Summary | None = None
        theme.mark(self, surface="strip")
        may_be_exact = seat.desk.may(Right.EXPORT_EXACT)
        whom = [("named", _("Named recipient")), ("anyone", _("Anyone else"))]
        self.whom = Segmented(_("For whom?"), whom if may_be_exact else whom[1:], "anyone")
        self.recipient = QLineEdit()
        self.recipient.setPlaceholderText(_("Name, and under which agreement"))
        self.recipient.setAccessibleName(_("Name of the recipient"))
        self.recipient.setMinimumWidth(theme.px(220))
        self.form = Segmented(_("As"), [(key, _(label)) for key, label in FORMATS], "docx")
        self.password = CheckBox(_("Password"))
        self.password.setChecked(True)
        self.password_help = Words(_("Word and Excel only"), "small", "muted")
        self.go = PrimaryButton(_("Export…"), "file-output")
        self.preview = LinkButton(_("Preview"))
        self.problem = Words("", "small", "error")
        self._chips = QWidget()
        self._flow = Flow(self._chips, 12)
        self._lay_out()
        self.whom.chosen.connect(lambda _value: self._show_choice())
        self.form.chosen.connect(lambda _value: self._show_choice())
        self.go.clicked.connect(self.export)
        self.preview.clicked.connect(self.export)
        self._show_choice()

    def _lay_out(self) -> None:
        label = Words(_("For whom?"), strong=True)
        label.setBuddy(self.whom)
        form_label = Words(_("As"))
        form_label.setBuddy(self.form)
        choices = QWidget()
        flow = Flow(choices, 16)
        flow.addWidget(_together(label, self.whom, self.recipient))
        flow.addWidget(_together(form_label, self.form, self.password, self.password_help))
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(choices, 1)
        first.addWidget(self.go, 0, Qt.AlignmentFlag.AlignTop)
        second = QHBoxLayout()
        second.setSpacing(12)
        self.in_file = Words(_("In the file"), "small", "muted")
        self.in_file.setFixedHeight(theme.px(22))
        second.addWidget(self.in_file, 0, Qt.AlignmentFlag.AlignTop)
        second.addWidget(self._chips, 1)
        second.addWidget(self.problem)
        second.addWidget(self.preview)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.PAGE_SIDE, 12, tokens.PAGE_SIDE, 8)
        column.setSpacing(6)
        column.addLayout(first)
        column.addLayout(second)

    def show_summary(self, summary: Summary) -> None:
        """Take *summary*; what anyone else would get of it is worked out by the worker, a second later."""
        desk = self.seat.desk
        self.summary, self.protected = summary, None
        if desk.may(Right.EXPORT_SUMMARIES):
            self.seat.in_background(
                lambda _task: exports.for_recipient(desk, summary, None),
                lambda protected: self._take(summary, protected),
                owner=self,
            )
        self._show_choice()

    def _take(self, summary: Summary, protected: Summary) -> None:
        if summary is not self.summary:
            return  # another period was chosen meanwhile
        self.protected = protected
        self._show_choice()

    def export(self) -> None:
        """Show the pages as they will be, ask why and where to, and write the file."""
        if self.summary is None:
            return
        exact = self.whom.value() == "named"
        recipient = self.recipient.text().strip()
        if exact and not recipient:
            self.problem.setText(_("Enter who receives the exact figures."))
            self.recipient.setFocus()
            return
        self.problem.setText("")
        dialog = ExportDialog(
            self.seat,
            self.summary,
            recipient=recipient if exact else None,
            form=self.form.value(),
            with_password=self.password.isChecked() and self.form.value() in _PROTECTABLE,
            parent=self.window(),
        )
        dialog.open()

    def _show_choice(self) -> None:
        exact = self.whom.value() == "named"
        protectable = self.form.value() in _PROTECTABLE
        self.recipient.setVisible(exact)
        self.password.setEnabled(protectable)
        if not protectable:
            self.password.setChecked(False)
        self.password_help.setText("" if protectable else _("This form cannot carry a password"))
        self._flow.empty()
        if exact:
            self._say(_("Exact figures. The file is marked with the recipient, and the log keeps it."))
        elif self.summary is not None and self.protected is not None:
            self._show_covered(self.summary, covered(self.summary, self.protected))
        self._chips.updateGeometry()

    def _show_covered(self, summary: Summary, found: tuple[Covered, ...]) -> None:
        if not found:
            self._say(_("Nothing has to be covered."))
            return
        rows = summary.rows()
        order = sorted(found, key=lambda one: bool(one.row_id and rows[one.row_id].split))
        for one in order[:_MOST_CHIPS]:
            pair = QWidget(self._chips)
            row = QHBoxLayout(pair)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(8)
            column = summary.columns[one.column].short_label(summary.period)
            row.addWidget(Words(_(one.label) if one.row_id else column, "small", parent=pair))
            count = _("{n} hidden").format(n=one.count)
            row.addWidget(Chip(_(one.word) if one.row_id else count, "neutral", parent=pair))
            self._flow.addWidget(pair)
            pair.show()
        left = len(found) - _MOST_CHIPS
        if left > 0:
            self._say(ngettext("and {n} more", "and {n} more", left))
        self._say(_("Fewer than 5 people, or could be worked out."))

    def _say(self, words: str) -> None:
        label = Words(words, "small", "muted", parent=self._chips)
        label.setMinimumHeight(theme.px(22))
        self._flow.addWidget(label)
        label.show()


def _together(*widgets: QWidget) -> QWidget:
    """Return one line of what belongs together and goes to the next line together."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget)
    return holder
