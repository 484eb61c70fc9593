"""Legal matters in a summary: open on the first day, opened, ended, open on the last day; by kind and by result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from shelterdesk import vocab
from shelterdesk.i18n import N_
from shelterdesk.summaries.counting import Counting
from shelterdesk.summaries.counts import Columns, Event, Parts, divide, figures, in_order, parts_of, row
from shelterdesk.summaries.events import NOT_RECORDED
from shelterdesk.summaries.measures import NO_CODE, Measure
from shelterdesk.summaries.presences import Someone
from shelterdesk.summaries.table import Balance, Row
from shelterdesk.vocab.lists import base_of

FIRST: Final = Measure(
    "matters_first",
    N_("Legal matters open on the first day"),
    "count",
    N_(
        "Legal matters that went on when the first day began. It is the number of the last day of the period before. "
        "One person may have several."
    ),
)
OPENED: Final = Measure(
    "matters_opened",
    N_("Legal matters opened"),
    "count",
    N_("Legal matters by the day they were opened."),
    flow=True,
)
ENDED: Final = Measure(
    "matters_ended",
    N_("Legal matters ended"),
    "count",
    N_("Legal matters by the day they ended, whatever the result."),
    flow=True,
)
LAST: Final = Measure(
    "matters_last",
    N_("Legal matters open on the last day"),
    "count",
    N_("Legal matters that went on when the last day ended. First day + opened − ended gives this number."),
)
_BY_KIND: Final[Mapping[str, str]] = {
    "matters_first": N_("Legal matters open on the first day, by kind."),
    "matters_opened": N_("Legal matters opened, by kind."),
    "matters_ended": N_("Legal matters ended, by kind."),
    "matters_last": N_("Legal matters open on the last day, by kind."),
}
_BY_RESULT: Final = N_("Legal matters ended, by the result that was recorded.")
_OTHER: Final = "other"
_KINDS: Final = tuple(code.code for code in vocab.LEGAL_MATTERS)
_RESULTS: Final = tuple(code.code for code in vocab.LEGAL_RESULTS)

_Matter = tuple[Someone, str, date, date | None, str | None]
"""Whose it is, its kind, when it was opened and ended, and its result."""


def matter_rows(counting: Counting) -> list[Row]:
    """Return the four measures, each divided by kind, what ended by its result as well.

    All are divided by the same kinds, so that of each of them the balance holds.
    """
    found: list[_Matter] = [
        (counting.crowd.counted(person), _kind_of(kind), opened, ended, result)
        for person, kind, opened, ended, result in counting.found["matters"]
    ]
    columns = {measure: _columns(found, counting, measure) for measure in (FIRST, OPENED, ENDED, LAST)}
    by_kind = {measure: divide(events) for measure, events in columns.items()}
    kinds = in_order([kind for parts in by_kind.values() for kind in parts], _KINDS)
    rows: list[Row] = []
    for measure, events in columns.items():
        rows.append(row(measure, figures(events)))
        rows += parts_of(measure, by_kind[measure], "kind", kinds, _label_of_kind, _BY_KIND[measure.id])
        if measure is ENDED:
            results = _by_result(found, counting)
            codes = in_order(results, _RESULTS)
            rows += parts_of(measure, results, "result", codes, _label_of_result, _BY_RESULT, within="result.")
    return rows


def matter_balances(rows: Sequence[Row]) -> tuple[Balance, ...]:
    """Return what adds up: first day + opened − ended = last day, as a whole and for each kind."""
    kinds = [one.id.removeprefix(FIRST.id) for one in rows if one.part_of == FIRST.id]
    return tuple(
        Balance(f"{FIRST.id}{kind}", (f"{OPENED.id}{kind}",), (f"{ENDED.id}{kind}",), f"{LAST.id}{kind}")
        for kind in ("", *kinds)
    )


def _columns(found: Sequence[_Matter], counting: Counting, measure: Measure) -> Columns:
    this, previous, since = (
        list(_events(found, measure, first, last)) if first <= last else [] for first, last in counting.spans
    )
    return (this, previous, since)


def _events(found: Sequence[_Matter], measure: Measure, first: date, last: date) -> Iterator[Event]:
    for person, kind, opened, ended, _result in found:
        if measure is FIRST:
            counts, on = opened < first and (ended is None or ended >= first), first
        elif measure is OPENED:
            counts, on = first <= opened <= last, opened
        elif measure is ENDED:
            counts, on = ended is not None and first <= ended <= last, ended or last
        else:
            counts, on = opened <= last and (ended is None or ended > last), last
        if counts:
            yield Event(person, on, kind)


def _by_result(found: Sequence[_Matter], counting: Counting) -> Parts:
    this, previous, since = (
        [
            Event(person, ended, result if result in _RESULTS else NO_CODE)
            for person, _kind, _opened, ended, result in found
            if ended is not None and first <= ended <= last
        ]
        for first, last in counting.spans
    )
    return divide((this, previous, since))


def _kind_of(kind: str) -> str:
    """Return the kind a matter is counted under: of a shelter's own, the one it is a kind of."""
    base = base_of(kind)
    return base if base in _KINDS else _OTHER


def _label_of_kind(code: str) -> str:
    return _label(vocab.LEGAL_MATTERS.get(code))


def _label_of_result(code: str) -> str:
    return _label(vocab.LEGAL_RESULTS.get(code))


def _label(code: Any) -> str:
    return code.label if code is not None else NOT_RECORDED
