"""Invented houses and their summaries, counted by a few lines that share nothing with the product's counting."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from shelterdesk.summaries.period import Period, month
from shelterdesk.summaries.table import Balance, Cell, Figure, Row, Section, Split, Summary, Unit

SEXES = ("women", "men", "girls", "boys")
STATUSES = ("presumed", "identified", "none")
REASONS = ("planned", "own_choice", "other")
KINDS = ("psychological", "legal", "health")
MOVING = ("here_first", "arrived", "left", "here_last", "supported")


@dataclass(frozen=True)
class Someone:
    """A person as far as she is counted; her status does not change."""

    sex: str
    status: str
    returning: bool
    reason: str


@dataclass
class Month:
    """What happened in one month."""

    first: list[Someone] = field(default_factory=list)
    arrived: list[Someone] = field(default_factory=list)
    left: list[Someone] = field(default_factory=list)
    visitors: list[Someone] = field(default_factory=list)
    """Supported without a stay."""
    sessions: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Sessions and people by kind."""
    nights: int = 0

    @property
    def last(self) -> list[Someone]:
        rest = [*self.first, *self.arrived]
        for one in self.left:
            rest.remove(one)
        return rest


@dataclass(frozen=True)
class Line:
    id: str
    unit: Unit
    part_of: str = ""
    split: Split = ""
    flow: bool = True
    people_as: str = ""
    same_as: str = ""


def lines() -> list[Line]:
    made: list[Line] = []
    for name in MOVING:
        flow = name in {"arrived", "left"}
        if name == "supported":
            made.append(Line("bed_nights", "nights", people_as="supported.stayed"))
            made.append(Line("beds_used", "count", same_as="bed_nights", people_as="supported.stayed", flow=False))
        made.append(Line(name, "people", flow=flow))
        if name == "arrived":
            made += [Line(f"arrived.{one}", "people", name, "returning") for one in ("new", "returning")]
        if name == "left":
            made += [Line(f"left.{one}", "people", name, "reason") for one in REASONS]
        if name == "supported":
            made += [Line(f"supported.{one}", "people", name, "stay", flow=False) for one in ("stayed", "not_stayed")]
        made += [Line(f"{name}.{sex}", "people", name, "sex_age", flow) for sex in SEXES]
        made += [Line(f"{name}.status.{status}", "people", name, "status", flow) for status in STATUSES]
    made.append(Line("services", "sessions"))
    made += [Line(f"services.{kind}", "sessions", "services", "kind") for kind in KINDS]
    return made


def _counts(happened: Month) -> dict[str, tuple[int, int]]:
    """Return number and people of each row of one month."""
    found: dict[str, tuple[int, int]] = {}
    stayed = [*happened.first, *happened.arrived]
    groups = {
        "here_first": happened.first,
        "arrived": happened.arrived,
        "left": happened.left,
        "here_last": happened.last,
        "supported": [*stayed, *happened.visitors],
    }

    def count(row: str, people: Sequence[Someone], which: Callable[[Someone], bool] = lambda _: True) -> None:
        number = sum(which(one) for one in people)
        found[row] = (number, number)

    for name, people in groups.items():
        count(name, people)
        for sex in SEXES:
            count(f"{name}.{sex}", people, lambda one, sex=sex: one.sex == sex)
        for status in STATUSES:
            count(f"{name}.status.{status}", people, lambda one, status=status: one.status == status)
    count("arrived.new", happened.arrived, lambda one: not one.returning)
    count("arrived.returning", happened.arrived, lambda one: one.returning)
    for reason in REASONS:
        count(f"left.{reason}", happened.left, lambda one, reason=reason: one.reason == reason)
    count("supported.stayed", stayed)
    count("supported.not_stayed", happened.visitors)
    found["bed_nights"] = (happened.nights, len(stayed))
    found["beds_used"] = (happened.nights, len(stayed))
    for kind in KINDS:
        found[f"services.{kind}"] = happened.sessions.get(kind, (0, 0))
    every = [found[f"services.{kind}"] for kind in KINDS]
    found["services"] = (sum(number for number, _ in every), max(people for _, people in every))
    return found


def summary_of(months: Sequence[Month], number: int) -> Summary:
    """Return the summary of month *number* of a year (1: January); *months* begin with the December before."""
    passed = months[1 : number + 1]
    year = Month(
        first=passed[0].first,
        arrived=[one for happened in passed for one in happened.arrived],
        left=[one for happened in passed for one in happened.left],
        visitors=[one for happened in passed for one in happened.visitors],
        sessions={kind: _added(happened.sessions.get(kind, (0, 0)) for happened in passed) for kind in KINDS},
        nights=sum(happened.nights for happened in passed),
    )
    columns = [_counts(months[number]), _counts(months[number - 1]), _counts(year)]
    return assemble(month(date(2026, number, 1)), columns)


def _added(pairs: Iterable[tuple[int, int]]) -> tuple[int, int]:
    first, second = zip(*pairs, strict=True)
    return sum(first), sum(second)


def assemble(period: Period, columns: Sequence[dict[str, tuple[int, int]]], known: list[Line] | None = None) -> Summary:
    known = [line for line in known or lines() if all(line.id in column for column in columns)]
    rows = tuple(_row(line, columns) for line in known)
    ids = {line.id for line in known}
    ends = [row.removeprefix("here_first") for row in ids if row.startswith("here_first")]
    balances = [
        Balance(f"here_first{end}", (f"arrived{end}",), (f"left{end}",), f"here_last{end}", exact=not end)
        for end in sorted(ends)
    ]
    balances.append(Balance("here_first", ("arrived",), (), "supported.stayed", exact=False))
    same: list[tuple[Cell, Cell]] = []
    for end in sorted(ends):
        same.append(((f"here_last{end}", 1), (f"here_first{end}", 0)))
        same.append(((f"here_last{end}", 0), (f"here_last{end}", 2)))
    if period.first.month == 1:
        same += [((row.id, 0), (row.id, 2)) for row in rows]
    return Summary(
        period=period,
        previous=period.previous(),
        since_january=period.since_january(),
        sections=(Section("people", "People", rows),),
        balances=tuple(balances),
        same=tuple(same),
        series=(),
        site_id=None,
        made_at=datetime(2026, 11, 21, 9, 0, tzinfo=UTC),
        shelter="desk-TEST",
    )


def _row(line: Line, columns: Sequence[dict[str, tuple[int, int]]]) -> Row:
    first, second, third = (Figure(*column[line.id]) for column in columns)
    return Row(
        id=line.id,
        label=line.id,
        unit=line.unit,
        figures=(first, second, third),
        definition="",
        part_of=line.part_of,
        split=line.split,
        flow=line.flow,
        people_as=line.people_as,
        same_as=line.same_as,
    )
