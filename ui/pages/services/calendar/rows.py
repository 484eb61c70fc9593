"""From the days of the calendar to the grid that shows them: by worker, room or resident, for a day, week or month."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from shelterdesk import formats, vocab
from shelterdesk.appointments import GIVEN, NOT_ATTENDED
from shelterdesk.calendar import APPOINTMENT, BUSY, Days, Entry
from shelterdesk.clashes import span_of
from shelterdesk.desk import Desk
from shelterdesk.i18n import _, ngettext
from shelterdesk.vocab import CodeList
from ui.widgets.week_grid import Block, BlockState, Cell, Grid, GridColumn, GridRow

DAY, WEEK, MONTH = "day", "week", "month"
WORKER, ROOM, RESIDENT = "worker", "room", "resident"
NOBODY: Final = "nobody"
"""The row of what has no worker, no room or no resident yet."""
EVERYBODY: Final = "everybody"
_ONE_DAY: Final = timedelta(days=1)
_MOST_IN_A_DAY: Final = 6
"""Entries a day of the month shows; the others are counted."""
_MARKS: Final = (("transport", "car"), ("interpreter", "languages"))


@dataclass(frozen=True)
class Preview:
    """Something that is about to be planned or moved, and what it gets in the way of."""

    entry: Entry
    clashing: frozenset[UUID] = field(default=frozenset[UUID]())


def period(span: str, on: date) -> tuple[date, date]:
    """Return the first and the last day that is shown around *on*."""
    monday = on - timedelta(days=on.weekday())
    if span == DAY:
        return on, on
    if span == WEEK:
        return monday, monday + 6 * _ONE_DAY
    first = on.replace(day=1)
    last = formats.add_months(first, 1) - _ONE_DAY
    return first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())


def turned(span: str, on: date, step: int) -> date:
    """Return the day one page on or back."""
    if span == MONTH:
        return formats.add_months(on.replace(day=1), step)
    return on + step * (_ONE_DAY if span == DAY else timedelta(weeks=1))


def title(span: str, on: date) -> str:
    """Return what stands in the field between the arrows."""
    if span == DAY:
        return formats.day(on, style="weekday_day_month")
    if span == MONTH:
        return formats.month(on)
    return formats.span(*period(span, on))


class GridMaker:
    """Makes the grid of some days. ``masked`` hides names while somebody visits."""

    def __init__(self, desk: Desk, days: Days, masked: Callable[[str], str]) -> None:
        self.desk, self.days, self.masked = desk, days, masked
        self.today = desk.today()
        self.rooms: CodeList = desk.choices(vocab.MEETING_ROOMS)

    def by(self, axis: str, on: date, span: str, preview: Preview | None) -> Grid:
        """Return the grid of a day or a week, one row for each worker, room or resident."""
        first, last = period(span, on)
        columns = [first + number * _ONE_DAY for number in range((last - first).days + 1)]
        places = {day: number for number, day in enumerate(columns)}
        rows = self._rows(axis, preview)
        at = {row.key: number for number, row in enumerate(rows)}
        found: dict[tuple[int, int], list[tuple[Entry, Block]]] = {}
        for entry in self._with_preview(preview):
            for key in row_keys(entry, axis):
                place = (at.get(key, at[NOBODY]), places.get(entry.on, -1))
                if place[1] >= 0:
                    block = self._block(entry, key, axis, preview, wide=span == DAY)
                    found.setdefault(place, []).append((entry, block))
        if not any(row == at[NOBODY] for row, _column in found):
            rows = rows[:-1]
        cells = {
            (row, column): Cell(
                day,
                tuple(block for _entry, block in _in_order(found.get((row, column), ()))),
                quiet=self._is_quiet(day),
                today=day == self.today,
            )
            for row in range(len(rows))
            for column, day in enumerate(columns)
        }
        return Grid(tuple(self._column(day, span) for day in columns), tuple(rows), cells)

    def month(self, axis: str, on: date, only: Any, preview: Preview | None) -> Grid:
        """Return the grid of a month, one row for each week; *only* is whose entries are shown."""
        first, last = period(MONTH, on)
        by_day: dict[date, list[tuple[Entry, Block]]] = {}
        for entry in self._with_preview(preview):
            if only == EVERYBODY or only in row_keys(entry, axis):
                block = self._block(entry, EVERYBODY, axis, preview, wide=False)
                by_day.setdefault(entry.on, []).append((entry, block))
        weeks = (last - first).days // 7 + 1
        cells = {
            (week, column): self._month_cell(first + timedelta(days=7 * week + column), on, by_day)
            for week in range(weeks)
            for column in range(7)
        }
        columns = tuple(
            GridColumn(formats.day(first + column * _ONE_DAY, style="weekday_short"), quiet=column >= 5)
            for column in range(7)
        )
        rows = tuple(
            GridRow(first + timedelta(weeks=week), formats.span(*period(WEEK, first + timedelta(weeks=week))))
            for week in range(weeks)
        )
        return Grid(columns, rows, cells)

    def choices(self, axis: str) -> list[tuple[Any, str]]:
        """Return whose month can be looked at."""
        rows = [(row.key, row.title) for row in self._rows(axis, None)]
        return [(EVERYBODY, _("Everybody") if axis != ROOM else _("All rooms")), *rows]

    # --- rows ----------------------------------------------------------------------------------------------------

    def _rows(self, axis: str, preview: Preview | None) -> list[GridRow]:
        """Return the rows, that of nobody last."""
        if axis == WORKER:
            rows = [GridRow(who.id, who.name, self._about(who.id, who.roles)) for who in self.days.workers]
            return [*rows, GridRow(NOBODY, _("Nobody yet"))]
        if axis == ROOM:
            rows = [GridRow(code.code, self.rooms.label(code.code), self._use(code.code)) for code in self.rooms]
            return [*rows, GridRow(NOBODY, _("No room named"))]
        with_entry = {person for one in self.days.entries for person in one.people}
        if preview is not None:
            with_entry |= set(preview.entry.people)
        rows = [
            GridRow(one.id, self.masked(one.shown), (one.code,))
            for one in self.days.residents
            if one.id in with_entry or self._few()
        ]
        return [*rows, GridRow(NOBODY, _("The house"))]

    def _few(self) -> bool:
        """Tell whether everybody has room; in a large house only who has an entry gets a row."""
        return len(self.days.residents) <= 60

    def _about(self, member_id: UUID, roles: Sequence[str]) -> tuple[str, ...]:
        role = vocab.ROLES.label(roles[0]) if roles else ""
        minutes = self.days.planned_minutes(member_id)
        planned = _("{length} planned").format(length=formats.duration(minutes)) if minutes else _("nothing planned")
        return tuple(words for words in (role, planned) if words)

    def _use(self, room: str) -> tuple[str, ...]:
        count = sum(one.room == room for one in self.days.entries)
        return (ngettext("{n} meeting", "{n} meetings", count),) if count else ()

    def _column(self, day: date, span: str) -> GridColumn:
        words = formats.day(day, style="weekday_long") if span == DAY else _short(day)
        return GridColumn(words, self._is_quiet(day), day == self.today, self.days.holidays.on(day))

    def _is_quiet(self, day: date) -> bool:
        return day.weekday() >= 5 or bool(self.days.holidays.on(day))

    def _month_cell(self, day: date, on: date, by_day: dict[date, list[tuple[Entry, Block]]]) -> Cell:
        every = [block for _entry, block in _in_order(by_day.get(day, ()))]
        shown = every if len(every) <= _MOST_IN_A_DAY else every[: _MOST_IN_A_DAY - 1]
        if len(shown) < len(every):
            words = ngettext("and {n} more", "and {n} more", len(every) - len(shown))
            shown = [*shown, Block((MONTH, day), "", words, state="busy", spoken=words)]
        label = f"{day.day}  {self.days.holidays.on(day)}".strip()
        quiet = day.month != on.month or self._is_quiet(day)
        return Cell(day, tuple(shown), label, quiet=quiet, today=day == self.today)

    # --- entries -------------------------------------------------------------------------------------------------

    def _with_preview(self, preview: Preview | None) -> Iterable[Entry]:
        if preview is None:
            return self.days.entries
        return [*(one for one in self.days.entries if one.id != preview.entry.id), preview.entry]

    def _block(self, entry: Entry, row: Any, axis: str, preview: Preview | None, *, wide: bool) -> Block:
        state = self._state(entry, preview)
        begins = f"{entry.at:%H:%M}" if entry.at else ""
        title = self._title(entry, axis)
        detail = ""
        if wide:
            if entry.at and entry.minutes:
                begins = f"{begins}–{span_of(entry.on, entry.at, entry.minutes)[1]:%H:%M}"
            parts = [entry.words if entry.words != title else "", self.where(entry), self._who(entry, axis)]
            detail = "  ·  ".join(part for part in parts if part)
        marks = tuple((icon, value == "needed") for name, icon in _MARKS if (value := getattr(entry, name)) is not None)
        return Block(
            (entry.id, row),
            begins,
            title,
            entry.icon,
            state,
            marks,
            self.spoken(entry),
            movable=entry.can_change and entry.state not in (GIVEN, NOT_ATTENDED),
            detail=detail,
        )

    def _state(self, entry: Entry, preview: Preview | None) -> BlockState:
        if preview is not None and entry is preview.entry:
            return "clash" if preview.clashing else "new"
        if preview is not None and preview.clashing & set(entry.ids):
            return "clashing"
        if entry.source != APPOINTMENT:
            return "busy" if entry.source == BUSY else "fixed"
        return {GIVEN: "done", NOT_ATTENDED: "missed"}.get(entry.state, "planned")  # pyright: ignore[reportReturnType]

    def _title(self, entry: Entry, axis: str) -> str:
        """Return who comes; in the row of a resident, who is met."""
        if axis == RESIDENT and entry.people and entry.source != BUSY:
            return self._who(entry, "") or entry.words
        return shown_title(entry, self.masked)

    def _who(self, entry: Entry, axis: str) -> str:
        if axis == WORKER or entry.member_id is None:
            return ""
        return next((who.name for who in self.days.workers if who.id == entry.member_id), "")

    def where(self, entry: Entry) -> str:
        """Return the room."""
        return self.rooms.label(entry.room) if entry.room else ""

    def spoken(self, entry: Entry) -> str:
        """Return what a screen reader says of an entry."""
        needs = [
            _("transport") if entry.transport else "",
            _("interpreter") if entry.interpreter else "",
            {GIVEN: _("took place"), NOT_ATTENDED: _("not attended")}.get(entry.state, ""),
        ]
        title = shown_title(entry, self.masked)
        parts = [f"{entry.at:%H:%M}" if entry.at else "", title, entry.words if entry.words != title else ""]
        parts += [self._who(entry, ""), self.where(entry), *needs]
        return ", ".join(part for part in parts if part)


def shown_title(entry: Entry, masked: Callable[[str], str]) -> str:
    """Return who comes or what it is; while somebody visits, dots, or the neutral kind of what is nobody's."""
    shown = masked(entry.title)
    if entry.named or shown == entry.title:
        return shown
    people = len(entry.people)
    return _("{what}, {n}").format(what=entry.words, n=people) if people > 1 else entry.words


def row_keys(entry: Entry, axis: str) -> tuple[Any, ...]:
    """Return in whose rows an entry stands."""
    if axis == RESIDENT:
        return entry.people or (NOBODY,)
    return ((entry.member_id if axis == WORKER else entry.room) or NOBODY,)


def _in_order(found: Iterable[tuple[Entry, Block]]) -> list[tuple[Entry, Block]]:
    return sorted(found, key=lambda one: (one[0].at is None, f"{one[0].at or ''}"))


def _short(day: date) -> str:
    return f"{formats.day(day, style='weekday_short')} {day.day}"
