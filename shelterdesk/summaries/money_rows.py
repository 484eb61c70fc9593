"""Things and money that were given: how often an amount was written down, and the sums, each money by itself."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from shelterdesk import vocab
from shelterdesk.i18n import N_
from shelterdesk.summaries.counting import Counting
from shelterdesk.summaries.counts import Event, by_column, figures, row
from shelterdesk.summaries.measures import Measure
from shelterdesk.summaries.presences import Someone
from shelterdesk.summaries.table import Figure, Row

PAID: Final = Measure(
    "paid",
    N_("Things and money with an amount"),
    "sessions",
    N_("Services of the period with an amount: what was paid, or what a thing was worth. Each counts once."),
    flow=True,
)
_DEFINITION: Final = N_("The sum of these amounts in this money. Sums in another money stand in a row of their own.")


def money_rows(counting: Counting, house_currency: str) -> list[Row]:
    """Return how often an amount was written down, and below it one sum for each money that occurs."""
    found: list[tuple[Someone, date, str, int]] = [
        (counting.crowd.counted(person), on, currency or house_currency, amount)
        for person, on, currency, amount in counting.found["paid"]
    ]
    columns = by_column((Event(person, on) for person, on, _currency, _amount in found), counting.spans)
    in_use = {currency for _person, _on, currency, _amount in found}
    return [
        row(PAID, figures(columns)),
        *(_sum(counting, found, code.code, code.label) for code in vocab.CURRENCIES.codes if code.code in in_use),
    ]


def _sum(counting: Counting, found: list[tuple[Someone, date, str, int]], currency: str, label: str) -> Row:
    columns: list[Figure] = []
    for first, last in counting.spans:
        of_column: list[Any] = [one for one in found if one[2] == currency and first <= one[1] <= last]
        columns.append(Figure(sum(one[3] for one in of_column), len({one[0] for one in of_column})))
    this, previous, since = columns
    return Row(
        id=f"{PAID.id}.{currency}",
        label=label,
        unit="money",
        figures=(this, previous, since),
        definition=_DEFINITION,
        level=1,
        flow=True,
    )
