"""The editors of a kind of service: one that stands, and one of the shelter's own."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QWidget

from shelterdesk import catalogue, own_choices, vocab
from shelterdesk.catalogue import Entry
from shelterdesk.desk import Desk
from shelterdesk.errors import Problem, Problems, ShelterDeskError
from shelterdesk.folding import fold
from shelterdesk.i18n import N_, _
from ui import theme
from ui.widgets.buttons import LinkButton
from ui.widgets.check_box import CheckBox
from ui.widgets.choice_field import ChoiceField
from ui.widgets.inline_editor import InlineEditor
from ui.widgets.text import Words

_COLUMNS: Final = 4
_MINUTES: Final = 72
_DIGITS: Final = 4


class _Editor(InlineEditor):
    """What both have in common: length, roles and a place for what is wrong."""

    def __init__(self, save: str) -> None:
        super().__init__(save, indent=16)
        self.problem = Words("", tone="error", wrap=True)
        self.problem.setObjectName("problem")
        self.problem.hide()
        self.minutes = QLineEdit()
        self.minutes.setObjectName("usual-minutes")
        self.minutes.setFixedWidth(theme.px(_MINUTES))
        self.roles: dict[str, CheckBox] = {}

    def complain(self, error: ShelterDeskError) -> None:
        """Say what is wrong."""
        self.problem.setText(error.text())
        self.problem.show()
        if isinstance(error, Problems) and error.problems[0].field == catalogue.MINUTES:
            self.minutes.setFocus()

    def store(self) -> str:
        """Save, and return the kind. Raises ShelterDeskError."""
        raise NotImplementedError

    def begin(self) -> None:
        """Put the keyboard into the first field."""
        raise NotImplementedError

    def _add_length(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.minutes)
        row.addWidget(Words(_("minutes"), tone="muted"))
        row.addStretch(1)
        holder.setFocusProxy(self.minutes)
        self.minutes.setAccessibleName(_("Usual length"))
        return holder

    def _make_roles(self, chosen: frozenset[str]) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        for number, role in enumerate(catalogue.GIVING_ROLES):
            box = CheckBox(vocab.ROLES.label(role))
            box.setObjectName(f"given-by-{role}")
            box.setChecked(role in chosen)
            grid.addWidget(box, number // _COLUMNS, number % _COLUMNS)
            self.roles[role] = box
        grid.setColumnStretch(_COLUMNS, 1)
        holder.setFocusProxy(next(iter(self.roles.values())))
        return holder

    def _chosen_roles(self) -> set[str]:
        return {role for role, box in self.roles.items() if box.isChecked()}

    def _read_minutes(self) -> int | None:
        typed = self.minutes.text().strip()
        if not typed:
            return None
        if not (typed.isascii() and typed.isdigit() and len(typed) <= _DIGITS):
            raise Problems([Problem(catalogue.MINUTES, N_("Enter minutes from 1 to 1440, or nothing"))])
        return int(typed)

    def _finish(self) -> None:
        self.add_field("", self.problem, whole=True)
        self.end()


class KindEditor(_Editor):
    """A kind that stands. ``usual_wanted`` asks for what the program brings."""

    usual_wanted = Signal()

    def __init__(self, desk: Desk, entry: Entry) -> None:
        super().__init__(_("Save service"))
        self.desk, self.entry = desk, entry
        self.own = own_choices.is_own(entry.kind)
        self.words = QLineEdit(entry.label)
        self.words.setObjectName("own-words")
        if self.own:
            self.add_field(_("Words"), self.words, whole=True)
        else:
            self.words.deleteLater()
        self.minutes.setText(str(entry.minutes) if entry.minutes else "")
        self.offered = CheckBox(_("Is offered"))
        self.offered.setObjectName("is-offered")
        self.offered.setChecked(entry.active)
        self.add_field(_("Usual length"), self._add_length())
        self.add_field("", self.offered, beside=True)
        self.add_field(_("Given by"), self._make_roles(entry.roles), whole=True)
        key = vocab.COMPARTMENTS.label(entry.compartment.value)
        words = _("No tick: everybody. Restricted notes are sealed with the key «{key}», because of the family.")
        self.add_field("", Words(words.format(key=key), "small", "muted", wrap=True), whole=True)
        self._finish()
        self.usual = LinkButton(_("As usual"), "undo-2", tip=_("Length and roles as the program brings them"))
        self.usual.setObjectName("as-usual")
        self.usual.setVisible(entry.changed)
        self.usual.clicked.connect(self.usual_wanted)
        self._buttons.insertWidget(2, self.usual)

    def begin(self) -> None:
        field = self.words if self.own else self.minutes
        field.setFocus()
        field.selectAll()

    def store(self) -> str:
        desk, entry, codes = self.desk, self.entry, self.desk.choices(vocab.SERVICE_KINDS)
        minutes, roles = self._read_minutes(), self._chosen_roles()
        if self.own and self.words.text().strip() != entry.label:
            own_choices.rename_choice(desk, codes, entry.kind, self.words.text())
        if (minutes, roles) != (entry.minutes, set(entry.roles)):
            catalogue.change_entry(desk, entry.kind, minutes=minutes, roles=roles)
        if self.offered.isChecked() != entry.active:
            own_choices.retire_choice(desk, codes, entry.kind, retired=not self.offered.isChecked())
        return entry.kind


class NewKindEditor(_Editor):
    """A kind of the shelter's own: its words, and what it is counted as. Length and roles come from there."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Add service"))
        self.desk = desk
        self.words = QLineEdit()
        self.words.setObjectName("own-words")
        kinds = [(one.kind, one.label) for one in catalogue.offered(desk) if not own_choices.is_own(one.kind)]
        self.counts_as = ChoiceField(_("Counts as"), [(None, _("Choose…")), *kinds], fold=fold)
        self.counts_as.setObjectName("counts-as")
        self.counts_as.setMinimumWidth(theme.px(260))
        self.counts_as.chosen.connect(self._follow)
        self.add_field(_("Words"), self.words)
        self.add_field(_("Counts as"), self.counts_as, beside=True)
        self.add_field(_("Usual length"), self._add_length(), whole=True)
        self.add_field(_("Given by"), self._make_roles(frozenset()), whole=True)
        self._finish()

    def begin(self) -> None:
        self.words.setFocus()

    def store(self) -> str:
        minutes, roles = self._read_minutes(), self._chosen_roles()
        codes = self.desk.choices(vocab.SERVICE_KINDS)
        kind = own_choices.add_choice(self.desk, codes, self.words.text(), self.counts_as.value() or "")
        made = catalogue.entry(self.desk, kind)
        if (minutes, roles) != (made.minutes, set(made.roles)):
            catalogue.change_entry(self.desk, kind, minutes=minutes, roles=roles)
        return kind

    def _follow(self, kind: str | None) -> None:
        """Begin with what the kind it counts as takes and who gives it."""
        if kind is None:
            return
        like = catalogue.entry(self.desk, kind)
        self.minutes.setText(str(like.minutes) if like.minutes else "")
        for role, box in self.roles.items():
            box.setChecked(role in like.roles)
