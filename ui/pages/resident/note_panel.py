"""A note that was opened: what it says, who wrote and corrected it, whether it is locked, how it stood before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from shelterdesk import formats, note_lock, note_versions, notes, vocab
from shelterdesk.fields import CLOSED, Field
from shelterdesk.i18n import _, ngettext
from shelterdesk.legal_threads import hearing_to_add
from shelterdesk.note_parts import EVERY_PART, parts_of
from shelterdesk.note_versions import Version
from shelterdesk.notes import TEXTS, Note, text_field
from shelterdesk.services import Service, restricted_note
from ui.pages.resident.field_facts import rest_of
from ui.pages.resident.opened import OpenedPanel
from ui.place import Place
from ui.seat import Seat
from ui.widgets.facts import Fact
from ui.widgets.masked_value import DOTS

PLACED: Final = ("kind", "written_on", *TEXTS.values(), *EVERY_PART)
"""What the row of a note and the panel below it show by hand."""
SUPERVISE: Final = "supervise"
"""What a place does where a note from supervision begins; ``about`` is the note or service it speaks of."""


def supervision_for(kind: str) -> str:
    """Return the kind of note for supervision of a note of *kind*, or of a service of that family; «» for none."""
    return {"psychological": "supervision", "social": "case_supervision"}.get(kind, "")


class NotePanel(OpenedPanel):
    """*acts* are put under the note as links, in their order."""

    def __init__(
        self, seat: Seat, note: Note, about: str, acts: Sequence[tuple[str, Callable[[], object]]], *, corrected: bool
    ) -> None:
        super().__init__()
        title = vocab.NOTE_KINDS.label(note.kind)
        self.versions: list[Version] = note_versions.versions_of(seat.desk, note) if corrected else []
        facts = [Fact(_("About"), about)] if about else []
        written = who_wrote(seat, self.versions) or [Fact(_("Written"), _by(seat, note.created_at, note.created_by))]
        self.add_facts(facts + rest_of(note, PLACED, seat) + written)
        self.add_note(seat, text_field(seat.desk, note.kind), note, title=title)
        add_lock(self, seat, note, text_field(seat.desk, note.kind))
        for words, act in acts:
            self.add_link(words, act)
        add_earlier(self, seat, self.versions, _note_before)


def way_to_hearing(seat: Seat, record: Note | Service, person_id: UUID) -> tuple[str, Callable[[], object]] | None:
    """Return the words and the act that put a hearing which only *record* names among the dates of the person."""
    named = hearing_to_add(seat.desk, record)
    if named is None:
        return None
    place = Place("residents", person_id=person_id, section="legal", doing="new_hearing", about=named.record_id)
    return _("Put the hearing among the dates"), lambda: seat.go(place)


def who_wrote(seat: Seat, versions: Sequence[Version]) -> list[Fact]:
    """Return who wrote what was corrected, who corrected it last, and why; nothing where nobody did."""
    if not versions:
        return []
    newest, oldest = versions[0], versions[-1]
    facts = [
        Fact(_("Written"), _by(seat, oldest.written_at, oldest.written_by)),
        Fact(_("Corrected"), _by(seat, newest.written_at, newest.written_by)),
    ]
    return facts + ([Fact(_("Why"), _why(seat, newest))] if _why(seat, newest) else [])


def add_lock(panel: OpenedPanel, seat: Seat, record: Note | Service, text: Field) -> None:
    """Say below a note from when on it is locked, to whom it is open."""
    first = note_lock.locks_on(seat.desk, record)
    if first is None or not seat.desk.holds(text.compartment):
        return
    if note_lock.is_locked(seat.desk, record):
        words = _("Locked since {day}: it can be amended with a reason, and what stands now is kept.")
        panel.add_words(words.format(day=formats.day(first)), "lock")
    else:
        panel.add_words(_("Locks on {day}.").format(day=formats.day(first)))


Before = Callable[[Seat, Version], list[tuple[str, Field, list[tuple[Field, Any]]]]]
"""Gives what a version said, box by box: title, text, and the text with its parts."""


def add_earlier(panel: OpenedPanel, seat: Seat, versions: Sequence[Version], before: Before) -> None:
    """Offer the earlier ones of *versions* by a link; pressed, they stand below, the newest first."""
    if len(versions) < 2:
        return
    earlier = len(versions) - 1

    def show() -> None:
        link.hide()
        for one in versions[1:]:
            words = _("Version {n}, {moment}").format(n=one.number, moment=_by(seat, one.written_at, one.written_by))
            why = _why(seat, one)
            panel.add_words(f"{words}: {why}" if why else words, "history")
            for title, text, said in before(seat, one):
                panel.add_said(seat, text, said, title=title)

    link = panel.add_link(ngettext("{n} earlier version", "{n} earlier versions", earlier), show)
    link.setObjectName("earlier_versions")


def _note_before(seat: Seat, version: Version) -> list[tuple[str, Field, list[tuple[Field, Any]]]]:
    kind = version.values["kind"]
    text = text_field(seat.desk, kind)
    return [(vocab.NOTE_KINDS.label(kind), text, _said(version, (*notes.parts_for(seat.desk, kind), text)))]


def service_before(seat: Seat, version: Version) -> list[tuple[str, Field, list[tuple[Field, Any]]]]:
    """Return what the notes of a service said, those for the team first."""
    texts = (seat.desk.field(Service, "team_note"), restricted_note(seat.desk, version.values["kind"]))
    found = [
        (_(text.label), text, _said(version, (*parts_of(seat.desk, Service, text.compartment), text))) for text in texts
    ]
    return [one for one in found if one[2]]


def _said(version: Version, fields: Sequence[Field]) -> list[tuple[Field, Any]]:
    said = [(field, version.values.get(field.attribute)) for field in fields]
    return [(field, value) for field, value in said if value is CLOSED or value]


def _why(seat: Seat, version: Version) -> str:
    return seat.masked(version.why, DOTS) if isinstance(version.why, str) else ""


def _by(seat: Seat, at: datetime, member: UUID | None) -> str:
    moment = formats.moment(at, seat.desk.zone)
    name = seat.names("member").get(member, "") if member else ""
    return _("{moment} by {name}").format(moment=moment, name=name) if name else moment
