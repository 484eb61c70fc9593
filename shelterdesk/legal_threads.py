"""A legal matter as a thread: its stages, the dates that belong to it, its notes and papers, and who is met about it.

Nothing is kept here. Hearings and time limits are ``deadlines`` that name the matter, so they are minded on Today, in
the calendar and in the list of what is to be done like any other date.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Final
from uuid import UUID

from shelterdesk import appointments, deadlines, files, notes, services, vocab
from shelterdesk.access import Right, require
from shelterdesk.appointments import Appointment
from shelterdesk.deadlines import COURT, Deadline
from shelterdesk.desk import Desk
from shelterdesk.fields import CLOSED
from shelterdesk.files import StoredFile
from shelterdesk.legal_matters import LegalMatter, MatterStage, check_hers, matters_of, stages_of
from shelterdesk.notes import LEGAL, Note
from shelterdesk.schema.base import declared
from shelterdesk.services import Service

_FROM_BEFORE: Final = ("organisation", "place", "issued_by")
"""What the next hearing takes over from the last one of the same matter; it lies under the same key there."""


@dataclass(frozen=True)
class Thread:
    """One matter with what belongs to it."""

    matter: LegalMatter
    stages: Sequence[MatterStage]
    """The newest first."""
    dates: Sequence[Deadline]
    """What is still to be minded first, the nearest first; then what is over, the newest first."""
    notes: Sequence[Note]
    """The newest first."""
    papers: Sequence[StoredFile]
    """Scans and photos, the newest first."""

    @property
    def stage(self) -> MatterStage | None:
        """The stage it has reached."""
        return self.stages[0] if self.stages else None

    def ahead(self) -> list[Deadline]:
        """Return the dates that still have to be minded, the nearest first."""
        return [one for one in deadlines.minded(self.dates) if one.until is not None]

    def next_date(self) -> Deadline | None:
        """Return the nearest date that nobody has seen to yet."""
        return next((one for one in self.ahead() if one.prepared_on is None), None)

    def nearest(self) -> date:
        """Return the day of the next date, the last day there is where none is coming; what ended has none."""
        coming = self.next_date() if self.matter.is_open else None
        return coming.until if coming is not None and coming.until is not None else date.max


@dataclass(frozen=True)
class NamedHearing:
    """A hearing that a legal note names and that is not among the dates."""

    on: date
    record_id: UUID
    """The note or the service whose note names it."""
    matter_id: UUID | None


@dataclass(frozen=True)
class LegalWork:
    """All there is about somebody, read in one go."""

    threads: Sequence[Thread]
    meetings: Sequence[Appointment]
    """Planned appointments with a lawyer, a court or the police, in the order of time.

    What stands among the dates as a hearing of the same hour is left out.
    """
    hearings: Sequence[NamedHearing]


def work_of(desk: Desk, person_id: UUID) -> LegalWork:
    """Return threads, meetings and hearings that only notes name; dates and notes are read once for all of them."""
    dates, written = deadlines.deadlines_of(desk, person_id), notes.notes_of(desk, person_id)
    return LegalWork(
        _threads(desk, person_id, dates, written),
        _meetings(desk, person_id, dates),
        _hearings(desk, person_id, dates, written),
    )


def threads_of(desk: Desk, person_id: UUID) -> list[Thread]:
    """Return the matters of a person as threads: those that go on first, the nearest date before the others."""
    return _threads(desk, person_id, deadlines.deadlines_of(desk, person_id), notes.notes_of(desk, person_id))


def _threads(desk: Desk, person_id: UUID, dates: Sequence[Deadline], written: Sequence[Note]) -> list[Thread]:
    stages, papers = stages_of(desk, person_id), files.files_of(desk, person_id)
    threads = [
        Thread(
            one,
            stages.get(one.id, []),
            [on for on in dates if on.matter_id == one.id],
            [note for note in written if note.matter_id == one.id],
            [paper for paper in papers if paper.matter_id == one.id],
        )
        for one in matters_of(desk, person_id)
    ]
    return sorted(threads, key=lambda one: (not one.matter.is_open, one.nearest()))


def _meetings(desk: Desk, person_id: UUID, dates: Sequence[Deadline]) -> list[Appointment]:
    found = appointments.appointments_of(desk, person_id, desk.today())
    hearings = {(one.until, one.at) for one in dates if one.kind == COURT}
    legal = [one for one in found if vocab.APPOINTMENT_KINDS.group(one.kind) == LEGAL]
    return [one for one in legal if (one.on, one.at) not in hearings]


def named_hearings(desk: Desk, person_id: UUID) -> list[NamedHearing]:
    """Return the hearings ahead that legal notes name and no court date stands for, the nearest first.

    Only who holds the key of the notes learns of them.
    """
    require(desk, Right.SEE_RECORDS)
    return _hearings(desk, person_id, deadlines.deadlines_of(desk, person_id), notes.notes_of(desk, person_id))


def _hearings(desk: Desk, person_id: UUID, dates: Sequence[Deadline], written: Sequence[Note]) -> list[NamedHearing]:
    standing = {one.until for one in dates if one.kind == COURT}
    naming: list[Note | Service] = [one for one in written if one.kind == LEGAL]
    naming += [one for one in services.services_of(desk, person_id) if vocab.SERVICE_KINDS.group(one.kind) == LEGAL]
    found: dict[date, NamedHearing] = {}
    for one in naming:
        on = hearing_named_in(one)
        if on is not None and on >= desk.today() and on not in standing:
            found.setdefault(on, NamedHearing(on, one.id, one.matter_id if isinstance(one, Note) else None))
    return [found[on] for on in sorted(found)]


def hearing_named_in(record: Note | Service) -> date | None:
    """Return the next hearing as a legal note names it; None without one, or without the key."""
    on = declared(type(record), "legal_next_hearing").read(record)
    return on if isinstance(on, date) else None


def hearing_to_add(desk: Desk, record: Note | Service) -> NamedHearing | None:
    """Return the hearing a legal note names, unless it is over or stands among the dates. Raises NeedsReason."""
    on = hearing_named_in(record)
    named = named_hearings(desk, record.person_id) if on is not None else []
    return next((one for one in named if one.on == on), None)


def start_of_date(thread: Thread, kind: str = COURT, on: date | None = None) -> dict[str, Any]:
    """Return what the form of a new date of a matter begins with.

    Court and place are taken over from its last court date. Nothing sealed for legal work goes into the date, which
    more people read.
    """
    start: dict[str, Any] = {"kind": kind, "matter_id": thread.matter.id, "until": on}
    if thread.matter.member_id is not None:
        start["member_id"] = thread.matter.member_id
    courts = [one for one in thread.dates if one.kind == COURT]
    if kind == COURT and courts:
        before = max(courts, key=lambda one: (one.until or date.min, one.at or time.min))
        for name in _FROM_BEFORE:
            value = declared(Deadline, name).read(before)
            if value not in (None, CLOSED):
                start[name] = value
    return start


def add_date(desk: Desk, matter: LegalMatter, *, kind: str = COURT, **values: Any) -> Deadline:
    """Record a hearing or a time limit of a matter, to be minded like any other date. Raises Problems."""
    require(desk, Right.CASE_WORK)
    check_hers(desk, "deadline.matter", matter.id, matter.person_id)
    return deadlines.record_deadline(desk, matter.person_id, kind=kind, matter_id=matter.id, **values)
