"""Forms of «Needs & safety»: status, phase, worker, and the person's own fields of these groups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from shelterdesk import people, person_history
from shelterdesk.i18n import _
from shelterdesk.people import Person
from shelterdesk.person_history import PhaseSince, StatusSince, WorkerSince
from ui.forms.inline_form import InlineForm
from ui.forms.record_form import RecordForm
from ui.seat import Seat


def status_form(seat: Seat, person_id: UUID) -> InlineForm:
    """Return the form of a new identification status. What held before stays in the history."""

    def store(values: dict[str, Any]) -> None:
        person_history.record_status(seat.desk, person_id, **values)

    start = {"since": seat.desk.today()}
    return _adding(seat, StatusSince, person_id, start, store, _("Identification status"), _("Save status"))


def phase_form(seat: Seat, person_id: UUID) -> InlineForm:
    """Return the form of the next phase."""

    def store(values: dict[str, Any]) -> None:
        person_history.record_phase(seat.desk, person_id, **values)

    return _adding(seat, PhaseSince, person_id, {"since": seat.desk.today()}, store, _("Phase"), _("Save phase"))


def worker_form(seat: Seat, person_id: UUID) -> InlineForm:
    """Return the form that gives the person another worker; none is an answer too."""

    def store(values: dict[str, Any]) -> None:
        person_history.assign_worker(seat.desk, person_id, values["member_id"], values["since"])

    return _adding(seat, WorkerSince, person_id, {"since": seat.desk.today()}, store, _("Worker"), _("Save worker"))


def person_form(seat: Seat, person: Person, attributes: Sequence[str], title: str) -> InlineForm:
    """Return a form for some fields of the person."""
    form = RecordForm(seat, Person, attributes, headings=False)
    form.load(person, person.id)

    def store(form: RecordForm) -> None:
        people.change_person(seat.desk, person, **form.changed_values())

    return InlineForm(seat, form, _("Save changes"), store, title=title)


def _adding(
    seat: Seat,
    kind: type[StatusSince | PhaseSince | WorkerSince],
    person_id: UUID,
    start: dict[str, Any],
    store: Callable[[dict[str, Any]], None],
    title: str,
    save: str,
) -> InlineForm:
    form = RecordForm(seat, kind, headings=False)
    form.person_id = person_id
    form.load_values(start)
    return InlineForm(seat, form, save, lambda form: store(form.values()), title=title)
