"""Forms of «Needs & safety»: alerts, risk, safety plan, phase, worker, and the person's own fields of the group."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar
from uuid import UUID

from shelterdesk import alerts, people, person_history, risk, safety_plan
from shelterdesk.alerts import Alert
from shelterdesk.fields import Field
from shelterdesk.i18n import _
from shelterdesk.people import Person
from shelterdesk.person_history import PhaseSince, RiskSince, WorkerSince
from shelterdesk.safety_plan import SafetyPlan
from shelterdesk.schema.base import Record
from ui.forms.dated_form import DatedForm
from ui.forms.editors import ChoiceEditor, Editor
from ui.forms.inline_form import InlineForm
from ui.forms.record_form import RecordForm
from ui.seat import Seat

R = TypeVar("R", bound=Record)


class _RiskForm(RecordForm):
    """The levels are told in a list: side by side their words need more room than a card of two has."""

    def make_editor(self, field: Field) -> Editor:
        if field.attribute != "level" or field.choices is None:
            return super().make_editor(field)
        codes = (*field.choices.codes, *field.choices.reserved)
        return ChoiceEditor(field, [(code.code, field.choices.label(code.code)) for code in codes])


def risk_form(seat: Seat, person_id: UUID, row: RiskSince | None = None) -> InlineForm:
    """Return the form of a risk level: of the next one, or of one that stands."""
    desk = seat.desk
    return _dated(
        seat,
        _RiskForm(seat, RiskSince, headings=False),
        person_id,
        row,
        lambda values: risk.record_risk(desk, person_id, **values),
        lambda one, values: risk.correct_risk(desk, one, **values),
        _("Risk level"),
        _("Save risk level"),
    )


def phase_form(seat: Seat, person_id: UUID, row: PhaseSince | None = None) -> InlineForm:
    """Return the form of a phase: of the next one, or of one that stands."""
    desk = seat.desk
    return _dated(
        seat,
        RecordForm(seat, PhaseSince, headings=False),
        person_id,
        row,
        lambda values: person_history.record_phase(desk, person_id, **values),
        lambda one, values: person_history.correct_phase(desk, one, **values),
        _("Phase"),
        _("Save phase"),
    )


def worker_form(seat: Seat, person_id: UUID, row: WorkerSince | None = None) -> InlineForm:
    """Return the form that gives the person another worker, none being an answer too; or of one that stands."""
    desk = seat.desk

    def assign(values: dict[str, Any]) -> object:
        return person_history.assign_worker(desk, person_id, values["member_id"], values["since"])

    return _dated(
        seat,
        RecordForm(seat, WorkerSince, headings=False),
        person_id,
        row,
        assign,
        lambda one, values: person_history.correct_worker(desk, one, **values),
        _("Worker"),
        _("Save worker"),
    )


def alert_form(seat: Seat, person_id: UUID, alert: Alert | None = None) -> InlineForm:
    """Return the form of something every shift must know, new or standing."""
    desk = seat.desk
    form = RecordForm(seat, Alert, headings=False)
    _begin(form, person_id, alert, {"since": desk.today()})

    def store(form: RecordForm) -> object:
        if alert is None:
            return alerts.record_alert(desk, person_id, **form.values())
        return alerts.change_alert(desk, alert, **form.changed_values())

    title = _("What every shift must know")
    return InlineForm(seat, form, _("Save"), store, title=title)


def safety_plan_form(seat: Seat, person_id: UUID, plan: SafetyPlan | None = None) -> InlineForm:
    """Return the form of a safety plan, new or standing."""
    desk = seat.desk
    form = RecordForm(seat, SafetyPlan)
    today = desk.today()
    _begin(form, person_id, plan, {"made_on": today, "state": "made", "review_on": today + safety_plan.AGAIN})

    def store(form: RecordForm) -> object:
        if plan is None:
            return safety_plan.record_safety_plan(desk, person_id, **form.values())
        return safety_plan.change_safety_plan(desk, plan, **form.changed_values())

    return InlineForm(seat, form, _("Save safety plan"), store, title=_("Safety plan"))


def person_form(seat: Seat, person: Person, attributes: Sequence[str], title: str) -> InlineForm:
    """Return a form for some fields of the person."""
    form = RecordForm(seat, Person, attributes, headings=False)
    form.load(person, person.id)

    def store(form: RecordForm) -> object:
        return people.change_person(seat.desk, person, **form.changed_values())

    return InlineForm(seat, form, _("Save changes"), store, title=title)


def _begin(form: RecordForm, person_id: UUID, standing: Record | None, start: Mapping[str, Any]) -> None:
    form.person_id = person_id
    if standing is None:
        form.load_values(start)
    else:
        form.load(standing, person_id)


def _dated(
    seat: Seat,
    form: RecordForm,
    person_id: UUID,
    row: R | None,
    add: Callable[[dict[str, Any]], object],
    correct: Callable[[R, dict[str, Any]], object],
    title: str,
    save: str,
) -> InlineForm:
    start = {"since": seat.desk.today()}
    if row is not None:
        return DatedForm(
            seat,
            form,
            row,
            person_id,
            add=add,
            correct=lambda values: correct(row, values),
            start=start,
            title=title,
            save=save,
        )
    _begin(form, person_id, None, start)
    return InlineForm(seat, form, save, lambda form: add(form.values()), title=title)
