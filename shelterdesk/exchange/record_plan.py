"""What the sheets of entries would bring: whose each row is, what it hangs on, and which of them cannot be taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk import folding
from shelterdesk.exchange.book import Part
from shelterdesk.exchange.changes import agree
from shelterdesk.exchange.kinds import DIRECTORIES, brought, parents_of
from shelterdesk.exchange.mapping import row_number_columns
from shelterdesk.exchange.people_import import Rejected
from shelterdesk.exchange.record_rows import RecordDraft, RecordReader
from shelterdesk.exchange.sheets import Table
from shelterdesk.exchange.values import Reading
from shelterdesk.exchange.whose import Whose
from shelterdesk.i18n import N_
from shelterdesk.log_words import kind_words
from shelterdesk.plans import Goal, Plan
from shelterdesk.records import UNANSWERED
from shelterdesk.schema.base import RECORDS, Record, whole

if TYPE_CHECKING:
    from shelterdesk.desk import Desk

_NO_ENTRY: Final = N_("The sheet «{sheet}» has no entry «{entry}», or it could not be taken.")
_NOTHING_TO_HANG_ON: Final = N_("There is no entry «{sheet}» of this person that it could belong to.")


@dataclass
class Brought:
    """What the sheets of entries hold, by kind in the order in which entries hang on each other."""

    drafts: dict[str, list[RecordDraft]] = field(default_factory=dict[str, list[RecordDraft]])
    rejected: list[tuple[Table, tuple[Rejected, ...]]] = field(default_factory=list[tuple[Table, tuple[Rejected, ...]]])
    unknown: Counter[tuple[str, str]] = field(default_factory=Counter[tuple[str, str]])
    same: int = 0
    """Entries of the house that are on file already."""


class Entries:
    """Reads the sheets of entries one after the other; what hangs on something comes after it."""

    def __init__(
        self, desk: Desk, db: Session, whose: Whose, reading: Reading, links: dict[str, dict[str, UUID]]
    ) -> None:
        self._desk, self._db, self._whose, self._reading, self._links = desk, db, whose, reading, links
        self.found = Brought()
        self._by_entry: dict[tuple[str, str], UUID] = {}
        self._of_person: dict[tuple[str, UUID], list[tuple[UUID, Mapping[str, Any]]]] = {}
        self._rooms: dict[UUID, str] = {}

    def know(self, whose: Whose) -> None:
        """Take the people of the workbook as well."""
        self._whose = whose

    def read(self, part: Part, tick: Callable[[], None]) -> None:
        """Read the rows of one sheet."""
        kind = brought()[part.kind]
        reader = RecordReader(self._desk, kind, part.table.sheet, part.mapping, self._reading)
        counted = row_number_columns(part.table)
        refused: list[Rejected] = []
        good: list[RecordDraft] = []
        for row in part.table.rows:
            tick()
            if reader.is_empty(row, counted):
                continue
            draft = reader.read(row)
            self._whose.settle(draft)
            if not draft.problems:
                self._settle_parents(draft)
            if draft.problems:
                refused.append(Rejected(row, tuple(draft.problems)))
            else:
                self._keep(draft, good)
        self.found.unknown.update(reader.unknown)
        self.found.drafts.setdefault(part.kind, []).extend(good)
        if refused:
            self.found.rejected.append((part.table, tuple(refused)))

    # --- keeping --------------------------------------------------------------------------------------------------

    def _keep(self, draft: RecordDraft, good: list[RecordDraft]) -> None:
        kind = draft.kind.__tablename__
        known = self._on_file(draft)
        if known is not None:
            draft.id = known
            self.found.same += 1
        else:
            good.append(draft)
        if draft.entry is not None:
            self._by_entry[kind, draft.entry] = draft.id
        if draft.person_id is not None:
            self._of_person.setdefault((kind, draft.person_id), []).append((draft.id, draft.values))
        if kind in DIRECTORIES:
            self._name(draft)

    def _on_file(self, draft: RecordDraft) -> UUID | None:
        """Return which record of the house an entry is that is about nobody: of the same name, or wholly the same."""
        if draft.person_id is not None:
            return None
        kind = draft.kind
        if kind.__tablename__ in DIRECTORIES:
            return self._named(draft)
        owner: Any = kind.__table__.c["person_id"]
        with self._db.no_autoflush:
            held = self._held(kind, owner)
        fields = {one.attribute: one for one in self._desk.fields(kind)}
        for record in held:
            said = {name: value for name, value in draft.values.items() if name != UNANSWERED}
            if all(agree(fields[name].read(record), value) for name, value in said.items() if name in fields):
                return record.id
        return None

    def _held(self, kind: type[Record], owner: Any) -> Sequence[Record]:
        key = f"held {kind.__tablename__}"
        if key not in self._db.info:
            query = select(kind).where(owner.is_(None), kind.archived_at.is_(None)).options(*whole(kind))
            self._db.info[key] = list(self._db.scalars(query))
        return self._db.info[key]

    def _named(self, draft: RecordDraft) -> UUID | None:
        kind = draft.kind.__tablename__
        names = self._links.setdefault(kind, {})
        for name in self._names_of(draft):
            if name and folding.fold(name) in names:
                return names[folding.fold(name)]
        # A colleague in the directory of providers goes by the name of the colleague.
        for attribute in ("code", "member_id"):
            value = draft.values.get(attribute)
            if value is not None:
                column: Any = draft.kind.__table__.c[attribute]
                return self._db.scalar(select(draft.kind.id).where(column == value))
        return None

    def _name(self, draft: RecordDraft) -> None:
        names = self._links.setdefault(draft.kind.__tablename__, {})
        for name in self._names_of(draft):
            if name:
                names.setdefault(folding.fold(name), draft.id)
        colleague = draft.values.get("member_id")
        for name, member_id in self._links.get("member", {}).items():
            if member_id == colleague:
                names.setdefault(name, draft.id)
        if draft.kind.__tablename__ == "room":
            self._rooms[draft.id] = str(draft.values.get("name") or "")

    def _names_of(self, draft: RecordDraft) -> tuple[str, ...]:
        name = str(draft.values.get("name") or "")
        if draft.kind.__tablename__ == "bed":
            room = draft.parents.get("room_id")
            return (f"{self._rooms.get(room, '')}-{name}",) if room is not None else ()
        return (name, str(draft.values.get("code") or ""))

    # --- what it hangs on -----------------------------------------------------------------------------------------

    def _settle_parents(self, draft: RecordDraft) -> None:
        for parent in parents_of(draft.kind):
            said = draft.hangs_on.get(parent.column)
            if said is not None:
                found = self._by_entry.get((parent.kind, said)) or self._links.get(parent.kind, {}).get(
                    folding.fold(said)
                )
                if found is None:
                    draft.object_to(_NO_ENTRY, sheet=kind_words(parent.kind), entry=said)
                    continue
                draft.parents[parent.column] = found
            elif parent.needed:
                found = self._guessed(draft, parent.kind)
                if found is None:
                    draft.object_to(_NOTHING_TO_HANG_ON, sheet=kind_words(parent.kind))
                else:
                    draft.parents[parent.column] = found

    def _guessed(self, draft: RecordDraft, kind: str) -> UUID | None:
        """Return what an entry belongs to that does not say so: the stay of that day, the only placement, the plan."""
        if kind in DIRECTORIES:
            names = set(self._links.get(kind, {}).values())
            return names.pop() if len(names) == 1 else None
        if draft.person_id is None:
            return None
        held = [*self._of_person.get((kind, draft.person_id), ()), *self._file(kind, draft.person_id)]
        if kind == "stay":
            held = [one for one in held if _covers(one[1], draft.values.get("since"))]
        elif kind == "goal":
            held = [one for one in held if one[1].get("domain") == draft.values.get("domain")]
        if held:
            return held[-1][0]
        if kind in (Plan.__tablename__, Goal.__tablename__):
            return self._begun(draft, kind)
        return None

    def _begun(self, draft: RecordDraft, kind: str) -> UUID:
        """Begin the plan, or the goal of the domain, that steps without one belong to."""
        more = RecordDraft(draft.row, draft.sheet, draft.code, kind=RECORDS[kind], person_id=draft.person_id)
        if kind == Goal.__tablename__:
            more.values = {"domain": draft.values.get("domain")}
            more.parents["plan_id"] = draft.parents["plan_id"]
        self.found.drafts.setdefault(kind, []).append(more)
        assert draft.person_id is not None
        self._of_person.setdefault((kind, draft.person_id), []).append((more.id, more.values))
        return more.id

    def _file(self, kind: str, person_id: UUID) -> list[tuple[UUID, Mapping[str, Any]]]:
        if person_id in self._whose.new:
            return []
        record = RECORDS[kind]
        owner: Any = record.__table__.c["person_id"]
        query = select(record).where(owner == person_id, record.archived_at.is_(None)).order_by(record.created_at)
        names = [one for one in ("arrived_on", "left_on", "domain") if one in record.__table__.columns]
        return [(one.id, {name: getattr(one, name) for name in names}) for one in self._db.scalars(query)]


def in_order(parts: Sequence[Part]) -> list[Part]:
    """Return the sheets of entries so that what others hang on, or are named after, comes before them."""
    kinds = brought()

    def depth(kind: str, below: frozenset[str] = frozenset()) -> int:
        seen = below | {kind}
        above = {parent.kind for parent in parents_of(kinds[kind])} & kinds.keys() - seen
        return 1 + max((depth(one, seen) for one in above), default=0)

    entries = [part for part in parts if part.kind in kinds]
    places = {kind: place for place, kind in enumerate(DIRECTORIES)}
    return sorted(entries, key=lambda part: (places.get(part.kind, len(places)), depth(part.kind)))


def _covers(stay: Mapping[str, Any], day: Any) -> bool:
    arrived, left = stay.get("arrived_on"), stay.get("left_on")
    return day is None or (arrived is not None and arrived <= day and (left is None or day <= left))
