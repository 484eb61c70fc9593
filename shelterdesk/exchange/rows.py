"""From a row of a table to the values of records, with what could not be read named by row, column and reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from shelterdesk import vocab
from shelterdesk.consents import Consent
from shelterdesk.exchange.cells import CellReader, Draft
from shelterdesk.exchange.choices import find_code
from shelterdesk.exchange.grid import CellValue
from shelterdesk.exchange.headers import WORDS
from shelterdesk.exchange.kinds import IN_A_LIST, with_usual
from shelterdesk.exchange.mapping import ColumnMapping
from shelterdesk.exchange.sheets import Column, TableRow
from shelterdesk.exchange.targets import (
    AGE,
    CODE,
    FAMILY_FIRST,
    FULL_NAME,
    NAMED,
    NOTE_KIND_OF,
    PATRONYMIC,
    TAKEN_BACK,
    WHAT_HAPPENED,
    Target,
)
from shelterdesk.exchange.values import (
    NoAnswer,
    Reading,
    Unread,
    as_text,
    read_age,
    read_value,
)
from shelterdesk.exchange.whole_names import short_name_from, split_name, without_family
from shelterdesk.fields import Field, Kind
from shelterdesk.i18n import N_, text
from shelterdesk.note_parts import EVERY_PART
from shelterdesk.notes import Note
from shelterdesk.partial_date import PartialDate
from shelterdesk.people import Person
from shelterdesk.person_history import PhaseSince, StatusSince, WorkerSince
from shelterdesk.records import UNANSWERED, complete
from shelterdesk.referrals import Referral
from shelterdesk.referrals_out import ReferralOut
from shelterdesk.schema.base import RECORDS
from shelterdesk.vocab import plain

if TYPE_CHECKING:
    from shelterdesk.desk import Desk
    from shelterdesk.schema.base import Record

ENOUGH_WITHOUT_NAME: Final = 2
"""So many other values make a row about somebody although it names nobody."""
_SHARED_NAME = N_("The name stands in a cell merged with row {row}. Give this row its own name, or take the row out.")
_NO_KEY_FOR_WORDS = N_("«{said}» can only be kept as text, and you do not hold the key that text is sealed with.")
_NOT_NAMED = N_("Not named in the list")
_NOBODY = N_("The row does not say whom it is about: it has no name and no code.")

KINDS: Final[tuple[type[Record], ...]] = (
    Person,
    StatusSince,
    Referral,
    Consent,
    PhaseSince,
    WorkerSince,
    Note,
    ReferralOut,
    *(kind for kind, _group in WHAT_HAPPENED),
    *(RECORDS[name] for name in IN_A_LIST),
)


@dataclass
class RowDraft(Draft):
    """What a row says: values by kind of record and attribute."""

    values: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])
    unknown_worker: str | None = None
    archived_on: date | None = None

    def of(self, kind: type[Record]) -> dict[str, Any]:
        """Return the values of one kind of record."""
        return self.values.get(kind.__tablename__, {})


class RowReader(CellReader[RowDraft]):
    """Reads the rows of a list of people."""

    def __init__(self, desk: Desk, mapping: ColumnMapping, targets: Mapping[str, Target], reading: Reading) -> None:
        super().__init__(desk, mapping, targets.values(), reading)
        self._today = reading.today
        self._fields = {kind.__tablename__: desk.fields(kind) for kind in KINDS}
        self._names_somebody = any(target.id in NAMED for target, _columns in self._plan)
        self._plain_notes = {plain(words) for words in WORDS["note.case_text"]} | {"casecomment"}

    def is_empty(self, row: TableRow, counted: frozenset[int]) -> bool:
        """Tell whether a row holds nothing but its number, boxes nobody ticked, or what merged cells above lend it."""
        return all(index in counted or index in row.shared or value is False for index, value in row.values.items())

    def read(self, row: TableRow) -> RowDraft:
        """Return what *row* says and what of it could not be read."""
        draft = RowDraft(row)
        given = self._given(draft)
        self._check_named(draft, given)
        self._put_person(draft, given)
        self._put_referral(draft, given)
        self._put_the_rest(draft, given)
        self._check(draft)
        return draft

    # --- reading cells --------------------------------------------------------------------------------------------

    def _read(self, target: Target, cell: CellValue, draft: RowDraft) -> Any:
        one = target.field
        match target.id:
            case "worker_since.member":
                return self._worker(one, cell, draft)
            case "referral.source" | "referral.reason":
                return self._choice_or_words(one, cell)
            case "referral.referred_on":
                return self._day_or_partial(one, cell)
            case "import.age":
                return cell
            case _:
                return read_value(one, cell, self._reading)

    def _worker(self, one: Field, cell: CellValue, draft: RowDraft) -> Any:
        """Who is nobody here may have left: the person comes in without a worker, which the page says."""
        try:
            return read_value(one, cell, self._reading)
        except Unread:
            draft.unknown_worker = as_text(cell)
            return None

    def _choice_or_words(self, one: Field, cell: CellValue) -> Any:
        """Free words where others have a list are kept in the text beside it."""
        assert one.choices is not None
        return find_code(one.choices, as_text(cell)) or read_value(
            Field(one.id, one.label, Kind.TEXT), cell, self._reading
        )

    def _day_or_partial(self, one: Field, cell: CellValue) -> Any:
        try:
            return read_value(one, cell, self._reading)
        except Unread as problem:
            partial = Field(one.id, one.label, Kind.PARTIAL_DATE, in_future=one.in_future)
            try:
                return read_value(partial, cell, self._reading)
            except Unread:
                raise problem from None

    def _is_titled(self, target: Target, columns: Sequence[Column]) -> bool:
        if len(columns) > 1 or plain(columns[0].title) in self._plain_notes:
            return len(columns) > 1
        # «Reason for closing: …» says more than the reason alone; «Notes: …» does not, nor does a part.
        return target.record == Note.__tablename__ and target.field.attribute not in EVERY_PART

    def _check_named(self, draft: RowDraft, given: Mapping[str, Any]) -> None:
        row = draft.row
        naming = [
            column.index
            for target, columns in self._plan
            if target.id in NAMED
            for column in columns
            if column.index in row.values
        ]
        if naming and all(index in row.shared for index in naming):
            draft.object_to(_SHARED_NAME, row=row.shared[naming[0]])
        elif not naming and not draft.problems and (self._names_somebody or not given):
            said = [value for value in given.values() if not isinstance(value, NoAnswer)]
            if len(said) < ENOUGH_WITHOUT_NAME:
                draft.object_to(_NOBODY)

    # --- from readings to records ---------------------------------------------------------------------------------

    def _put_person(self, draft: RowDraft, given: dict[str, Any]) -> None:
        self._put_names(given)
        code = given.get(CODE)
        if isinstance(code, str):
            draft.code = code
        archived_on = given.get(TAKEN_BACK)
        draft.archived_on = archived_on if isinstance(archived_on, date) else None
        person = _values(Person, given)
        person.pop(UNANSWERED, None)
        referred = given.get("referral.referred_on")
        if person.get("registered_on") is None and isinstance(referred, date):
            person["registered_on"] = referred
        self._put_birth(draft, person, given)
        unanswered = _unanswered(Person, given)
        if unanswered:
            person[UNANSWERED] = unanswered
        if person:
            draft.values[Person.__tablename__] = person

    def _put_names(self, given: dict[str, Any]) -> None:
        for target_id, family_first in ((FULL_NAME, False), (FAMILY_FIRST, True)):
            whole = given.get(target_id)
            if isinstance(whole, str):
                said = given.get("person.family_name")
                names = (
                    without_family(whole, said)
                    if isinstance(said, str)
                    else split_name(whole, family_first=family_first)
                )
                given.setdefault("person.given_names", names.given)
                given.setdefault("person.family_name", names.family)
        patronymic = given.get(PATRONYMIC)
        first = given.get("person.given_names")
        if isinstance(patronymic, str):
            given["person.given_names"] = f"{first} {patronymic}" if isinstance(first, str) else patronymic
        family = given.get("person.family_name")
        if not isinstance(given.get("person.short_name"), str):
            short = short_name_from(
                first if isinstance(first, str) else None, family if isinstance(family, str) else None
            )
            if short is not None and self._desk.holds(_field(self._fields, Person, "short_name").compartment):
                given["person.short_name"] = short

    def _put_birth(self, draft: RowDraft, person: dict[str, Any], given: Mapping[str, Any]) -> None:
        birth = person.get("birth")
        if birth is None and AGE in given and not isinstance(given[AGE], NoAnswer):
            try:
                birth = read_age(given[AGE], person.get("registered_on") or self._today)
            except Unread as problem:
                draft.object_to(problem.message, None, AGE, **problem.values)
        if isinstance(birth, PartialDate):
            person["birth"] = PartialDate(birth.year, birth.month, about=birth.about)
            if birth.day is not None and self._desk.holds(_field(self._fields, Person, "birth_day").compartment):
                person["birth_day"] = birth.day

    def _put_referral(self, draft: RowDraft, given: dict[str, Any]) -> None:
        details: list[str] = []
        for target_id in ("referral.source", "referral.reason", "referral.referred_on"):
            value = given.get(target_id)
            if isinstance(value, str) and _not_a_code(self._fields, target_id, value):
                del given[target_id]
                if target_id == "referral.source" and "referral.organisation" not in given:
                    given["referral.organisation"] = value
                else:
                    details.append(f"{self._label(target_id)}: {value}")
            elif isinstance(value, PartialDate):
                # Only a year or a month is known; a made-up day would be counted, so it stays in words.
                del given[target_id]
                details.append(f"{self._label(target_id)}: {value}")
        organisation = given.get("referral.organisation")
        if isinstance(organisation, str) and "referral.source" not in given:
            source = find_code(vocab.REFERRAL_SOURCES, organisation)
            if source is not None and vocab.REFERRAL_SOURCES.get(source) in vocab.REFERRAL_SOURCES.codes:
                given["referral.source"] = source
        if details:
            said = given.get("referral.details")
            given["referral.details"] = "\n".join([*([said] if isinstance(said, str) else []), *details])
        for attribute in ("organisation", "details"):
            one = _field(self._fields, Referral, attribute)
            words = given.get(one.id)
            if isinstance(words, str) and not self._desk.holds(one.compartment):
                draft.object_to(_NO_KEY_FOR_WORDS, None, one.id, said=words)
        values = _values(Referral, given)
        if values:
            draft.values[Referral.__tablename__] = values

    def _put_the_rest(self, draft: RowDraft, given: Mapping[str, Any]) -> None:
        since = draft.of(Person).get("registered_on") or self._today
        for kind, needed in (
            (StatusSince, "status"),
            (Consent, "answer"),
            (PhaseSince, "phase"),
            (WorkerSince, "member_id"),
        ):
            values = _values(kind, given)
            values.pop(UNANSWERED, None)
            if values.get(needed) is None:
                continue
            if kind is Consent:
                values["purpose"] = "support"
            elif kind is PhaseSince:
                # A sheet says how it stands today, not since when.
                values.setdefault("since", self._today if values["phase"] in {"closed", "follow_up"} else since)
            else:
                values.setdefault("since", since)
            draft.values[kind.__tablename__] = values
        for kind, _group in WHAT_HAPPENED:
            values = _values(kind, given)
            if values:
                draft.values[kind.__tablename__] = values
        sent_on = _values(ReferralOut, given)
        if sent_on:
            # A list names the organisation at the most; that it is «sent» with her consent it does not say.
            sent_on.setdefault("service", "other")
            sent_on.setdefault("organisation", text(_NOT_NAMED))
            sent_on["state"] = "sent" if sent_on.get("sent_on") else "prepared"
            draft.values[ReferralOut.__tablename__] = sent_on
        for name in IN_A_LIST:
            values = _values(RECORDS[name], given)
            if values:
                # Who left already did not arrive today.
                on = draft.of(Person).get("registered_on") if values.get("left_on") else since
                draft.values[name] = with_usual(RECORDS[name], values, on)
        notes = _values(Note, given)
        notes.pop(UNANSWERED, None)
        if notes:
            draft.values[Note.__tablename__] = notes

    def _label(self, target_id: str) -> str:
        return text(_field_by_id(self._fields, target_id).label)

    def _check(self, draft: RowDraft) -> None:
        """Ask the rules of the forms about every value; nothing is required of a row that its sheet never asked."""
        for name, values in draft.values.items():
            given = {attribute: value for attribute, value in values.items() if attribute != UNANSWERED}
            if name in IN_A_LIST:
                given = complete(self._desk, RECORDS[name], given)
            self._check_values(draft, self._fields[name], given)


def notes_in(draft: RowDraft) -> Iterable[dict[str, Any]]:
    """Return the values of every note a row holds: each compartment has a note of its own, with its parts."""
    found: dict[str, dict[str, Any]] = {}
    for attribute, words in draft.of(Note).items():
        if attribute in NOTE_KIND_OF:
            kind = NOTE_KIND_OF[attribute]
            found.setdefault(kind, {"kind": kind})[attribute] = words
    return found.values()


def _values(kind: type[Record], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the readings that are fields of *kind*, by attribute."""
    by_id = {one.id: one.attribute for one in (*kind.declared,)}
    found: dict[str, Any] = {}
    for target_id, value in given.items():
        if isinstance(value, NoAnswer):
            continue
        if target_id in by_id:
            found[by_id[target_id]] = value
        elif target_id.startswith(f"{kind.__tablename__}.own_"):
            found[target_id.split(".")[1]] = value
    unanswered = _unanswered(kind, given)
    if found and unanswered:
        found[UNANSWERED] = unanswered
    return found


def _unanswered(kind: type[Record], given: Mapping[str, Any]) -> dict[str, str]:
    prefix = f"{kind.__tablename__}."
    return {
        target_id: value.code
        for target_id, value in given.items()
        if isinstance(value, NoAnswer) and target_id.startswith(prefix)
    }


def _field(fields: Mapping[str, Sequence[Field]], kind: type[Record], attribute: str) -> Field:
    return next(one for one in (*fields[kind.__tablename__], *kind.declared) if one.attribute == attribute)


def _field_by_id(fields: Mapping[str, Sequence[Field]], field_id: str) -> Field:
    return next(one for found in fields.values() for one in found if one.id == field_id)


def _not_a_code(fields: Mapping[str, Sequence[Field]], target_id: str, value: str) -> bool:
    codes = _field_by_id(fields, target_id).choices
    return codes is not None and codes.get(value) is None
