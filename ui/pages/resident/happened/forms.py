"""Forms of «What happened». Nothing in them is needed but the words that say how a topic stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from shelterdesk import exploitation, gbv_incidents, people, person_history, what_happened, who_harmed
from shelterdesk.exploitation import Exploitation, HarmEvent, LabourSigns
from shelterdesk.gbv_incidents import GbvIncident
from shelterdesk.i18n import _
from shelterdesk.people import Person
from shelterdesk.person_history import StatusSince
from shelterdesk.schema.base import Record
from shelterdesk.what_happened import ToldTopic
from shelterdesk.who_harmed import WhoHarmed
from ui.forms.inline_form import InlineForm
from ui.forms.record_form import RecordForm
from ui.pages.resident.happened.incident_form import IncidentForm
from ui.pages.resident.happened.signs_form import SignsForm
from ui.seat import Seat

Store = Callable[[dict[str, Any]], object]


def topic_form(seat: Seat, person_id: UUID, topic: str, standing: ToldTopic | None) -> InlineForm:
    """Return the form that says how *topic* stands; which topic it is goes without a row of its own."""
    form = RecordForm(seat, ToldTopic, ("answer", "where", "answered_on", "topic"), headings=False, elsewhere=())
    form.row("topic").hide()
    if standing is None:
        form.load_values({"topic": topic, "answered_on": seat.desk.today()})
    else:
        form.load(standing, person_id)
    form.person_id = person_id

    def store(form: RecordForm) -> object:
        values = form.values()
        return what_happened.set_topic(seat.desk, person_id, values.pop("topic"), **values)

    return InlineForm(seat, form, _("Save how it stands"), store, title=_("How it stands"))


def status_form(seat: Seat, person_id: UUID, standing: StatusSince | None = None) -> InlineForm:
    """Return the form of a new identification status, or the one that corrects a row of its history."""
    return _form(
        seat,
        RecordForm(seat, StatusSince, headings=False),
        person_id,
        standing,
        lambda values: person_history.record_status(seat.desk, person_id, **values),
        lambda read, values: person_history.change_status(seat.desk, read, **values),
        (_("Identification status"), _("Correct the status"), _("Save status")),
        {"since": seat.desk.today()},
    )


def kinds_form(seat: Seat, person: Person) -> InlineForm:
    """Return the form of those fields of the person that belong here: kinds, recruitment, control, sector."""
    names = [field.attribute for field in seat.desk.fields(Person) if field.group == what_happened.GROUP]
    form = RecordForm(seat, Person, names, headings=False)
    form.load(person, person.id)

    def store(form: RecordForm) -> object:
        return people.change_person(seat.desk, person, **form.changed_values())

    return InlineForm(seat, form, _("Save kinds"), store, title=_("Kinds of exploitation"))


def circumstances_form(seat: Seat, person_id: UUID, standing: Exploitation | None) -> InlineForm:
    """Return the form of how it began and how it was."""
    return _form(
        seat,
        RecordForm(seat, Exploitation),
        person_id,
        standing,
        lambda values: exploitation.set_exploitation(seat.desk, person_id, None, **values),
        lambda read, values: exploitation.set_exploitation(seat.desk, person_id, read, **values),
        (_("Circumstances"), _("Circumstances"), _("Save circumstances")),
    )


def event_form(seat: Seat, person_id: UUID, standing: HarmEvent | None = None) -> InlineForm:
    """Return the form of a place and time."""
    return _form(
        seat,
        RecordForm(seat, HarmEvent, headings=False),
        person_id,
        standing,
        lambda values: exploitation.record_event(seat.desk, person_id, **values),
        lambda read, values: exploitation.change_event(seat.desk, read, **values),
        (_("Place and time"), _("Correct the place and time"), _("Save place and time")),
    )


def signs_form(seat: Seat, person_id: UUID, standing: LabourSigns | None) -> InlineForm:
    """Return the form of the eleven signs."""
    return _form(
        seat,
        SignsForm(seat),
        person_id,
        standing,
        lambda values: exploitation.set_signs(seat.desk, person_id, None, **values),
        lambda read, values: exploitation.set_signs(seat.desk, person_id, read, **values),
        (_("Signs of forced labour"), _("Signs of forced labour"), _("Save signs")),
        {"looked_at_on": seat.desk.today()},
    )


def incident_form(seat: Seat, person_id: UUID, standing: GbvIncident | None = None) -> InlineForm:
    """Return the form of an incident."""
    return _form(
        seat,
        IncidentForm(seat),
        person_id,
        standing,
        lambda values: gbv_incidents.record_incident(seat.desk, person_id, **values),
        lambda read, values: gbv_incidents.change_incident(seat.desk, read, **values),
        (_("Incident"), _("Correct the incident"), _("Save incident")),
        {"reported_on": seat.desk.today()},
    )


def who_form(seat: Seat, person_id: UUID, standing: WhoHarmed | None = None) -> InlineForm:
    """Return the form of a person who caused harm."""
    return _form(
        seat,
        RecordForm(seat, WhoHarmed, headings=False),
        person_id,
        standing,
        lambda values: who_harmed.record_who_harmed(seat.desk, person_id, **values),
        lambda read, values: who_harmed.change_who_harmed(seat.desk, read, **values),
        (_("Person who caused harm"), _("Person who caused harm"), _("Save")),
    )


def _form(
    seat: Seat,
    form: RecordForm,
    person_id: UUID,
    standing: Any,
    add: Store,
    change: Callable[[Any, dict[str, Any]], object],
    words: tuple[str, str, str],
    start: dict[str, Any] | None = None,
) -> InlineForm:
    """Return *form* in its place; *words* are the titles of a new row and of a correction, and those for saving."""
    if isinstance(standing, Record):
        form.load(standing, person_id)
    else:
        form.load_values(start or {})
    form.person_id = person_id

    def store(form: RecordForm) -> object:
        return add(form.values()) if standing is None else change(standing, form.changed_values())

    new, correct, save = words
    return InlineForm(seat, form, save, store, title=new if standing is None else correct)
