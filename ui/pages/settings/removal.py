"""Settings → Removal of old records: after how many years, which ones are due, and who said yes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from shelterdesk import approvals, formats, removal, removal_holds, retention, vocab
from shelterdesk.access import Right
from shelterdesk.errors import Problem, Problems, ShelterDeskError
from shelterdesk.i18n import N_, _
from shelterdesk.retention import Due
from shelterdesk.schema.base import text_of
from ui import theme
from ui.seat import Seat, person_words
from ui.widgets.buttons import Button, LinkButton, PrimaryButton
from ui.widgets.card import Card, side_by_side
from ui.widgets.chip import ChipText
from ui.widgets.choice_field import ChoiceField
from ui.widgets.notice import Notice
from ui.widgets.rows import Row, RowShape
from ui.widgets.split_rows import SplitRows
from ui.widgets.text import Words

WHAT_REMOVAL_DOES: Final = N_(
    "Names, notes, scans, drafts, the code and what the log says of this record are destroyed. Coded facts such as "
    "days, kinds and numbers stay for the figures, under new numbers that nothing here connects with her. It cannot be "
    "undone: only a backup made before still holds the record, so delete old backups too. What was printed or given "
    "away is not reached."
)
_SHAPE = RowShape(height=38, inset=14, chip_at=0.72, rule=True)
Act = Callable[[], object]


class RemovalSection(QWidget):
    """Each record that is due opens below its row and offers the next step: ask, allow, remove, or hold."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self.due: list[Due] = []
        self.years = QLineEdit()
        self.years.setObjectName("retention_years")
        self.years.setFixedWidth(theme.px(64))
        self.problem = Words("", tone="error", wrap=True)
        self.save = Button(_("Save"), "check")
        self.save.setObjectName("save_retention")
        self.save.clicked.connect(lambda _checked=False: self.store())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self._make_when())
        self.card = Card(_("Due for removal"))
        self.empty = Words("", tone="muted", wrap=True)
        self.empty.setObjectName("nothing_due")
        self.card.add(self.empty)
        self.rows = SplitRows(_("Due for removal"), _SHAPE)
        self.rows.setObjectName("due_for_removal")
        self.rows.opened.connect(self.toggle)
        self.rows.marked.connect(self.toggle)
        self.card.add(self.rows, inset=1, above=4)
        self.card.end(10)
        layout.addWidget(self.card)
        layout.addWidget(Words(_(WHAT_REMOVAL_DOES), "small", "muted", wrap=True))

    def _make_when(self) -> Card:
        card = Card(_("When a record is due"))
        card.add(
            Words(
                _(
                    "So many years after a record was closed it is listed here; of somebody who was a child, after she "
                    "is grown up. Nothing is removed by itself. 0 is never. Check national rules."
                ),
                tone="muted",
                wrap=True,
            )
        )
        label = Words(_("Years after closing"))
        label.setBuddy(self.years)
        self.years.setAccessibleName(_("Years after closing"))
        card.add_row(label, self.years, self.save, spacing=10, above=10)
        card.add(self.problem, above=4)
        card.end()
        may = self.seat.desk.may(Right.CHANGE_SETTINGS)
        self.years.setReadOnly(not may)
        self.save.setVisible(may)
        return card

    def show_now(self) -> None:
        """Read everything anew."""
        number = retention.years(self.seat.desk)
        if not self.years.hasFocus():
            self.years.setText(str(number))
        self.problem.setText("")
        try:
            self.due = retention.due(self.seat.desk)
        except ShelterDeskError as error:
            self.seat.complain(error)
            return
        words = _("No record is due.") if number else _("No record is ever due until you say after how many years.")
        self.empty.setText(words)
        self.empty.setVisible(not self.due)
        self.rows.setVisible(bool(self.due))
        open_key = self.rows.panel_key()
        self.rows.set_rows([self._row(one) for one in self.due])
        if open_key is not None:
            self._open(open_key)

    def store(self) -> None:
        """Save after how many years a record is due."""
        try:
            words = self.years.text().strip()
            if not words.isdecimal():
                raise Problems([Problem(retention.YEARS, N_("Choose a number of years up to 100"))])
            retention.set_years(self.seat.desk, int(words))
        except ShelterDeskError as error:
            self.problem.setText(error.text())
            return
        self.show_now()
        self.seat.say(_("Saved"))

    def toggle(self, key: Any) -> None:
        """Open what can be done with a record below its row, or close it."""
        if self.rows.panel_key() == key:
            self.rows.close_panel()
        else:
            self._open(key)

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the section answers to at this moment."""
        return {"cancel": self.rows.close_panel} if self.rows.panel() is not None else {}

    def keep_drafts(self) -> None:
        """Nothing is typed here that would be missed."""

    def _row(self, one: Due) -> Row:
        chip = ChipText(_("held"), "attention") if one.held else None
        if chip is None and one.allowed:
            chip = ChipText(_("allowed"), "done")
        if chip is None and one.asked:
            chip = ChipText(_("asked for"), "info")
        words = _("closed {day}").format(day=formats.day(one.closed_on))
        return Row(self._name(one), one.person.id, icon="archive", detail=words, chip=chip, sensitive=True)

    def _name(self, one: Due) -> str:
        return person_words(self.seat.masked(one.person.shown, one.person.code), one.person.code)

    def _open(self, key: Any) -> None:
        one = next((one for one in self.due if one.person.id == key), None)
        if one is None:
            self.rows.close_panel()
            return
        panel = RemovalPanel(self.seat, one)
        panel.act = self._act
        self.rows.open_panel(panel, key)

    def _act(self, act: Act, said: str) -> bool:
        try:
            act()
        except ShelterDeskError as error:
            self.seat.complain(error)
            return False
        self.show_now()
        self.seat.say(said)
        return True


class RemovalPanel(QFrame):
    """What can be done with one record that is due."""

    def __init__(self, seat: Seat, due: Due, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.mark(self, surface="editor")
        self.seat, self.due = seat, due
        self.act: Callable[[Act, str], bool] = lambda _act, _said: False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(40, 10, 16, 12)
        self._column.setSpacing(8)
        desk = seat.desk
        if due.held:
            self._show_holds()
        elif due.allowed:
            self._show_removal()
        elif due.asked and due.approval is not None and approvals.may_decide(desk, due.approval):
            self._show_decision()
        elif due.asked:
            self._say(_("Somebody else has to say yes. It stands on the start page of whoever may approve."))
        else:
            self._show_request()
        if not due.held and desk.may(Right.CASE_WORK):
            self._show_hold()

    def _say(self, words: str) -> None:
        self._column.addWidget(Words(words, wrap=True))

    def _line(self, *widgets: QWidget) -> None:
        self._column.addLayout(side_by_side(*widgets, spacing=10))

    def _show_request(self) -> None:
        self.why = QLineEdit()
        self.why.setObjectName("why_remove")
        self.why.setPlaceholderText(_("Why it may be removed"))
        self.why.setAccessibleName(_("Why it may be removed"))
        self.why.setMinimumWidth(theme.px(320))
        ask = PrimaryButton(_("Ask for removal"))
        ask.setObjectName("ask_removal")
        ask.clicked.connect(lambda _checked=False: self._ask())
        self._line(self.why, ask)

    def _show_decision(self) -> None:
        approval = self.due.approval
        assert approval is not None
        self._say(self.seat.masked(text_of(approval, "request")))
        allow = PrimaryButton(_("Allow the removal"), "check")
        allow.setObjectName("allow_removal")
        allow.clicked.connect(
            lambda _checked=False: self.act(lambda: approvals.approve(self.seat.desk, approval), _("Removal allowed"))
        )
        self._line(allow)

    def _show_removal(self) -> None:
        self._column.addWidget(Notice(_("This cannot be undone"), _(WHAT_REMOVAL_DOES), "attention"))
        self.code = QLineEdit()
        self.code.setObjectName("confirm_code")
        self.code.setAccessibleName(_("Code of the record"))
        self.code.setPlaceholderText(_("Type {code}").format(code=self.due.person.code))
        self.code.setMinimumWidth(theme.px(160))
        self.remove_button = Button(_("Remove for good"), "trash-2", "danger")
        self.remove_button.setObjectName("remove_record")
        self.remove_button.setEnabled(False)
        self.code.textChanged.connect(
            lambda words: self.remove_button.setEnabled(words.strip().upper() == self.due.person.code)
        )
        self.remove_button.clicked.connect(lambda _checked=False: self._remove())
        self._line(self.code, self.remove_button)

    def _show_holds(self) -> None:
        for one in removal_holds.holds_of(self.seat.desk, self.due.person.id):
            said = vocab.HOLD_REASONS.label(one.reason)
            since = formats.day(one.since)
            lift = LinkButton(_("Lift the hold"))
            lift.setObjectName("lift_hold")
            lift.clicked.connect(
                lambda _checked=False, hold=one.id: self.act(
                    lambda: removal_holds.lift(self.seat.desk, hold), _("Hold lifted")
                )
            )
            self._line(Words(_("{reason}, since {day}").format(reason=said, day=since)), lift)

    def _show_hold(self) -> None:
        self.reason = ChoiceField(
            _("Why it has to stay"), [(code.code, _(code.label)) for code in vocab.HOLD_REASONS], "court"
        )
        self.reason.setObjectName("hold_reason")
        keep = Button(_("Hold the record"), "lock")
        keep.setObjectName("hold_record")
        keep.clicked.connect(lambda _checked=False: self._hold())
        self._line(Words(_("It has to stay:"), tone="muted"), self.reason, keep)

    def _ask(self) -> None:
        self.act(lambda: retention.ask(self.seat.desk, self.due.person.id, self.why.text()), _("Removal asked for"))

    def _hold(self) -> None:
        reason = self.reason.value()
        self.act(lambda: removal_holds.hold(self.seat.desk, self.due.person.id, reason=reason), _("The record is held"))

    def _remove(self) -> None:
        self.act(lambda: removal.remove(self.seat.desk, self.due.person.id), _("The record was removed for good"))
