"""From an appointment to what was given: the form filled in from it, or the service recorded at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from shelterdesk import catalogue, formats, vocab
from shelterdesk.access import Right, require
from shelterdesk.appointments import PLANNED, Appointment
from shelterdesk.desk import Desk
from shelterdesk.errors import Problem, Problems
from shelterdesk.i18n import N_
from shelterdesk.services import Service, add_service, last_given
from shelterdesk.vocab.lists import base_of

_AWAY: Final[Mapping[str, str]] = {
    "clinic": "clinic",
    "court": "court",
    "police": "court",
    "office": "office",
    "lesson": "school",
    "check_in": "workplace",
}
"""Kind of appointment → where what came of it usually was."""


def service_kind_of(appointment: Appointment) -> str | None:
    """Return the kind of service an appointment becomes; None where somebody has to say it."""
    return appointment.service_kind or vocab.service_it_becomes(appointment.kind)


def values_from(desk: Desk, appointment: Appointment) -> dict[str, Any]:
    """Return what the form of a service begins with when *appointment* took place."""
    kind = service_kind_of(appointment)
    last = last_given(desk)
    minutes = appointment.minutes
    if minutes is None and kind is not None:
        minutes = catalogue.entry(desk, kind).minutes
    return {
        "kind": kind,
        "given_on": min(appointment.on, desk.today()),
        "given_by": appointment.member_id or desk.me.id,
        "minutes": minutes,
        "form": "one_person" if appointment.meeting_id is None else "group",
        "outcome": "took_place",
        "place": _place_of(appointment),
        "project_id": last.project_id if last is not None else None,
    }


def give_at_once(desk: Desk, appointment: Appointment) -> Service:
    """Record the service an appointment was for as it was planned, without asking anything. Raises Problems."""
    require(desk, Right.GIVE_SERVICES)
    values = values_from(desk, appointment)
    if appointment.person_id is None or appointment.state != PLANNED:
        raise Problems([Problem("appointment.state", N_("Only what is planned for somebody becomes a service."))])
    if appointment.on > desk.today():
        words = N_("It is planned for {day}, so it cannot have taken place yet. Nothing was changed.")
        raise Problems([Problem("appointment.state", words, day=formats.day(appointment.on))])
    if values["kind"] is None:
        raise Problems([Problem("service.kind", N_("Say first which service it was"))])
    return add_service(desk, appointment.person_id, appointment_id=appointment.id, **values)


def _place_of(appointment: Appointment) -> str | None:
    if appointment.room is not None:
        room = base_of(appointment.room)
        return {"by_phone": "phone", "outside": "elsewhere"}.get(room, "house")
    return _AWAY.get(base_of(appointment.kind))
