"""What begins, goes on and ends in a summary: open on the first day, begun, ended, open on the last day.

Legal matters and psychological work are counted alike: by the days they began and ended, divided by kind where there
are several, and what ended by how it ended. First day + begun − ended = last day, as a whole and for each kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from shelterdesk.summaries.counting import Counting
from shelterdesk.summaries.counts import Columns, Event, Parts, divide, figures, in_order, parts_of, row
from shelterdesk.summaries.events import NOT_RECORDED
from shelterdesk.summaries.measures import NO_CODE, Measure
from shelterdesk.summaries.presences import Someone
from shelterdesk.summaries.table import Balance, Row
from shelterdesk.vocab.lists import CodeList, base_of

_OTHER = "other"

_Lasting = tuple[Someone, str, date, date | None, str | None]
"""Whose it is, its kind, when it began and ended, and how."""


@dataclass(frozen=True)
class Lasting:
    """Four measures over one query of the same name, which gives (person, kind, begun, ended, how)."""

    query: str
    first: Measure
    begun: Measure
    ended: Measure
    last: Measure
    results: CodeList
    by_result: str
    """What the parts by result count."""
    kinds: CodeList | None = None
    by_kind: Mapping[str, str] = field(default_factory=dict[str, str], hash=False)
    """What the parts of each measure by kind count; empty where there is one kind only."""

    def rows(self, counting: Counting) -> list[Row]:
        """Return the four measures. All are divided by the same kinds, so that of each of them the balance holds."""
        found: list[_Lasting] = [
            (counting.crowd.counted(person), self._kind_of(kind), begun, ended, result)
            for person, kind, begun, ended, result in counting.found[self.query]
        ]
        measures = (self.first, self.begun, self.ended, self.last)
        columns = {measure: self._columns(found, counting, measure) for measure in measures}
        by_kind = {measure: divide(events) for measure, events in columns.items()} if self.kinds is not None else {}
        known = tuple(code.code for code in self.kinds or ())
        kinds = in_order([kind for parts in by_kind.values() for kind in parts], known)
        rows: list[Row] = []
        for measure, events in columns.items():
            rows.append(row(measure, figures(events)))
            if self.kinds is not None:
                label, words = _label_in(self.kinds), self.by_kind[measure.id]
                rows += parts_of(measure, by_kind[measure], "kind", kinds, label, words)
            if measure is self.ended:
                results = self._by_result(found, counting)
                codes = in_order(results, tuple(code.code for code in self.results))
                label = _label_in(self.results)
                rows += parts_of(measure, results, "result", codes, label, self.by_result, within="result.")
        return rows

    def balances(self, rows: Sequence[Row]) -> tuple[Balance, ...]:
        """Return what adds up, as a whole and for each kind."""
        first, begun, ended, last = self.first.id, self.begun.id, self.ended.id, self.last.id
        kinds = [one.id.removeprefix(first) for one in rows if one.part_of == first]
        return tuple(
            Balance(f"{first}{kind}", (f"{begun}{kind}",), (f"{ended}{kind}",), f"{last}{kind}")
            for kind in ("", *kinds)
        )

    def _columns(self, found: Sequence[_Lasting], counting: Counting, measure: Measure) -> Columns:
        this, previous, since = (
            list(self._events(found, measure, first, last)) if first <= last else [] for first, last in counting.spans
        )
        return (this, previous, since)

    def _events(self, found: Sequence[_Lasting], measure: Measure, first: date, last: date) -> Iterator[Event]:
        for person, kind, begun, ended, _result in found:
            if measure is self.first:
                counts, on = begun < first and (ended is None or ended >= first), first
            elif measure is self.begun:
                counts, on = first <= begun <= last, begun
            elif measure is self.ended:
                counts, on = ended is not None and first <= ended <= last, ended or last
            else:
                counts, on = begun <= last and (ended is None or ended > last), last
            if counts:
                yield Event(person, on, kind)

    def _by_result(self, found: Sequence[_Lasting], counting: Counting) -> Parts:
        known = {code.code for code in self.results}
        this, previous, since = (
            [
                Event(person, ended, base if (base := base_of(result or "")) in known else NO_CODE)
                for person, _kind, _begun, ended, result in found
                if ended is not None and first <= ended <= last
            ]
            for first, last in counting.spans
        )
        return divide((this, previous, since))

    def _kind_of(self, kind: str) -> str:
        """Return the kind something is counted under: of a shelter's own, the one it is a kind of."""
        base = base_of(kind)
        known = self.kinds is not None and any(base == code.code for code in self.kinds)
        return base if known else _OTHER


def _label_in(codes: CodeList) -> Callable[[str], str]:
    def label(code: str) -> str:
        found = codes.get(code)
        return found.label if found is not None else NOT_RECORDED

    return label
