"""What narrows the table of people: the list it begins with, words, phase, status, gender, age, worker."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from shelterdesk import members, residents, vocab
from shelterdesk.i18n import N_, _
from shelterdesk.own_lists import OwnList
from shelterdesk.vocab import CodeList
from ui.seat import Seat
from ui.widgets.choice_field import ChoiceField
from ui.widgets.flow import Flow
from ui.widgets.search_field import SearchField

NO_WORKER = "none"
_EVERY = {
    "phases": N_("Every phase"),
    "statuses": N_("Every status"),
    "genders": N_("Every gender"),
    "ages": N_("Every age"),
}
_LISTS: dict[str, CodeList] = {
    "phases": vocab.PHASES,
    "statuses": vocab.STATUSES,
    "genders": vocab.GENDERS,
    "ages": vocab.AGE_GROUPS,
}


class Filters(QWidget):
    """``changed`` fires whenever the table has to be read anew, ``typed`` where the words alone are others."""

    changed = Signal()
    typed = Signal()

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        desk = seat.desk
        self.base = ChoiceField(_("From the list"), [(one.code, _(one.label)) for one in vocab.PEOPLE_BASES])
        self.base.setObjectName("base")
        self.words = SearchField(_("Filter by name, code or worker"))
        self.words.setObjectName("filter")
        self.choices: dict[str, ChoiceField] = {}
        row = Flow(self)
        for widget in (self.base, self.words):
            row.addWidget(widget)
        for name, codes in _LISTS.items():
            used = desk.choices(codes)
            field = ChoiceField(_(_EVERY[name]), [(None, _(_EVERY[name])), *((one.code, _(one.label)) for one in used)])
            field.setObjectName(name)
            field.chosen.connect(lambda _value: self.changed.emit())
            self.choices[name] = field
            row.addWidget(field)
        people = [(one.id, one.name) for one in members.colleagues(desk)]
        self.worker = ChoiceField(_("Worker"), [(None, _("Every worker")), (NO_WORKER, _("No worker")), *people])
        self.worker.setObjectName("worker")
        row.addWidget(self.worker)
        self.base.chosen.connect(lambda _value: self.changed.emit())
        self.worker.chosen.connect(lambda _value: self.changed.emit())
        self.words.textChanged.connect(lambda _text: self.typed.emit())
        self.base.set_value(residents.HERE_NOW.id)

    def values(self) -> dict[str, Any]:
        """Return the filter as the fields of a list of one's own."""
        chosen = {name: field.value() for name, field in self.choices.items()}
        worker = self.worker.value()
        return {
            "base": self.base.value(),
            "words": self.words.text().strip() or None,
            "phases": frozenset({chosen["phases"]}) if chosen["phases"] else frozenset[str](),
            "statuses": frozenset({chosen["statuses"]}) if chosen["statuses"] else frozenset[str](),
            "genders": frozenset({chosen["genders"]}) if chosen["genders"] else frozenset[str](),
            "ages": chosen["ages"],
            "worker_id": worker if worker not in (None, NO_WORKER) else None,
            "without_worker": True if worker == NO_WORKER else None,
        }

    def show_list(self, kept: OwnList, words: str) -> None:
        """Show the filter of a list somebody kept."""
        for field, value in (
            (self.base, kept.base),
            (self.choices["phases"], next(iter(kept.phases), None)),
            (self.choices["statuses"], next(iter(kept.statuses), None)),
            (self.choices["genders"], next(iter(kept.genders), None)),
            (self.choices["ages"], kept.ages),
            (self.worker, NO_WORKER if kept.without_worker else kept.worker_id),
        ):
            field.set_value(value)
        self._set_words(words)
        self.changed.emit()

    def show_base(self, base: str) -> None:
        """Begin with a list the program brings, with nothing else chosen."""
        for field in (*self.choices.values(), self.worker):
            field.set_value(None)
        self.base.set_value(base if base in vocab.PEOPLE_BASES else residents.EVERYBODY.id)
        self._set_words("")
        self.changed.emit()

    def _set_words(self, words: str) -> None:
        with QSignalBlocker(self):
            self.words.setText(words)
