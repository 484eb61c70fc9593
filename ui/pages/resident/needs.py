"""Needs & safety: what every shift must know first; risk and safety plan; phase and worker; who opens the record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout

from shelterdesk import alerts, drafts, formats, needs, person_history, safety_plan
from shelterdesk.access import Right
from shelterdesk.drafts import Draft
from shelterdesk.errors import ShelterDeskError
from shelterdesk.fields import Field
from shelterdesk.i18n import _
from shelterdesk.people import Person
from shelterdesk.person_history import PhaseSince, RiskSince, WorkerSince, history_of
from shelterdesk.safety_plan import SafetyPlan
from ui.draft_places import CONTINUE, draft_for
from ui.forms.inline_form import InlineForm
from ui.pages.resident.dated_card import DatedCard
from ui.pages.resident.field_facts import FieldsCard, words_of
from ui.pages.resident.help_needed import HelpNeededCard, need_form
from ui.pages.resident.needs_cards import AlertsCard, SafetyPlanCard, SideBySide
from ui.pages.resident.needs_forms import (
    alert_form,
    person_form,
    phase_form,
    risk_form,
    safety_plan_form,
    worker_form,
)
from ui.pages.resident.section import Section
from ui.pages.resident.who_opens import WhoOpensCard
from ui.place import Place
from ui.safety_words import risk_chip
from ui.seat import Seat
from ui.widgets.buttons import Button, LinkButton
from ui.widgets.page import bring_into_view
from ui.widgets.table_view import Cell, Column, TableRow

_SAFETY = "Needs and safety"
Dated = RiskSince | PhaseSince | WorkerSince


class NeedsSection(Section):
    """Cards below one another; each opens its form in its own place."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat, _("Needs & safety"))
        self._may = seat.desk.may(Right.CASE_WORK)
        self._may_change = seat.desk.may(Right.CHANGE_PERSON)
        self._dated: dict[UUID, Dated] = {}
        self.alerts = AlertsCard(seat)
        self.plan = SafetyPlanCard(seat, may_write=self._may)
        self.help = HelpNeededCard(seat, may_write=self._may)
        self.safety = FieldsCard(seat, _("Safety"))
        self.safety_place = QVBoxLayout()
        self.edit_safety_button = Button(_("Edit"), "pencil")
        self.edit_safety_button.clicked.connect(self.edit_safety)
        self.add_act(self.edit_safety_button)
        self.edit_safety_button.setVisible(self._may_change)
        self._make_dated()
        self.content.addWidget(self.alerts)
        self.content.addWidget(self.risk)
        self.content.addWidget(self.plan)
        self.content.addWidget(self.help)
        self.content.addLayout(self.safety_place)
        self.content.addWidget(self.safety)
        self.content.addWidget(self.pair)
        self.opens = WhoOpensCard(seat, self.open_editor)
        self._may_restrict = seat.desk.may(Right.RESTRICT_RECORDS)
        self.content.addWidget(self.opens)
        self.opens.setVisible(self._may_restrict)
        self.alerts.add_wanted.connect(self.add_alert)
        self.alerts.opened.connect(self.correct_alert)
        self.alerts.lines_wanted.connect(self._go_to_lines)
        self.plan.edit_wanted.connect(self.edit_plan)
        self.help.add_wanted.connect(lambda: self.edit_need(None))
        self.help.opened.connect(self.edit_need)

    def _make_dated(self) -> None:
        since = Column(_("Since"), width=116)
        self.risk = DatedCard(
            "risks",
            _("Risk level"),
            _("Nobody has looked at it yet."),
            [since, Column(_("Risk level"), 1.2), Column(_("What it rests on"), 2.4), Column(_("Look again on"), 1)],
            _("Look again"),
            may_add=self._may,
        )
        self.phase = DatedCard(
            "phases", _("Phase"), _("No phase yet."), [since, Column(_("Phase"), 2)], _("Next phase"), may_add=self._may
        )
        self.worker = DatedCard(
            "workers", _("Worker"), _("No worker yet."), [since, Column(_("Worker"), 2)], _("Change"), may_add=self._may
        )
        self.pair = SideBySide(self.phase, self.worker)
        for card, make in ((self.risk, risk_form), (self.phase, phase_form), (self.worker, worker_form)):
            card.add_wanted.connect(lambda card=card, make=make: self._open_dated(card, make))
            card.opened.connect(lambda key, card=card, make=make: self._open_dated(card, make, key))

    # --- reading -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read everything anew; an open editor stays."""
        if self.person is None:
            return
        desk, person = self.seat.desk, self.person
        self.close_editor_of_another(person.id)
        self.alerts.show_person(person)
        self.plan.show_person(person.id)
        self.help.show_person(person.id)
        self.safety.show_fields(self._group(_SAFETY), person)
        risks = history_of(desk, RiskSince, person.id)
        phases, workers = history_of(desk, PhaseSince, person.id), history_of(desk, WorkerSince, person.id)
        self._dated = {one.id: one for one in (*risks, *phases, *workers)}
        # «Look again» and «Next» say something only once there is a first.
        self.risk.name_act(_("Look again") if risks else _("Put down"))
        self.phase.name_act(_("Next phase") if phases else _("Put down"))
        self.worker.name_act(_("Change") if workers else _("Choose"))
        self.risk.show_rows([self._risk_row(one, holds=one is risks[0]) for one in risks])
        self.phase.show_rows([self._row(one, "phase") for one in phases])
        self.worker.show_rows([self._row(one, "member_id") for one in workers])
        if self._may_restrict:
            self.opens.show_person(person.id)

    def _group(self, group: str) -> list[Field]:
        return [field for field in self.seat.desk.fields(Person) if field.group == group]

    def _row(self, record: PhaseSince | WorkerSince, attribute: str) -> TableRow:
        words = words_of(self.seat, record, attribute) or _("nobody")
        return TableRow(record.id, (Cell(formats.day(record.since, style="short")), Cell(words)))

    def _risk_row(self, one: RiskSince, *, holds: bool) -> TableRow:
        level = Cell(chip=risk_chip(one.level)) if holds else Cell(words_of(self.seat, one, "level"), tint="muted")
        review = formats.day(one.review_on, style="short") if one.review_on else ""
        past = holds and one.review_on is not None and one.review_on <= self.seat.desk.today()
        why = " ".join(words_of(self.seat, one, "why").split())
        cells = (
            Cell(formats.day(one.since, style="short")),
            level,
            Cell(why, tint="text" if holds else "muted"),
            Cell(review, tint="attention" if past else "muted"),
        )
        return TableRow(one.id, cells)

    # --- acts ------------------------------------------------------------------------------------------------------

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the section answers to."""
        return ({"edit": self.edit_safety} if self._may_change else {}) | super().commands()

    def do(self, doing: str, about: UUID | None) -> None:
        """Begin one of the forms, or go on with a draft."""
        acts: dict[str, Callable[[], object]] = {
            "edit": self.edit_safety,
            "new_alert": self.add_alert,
            "new_risk": self.risk.add_wanted.emit,
            "new_safety_plan": lambda: self.edit_plan(None),
            "show_safety_plan": self.plan.open_up,
            "new_need": lambda: self.edit_need(None),
            "new_phase": self.phase.add_wanted.emit,
            "new_worker": self.worker.add_wanted.emit,
        }
        if doing == CONTINUE:
            self._go_on(about)
        elif doing in acts:
            acts[doing]()

    def edit_safety(self) -> None:
        """Edit the safety fields in their place."""
        if self.person is not None and self._may_change:
            names = [field.attribute for field in self._group(_SAFETY)]
            editor = person_form(self.seat, self.person, names, _("Safety"))
            self.open_editor(editor)
            self.safety_place.addWidget(editor)
            editor.show()
            editor.begin()

    def add_alert(self) -> None:
        """Open the form of something every shift must know."""
        if self.person is not None and alerts.may_keep_alerts(self.seat.desk):
            self._take(self.alerts, alert_form(self.seat, self.person.id))

    def correct_alert(self, alert_id: UUID) -> None:
        """Correct an alert, or say until when it holds."""
        if self.person is None or not alerts.may_keep_alerts(self.seat.desk):
            return
        desk = self.seat.desk
        found = next((one for one in alerts.every_alert_of(desk, self.person.id) if one.id == alert_id), None)
        if found is not None:
            editor = alert_form(self.seat, self.person.id, found)
            self._offer_taking_off(
                editor,
                lambda: alerts.archive_alert(desk, alert_id),
                lambda: alerts.archive_alert(desk, alert_id, archived=False),
            )
            self._take(self.alerts, editor)

    def _go_to_lines(self) -> None:
        if self.person is not None:
            self.seat.go(Place("residents", person_id=self.person.id, section="personal", doing="edit"))

    def edit_plan(self, plan: SafetyPlan | None) -> None:
        """Change a safety plan, or make one."""
        if self.person is not None and self._may:
            self._take(self.plan, safety_plan_form(self.seat, self.person.id, plan))

    def edit_need(self, need_id: UUID | None) -> None:
        """Change a need, or add one."""
        if self.person is None or not self._may:
            return
        desk, need = self.seat.desk, self.help.need(need_id)
        editor = need_form(self.seat, self.person.id, need)
        if need is not None:
            self._offer_taking_off(
                editor,
                lambda: needs.archive_need(desk, need.id),
                lambda: needs.archive_need(desk, need.id, archived=False),
            )
        self._take(self.help, editor)

    def _open_dated(
        self, card: DatedCard, make: Callable[[Seat, UUID, Any], InlineForm], row_id: UUID | None = None
    ) -> None:
        if self.person is None or not self._may:
            return
        row = self._dated.get(row_id) if row_id is not None else None
        editor = make(self.seat, self.person.id, row)
        if row is not None:
            desk = self.seat.desk
            self._offer_taking_off(
                editor,
                lambda: person_history.take_off(desk, row),
                lambda: person_history.take_off(desk, row, archived=False),
            )
        self._take(card, editor)
        # The two stand side by side while they are read; a form needs the whole width.
        if card in (self.phase, self.worker):
            self.pair.set_one_column(wanted=True)
            editor.finished.connect(lambda _saved: self.pair.set_one_column(wanted=False))
            editor.destroyed.connect(self._narrow_again)

    def _narrow_again(self) -> None:
        if self.editor is None:
            self.pair.set_one_column(wanted=False)

    def _take(self, card: AlertsCard | SafetyPlanCard | DatedCard, editor: InlineForm) -> None:
        self.open_editor(editor)
        card.take(editor)
        bring_into_view(editor, editor.form.first_stop())

    def _offer_taking_off(self, editor: InlineForm, off: Callable[[], object], back: Callable[[], object]) -> None:
        """Put «Take off» at the end of the form of an entry that should never have been written."""
        link = LinkButton(_("Take off"), slim=True)
        link.setObjectName("take-off")
        editor.add_act(link)

        def take() -> None:
            editor.form.forget_draft()
            try:
                off()
            except ShelterDeskError as error:
                editor.say(error.text())
                return
            editor.finished.emit(True)
            self.seat.say(_("The entry is taken off"), back)

        link.clicked.connect(take)

    def _go_on(self, about: UUID | None) -> None:
        draft = draft_for(drafts.my_drafts(self.seat.desk), about)
        if draft is None:
            return
        begin: dict[str, Callable[[], Any]] = {
            "alert": lambda: self._go_on_with_alert(draft),
            "need": lambda: self.edit_need(draft.target_id),
            "safety_plan": lambda: self.edit_plan(self._plan_of(draft)),
            "risk_since": lambda: self._open_dated(self.risk, risk_form, draft.target_id),
            "phase_since": lambda: self._open_dated(self.phase, phase_form, draft.target_id),
            "worker_since": lambda: self._open_dated(self.worker, worker_form, draft.target_id),
            "restriction": self.opens.ask_why,
            "knows_family": self.opens.close_to_somebody,
            "person": self.edit_safety,
        }
        if draft.record in begin:
            begin[draft.record]()
            if self.editor is not None:
                self.editor.form.load_draft(draft)

    def _go_on_with_alert(self, draft: Draft) -> None:
        if self.person is None:
            return
        known = {one.id for one in alerts.every_alert_of(self.seat.desk, self.person.id)}
        if draft.target_id in known:
            self.correct_alert(draft.target_id)
        else:
            self.add_alert()

    def _plan_of(self, draft: Draft) -> SafetyPlan | None:
        if self.person is None:
            return None
        found = safety_plan.safety_plans_of(self.seat.desk, self.person.id)
        return next((one for one in found if one.id == draft.target_id), None)
