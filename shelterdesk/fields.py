"""Field: the one place where a column is described.

Form rows, validation, table columns, search, history, paper, spreadsheets, import and export all read this
declaration. Readers ask ``desk.fields(Service)`` for the fields as the shelter uses them, never the mapped class.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from shelterdesk import formats
from shelterdesk.errors import NoKey, Problem, Problems
from shelterdesk.i18n import N_, text
from shelterdesk.partial_date import PartialDate
from shelterdesk.vault.compartments import Compartment
from shelterdesk.vault.errors import SealBroken
from shelterdesk.vocab import CodeList

if TYPE_CHECKING:
    from shelterdesk.schema.base import Record

EARLIEST_YEAR: Final = 1900
YEARS_AHEAD: Final = 100
TOO_LARGE: Final = N_("«{label}»: check the number, it is too large")
LARGEST_NUMBER: Final = 2**31 - 1
"""What a database column for whole numbers takes everywhere."""


class Kind(StrEnum):
    """What a value is; decides its editor, its spelling on paper and its type in a sheet."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    DAY = "day"
    PARTIAL_DATE = "partial_date"
    TIME = "time"
    CHOICE = "choice"
    CHOICES = "choices"
    FLAG = "flag"
    NUMBER = "number"
    MINUTES = "minutes"
    MONEY = "money"
    LINK = "link"


class Closed(Enum):
    """Stands for a value the reader cannot open: no key, or a damaged seal. False in conditions, never stored."""

    CLOSED = "closed"

    def __bool__(self) -> bool:
        return False


CLOSED: Final = Closed.CLOSED


def says(value: object) -> bool:
    """Tell whether *value* says something that the reader can open; zero and «no» do."""
    return value not in (None, "", frozenset(), CLOSED)


Rule = Callable[[Any, Mapping[str, Any]], str | None]
"""Takes the value and all values of the form by attribute name; answers a message id, or None when all is well."""


@dataclass(frozen=True)
class Field:
    """One declared field. ``id`` is permanent: it is part of seals, log and drafts and is never reused."""

    id: str
    label: str
    kind: Kind
    attribute: str = ""
    help: str = ""
    group: str = ""
    choices: CodeList | None = None
    compartment: Compartment | None = None
    required: bool = False
    rule: Rule | None = None
    standard: str = ""
    """Name in a standard, e.g. ``HTCDS prs_Gender``."""
    sensitive: bool = False
    """Shown as dots until asked for."""
    example: str = ""
    target: str = ""
    """For links: the kind of record, e.g. ``partner``; ``member`` for people who work here."""
    lines: tuple[str, ...] = ()
    """Ghost questions shown in an empty long text."""
    width: int = 0
    """Width of the editor in em; 0 leaves it to the kind."""
    companion: str = ""
    """Attribute of the sealed day that belongs to a date counted by month only."""
    own: bool = False
    """An extra field of this shelter; its value lives in ``extra_values``."""
    hidden: bool = False
    in_future: bool = True
    """False where a day after today cannot be meant."""

    @property
    def record(self) -> str:
        """Kind of record the field belongs to (``service`` in ``service.note``)."""
        return self.id.split(".", 1)[0]

    def read(self, record: Record) -> Any:
        """Return the value, or ``CLOSED`` when the reader does not hold its key or the seal is damaged.

        One damaged text must not keep people from the rest of a record; ``integrity`` is what names it.
        """
        try:
            if self.own:
                return record.extra(self)
            return getattr(record, self.attribute)
        except (NoKey, SealBroken):
            return CLOSED

    def write(self, record: Record, value: Any) -> None:
        """Set the value; empty text is the same as no value. Raises NoKey where the key is missing."""
        if isinstance(value, str):
            value = value.strip() or None
        if self.own:
            record.set_extra(self, value)
        else:
            setattr(record, self.attribute, value)

    def encode(self, value: Any) -> str | None:
        """Spell *value* for seals, log and drafts: codes and ISO dates, never translated words."""
        if value is None:
            return None
        if self.kind is Kind.CHOICES:
            return ";".join(sorted(value)) or None
        if self.kind is Kind.FLAG:
            return "1" if value else "0"
        if isinstance(value, date | time):
            return value.isoformat()
        return str(value)

    def decode(self, spelled: str | None) -> Any:
        """Read what :meth:`encode` wrote. Raises ValueError for anything else."""
        if spelled is None:
            return None
        match self.kind:
            case Kind.CHOICES:
                return frozenset(part for part in spelled.split(";") if part)
            case Kind.FLAG:
                if spelled not in ("0", "1"):
                    raise ValueError("no flag")
                return spelled == "1"
            case Kind.DAY:
                return date.fromisoformat(spelled)
            case Kind.TIME:
                return time.fromisoformat(spelled)
            case Kind.PARTIAL_DATE:
                return PartialDate.parse(spelled)
            case Kind.NUMBER | Kind.MINUTES | Kind.MONEY:
                return int(spelled)
            case Kind.LINK:
                return UUID(spelled)
            case _:
                return spelled

    def show(self, value: Any, language: str | None = None, names: Mapping[UUID, str] | None = None) -> str:
        """Spell *value* for people. *names* gives the words for linked records."""
        if not says(value):
            return ""
        return _SPELL.get(self.kind, _spell_text)(self, value, language, names or {})

    def with_changes(self, **changes: Any) -> Field:
        """Return the field with what the shelter changed about it."""
        return replace(self, **changes)


def _spell_text(_field: Field, value: Any, _language: str | None, _names: Mapping[UUID, str]) -> str:
    return str(value)


def _spell_choice(field: Field, value: Any, language: str | None, _names: Mapping[UUID, str]) -> str:
    return field.choices.label(value, language) if field.choices else str(value)


def _spell_choices(field: Field, value: Any, language: str | None, _names: Mapping[UUID, str]) -> str:
    assert field.choices is not None
    order = {code.code: number for number, code in enumerate(field.choices)}
    codes = sorted(value, key=lambda code: (order.get(code, len(order)), code))
    return ", ".join(field.choices.label(code, language) for code in codes)


_SPELL: dict[Kind, Callable[[Field, Any, str | None, Mapping[UUID, str]], str]] = {
    Kind.DAY: lambda _field, value, language, _names: formats.day(value, language),
    Kind.PARTIAL_DATE: lambda _field, value, language, _names: formats.partial(value, language),
    Kind.TIME: lambda _field, value, _language, _names: value.strftime("%H:%M"),
    Kind.CHOICE: _spell_choice,
    Kind.CHOICES: _spell_choices,
    Kind.FLAG: lambda _field, value, language, _names: text(N_("Yes") if value else N_("No"), language),
    Kind.NUMBER: lambda _field, value, language, _names: formats.number(value, language),
    Kind.MINUTES: lambda _field, value, language, _names: formats.duration(value, language),
    Kind.MONEY: lambda _field, value, language, _names: formats.amount(value, language),
    Kind.LINK: lambda _field, value, _language, names: names.get(value, ""),
}


def check(fields: Sequence[Field], values: Mapping[str, Any], today: date) -> None:
    """Check the *values* (by attribute) of a whole form; raise :class:`Problems` in the order of its *fields*."""
    problems = [found for field in fields if (found := _problem(field, values, today)) is not None]
    if problems:
        raise Problems(problems)


def within_reach(on: date, today: date) -> date:
    """Return *on*, or the nearest day that can be written down at all."""
    return min(max(on, date(EARLIEST_YEAR, 1, 1)), date(today.year + YEARS_AHEAD, 12, 31))


def _problem(field: Field, values: Mapping[str, Any], today: date) -> Problem | None:
    if field.attribute not in values:
        return None
    value = values[field.attribute]
    if value is CLOSED:
        return None
    if value is None or value == frozenset() or (isinstance(value, str) and not value.strip()):
        if field.required:
            return Problem(field.id, N_("Enter «{label}»"), label=text(field.label))
        return None
    message = _wrong_value(field, value, today) or (field.rule(value, values) if field.rule else None)
    return Problem(field.id, message, label=text(field.label), today=formats.day(today)) if message else None


def _wrong_value(field: Field, value: Any, today: date) -> str | None:
    if field.kind is Kind.CHOICE and field.choices is not None and value not in field.choices:
        return N_("«{label}»: choose one from the list")
    if field.kind is Kind.CHOICES and field.choices is not None:
        codes = field.choices
        if any(code not in codes for code in value):
            return N_("«{label}»: choose from the list")
    if field.kind in (Kind.NUMBER, Kind.MINUTES, Kind.MONEY):
        if value < 0:
            return N_("«{label}» cannot be less than zero")
        if value > LARGEST_NUMBER:
            return TOO_LARGE
    if field.kind is Kind.DAY:
        if not EARLIEST_YEAR <= value.year <= today.year + YEARS_AHEAD:
            return N_("«{label}»: check the year")
        if not field.in_future and value > today:
            return N_("«{label}» cannot be after today, {today}")
    if field.kind is Kind.PARTIAL_DATE and not field.in_future and value.earliest() > today:
        return N_("«{label}» cannot be after today, {today}")
    return None
