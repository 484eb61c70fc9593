"""Settings → Dates and safety: how early the program reminds, how long things hold, what the overview asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from shelterdesk import caseload, deadlines, not_recorded, risk, vocab
from shelterdesk.deadlines import Lengths
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import N_, _
from ui import theme
from ui.seat import Seat
from ui.widgets.card import Card
from ui.widgets.check_box import CheckBox
from ui.widgets.form_row import FormRow, FormRows
from ui.widgets.segmented import Segmented
from ui.widgets.text import Words

_WIDTH: Final = 72
_DIGITS: Final = 4
_HOLDS: Final = {
    "protection_order": N_("Protection order, short-term"),
    "long_term": N_("Protection order, long-term"),
    "stay_authorised": N_("Authorised stay"),
    "residence_permit": N_("Residence permit"),
    "reflection_period": N_("Reflection period"),
}
_COLUMNS: Final = 2


class DeadlinesSection(QWidget):
    """Every number holds for everybody in this vault as soon as it is left."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self.remind: dict[str, _Days] = {}
        self.holds: dict[str, _Days] = {}
        self.review: dict[str, _Days] = {}
        self.contact: dict[str, _Days] = {}
        self.asked: dict[str, CheckBox] = {}
        self.reflection = Segmented(_("Reflection period"), [(False, _("Off")), (True, _("On"))])
        self.reflection.setObjectName("reflection")
        self.reflection.chosen.connect(lambda _on: self._keep_lengths())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self._remind_card())
        layout.addWidget(self._holds_card())
        layout.addWidget(self._review_card())
        layout.addWidget(self._contact_card())
        layout.addWidget(self._asked_card())

    def show_now(self) -> None:
        """Read what the shelter chose."""
        lengths = deadlines.lengths_of(self.seat.desk)
        for kind, days in self.remind.items():
            days.show_days(lengths.remind.get(kind))
        for kind, days in self.holds.items():
            days.show_days(lengths.holds.get(kind))
        for level, days in self.review.items():
            days.show_days(risk.review_days(self.seat.desk).get(level))
        self.contact["contact"].show_days(caseload.contact_days(self.seat.desk))
        self.reflection.set_value(lengths.reflection)
        out = not_recorded.left_out(self.seat.desk)
        for prompt_id, box in self.asked.items():
            box.setChecked(prompt_id not in out)

    # --- cards ---------------------------------------------------------------------------------------------------

    def _remind_card(self) -> Card:
        card = Card(_("Reminding, so many days before"))
        rows = FormRows()
        for code in vocab.DEADLINE_KINDS:
            rows.add_row(self._row(self.remind, code.code, _(code.label), self._keep_lengths, "remind"))
        card.add(rows)
        words = _("From then on the date stands on Today, until somebody says that it was seen to.")
        card.add(Words(words, "small", "muted", wrap=True), above=8)
        card.end()
        return card

    def _holds_card(self) -> Card:
        card = Card(_("How long it holds, in days"))
        card.add(
            Words(_("Check national rules. The end is only proposed; empty proposes nothing."), tone="muted", wrap=True)
        )
        rows = FormRows()
        for kind, words in _HOLDS.items():
            rows.add_row(self._row(self.holds, kind, _(words), self._keep_lengths, "holds"))
        words = _(
            "Council of Europe Convention, article 13: at least 30 days. Where it is on, it is offered only for people "
            "with an identification status, and only where national rules know it."
        )
        rows.add_row(FormRow(_("Reflection period"), self.reflection, words, fill=False))
        card.add(rows, above=8)
        card.end()
        return card

    def _review_card(self) -> Card:
        card = Card(_("Looking at the risk again, after days"))
        rows = FormRows()
        for level in risk.DAYS:
            words = vocab.RISK_LEVELS.label(level)
            rows.add_row(self._row(self.review, level, words, self._keep_review, "review"))
        card.add(rows)
        card.end()
        return card

    def _contact_card(self) -> Card:
        card = Card(_("Contact with who lives here"))
        rows = FormRows()
        rows.add_row(self._row(self.contact, "contact", _("Named on Today after"), self._keep_contact, "days"))
        card.add(rows)
        words = _("Contact is a service, an appointment that took place, or a follow-up. 0 names nobody.")
        card.add(Words(words, "small", "muted", wrap=True), above=8)
        card.end()
        return card

    def _asked_card(self) -> Card:
        card = Card(_("«Not recorded yet» on the overview"))
        words = _("What an arrival leaves for the day shift. Any answer is enough, «prefers not to say» included.")
        card.add(Words(words, tone="muted", wrap=True))
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(6)
        for number, prompt in enumerate(not_recorded.prompts(self.seat.desk)):
            box = CheckBox(_(prompt.label))
            box.setObjectName(f"asked_{prompt.id}")
            box.clicked.connect(self._keep_asked)
            grid.addWidget(box, number // _COLUMNS, number % _COLUMNS)
            self.asked[prompt.id] = box
        for column in range(_COLUMNS):
            grid.setColumnStretch(column, 1)
        card.add(holder, above=8)
        card.end()
        return card

    def _row(self, fields: dict[str, _Days], key: str, words: str, keep: Callable[[], object], name: str) -> FormRow:
        days = _Days(words)
        days.line.setObjectName(f"{name}_{key}")
        days.line.editingFinished.connect(keep)
        fields[key] = days
        days.row = FormRow(words, days, fill=False)
        return days.row

    # --- keeping -------------------------------------------------------------------------------------------------

    def _keep_lengths(self) -> None:
        remind, holds = _read(self.remind), _read(self.holds)
        if remind is None or holds is None:
            return
        now = deadlines.lengths_of(self.seat.desk)
        wanted = Lengths(
            {kind: now.remind[kind] if days is None else days for kind, days in remind.items()},
            {**now.holds, **holds},
            bool(self.reflection.value()),
        )
        if wanted != now:
            self._keep(lambda: deadlines.put_lengths(self.seat.desk, wanted))

    def _keep_review(self) -> None:
        read = _read(self.review)
        now = risk.review_days(self.seat.desk)
        if read is not None:
            wanted = {level: days or now[level] for level, days in read.items()}
            if wanted != now:
                self._keep(lambda: risk.put_review_days(self.seat.desk, wanted))

    def _keep_contact(self) -> None:
        read = _read(self.contact)
        now = caseload.contact_days(self.seat.desk)
        days = None if read is None else read["contact"]
        if days is not None and days != now:
            self._keep(lambda: caseload.put_contact_days(self.seat.desk, days))

    def _keep_asked(self) -> None:
        out = [prompt_id for prompt_id, box in self.asked.items() if not box.isChecked()]
        self._keep(lambda: not_recorded.leave_out(self.seat.desk, out))

    def _keep(self, keep: Callable[[], object]) -> None:
        try:
            keep()
        except ShelterDeskError as error:
            self.seat.complain(error)
        self.show_now()


class _Days(QWidget):
    """A number of days; nothing typed stands for no proposal, or for what was there."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.row: FormRow | None = None
        self.line = QLineEdit()
        self.line.setAccessibleName(name)
        self.line.setFixedWidth(theme.px(_WIDTH))
        self.setFocusProxy(self.line)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.line)
        box.addWidget(Words(_("days"), tone="muted"))
        box.addStretch(1)

    def show_days(self, days: int | None) -> None:
        """Show a number that stands."""
        self.line.setText("" if days is None else str(days))
        if self.row is not None:
            self.row.set_problem("")

    def read(self) -> int | None:
        """Return the number. Raises ValueError for what is none."""
        typed = self.line.text().strip()
        if not typed:
            return None
        if not (typed.isascii() and typed.isdigit() and len(typed) <= _DIGITS and int(typed) <= deadlines.MOST_DAYS):
            raise ValueError(typed)
        return int(typed)


def _read(fields: Mapping[str, _Days]) -> dict[str, Any] | None:
    """Return the numbers; None where one cannot be read, which its row says."""
    found: dict[str, Any] = {}
    for key, days in fields.items():
        assert days.row is not None
        try:
            found[key] = days.read()
        except ValueError:
            days.row.set_problem(_("Enter a number of days up to 3650"))
            return None
        days.row.set_problem("")
    return found
