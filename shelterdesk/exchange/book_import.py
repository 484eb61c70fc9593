"""Bringing in a whole workbook: people and the entries of other sheets, joined by a code, in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy.orm import Session

from shelterdesk import what_happened
from shelterdesk.access import Right, require
from shelterdesk.exchange.book import Part
from shelterdesk.exchange.cells import RowProblem
from shelterdesk.exchange.changes import Change, Taken, place_among, take_changes
from shelterdesk.exchange.kinds import DIRECTORIES, IN_A_LIST, PERSON, brought, right_for
from shelterdesk.exchange.people_import import (
    Cancelled,
    ImportPlan,
    LeftOut,
    NewPerson,
    Progress,
    Rejected,
    Skipped,
    add_stage,
    columns_left_out,
    facts_of,
    noon_of,
    only_site,
    plan_import,
    put_entry,
    put_people,
    reading_of,
    ticking,
)
from shelterdesk.exchange.recognition import Alike, OnFile, Said
from shelterdesk.exchange.record_plan import Brought, Entries, in_order
from shelterdesk.exchange.record_rows import RecordDraft
from shelterdesk.exchange.record_targets import record_targets
from shelterdesk.exchange.sheets import Column, Table
from shelterdesk.exchange.targets import targets_of
from shelterdesk.exchange.updates import Updates
from shelterdesk.exchange.values import Reading, fold_links
from shelterdesk.exchange.whose import Whose
from shelterdesk.i18n import N_, ngettext, text
from shelterdesk.names import names_for
from shelterdesk.placements import Placement
from shelterdesk.schema.acts import Act

if TYPE_CHECKING:
    from shelterdesk.desk import Desk

_NAMED: Final = 8
_BATCH: Final = 200


@dataclass(frozen=True)
class BookPlan:
    """What importing a workbook would do. Making it changes nothing."""

    parts: tuple[Part, ...]
    people: ImportPlan | None
    records: tuple[RecordDraft, ...]
    """Entries that come in by themselves: of people who come in too, and of the house."""
    changes: tuple[Change, ...]
    """What would change about people on file, where somebody ticks it."""
    waiting: int
    """Rows about people on file that are not looked into unless that is asked for."""
    same: int
    """Rows of entries that are on file just so."""
    refused: tuple[tuple[Table, tuple[Rejected, ...]], ...]
    left_out: tuple[LeftOut, ...]
    notices: tuple[Said, ...]
    compared: bool

    @property
    def new(self) -> tuple[NewPerson, ...]:
        """The people who come in."""
        return self.people.new if self.people else ()

    @property
    def on_file(self) -> tuple[OnFile, ...]:
        """The rows of people who are on file."""
        return self.people.on_file if self.people else ()

    @property
    def alike(self) -> tuple[Alike, ...]:
        """New people who remind of somebody."""
        return self.people.alike if self.people else ()

    @property
    def skipped(self) -> Skipped:
        """Rows that are nobody."""
        return self.people.skipped if self.people else Skipped()

    @property
    def rejected(self) -> tuple[Rejected, ...]:
        """The rows that cannot be taken, of all sheets."""
        return tuple(one for _table, rejected in self.refused for one in rejected)

    @property
    def problems(self) -> tuple[RowProblem, ...]:
        """All problems in the order of the sheets and rows."""
        return tuple(problem for rejected in self.rejected for problem in rejected.problems)

    @property
    def brings(self) -> int:
        """How many rows come in without anything being ticked."""
        return len(self.new) + len(self.records)


@dataclass(frozen=True)
class BookResult:
    """What an import did."""

    added: int
    records: int
    on_file: int
    rejected: int
    codes: tuple[str, ...]
    taken: Taken
    people: tuple[UUID, ...] = ()
    """Who came in."""


def plan_book(
    desk: Desk, parts: Sequence[Part], *, compare: bool = False, progress: Progress | None = None
) -> BookPlan:
    """Return what importing the sheets *parts* would do; *compare* looks at what is on file as well. Reads only.

    A comparison takes a row of the name and birth of one person on file for hers, where no code says so.
    """
    require(desk, Right.IMPORT_PEOPLE)
    people_part = next((part for part in parts if part.kind == PERSON), None)
    left_out, allowed = _allowed(desk, parts)
    reading, links = _reading(desk, allowed)
    total = sum(len(part.table.rows) for part in parts if part.kind)
    done = 0

    def tick() -> None:
        nonlocal done
        done += 1
        if progress is not None and done % _BATCH == 0:
            progress(done, total)

    with desk.read() as db:
        early = Whose(desk, db, None)
        entries = Entries(desk, db, early, reading, links)
        ordered = in_order(allowed)
        houses = [part for part in ordered if "person_id" not in brought()[part.kind].__table__.columns]
        for part in houses:
            entries.read(part, tick)
        people = None
        if people_part is not None:
            mapping = people_part.mapping.without({part.kind for part in allowed} & set(IN_A_LIST))
            before = done

            def of_all(number: int, _whole: int) -> None:
                if progress is not None:
                    progress(before + number, total)

            people = plan_import(desk, people_part.table, mapping, of_all, reading, alike_are_same=compare)
            done += len(people_part.table.rows)
        whose = Whose(desk, db, people)
        links[PERSON] |= whose.links()
        entries.know(whose)
        for part in ordered:
            if part not in houses:
                entries.read(part, tick)
        found = entries.found
        waiting, updates = _sort_out(desk, db, people, found, whose, compare=compare)
    notices = [*_further_lists(parts), *(people.notices if people else ()), *_notices(found, updates)]
    return BookPlan(
        tuple(parts),
        people,
        tuple(draft for drafts in found.drafts.values() for draft in drafts),
        tuple(updates.comparison.changes) if updates else (),
        waiting,
        found.same + (updates.same if updates else 0),
        (*(people.refused if people else ()), *found.rejected),
        (*(people.left_out if people else ()), *left_out),
        tuple(notices),
        compare,
    )


def run_book(
    desk: Desk,
    plan: BookPlan,
    ticked: Collection[int] = (),
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> BookResult:
    """Bring in what is new in *plan*, and of its changes those whose numbers are *ticked*, in one transaction.

    Raises :class:`ImportCancelled` when *cancelled* says so before the end, and the errors of :meth:`Desk.write`; both
    leave everything as it was.
    """
    require(desk, Right.IMPORT_PEOPLE)
    wanted = [change for change in plan.changes if change.number in set(ticked)]
    total = plan.brings + len(wanted)
    tick = ticking(total, progress, cancelled)
    codes: list[str] = []
    already: set[UUID] = set()
    with desk.write(Act.IMPORT, facts=facts_of(plan.people)) as db:
        if plan.people is not None:
            codes, already = put_people(db, desk, plan.people, tick)
        records = _put_records(db, desk, plan, already, tick)
        taken = take_changes(db, desk, wanted)
        tick(total)
    rejected = len(plan.rejected)
    people = tuple(one.id for one in plan.new if one.id not in already)
    return BookResult(len(codes), records, len(plan.on_file) + len(already), rejected, tuple(codes), taken, people)


def counts(plan: BookPlan, language: str | None = None) -> Iterator[str]:
    """Return the numbers of a plan as short sentences: new, on file, with problems."""
    yield ngettext("{n} new person", "{n} new people", len(plan.new), language)
    if plan.records:
        yield ngettext("{n} entry of another sheet", "{n} entries of other sheets", len(plan.records), language)
    yield ngettext("{n} already on file", "{n} already on file", len(plan.on_file), language)
    yield ngettext("{n} row with problems", "{n} rows with problems", len(plan.rejected), language)


# --- planning -----------------------------------------------------------------------------------------------------


def _allowed(desk: Desk, parts: Sequence[Part]) -> tuple[list[LeftOut], list[Part]]:
    """Return the sheets of entries the signed-in person may bring, and the columns that stay out with the reason."""
    left: list[LeftOut] = []
    allowed: list[Part] = []
    for part in parts:
        if part.kind not in brought():
            continue
        kind = brought()[part.kind]
        message = ""
        if not desk.may(right_for(part.kind)):
            message = N_("your role does not include it")
        elif part.kind in what_happened.KINDS and not what_happened.may_open(desk):
            message = N_("only who may open what happened can write it")
        if message:
            left.append(LeftOut(Column(0, part.table.sheet), Said(message)))
        else:
            allowed.append(part)
            left += columns_left_out(desk, part.table, part.mapping, record_targets(desk, kind))
    return left, allowed


def _reading(desk: Desk, parts: Sequence[Part]) -> tuple[Reading, dict[str, dict[str, UUID]]]:
    targets = list(targets_of(desk).values())
    for part in parts:
        targets += record_targets(desk, brought()[part.kind]).values()
    reading = reading_of(desk, targets)
    links = {target: dict(named) for target, named in reading.links.items()}
    for part in parts:
        if part.kind in DIRECTORIES and part.kind not in links:
            links[part.kind] = fold_links(names_for(desk, part.kind))
    return Reading(reading.today, links, reading.currency), links


def _sort_out(
    desk: Desk, db: Session, people: ImportPlan | None, found: Brought, whose: Whose, *, compare: bool
) -> tuple[int, Updates | None]:
    """Keep in *found* what comes in by itself; compare the rest with what is on file, or count it."""
    updates = Updates(desk, db) if compare else None
    waiting = len(people.on_file) if people else 0
    if updates and people:
        updates.people(people)
    moved: dict[UUID, UUID] = {}
    for kind, drafts in found.drafts.items():
        known = [one for one in drafts if one.person_id is not None and one.person_id not in whose.new]
        waiting += len(known)
        if updates and known:
            moved |= updates.records(known, moved)
        ids = {one.id for one in known}
        found.drafts[kind] = [one for one in drafts if one.id not in ids]
    return (0 if compare else waiting), updates


def _further_lists(parts: Sequence[Part]) -> Iterator[Said]:
    names = [part.table.sheet for part in parts if part.in_second_place]
    if names:
        yield Said(
            N_("People of one sheet come in at a time. Import the file again for these sheets: {sheets}."),
            {"sheets": ", ".join(f"«{name}»" for name in names[:_NAMED]) + ("…" if len(names) > _NAMED else "")},
        )


def _notices(found: Brought, updates: Updates | None) -> Iterator[Said]:
    for (label, name), count in found.unknown.most_common(_NAMED):
        yield Said(
            N_("Nothing here is called «{name}» under «{label}»; entries that come in without it: {count}."),
            {"name": name, "label": text(label), "count": count},
        )
    others = len(found.unknown) - _NAMED
    if others > 0:
        yield Said(N_("Further names that are not known here: {count}."), {"count": others})
    if updates and updates.shut:
        yield Said(
            N_("People whose record asks why it is opened, and was not compared: {count}. Open it first."),
            {"count": len(updates.shut)},
        )
    if updates and updates.folded:
        yield Said(
            N_("People of whom «What happened» was not compared, because it was not opened: {count}."),
            {"count": len(updates.folded)},
        )


# --- writing ------------------------------------------------------------------------------------------------------


def _put_records(db: Session, desk: Desk, plan: BookPlan, already: set[UUID], tick: Callable[[int], None]) -> int:
    site_id = only_site(desk)
    staged = {draft.parents.get("placement_id") for draft in plan.records}
    numbers: Counter[tuple[str, UUID | None]] = Counter()
    put = 0
    for draft in plan.records:
        if draft.person_id in already:
            continue
        record = draft.kind(id=draft.id, **draft.parents, **place_among(db, draft.kind, draft.person_id, numbers))
        if draft.person_id is not None:
            record.person_id = draft.person_id  # pyright: ignore[reportAttributeAccessIssue]
        lost = {name: None for name, value in draft.values.items() if isinstance(value, UUID) and value in already}
        put_entry(db, desk, record, draft.values | lost, site_id)
        if isinstance(record, Placement) and draft.id not in staged:
            add_stage(db, desk, record)
        if draft.taken_back is not None:
            record.archived_at = noon_of(desk, draft.taken_back)
        put += 1
        if put % _BATCH == 0:
            db.flush()
        tick(len(plan.new) + put)
    return put
