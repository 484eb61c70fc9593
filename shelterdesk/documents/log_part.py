"""One person's part of the log on paper: for herself when she asks who looked, or for the file.

The code is the only identifier. Nothing on it names her: where a value would, the paper says that it changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby
from typing import Final
from uuid import UUID

from sqlalchemy import select

from shelterdesk import formats, log_families
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.documents.blocks import Block, Column, Document, Foot, Paragraph, Row, RowKind, Table, Tone
from shelterdesk.documents.confidential import IN_THE_FILE, code_box
from shelterdesk.i18n import N_, ngettext, text
from shelterdesk.log_words import LogWords
from shelterdesk.members import shown_names
from shelterdesk.person_reading import codes_by_person
from shelterdesk.printed import log_paper
from shelterdesk.reach import require_reach
from shelterdesk.record_log import FieldLine, LogFilter, LogLine, lines_of
from shelterdesk.rooms import Site
from shelterdesk.schema.acts import Act

FOR_HER: Final = "log_for_her"
FOR_THE_FILE: Final = "log_for_the_file"
"""What the log calls the two papers."""
MOST: Final = 5000
"""Entries on one paper; of more, the newest are printed and the paper says so."""
_STATES: Final = {
    "sealed": N_("sealed"),
    "removed": N_("removed since"),
    "altered": N_("altered outside ShelterDesk"),
    "closed": N_("shown once the record is open"),
}
_BARE: Final = {
    "looked": N_("Looked at it"),
    "left": N_("Gave something out, on paper or as a file"),
}
_WROTE: Final = N_("Wrote something down")
"""Acts in words that give nothing away, by their family."""
_NAMES_HER: Final = frozenset({"person", "colleague"})
"""Kinds of record whose sealed values say who somebody is."""


class Detail(StrEnum):
    """How much the paper says. Whoever finds a bare one learns nothing of where she is and who helps her."""

    BARE = "bare"
    FIELDS = "fields"
    VALUES = "values"


@dataclass(frozen=True)
class LogPaper:
    """What goes on the paper. Both days are counted; without them it is the whole part."""

    for_her: bool = True
    detail: Detail = Detail.BARE
    names: bool = False
    """Whether colleagues are named; otherwise they are told apart by letters."""
    first: date | None = None
    last: date | None = None


def log_part(desk: Desk, person_id: UUID, paper: LogPaper, language: str) -> Document:
    """Return the paper, oldest entry first. Raises NotAllowed, RecordClosed and NeedsReason."""
    require(desk, Right.READ_LOG)
    require_reach(desk, person_id)
    with desk.read() as db:
        codes, staff = codes_by_person(db), shown_names(desk, db)
        sites = {row[0]: row[1] for row in db.execute(select(Site.id, Site.code))}
    called = staff if paper.names else _letters(staff, language)
    # A site is called as the shelter is; its short code tells nobody.
    words = LogWords(desk, language, {"person": codes, "member": called, "site": sites})
    wanted = LogFilter(person_id=person_id, first=paper.first, last=paper.last)
    lines = lines_of(desk, wanted, words, limit=MOST + 1, language=language, folded=True)
    by_name = {staff[member]: words for member, words in called.items()}
    return _Paper(desk, paper, codes[person_id], by_name, language).document(lines[:MOST][::-1], cut=len(lines) > MOST)


def note_log_part(desk: Desk, person_id: UUID, *, for_her: bool, how: str, for_whom: str = "", why: str = "") -> None:
    """Log that the paper leaves the program; *how* is ``print`` or ``pdf``. Raises NotAllowed."""
    require(desk, Right.READ_LOG)
    require_reach(desk, person_id)
    what = FOR_HER if for_her else FOR_THE_FILE
    log_paper(desk, what, how=how, about=person_id, for_whom=for_whom, why=why)


@dataclass(frozen=True)
class _Entry:
    """One line of the paper; *times* counts what one colleague did alike on one day."""

    line: LogLine
    act: str
    times: int = 1


class _Paper:
    """The words of one paper."""

    def __init__(self, desk: Desk, paper: LogPaper, code: str, called: Mapping[str, str], language: str) -> None:
        """*called* are the words for colleagues by their names."""
        self._desk, self._paper, self._code, self._called, self._language = desk, paper, code, called, language

    def say(self, message: str, **values: object) -> str:
        return text(message, self._language, **values)

    def document(self, lines: Sequence[LogLine], *, cut: bool) -> Document:
        hers, printed = self._paper.for_her, formats.day(self._desk.today(), self._language)
        blocks: list[Block] = [Paragraph(self._introduction(len(lines)))]
        if cut:
            blocks.append(Paragraph(self.say(N_("There are older entries that are not on this paper.")), Tone.MUTED))
        blocks.append(self._table(lines))
        if self._paper.detail is Detail.VALUES:
            blocks.append(
                Paragraph(
                    self.say(N_("What says who she is, and what is sealed, is left out of this paper.")), Tone.SMALL
                )
            )
        keeping = N_("This sheet is mine. I can keep it, leave it or throw it away.") if hers else IN_THE_FILE
        return Document(
            title=self.say(N_("Who looked, and what was done")),
            subtitle=self._days(),
            language=self._language,
            file_name="who-looked" if hers else "log-part",
            key=code_box(self._code, self._language),
            blocks=tuple(blocks),
            foot=Foot(
                mark="" if hers else self.say(N_("Confidential")),
                text=self.say(keeping),
                second=self.say(N_("{code}, printed {day}"), code=self._code, day=printed),
                page_numbers=True,
            ),
        )

    def _introduction(self, count: int) -> str:
        if self._paper.for_her:
            return self.say(
                N_(
                    "This is what was done with what is kept about me. I may ask for it at any time. I may ask what "
                    "something means, and I may ask for mistakes to be put right."
                )
            )
        return ngettext(
            "{n} entry of the log about this record.",
            "{n} entries of the log about this record.",
            count,
            self._language,
        )

    def _days(self) -> str:
        first, last = self._paper.first, self._paper.last
        if first is not None and last is not None and first <= last:
            return formats.span(first, last, self._language)
        if first is not None:
            return self.say(N_("from {day} on"), day=formats.day(first, self._language))
        if last is not None:
            return self.say(N_("until {day}"), day=formats.day(last, self._language))
        return ""

    def _table(self, lines: Sequence[LogLine]) -> Table:
        columns = [Column(self.say(N_("Time")), 14), Column(self.say(N_("What was done")), 60)]
        columns.append(Column(self.say(N_("By")), 34))
        if not self._bare:
            columns.append(Column(self.say(N_("What it was about")), 62))
        rows: list[Row] = []
        for day, on_day in groupby(lines, key=lambda line: self._desk.day_of(line.at)):
            rows.append(self._row(formats.day(day, self._language, "weekday_long"), kind=RowKind.GROUP))
            for entry in self._gathered(on_day):
                rows += self._rows(entry)
        return Table(tuple(columns), tuple(rows), self.say(N_("Nothing is in the log for these days.")))

    @property
    def _bare(self) -> bool:
        return self._paper.detail is Detail.BARE

    def _row(self, *cells: str, kind: RowKind = RowKind.NORMAL) -> Row:
        return Row((*cells, "", "", "", "")[: 3 if self._bare else 4], kind)

    def _rows(self, entry: _Entry) -> Iterator[Row]:
        line = entry.line
        act = entry.act if entry.times == 1 else self.say(N_("{act}, {n} times"), act=entry.act, n=entry.times)
        at = formats.clock(line.at, self._desk.zone, self._language)
        yield self._row(at, act, self._who(line.who), self._about(line))
        if self._paper.detail is Detail.VALUES:
            for field in line.fields:
                if not field.is_fact:
                    yield self._row("", field.label, "", self._value(line, field), kind=RowKind.INDENT)

    def _gathered(self, lines: Iterable[LogLine]) -> list[_Entry]:
        """Make one entry of what one colleague did alike on one day and what says nothing more, at its first time."""
        found: list[_Entry] = []
        places: dict[tuple[str, str], int] = {}
        for line in lines:
            act = self._act(line)
            alike = self._bare or (line.code == Act.OPEN_RECORD.code and not line.fields)
            place = places.get((line.who, act)) if alike else None
            if place is not None:
                found[place] = _Entry(found[place].line, act, found[place].times + 1)
                continue
            if alike:
                places[line.who, act] = len(found)
            found.append(_Entry(line, act))
        return found

    def _act(self, line: LogLine) -> str:
        if not self._bare:
            return line.act
        family = next((one for one in _BARE if line.code in log_families.BY_ID[one].acts), "")
        return self.say(_BARE.get(family, _WROTE))

    def _about(self, line: LogLine) -> str:
        facts = [field.after for field in line.fields if field.is_fact and field.state == "readable"]
        if any(facts):
            return ", ".join(fact for fact in facts if fact)
        if self._paper.detail is Detail.FIELDS and line.fields:
            return f"{line.kind}: {', '.join(field.label for field in line.fields)}"
        return line.kind

    def _value(self, line: LogLine, field: FieldLine) -> str:
        if field.state != "readable":
            return self.say(_STATES[field.state])
        if field.sensitive and line.record in _NAMES_HER:
            return self.say(N_("changed"))
        was, now = (" ".join(words.split()) for words in (field.before, field.after))
        return self.say(N_("{before} → {after}"), before=was, after=now or "–") if was else now or "–"

    def _who(self, name: str) -> str:
        return self._called.get(name, name) or "–"


def _letters(staff: Mapping[UUID, str], language: str) -> dict[UUID, str]:
    """Return «Colleague A» for each member, so that they can be told apart on paper and not be named."""
    in_order = sorted(staff, key=lambda member: (staff[member], member))
    return {
        member: text(N_("Colleague {letter}"), language, letter=_letter(place)) for place, member in enumerate(in_order)
    }


def _letter(number: int) -> str:
    """Return A, B … Z, AA, AB …"""
    letters = chr(ord("A") + number % 26)
    return letters if number < 26 else _letter(number // 26 - 1) + letters
