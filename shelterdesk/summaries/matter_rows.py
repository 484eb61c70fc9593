"""Legal matters in a summary: open on the first day, opened, ended, open on the last day; by kind and by result."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from shelterdesk import vocab
from shelterdesk.i18n import N_
from shelterdesk.summaries.lasting_rows import Lasting
from shelterdesk.summaries.measures import Measure

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

MATTERS: Final = Lasting(
    "matters", FIRST, OPENED, ENDED, LAST, vocab.LEGAL_RESULTS, _BY_RESULT, vocab.LEGAL_MATTERS, _BY_KIND
)
