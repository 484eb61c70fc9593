"""One note that was opened: what it says, who wrote and corrected it, whether it is locked, and how it stood before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from shelterdesk import formats, note_lock, note_versions, notes, vocab
from shelterdesk.fields import CLOSED
from shelterdesk.i18n import _, ngettext
from shelterdesk.note_parts import EVERY_PART
from shelterdesk.note_versions import Version
from shelterdesk.notes import TEXTS, Note, text_field
from ui.pages.resident.field_facts import rest_of
from ui.pages.resident.opened import OpenedPanel
from ui.seat import Seat
from ui.widgets.facts import Fact
from ui.widgets.masked_value import DOTS

PLACED: Final = ("kind", "written_on", *TEXTS.values(), *EVERY_PART)
"""What the row of a note and the panel below it show by hand."""


class NotePanel(OpenedPanel):
    """*acts* are put under the note as links, in their order."""

    def __init__(
        self, seat: Seat, note: Note, about: str, acts: Sequence[tuple[str, Callable[[], object]]], *, corrected: bool
    ) -> None:
        super().__init__()
        self.seat, self.note = seat, note
        self.versions: list[Version] = note_versions.versions_of(seat.desk, note) if corrected else []
        facts = [Fact(_("About"), about)] if about else []
        self.add_facts(facts + rest_of(note, PLACED, seat) + self._written())
        self.add_note(seat, text_field(seat.desk, note.kind), note, title=vocab.NOTE_KINDS.label(note.kind))
        self._say_lock()
        for words, act in acts:
            self.add_link(words, act)
        earlier = len(self.versions) - 1
        if earlier > 0:
            words = ngettext("{n} earlier version", "{n} earlier versions", earlier)
            self.earlier = self.add_link(words, self.show_earlier)
            self.earlier.setObjectName("earlier_versions")

    def show_earlier(self) -> None:
        """Show how the note stood before, the newest first."""
        self.earlier.hide()
        for one in self.versions[1:]:
            why = one.why if one.why and one.why is not CLOSED else ""
            words = _("Version {n}, {moment}").format(n=one.number, moment=self._by(one))
            self.add_words(f"{words}: {self.seat.masked(why, DOTS)}" if why else words, "history")
            kind = one.values["kind"]
            text = text_field(self.seat.desk, kind)
            fields = (*notes.parts_for(self.seat.desk, kind), text)
            said = [(field, one.values[field.attribute]) for field in fields]
            said = [(field, value) for field, value in said if value is CLOSED or value]
            self.add_said(self.seat, text, said, title=vocab.NOTE_KINDS.label(kind))

    def _written(self) -> list[Fact]:
        if not self.versions:
            return [Fact(_("Written"), self._by_whom(self.note.created_at, self.note.created_by))]
        newest = self.versions[0]
        facts = [Fact(_("Written"), self._by(self.versions[-1])), Fact(_("Corrected"), self._by(newest))]
        if newest.why and newest.why is not CLOSED:
            facts.append(Fact(_("Why"), self.seat.masked(newest.why, DOTS)))
        return facts

    def _by(self, version: Version) -> str:
        return self._by_whom(version.written_at, version.written_by)

    def _by_whom(self, at: datetime, member: UUID | None) -> str:
        moment = formats.moment(at, self.seat.desk.zone)
        name = self.seat.names("member").get(member, "") if member else ""
        return _("{moment} by {name}").format(moment=moment, name=name) if name else moment

    def _say_lock(self) -> None:
        desk = self.seat.desk
        first = note_lock.locks_on(desk, self.note)
        if first is None or not desk.holds(text_field(desk, self.note.kind).compartment):
            return
        if note_lock.is_locked(desk, self.note):
            words = _("Locked since {day}: it can be amended with a reason, and what stands now is kept.")
            self.add_words(words.format(day=formats.day(first)), "lock")
        else:
            self.add_words(_("Locks on {day}.").format(day=formats.day(first)))
