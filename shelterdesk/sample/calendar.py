"""The weeks of the demo: what was planned with the residents the house knows best, and what the house does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any, Final
from uuid import UUID

from shelterdesk import vocab
from shelterdesk.appointments import GIVEN, NOT_ATTENDED, PLANNED, Appointment
from shelterdesk.i18n import N_
from shelterdesk.sample.names import NIGHT_WORKER, PSYCHOLOGIST, VOCATIONAL
from shelterdesk.sample.rows import Loom
from shelterdesk.vocab.services import USUAL_MINUTES

THE_GROUP: Final = UUID("0193a3c4-7a00-7000-8000-000000000006")
"""What the rows of the group of six have in common."""
_SKILLS: Final = UUID("0193a3c4-7a00-7000-8000-000000000005")
_SERIES: Final = UUID("0193a3c4-7a00-7000-8000-000000000007")
_ME: Final = ""
_MARKET, _MEAL, _HOUSE = N_("Market"), N_("Meal"), N_("House meeting, all")
_SKILLS_WORDS: Final = N_("Sewing, second afternoon")


@dataclass(frozen=True)
class Part:
    """One appointment of every week; ``name`` is whose it is, «» the house."""

    weekday: int
    at: time
    kind: str
    name: str = ""
    who: str = _ME
    room: str | None = None
    minutes: int | None = None
    words: str = ""
    transport: str | None = None
    interpreter: str | None = None
    not_held: tuple[str, str] | None = None
    """Who cancelled and why, where it is past."""


_WEEK: Final = (
    Part(0, time(11, 30), "talk", "Əminə", room="room_one"),
    Part(0, time(10, 0), "session", "Sevda", PSYCHOLOGIST, "room_two"),
    Part(0, time(11, 0), "lesson", "Nərmin", VOCATIONAL),
    Part(0, time(14, 0), "session", "Əminə", PSYCHOLOGIST, "room_two"),
    Part(0, time(16, 0), "house", who=NIGHT_WORKER, room="hall", minutes=60, words=_HOUSE),
    Part(1, time(15, 30), "talk", "Botir", room="room_one"),
    Part(2, time(9, 30), "session", "Jun R.", PSYCHOLOGIST, "room_two", interpreter="needed"),
    Part(2, time(10, 0), "talk", "Sevda", room="room_one"),
    Part(2, time(14, 0), "lawyer", "Sherzod", room="office"),
    Part(3, time(9, 0), "office", "Əminə", transport="arranged", interpreter="needed"),
    Part(3, time(10, 0), "session", "Iryna", PSYCHOLOGIST, "room_two"),
    Part(3, time(12, 0), "clinic", "Əminə", transport="needed"),
    Part(3, time(12, 30), "office", "Botir"),
    Part(3, time(15, 0), "clinic", "Sevda", NIGHT_WORKER, transport="arranged", not_held=("resident", "unwell")),
    Part(4, time(9, 0), "check_in", "Botir", VOCATIONAL, transport="needed"),
    Part(4, time(10, 30), "talk", "Jun R.", room="room_one", interpreter="arranged"),
    Part(4, time(11, 0), "session", "Nərmin", PSYCHOLOGIST, "room_two"),
    Part(5, time(11, 0), "house", who=NIGHT_WORKER, minutes=90, words=_MARKET),
    Part(6, time(12, 0), "house", who=NIGHT_WORKER, room="kitchen", minutes=120, words=_MEAL),
)
_IN_SKILLS: Final = ("Nərmin", "Sherzod", "Iryna", "Dilnoza", "Botir")
_WEEKS: Final = (-1, 0, 1)
_ROOMS: Final = {"Room 1": "room_one", "Room 2": "room_two", "Hall": "hall"}


def of_kind(kind: str) -> dict[str, Any]:
    """Return how long an appointment of *kind* takes and the service it becomes."""
    service = vocab.service_it_becomes(kind)
    return {"service_kind": service, "minutes": USUAL_MINUTES.get(service or "", 60)}


def in_room(place: str, said: str | None) -> dict[str, Any]:
    """Return where it is: a room of the house by its code, anything else in the words that are *said*."""
    room = _ROOMS.get(place)
    return {"room": room, "place": said if room is None or said is None or "·" in said else None}


def tell_calendar(loom: Loom, named: Mapping[str, UUID]) -> None:
    """Fill last week, this one and the next; today and tomorrow are told by the lives themselves."""
    monday = loom.today - timedelta(days=loom.today.weekday())
    for week in _WEEKS:
        for part in _WEEK:
            on = monday + timedelta(days=part.weekday, weeks=week)
            if on not in (loom.today, loom.today + timedelta(days=1)) and (not part.name or part.name in named):
                _add(loom, part, on, named.get(part.name))
        friday = monday + timedelta(days=4, weeks=week)
        if week >= 0 and friday > loom.today + timedelta(days=1):
            _skills(loom, friday, named, week)


def _add(loom: Loom, part: Part, on: date, person_id: UUID | None) -> None:
    state: dict[str, Any] = {"state": GIVEN if on < loom.today else PLANNED}
    if on < loom.today and part.not_held is not None:
        by, why = part.not_held
        state = {"state": NOT_ATTENDED, "cancelled_by": by, "cancel_why": why}
    written = min(on - timedelta(days=4), loom.today)
    values = of_kind(part.kind) | ({"minutes": part.minutes} if part.minutes else {})
    loom.add(
        Appointment, written, person_id=person_id, kind=part.kind, on=on, at=part.at, room=part.room,
        member_id=loom.colleagues.get(part.who, loom.desk.me.id), transport=part.transport,
        interpreter=part.interpreter, series_id=_SERIES if part.words == _HOUSE else None,
        words=loom.say(part.words) if part.words else None, **values, **state,
    )  # fmt: skip


def _skills(loom: Loom, on: date, named: Mapping[str, UUID], week: int) -> None:
    """Add the group that learns a skill on Fridays."""
    for name in _IN_SKILLS:
        if name in named:
            loom.add(
                Appointment, loom.ago(6), person_id=named[name], kind="lesson", on=on, at=time(13, 0), minutes=120,
                member_id=loom.colleagues.get(VOCATIONAL, loom.desk.me.id), room="hall", state=PLANNED,
                words=loom.say(_SKILLS_WORDS), service_kind="skills_course",
                meeting_id=UUID(int=_SKILLS.int + week),
            )  # fmt: skip
