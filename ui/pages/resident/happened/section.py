"""What happened: closed until somebody says why; then five topics, folded, with how each of them stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelterdesk import drafts, exploitation, gbv_incidents, person_reading, what_happened, who_harmed
from shelterdesk.access import Right
from shelterdesk.drafts import Draft
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import N_, _
from shelterdesk.people import Person
from shelterdesk.person_history import StatusSince, history_of
from shelterdesk.residents import Head
from shelterdesk.schema.base import Record
from shelterdesk.what_happened import ToldTopic
from ui.dialogs.print_happened import PrintHappenedDialog
from ui.draft_places import CONTINUE, draft_for
from ui.forms.inline_form import InlineForm
from ui.pages.resident.happened import forms
from ui.pages.resident.happened.shown import Exploited, Harming, Incidents, Signs, Statuses, Topic
from ui.pages.resident.reason_card import ReasonCard, ReasonWords
from ui.pages.resident.section import Section
from ui.seat import Seat
from ui.widgets.buttons import Button
from ui.widgets.text import Words

_WHY = ReasonWords(
    N_("What happened is opened on purpose"),
    N_(
        "You do not need it to support her. Everybody is asked, once until the vault is locked. The reason stands "
        "sealed in the log. What you read here may be hard to read; you may close it again at any time."
    ),
    N_("Open what happened"),
    what_happened.REASONS,
)
_ABOVE = 16
"""Pixels between the top of the page and the form that was opened."""
_TOPIC_OF = {
    "status_since": "status",
    "person": "exploitation",
    "exploitation": "exploitation",
    "harm_event": "exploitation",
    "labour_signs": "signs",
    "gbv_incident": "incidents",
    "who_harmed": "who_harmed",
}
"""Under which topic a record of this kind stands."""


class HappenedSection(Section):
    """The card that asks why, or the topics. What a place wanted to do waits until it is open."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat, _("What happened"))
        self._may = seat.desk.may(Right.CASE_WORK)
        self._waiting: tuple[str, UUID | None] | None = None
        self._shown: UUID | None = None
        self._standing: dict[str, ToldTopic] = {}
        self.reason = ReasonCard(seat, self, _WHY)
        self.reason.given.connect(self._open)
        self.content.addWidget(self.reason)
        self.print_button = Button(_("Print…"), "printer")
        self.print_button.setObjectName("print_happened_button")
        self.print_button.clicked.connect(self.print_it)
        self.add_act(self.print_button)
        self.fold_button = Button(_("Close it again"), "eye-off")
        self.fold_button.clicked.connect(self.close_it)
        self.add_act(self.fold_button)
        self.inside = QWidget(self)
        column = QVBoxLayout(self.inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        note = _("She need not tell anything to be supported, and nothing here has to be filled in.")
        column.addWidget(Words(note, "small", "muted", wrap=True))
        self.statuses = Statuses(seat, may_write=self._may)
        self.exploited = Exploited(seat, may_write=self._may)
        self.signs = Signs(seat, may_write=self._may)
        self.incidents = Incidents(seat, may_write=self._may)
        self.harming = Harming(seat, may_write=self._may)
        self.topics: dict[str, Topic] = {
            one.card.topic: one for one in (self.statuses, self.exploited, self.signs, self.incidents, self.harming)
        }
        for topic in self.topics.values():
            column.addWidget(topic.card)
            topic.card.standing_wanted.connect(lambda name=topic.card.topic: self.say_how_it_stands(name))
        self._connect()
        self.content.addWidget(self.inside)

    def _connect(self) -> None:
        self.statuses.add_wanted.connect(self.add_status)
        self.statuses.opened.connect(self.correct)
        self.exploited.kinds_wanted.connect(self.edit_kinds)
        self.exploited.circumstances_wanted.connect(self.edit_circumstances)
        self.exploited.add_wanted.connect(self.add_event)
        self.exploited.opened.connect(self.correct)
        self.signs.edit_wanted.connect(self.edit_signs)
        self.incidents.add_wanted.connect(self.add_incident)
        self.incidents.opened.connect(self.correct)
        self.harming.add_wanted.connect(self.add_who_harmed)
        self.harming.opened.connect(self.correct)
        for topic in self.topics.values():
            topic.take_back_wanted.connect(self.take_back)

    # --- opening -------------------------------------------------------------------------------------------------

    def show_person(self, head: Head, person: Person) -> None:
        """Show this person: the card that asks, or what is open for her already."""
        if person.id != self._shown:
            self._waiting = None
            self.close_editor()
            # What was read of one person stays folded for the next.
            for topic in self.topics.values():
                topic.card.close_fold()
        self._shown = person.id
        super().show_person(head, person)

    def refresh(self) -> None:
        """Read everything anew; an open editor stays."""
        if self.person is None:
            return
        is_open = what_happened.is_open(self.seat.desk, self.person.id)
        if not is_open:
            self.close_editor()
            if self.reason.isHidden() or self.reason.person_id != self.person.id:
                self.reason.ask(self.person.id)
        self.reason.setVisible(not is_open)
        self.inside.setVisible(is_open)
        self.fold_button.setVisible(is_open)
        self.print_button.setVisible(is_open and self._may)
        self.aside.setText(_("open until the vault is locked") if is_open else "")
        if is_open:
            self._read(self.person.id)
        else:
            self._forget()

    def _read(self, person_id: UUID) -> None:
        desk = self.seat.desk
        standing = what_happened.topics_of(desk, person_id)
        self.person = person_reading.read_person(desk, person_id)
        self.statuses.show(history_of(desk, StatusSince, person_id))
        self.exploited.show(
            self.person, exploitation.exploitation_of(desk, person_id), exploitation.events_of(desk, person_id)
        )
        self.signs.show(exploitation.signs_of(desk, person_id))
        self.incidents.show(gbv_incidents.incidents_of(desk, person_id))
        self.harming.show(who_harmed.who_harmed(desk, person_id))
        for name, topic in self.topics.items():
            topic.card.show_standing(standing.get(name), topic.recorded())
        self._standing = standing

    def print_it(self) -> None:
        """Open the paper for a named recipient; nothing stands on it before somebody chose what."""
        if self.person is not None and what_happened.is_open(self.seat.desk, self.person.id):
            PrintHappenedDialog(self.seat, self.person.id, self).open()

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the section answers to."""
        return ({"print": self.print_it} if self.print_button.isVisible() else {}) | super().commands()

    def _forget(self) -> None:
        """Leave nothing of it in widgets that are only hidden."""
        self._standing = {}
        for topic in self.topics.values():
            topic.forget()
            topic.card.show_standing(None, "")

    def _open(self, why: str) -> None:
        assert self.person is not None
        try:
            what_happened.open_it(self.seat.desk, self.person.id, why)
        except ShelterDeskError as error:
            self.seat.complain(error)
            return
        self.refresh()
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self.do(*waiting)
        if self.editor is None:
            self.statuses.card.fold.setFocus()

    def close_it(self) -> None:
        """Close what happened before the vault is locked; what was typed stays a draft."""
        if self.person is not None:
            self.close_editor()
            what_happened.fold_again(self.seat.desk, self.person.id)
            for topic in self.topics.values():
                topic.card.close_fold()
            self.refresh()
            self.reason.begin()

    # --- what the window asks --------------------------------------------------------------------------------------

    def do(self, doing: str, about: UUID | None) -> None:
        """Begin what a place asks for, or keep it in mind until it is open."""
        if self.person is None:
            return
        if not what_happened.is_open(self.seat.desk, self.person.id):
            self._waiting = (doing, about)
            self.reason.begin()
            return
        acts: dict[str, Callable[[], object]] = {
            "new_status": self.add_status,
            "new_incident_of_violence": self.add_incident,
        }
        if doing == CONTINUE:
            draft = draft_for(drafts.my_drafts(self.seat.desk), about)
            if draft is not None:
                self._go_on(draft)
        elif doing in acts:
            acts[doing]()

    def _go_on(self, draft: Draft) -> None:
        begin: dict[str, Callable[[], object]] = {
            "told_topic": lambda: self.say_how_it_stands(str(draft.values.get("topic", "status"))),
            "status_since": self.add_status,
            "person": self.edit_kinds,
            "exploitation": self.edit_circumstances,
            "harm_event": self.add_event,
            "labour_signs": self.edit_signs,
            "gbv_incident": self.add_incident,
            "who_harmed": self.add_who_harmed,
        }
        if draft.record not in begin:
            return
        if self._row(draft.target_id) is not None:
            self.correct(draft.target_id)
        else:
            begin[draft.record]()
        if self.editor is not None:
            self.editor.form.load_draft(draft)

    # --- forms -----------------------------------------------------------------------------------------------------

    def say_how_it_stands(self, topic: str) -> None:
        """Say how a topic stands."""
        self._take(topic, lambda whose: forms.topic_form(self.seat, whose, topic, self._standing.get(topic)))

    def add_status(self) -> None:
        """Record the next identification status."""
        self._take("status", lambda whose: forms.status_form(self.seat, whose))

    def edit_kinds(self) -> None:
        """Change the kinds of exploitation, recruitment and control."""
        if self.seat.desk.may(Right.CHANGE_PERSON):
            self._take("exploitation", lambda _whose: forms.kinds_form(self.seat, self._someone()))

    def edit_circumstances(self) -> None:
        """Change how it began and how it was."""
        self._take(
            "exploitation", lambda whose: forms.circumstances_form(self.seat, whose, self.exploited.circumstances)
        )

    def add_event(self) -> None:
        """Record a place and time."""
        self._take("exploitation", lambda whose: forms.event_form(self.seat, whose))

    def edit_signs(self) -> None:
        """Answer the eleven signs."""
        self._take("signs", lambda whose: forms.signs_form(self.seat, whose, self.signs.signs))

    def add_incident(self) -> None:
        """Record an incident."""
        self._take("incidents", lambda whose: forms.incident_form(self.seat, whose))

    def add_who_harmed(self) -> None:
        """Record a person who caused harm."""
        self._take("who_harmed", lambda whose: forms.who_form(self.seat, whose))

    def correct(self, record_id: object) -> None:
        """Correct a row."""
        found = self._row(record_id)
        if found is None:
            return
        make: dict[str, Callable[[UUID, Any], InlineForm]] = {
            "status_since": lambda whose, row: forms.status_form(self.seat, whose, row),
            "harm_event": lambda whose, row: forms.event_form(self.seat, whose, row),
            "gbv_incident": lambda whose, row: forms.incident_form(self.seat, whose, row),
            "who_harmed": lambda whose, row: forms.who_form(self.seat, whose, row),
        }
        kind = found.__tablename__
        self._take(_TOPIC_OF[kind], lambda whose: make[kind](whose, found))

    def take_back(self, record: Any) -> None:
        """Take a row back that was recorded by mistake; the banner undoes it."""
        if self._archive(record, archived=True):
            self.close_editor()
            self.refresh()
            self.seat.say(_("It is taken back."), lambda: self._archive(record, archived=False))

    def _archive(self, record: Any, *, archived: bool) -> bool:
        try:
            what_happened.archive_it(self.seat.desk, record, archived=archived)
        except ShelterDeskError as error:
            self.seat.complain(error)
            return False
        return True

    def _take(self, topic: str, make: Callable[[UUID], InlineForm]) -> None:
        if self.person is None or not self._may:
            return
        editor = make(self.person.id)
        self.open_editor(editor)
        self.topics[topic].card.take(editor)
        # Where the editor will stand is known only after the layout has run.
        QTimer.singleShot(0, editor, lambda: self._scroll_to(editor))

    def _scroll_to(self, editor: QWidget) -> None:
        """Show all of *editor*, or its beginning where it is taller than the page."""
        inner = self.scroll_area.widget()
        assert inner is not None
        if editor.height() < self.scroll_area.viewport().height():
            self.scroll_area.ensureWidgetVisible(editor, 0, _ABOVE)
        else:
            top = editor.mapTo(inner, QPoint(0, 0)).y()
            self.scroll_area.verticalScrollBar().setValue(top - _ABOVE)

    def _row(self, record_id: object) -> Record | None:
        rows: Sequence[Record] = [row for topic in self.topics.values() for row in topic.rows()]
        return next((row for row in rows if row.id == record_id), None)

    def _someone(self) -> Person:
        assert self.person is not None
        return self.person
