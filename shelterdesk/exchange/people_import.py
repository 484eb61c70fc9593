"""Bringing in the list a shelter keeps today: first a plan that only reads, then one transaction."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk import house_settings, names, rooms
from shelterdesk.access import Right, require
from shelterdesk.consents import Consent
from shelterdesk.errors import ShelterDeskError
from shelterdesk.exchange.cells import RowProblem
from shelterdesk.exchange.kinds import IN_A_LIST, PERSON
from shelterdesk.exchange.mapping import ColumnMapping, Why, is_reason, row_number_columns
from shelterdesk.exchange.recognition import Alike, Keys, Known, OnFile, Said
from shelterdesk.exchange.rows import RowDraft, RowReader, notes_in
from shelterdesk.exchange.sheets import Column, Table, TableRow
from shelterdesk.exchange.targets import WHAT_HAPPENED, Target, targets_of, why_not_written
from shelterdesk.exchange.values import Reading, fold_links
from shelterdesk.fields import Kind
from shelterdesk.i18n import N_
from shelterdesk.notes import Note
from shelterdesk.people import Person, PersonCode, new_person
from shelterdesk.person_history import PhaseSince, StatusSince, WorkerSince
from shelterdesk.person_reading import codes_by_person
from shelterdesk.placements import Placement, StageSince
from shelterdesk.records import fill
from shelterdesk.referrals import Referral
from shelterdesk.referrals_out import ReferralOut
from shelterdesk.schema.base import RECORDS, declared
from shelterdesk.schema.types import new_id
from shelterdesk.stays import Stay
from shelterdesk.vocab import COMPARTMENTS

if TYPE_CHECKING:
    from shelterdesk.desk import Desk
    from shelterdesk.schema.base import Record

IMPORT_SITE: Final = "import"
"""Where codes of imported lists come from; a code of ours has no site."""

Progress = Callable[[int, int], None]
"""Takes how many people are done and of how many."""
Cancelled = Callable[[], bool]

_BATCH: Final = 200
_NAMED_WORKERS: Final = 8
_CODE: Final = re.compile(r"[\w./#:-]{1,40}")


class ImportCancelled(ShelterDeskError):
    """The person stopped the import; nothing was written."""

    def __init__(self) -> None:
        super().__init__(N_("The import was stopped. Nothing was changed."))


@dataclass(frozen=True)
class NewPerson:
    """A row that will become a person. ``name`` is what the lists will show; empty where only a code is known."""

    draft: RowDraft
    key: bytes
    name: str
    id: UUID = field(default_factory=new_id)

    @property
    def row(self) -> int:
        """Number of the row in the sheet."""
        return self.draft.row.number


@dataclass(frozen=True)
class Rejected:
    """A row that cannot be taken as it is."""

    row: TableRow
    problems: tuple[RowProblem, ...]

    def reason(self, language: str | None = None) -> str:
        """Return all reasons as one text, one line for each."""
        return "\n".join(dict.fromkeys(problem.line(language) for problem in self.problems))


@dataclass(frozen=True)
class LeftOut:
    """A column that is not taken, and why."""

    column: Column
    why: Said


@dataclass(frozen=True)
class Skipped:
    """Rows that are nobody: only numbered, or adding others up."""

    empty: int = 0
    totals: int = 0


@dataclass(frozen=True)
class ImportPlan:
    """What an import would do. Making it changes nothing."""

    table: Table
    mapping: ColumnMapping
    new: tuple[NewPerson, ...]
    on_file: tuple[OnFile, ...]
    rejected: tuple[Rejected, ...]
    alike: tuple[Alike, ...]
    left_out: tuple[LeftOut, ...]
    skipped: Skipped
    notices: tuple[Said, ...]
    known: tuple[RowDraft, ...] = ()
    """What the rows of ``on_file`` say, in the same order."""

    @property
    def refused(self) -> tuple[tuple[Table, tuple[Rejected, ...]], ...]:
        """The rows that cannot be taken, with the sheet they stand in."""
        return ((self.table, self.rejected),) if self.rejected else ()

    @property
    def problems(self) -> tuple[RowProblem, ...]:
        """All problems in the order of the rows."""
        return tuple(problem for rejected in self.rejected for problem in rejected.problems)


def plan_import(
    desk: Desk,
    table: Table,
    mapping: ColumnMapping,
    progress: Progress | None = None,
    reading: Reading | None = None,
    *,
    alike_are_same: bool = False,
) -> ImportPlan:
    """Return what importing *table* under *mapping* would do. Reads only.

    *reading* knows the names of linked records where other sheets of the workbook add to them. With *alike_are_same* a
    row of the name and birth of one person on file is hers, for lists that know their people by no code.
    """
    require(desk, Right.IMPORT_PEOPLE)
    targets = targets_of(desk)
    reader = RowReader(desk, mapping, targets, reading or reading_of(desk, targets.values()))
    keys = Keys(desk, table, mapping)
    with desk.read() as db:
        known = Known(db)
    new: list[NewPerson] = []
    on_file: list[OnFile] = []
    drafts: list[RowDraft] = []
    rejected: list[Rejected] = []
    alike: list[Alike] = []
    empty = totals = 0
    workers: Counter[str] = Counter()
    counted = row_number_columns(table) | {column.index for column in table.columns if is_reason(column)}
    for number, row in enumerate(table.rows, start=1):
        if progress is not None and number % _BATCH == 0:
            progress(number, len(table.rows))
        if reader.is_total(row):
            totals += 1
            continue
        if reader.is_empty(row, counted):
            empty += 1
            continue
        draft = reader.read(row)
        if draft.problems:
            rejected.append(Rejected(row, tuple(draft.problems)))
            continue
        row_keys = keys.of(row, draft.code)
        found = known.same(draft, row_keys)
        if isinstance(found, RowProblem):
            rejected.append(Rejected(row, (found,)))
        elif found is not None:
            on_file.append(found)
            drafts.append(draft)
        else:
            hint = known.alike(draft)
            if hint is not None and hint.sure and hint.person_id is not None and alike_are_same:
                on_file.append(OnFile(hint.row, hint.person_id, hint.shown, hint.why))
                drafts.append(draft)
                continue
            if hint is not None:
                alike.append(hint)
            known.remember(draft, row_keys[0])
            new.append(NewPerson(draft, row_keys[0], draft.of(Person).get("short_name") or ""))
            if draft.unknown_worker:
                workers[draft.unknown_worker] += 1
    return ImportPlan(
        table,
        mapping,
        tuple(new),
        tuple(on_file),
        tuple(rejected),
        tuple(alike),
        columns_left_out(desk, table, mapping, targets),
        Skipped(empty, totals),
        tuple(_notices(desk, table, mapping, new, workers)),
        tuple(drafts),
    )


def facts_of(plan: ImportPlan | None) -> dict[str, object]:
    """Return what the log says of an import as a whole."""
    if plan is None:
        return {"log.what": "spreadsheet"}
    count = f"{len(plan.new)} + {len(plan.on_file)} + {len(plan.rejected)}"
    return {"log.what": plan.mapping.standard or "spreadsheet", "log.count": count}


def ticking(total: int, progress: Progress | None, cancelled: Cancelled | None) -> Callable[[int], None]:
    """Return what is told how many rows are done; it raises :class:`ImportCancelled` where the person stopped it."""

    def tick(number: int) -> None:
        if number % (_BATCH // 10) == 0 or number == total:
            if cancelled is not None and cancelled():
                raise ImportCancelled
            if progress is not None:
                progress(number, total)

    return tick


def put_people(db: Session, desk: Desk, plan: ImportPlan, tick: Callable[[int], None]) -> tuple[list[str], set[UUID]]:
    """Put the new people of *plan* on file in a running write; return their codes, and who came in meanwhile."""
    codes: list[str] = []
    already: set[UUID] = set()
    site_id = only_site(desk)
    taken = set(db.scalars(select(Person.import_key).where(Person.import_key.is_not(None))))
    for number, new in enumerate(plan.new, start=1):
        if new.key in taken:
            already.add(new.id)
            continue
        codes.append(_put_on_file(db, desk, new, site_id))
        if number % _BATCH == 0:
            db.flush()
        tick(number)
    return codes, already


# --- writing ------------------------------------------------------------------------------------------------------


def _put_on_file(db: Session, desk: Desk, new: NewPerson, site_id: UUID | None) -> str:
    draft = new.draft
    values: dict[str, Any] = dict(draft.of(Person))
    if site_id is not None:
        values.setdefault("site_id", site_id)
    person = new_person(db, desk, values, new.id)
    person.import_key = new.key
    if draft.archived_on is not None:
        person.archived_at = noon_of(desk, draft.archived_on)
    if draft.code is not None and _CODE.fullmatch(draft.code) and any(sign.isdigit() for sign in draft.code):
        # What looks like a name or a sentence is no code and stays out of a column that is not sealed.
        db.add(PersonCode(person_id=person.id, code=draft.code, site=IMPORT_SITE, current=False))
    happened = (kind for kind, _group in WHAT_HAPPENED)
    in_a_list = (RECORDS[name] for name in IN_A_LIST)
    for kind in (StatusSince, Referral, Consent, PhaseSince, WorkerSince, ReferralOut, *happened, *in_a_list):
        found = draft.of(kind)
        if found:
            record = kind(person_id=person.id)
            put_entry(db, desk, record, found, site_id)
            if isinstance(record, Placement):
                add_stage(db, desk, record)
    for values in notes_in(draft):
        put_entry(db, desk, Note(person_id=person.id), values | {"written_on": desk.today()}, site_id)
    return person.code


def put_entry(db: Session, desk: Desk, record: Record, values: Mapping[str, Any], site_id: UUID | None) -> None:
    """Put a new entry into a running write; without a site of its own it belongs to the only one there is."""
    db.add(record)
    fill(desk, record, values)
    if site_id is not None and isinstance(record, Stay) and record.site_id is None:
        record.site_id = site_id


def noon_of(desk: Desk, day: date) -> datetime:
    """Return the moment that stands for *day* where a list knows no hour."""
    return datetime.combine(day, time(12), desk.zone)


def add_stage(db: Session, desk: Desk, placement: Placement) -> None:
    """Give a placement the stage that its days say: looking, working, ended."""
    since = placement.ended_on or placement.started_on or desk.today()
    stage = "ended" if placement.ended_on else "working" if placement.started_on else "looking"
    db.add(StageSince(placement_id=placement.id, person_id=placement.person_id, since=since, stage=stage))


def only_site(desk: Desk) -> UUID | None:
    """Return the site where there is but one."""
    sites = rooms.sites_of(desk)
    return sites[0].id if len(sites) == 1 else None


# --- what to say about it -----------------------------------------------------------------------------------------


def reading_of(desk: Desk, targets: Iterable[Target]) -> Reading:
    """Return what reading the cells of *targets* needs: people go by their codes, everything else by its name."""
    require(desk, Right.IMPORT_PEOPLE)
    links = {target.field.target for target in targets if target.field.kind is Kind.LINK}
    folded = {link: fold_links(names.names_for(desk, link)) for link in links - {PERSON}}
    with desk.read() as db:
        folded[PERSON] = fold_links(codes_by_person(db))
    if "member" in folded:
        by_sign_in = fold_links({member.id: member.user_name for member in desk.vault.members})
        folded["member"] = by_sign_in | folded["member"]
    return Reading(desk.today(), folded, house_settings.get(desk, "currency"))


def columns_left_out(
    desk: Desk, table: Table, mapping: ColumnMapping, targets: Mapping[str, Target]
) -> tuple[LeftOut, ...]:
    """Name every column with values that is not taken, those without a key included."""
    used = {index for row in table.rows for index in row.values}
    found: list[LeftOut] = []
    for choice in mapping.choices:
        if choice.why in (Why.ROW_NUMBER, Why.REASON):
            continue
        if choice.target is None or choice.target not in targets:
            if choice.column.index in used:
                found.append(LeftOut(choice.column, Said(choice.why.message)))
            continue
        why = why_not_written(desk, targets[choice.target])
        if why:
            label = COMPARTMENTS.label(targets[choice.target].field.compartment)
            found.append(LeftOut(choice.column, Said(why, {"key": label})))
    return tuple(found)


def _notices(
    desk: Desk, table: Table, mapping: ColumnMapping, new: Sequence[NewPerson], workers: Counter[str]
) -> Iterator[Said]:
    hidden = sum(1 for row in table.rows if row.hidden)
    if hidden:
        yield Said(N_("Hidden rows are read as well: {count}."), {"count": hidden})
    for name, count in workers.most_common(_NAMED_WORKERS):
        yield Said(
            N_("Nobody here is called «{name}»; people who come in without a worker because of this: {count}."),
            {"name": name, "count": count},
        )
    others = workers.total() - sum(count for _name, count in workers.most_common(_NAMED_WORKERS))
    if others:
        yield Said(N_("Further people whose worker is nobody here: {count}."), {"count": others})
    declined = sum(1 for one in new if one.draft.of(Consent).get("answer") in {"declined", "withdrawn"})
    if declined:
        yield Said(
            N_("People who, by the sheet, did not agree to support and a record: {count}. Look at these first."),
            {"count": declined},
        )
    unnamed = sum(1 for one in new if not one.name and one.draft.code is None)
    if unnamed:
        yield Said(N_("People without any name, who are found by their new code only: {count}."), {"count": unnamed})
    birth_day = declared(Person, "birth_day")
    if mapping.columns_for("person.birth") and not desk.holds(birth_day.compartment):
        yield Said(N_("Of birth dates only year and month are kept; you do not hold the key for the day."))
