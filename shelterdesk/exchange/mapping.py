"""Which column stands for what: guessed from its name and values, changed by a person, remembered in the vault."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz

from shelterdesk import folding, what_happened
from shelterdesk.access import Right, require
from shelterdesk.exchange import htcds, remembered
from shelterdesk.exchange.headers import ROW_NUMBERS, TOTALS, WORDS
from shelterdesk.exchange.kinds import IN_A_LIST, PERSON, brought
from shelterdesk.exchange.record_targets import WHOSE, record_names, record_targets
from shelterdesk.exchange.sheets import Column, Knows, Table
from shelterdesk.exchange.targets import CODE, FULL_NAME, Target, targets_of
from shelterdesk.exchange.values import NoAnswer, Reading, Unread, read_value
from shelterdesk.fields import Kind
from shelterdesk.i18n import LANGUAGES, N_, text
from shelterdesk.log_words import kind_words
from shelterdesk.vocab import plain

if TYPE_CHECKING:
    from shelterdesk.desk import Desk

REASON_TITLE: Final = N_("Why this row was left out")
"""Title of the column that the workbook of rejected rows adds; it is known again and left alone."""

_TOTALS: Final = frozenset(plain(words) for words in TOTALS)
_ALIKE: Final = 90
_SHORTEST_FUZZY: Final = 6
_SAMPLE: Final = 60
_FITTING: Final = 0.5
_TELLING_WORDS: Final = 4
_KIND: Final = "#kind"
"""Stands among the remembered titles for what the rows are; no title is reduced to it."""


class Why(StrEnum):
    """How a column came to its target, or why it has none."""

    NAME = "name"
    ALIKE = "alike"
    HINT = "hint"
    STANDARD = "standard"
    REMEMBERED = "remembered"
    CHOSEN = "chosen"
    NO_FIELD = "no_field"
    TAKEN = "taken"
    SHEET = "sheet"
    LEFT_OUT = "left_out"
    ROW_NUMBER = "row_number"
    REASON = "reason"

    @property
    def message(self) -> str:
        """The message id of the words for people."""
        return _WHY[self]

    def words(self, language: str | None = None) -> str:
        """Return the words for people."""
        return text(self.message, language)


BY_HAND: Final = (Why.CHOSEN, Why.LEFT_OUT)
_WHY: Final = {
    Why.NAME: N_("known by its name"),
    Why.ALIKE: N_("its name is much like it; look whether it is meant"),
    Why.HINT: N_("named in a hidden row; look whether it is meant"),
    Why.STANDARD: N_("a field of the HTCDS"),
    Why.REMEMBERED: N_("as last time"),
    Why.CHOSEN: N_("chosen by you"),
    Why.NO_FIELD: N_("there is no such field in ShelterDesk"),
    Why.TAKEN: N_("another column says this already"),
    Why.SHEET: N_("another sheet says this"),
    Why.LEFT_OUT: N_("left out by you"),
    Why.ROW_NUMBER: N_("only counts the rows"),
    Why.REASON: N_("says why a row was left out last time"),
}


@dataclass(frozen=True)
class ColumnChoice:
    """What one column stands for; without a target it is left out."""

    column: Column
    target: str | None
    why: Why


@dataclass(frozen=True)
class ColumnMapping:
    """What all columns of a table stand for."""

    choices: tuple[ColumnChoice, ...]
    standard: str = ""
    """``HTCDS 2.0`` where the workbook was recognised."""
    kind: str = PERSON
    """What each row is: a person, or a record of this kind; empty where the sheet stays out."""

    def target_of(self, column: int) -> str | None:
        """Return the target of the column with this index."""
        return next((choice.target for choice in self.choices if choice.column.index == column), None)

    def with_target(self, column: int, target: str | None) -> ColumnMapping:
        """Return the mapping with one column changed by a person; None leaves the column out."""
        why = Why.LEFT_OUT if target is None else Why.CHOSEN
        changed = (
            replace(choice, target=target, why=why) if choice.column.index == column else choice
            for choice in self.choices
        )
        return replace(self, choices=tuple(changed))

    def without(self, kinds: Collection[str]) -> ColumnMapping:
        """Return the mapping of a list without what sheets of their own say of *kinds*."""
        changed = (
            replace(choice, target=None, why=Why.SHEET)
            if choice.target is not None and choice.target.partition(".")[0] in kinds
            else choice
            for choice in self.choices
        )
        return replace(self, choices=tuple(changed))

    def columns_for(self, target: str) -> tuple[Column, ...]:
        """Return the columns that stand for *target*."""
        return tuple(choice.column for choice in self.choices if choice.target == target)


def known_titles(desk: Desk, kind: str = PERSON) -> Knows:
    """Return what tells whether a text is the title of a column we know, in a list of people or of one kind."""
    names = set(_names_of(desk, kind)[1]) | {plain(words) for words in ROW_NUMBERS}

    def knows(title: str) -> bool:
        return bool(title) and (any(key in names for key in _keys(title)) or htcds.field_named(title) is not None)

    return knows


def targets_for(desk: Desk, kind: str) -> Mapping[str, Target]:
    """Return what a column may stand for where each row is a person or a record of *kind*; «» has none."""
    return _names_of(desk, kind)[0] if kind else {}


def guess_mapping(desk: Desk, table: Table, kind: str = PERSON) -> ColumnMapping:
    """Return what the columns most likely stand for: as last time, by the standard, else by name and values."""
    if not kind:
        return left_out(table)
    last = remembered.recall(desk, _titles(table))
    standard = kind == PERSON and htcds.is_htcds(table)
    mapping = _by_standard(desk, table) if standard else _Guess(desk, table, kind).mapping()
    if last is None or (last.get(_KIND) or PERSON) != kind:
        return mapping
    targets = _names_of(desk, kind)[0]
    keys = _remembered_keys(table.columns)
    choices = (_as_last_time(choice, keys[choice.column.index], last, targets) for choice in mapping.choices)
    return replace(mapping, choices=tuple(choices))


def left_out(table: Table, why: Why = Why.LEFT_OUT) -> ColumnMapping:
    """Return the mapping of a sheet that nothing is taken from, by choice or because another sheet is the list."""
    return ColumnMapping(tuple(ColumnChoice(column, None, why) for column in table.columns), kind="")


def kind_as_last_time(desk: Desk, table: Table) -> str | None:
    """Return what the rows of a sheet with these titles were last time; None where it was never brought in."""
    last = remembered.recall(desk, _titles(table))
    return None if last is None else last.get(_KIND) or PERSON


def remember_mapping(desk: Desk, table: Table, mapping: ColumnMapping) -> bool:
    """Keep *mapping* for the next sheet with the same titles; False for who does not hold the key it is sealed with."""
    require(desk, Right.IMPORT_PEOPLE)
    keys = _remembered_keys(table.columns)
    choices = {keys[choice.column.index]: choice.target for choice in mapping.choices}
    return remembered.keep(desk, _titles(table), choices | {_KIND: mapping.kind})


def row_number_columns(table: Table) -> frozenset[int]:
    """Return the columns that only count the rows: called so, or without a title and running 1, 2, 3 …"""
    found: set[int] = set()
    called = {plain(words) or words for words in ROW_NUMBERS}
    for column in table.columns:
        title = plain(column.title) or column.title
        numbers = (row.values.get(column.index) for row in table.rows)
        filled = [number for number in numbers if number is not None]
        counts = [_as_count(number) for number in filled if not says_total(number)]
        if any(count is None for count in counts):
            continue
        if title in called or (counts and not column.named and counts == sorted(counts, key=lambda count: count or 0)):
            found.add(column.index)
    return frozenset(found)


def says_total(value: object) -> bool:
    """Tell whether a cell announces a sum of the rows above: «Cəmi: 12»."""
    return isinstance(value, str) and plain(value.partition(":")[0].rstrip(" .0123456789")) in _TOTALS


def is_reason(column: Column) -> bool:
    """Tell whether this is the column of reasons that a workbook of rejected rows adds."""
    return plain(column.title) in {plain(text(REASON_TITLE, language)) for language in LANGUAGES}


def title_keys(columns: Sequence[Column]) -> dict[int, str]:
    """Return for each column its title, numbered where several share one; the order of columns does not matter."""
    seen: dict[str, int] = {}
    found: dict[int, str] = {}
    for column in columns:
        key = plain(column.named)
        seen[key] = seen.get(key, 0) + 1
        found[column.index] = key if seen[key] == 1 else f"{key}#{seen[key]}"
    return found


def same_columns(before: Sequence[Column], now: Sequence[Column]) -> dict[int, Column]:
    """Return by the place of a column *before* the one that it is *now*: called the same, else in the same place."""
    old, new = title_keys(before), title_keys(now)
    called = {new[column.index]: column for column in now if plain(column.named)}
    # Another encoding spells the same title otherwise, and then only the place tells which column it is.
    placed = {
        column.index: column for column in now if not plain(column.named) or new[column.index] not in old.values()
    }
    found = ((column.index, called.get(old[column.index]) or placed.get(column.index)) for column in before)
    return {index: column for index, column in found if column is not None}


# --- guessing -----------------------------------------------------------------------------------------------------


class _Guess:
    """One guess over a whole table: certain names first, so that a likeness never takes a place from them."""

    def __init__(self, desk: Desk, table: Table, kind: str = PERSON) -> None:
        self._table = table
        self._kind = kind
        self._targets, self._names = _names_of(desk, kind)
        self._reading = Reading(desk.today(), {})
        self._taken: set[str] = set()
        self._numbers = row_number_columns(table)
        self._folded = {name: folding.fold(name) for name in self._names if len(name) >= _SHORTEST_FUZZY}

    def mapping(self) -> ColumnMapping:
        """Return the choice for every column."""
        chosen: dict[int, ColumnChoice] = {}
        open_columns: list[Column] = []
        for column in self._table.columns:
            if is_reason(column):
                chosen[column.index] = ColumnChoice(column, None, Why.REASON)
            elif column.index in self._numbers:
                chosen[column.index] = ColumnChoice(column, None, Why.ROW_NUMBER)
            else:
                open_columns.append(column)
        if self._kind == PERSON:
            self._avoid_two_names(open_columns)
        for way in (self._by_name, self._by_hint, self._by_likeness):
            for column in open_columns:
                if column.index not in chosen:
                    choice = way(column)
                    if choice is not None:
                        chosen[column.index] = choice
        choices = (chosen.get(column.index, ColumnChoice(column, None, Why.NO_FIELD)) for column in self._table.columns)
        return ColumnMapping(tuple(choices), kind=self._kind)

    def _avoid_two_names(self, columns: Iterable[Column]) -> None:
        """«Ad» beside «Soyad» is a given name, alone it is the whole one."""
        titles = {key for column in columns for key in _keys(column.title)}
        family = {plain(words) for words in WORDS["person.family_name"]} | {"personfamilyname"}
        if titles & family:
            for key, targets in self._names.items():
                self._names[key] = [target for target in targets if target != FULL_NAME] or targets
        else:
            for key, targets in self._names.items():
                if FULL_NAME in targets:
                    self._names[key] = [FULL_NAME]

    def _by_name(self, column: Column) -> ColumnChoice | None:
        return self._of_names(column, column.title, Why.NAME)

    def _by_hint(self, column: Column) -> ColumnChoice | None:
        return None if column.title else self._of_names(column, column.hint, Why.HINT)

    def _of_names(self, column: Column, title: str, why: Why) -> ColumnChoice | None:
        known = [key for key in _keys(title) if key in self._names]
        return self._best(column, self._names[known[0]], why) if known else None

    def _by_likeness(self, column: Column) -> ColumnChoice | None:
        wanted = folding.fold(column.title).replace(" ", "")
        if len(wanted) < _SHORTEST_FUZZY:
            return None
        best, score = "", 0.0
        for name, folded in self._folded.items():
            if abs(len(folded) - len(wanted)) <= 3:
                alike = fuzz.ratio(folded, wanted)
                if alike > score:
                    best, score = name, alike
        return self._best(column, self._names[best], Why.ALIKE) if score >= _ALIKE else None

    def _best(self, column: Column, targets: Sequence[str], why: Why) -> ColumnChoice | None:
        free = [target for target in targets if target not in self._taken]
        if not free:
            return ColumnChoice(column, None, Why.TAKEN)
        fits = {target: self._fit(column, self._targets[target]) for target in free}
        best = max(free, key=lambda target: fits[target])
        if fits[best] < _FITTING and (why is Why.ALIKE or len(free) > 1 or best == WHOSE):
            return None
        if not self._targets[best].several:
            self._taken.add(best)
        return ColumnChoice(column, best, why)

    def _fit(self, column: Column, target: Target) -> float:
        """Return which share of the first values can be read as *target*; 1 for an empty column and for links."""
        if target.id in (CODE, WHOSE, FULL_NAME):
            return self._like_codes(column, codes=target.id != FULL_NAME)
        if target.field.kind is Kind.LINK or target.id.startswith("import."):
            return 1.0
        read = tried = 0
        for row in self._table.rows:
            value = row.values.get(column.index)
            if value is None:
                continue
            tried += 1
            with suppress(Unread):
                read += not isinstance(read_value(target.field, value, self._reading), NoAnswer)
            if tried >= _SAMPLE:
                break
        return read / tried if tried else 1.0

    def _like_codes(self, column: Column, *, codes: bool) -> float:
        """Return which share of the first values are codes, or names: a code holds a digit, a name does not."""
        values = [row.values[column.index] for row in self._table.rows[:_SAMPLE] if column.index in row.values]
        with_digits = sum(any(sign.isdigit() for sign in str(value)) for value in values)
        return (with_digits if codes else len(values) - with_digits) / len(values) if values else 1.0


def _by_standard(desk: Desk, table: Table) -> ColumnMapping:
    named = htcds.fields_of(table)
    targets = targets_of(desk)
    guessed = {choice.column.index: choice for choice in _Guess(desk, table).mapping().choices}
    taken: set[str] = set()
    choices: list[ColumnChoice] = []
    for column in table.columns:
        field = named.get(column.index)
        if field is None:
            # A column the shelter added to the workbook is guessed like any other.
            choice = guessed[column.index]
            own = choice.target is not None and choice.target not in {one.target for one in named.values()}
            choices.append(choice if own or choice.target is None else ColumnChoice(column, None, Why.TAKEN))
        elif not field.target or field.target not in targets:
            choices.append(ColumnChoice(column, None, Why.NO_FIELD))
        elif field.target in taken and not targets[field.target].several:
            choices.append(ColumnChoice(column, None, Why.TAKEN))
        else:
            taken.add(field.target)
            choices.append(ColumnChoice(column, field.target, Why.STANDARD))
    return ColumnMapping(tuple(choices), "HTCDS 2.0")


def _names_of(desk: Desk, kind: str) -> tuple[Mapping[str, Target], dict[str, list[str]]]:
    """Return what columns may stand for where each row is a person or a record of *kind*, and by which names."""
    if kind == PERSON:
        targets = targets_of(desk)
        return targets, _names(targets)
    targets = record_targets(desk, brought()[kind])
    return targets, record_names(brought()[kind], targets)


def _names(targets: Mapping[str, Target]) -> dict[str, list[str]]:
    """Return the targets by every name a column may have for them, reduced to letters and digits."""
    found: dict[str, list[str]] = {}
    by_standard: dict[str, list[str]] = {}
    for named in htcds.FIELDS:
        # Its labels are everyday words, and «Status» means many things; its names mean one.
        by_standard.setdefault(named.target, []).extend((named.name, *named.aliases))
    for target in targets.values():
        # The labels of a referral to others stand on referrals to us too, and a sheet means those.
        labels = () if target.record == "referral_out" else (target.words(language) for language in LANGUAGES)
        if target.record in IN_A_LIST:
            labels = _with_kind(target)
        words = (*by_standard.get(target.id, ()), *WORDS.get(target.id, ()))
        spelled = (target.id, *_technical(target), *labels, *words)
        for name in dict.fromkeys(plain(words) for words in spelled if words):
            if name:
                found.setdefault(name, []).append(target.id)
    return found


def _with_kind(target: Target) -> Iterator[str]:
    """Yield «Stay: day of arrival», and the label alone where it is long enough to mean nothing else."""
    for language in LANGUAGES:
        label = target.words(language)
        yield f"{kind_words(target.record, language)} {label}"
        if len(label.split()) >= _TELLING_WORDS:
            yield label


def _technical(target: Target) -> tuple[str, ...]:
    """Return the technical names of *target*: its own without the kind of record, and that of a standard.

    Of what happened everyday words among them, «city» or «gender», would be taken for what says something else.
    """
    names = (target.id.split(".")[1], target.field.standard.rpartition(" ")[2])
    if target.record == "referral_out" or target.record in IN_A_LIST or target.record in what_happened.KINDS:
        return tuple(name for name in names[1:] if "_" in name or "." in name)
    return names


def _keys(title: str) -> tuple[str, ...]:
    """Return the ways to look a title up: whole, without what stands in brackets, without a group before a slash."""
    if not title:
        return ()
    bare = title.partition("(")[0].partition("[")[0].rstrip(" *:.")
    return tuple(dict.fromkeys(key for key in (plain(title), plain(bare), plain(title.rpartition("/")[2])) if key))


def _as_count(value: object) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    bare = str(value).strip().rstrip(".")
    return int(bare) if bare.isascii() and bare.isdigit() and len(bare) < 7 else None


def _titles(table: Table) -> list[str]:
    """Return what tells this kind of sheet from others: the names of its columns, in no order."""
    named = [column for column in table.columns if column.named and not is_reason(column)]
    return sorted(title_keys(named).values())


def _remembered_keys(columns: Sequence[Column]) -> dict[int, str]:
    """Return by which name each column is remembered: its title, told apart from its like, or its letter."""
    keys = title_keys(columns)
    return {one.index: keys[one.index] if plain(one.named) else plain(one.letter) for one in columns}


def _as_last_time(
    choice: ColumnChoice, key: str, last: Mapping[str, str | None], targets: Mapping[str, Target]
) -> ColumnChoice:
    if key not in last or last[key] == choice.target or choice.why is Why.REASON:
        return choice
    target = last[key]
    if target is not None and target not in targets:
        return choice
    return replace(choice, target=target, why=Why.REMEMBERED)
