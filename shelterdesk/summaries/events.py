"""What befell people and the house in a period, each kind of event as a row and divided by what it was.

Referrals out, follow-ups, alerts, violence that was told and incidents in the house are counted alike: by one day and
by one code. A further kind of event is one more entry of :data:`EVENTS`, and its query in ``event_queries``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from shelterdesk import vocab
from shelterdesk.i18n import N_
from shelterdesk.summaries.counting import Counting
from shelterdesk.summaries.counts import Event, by_column, divide, figures, in_order, parts_of, row
from shelterdesk.summaries.measures import NO_CODE, Measure
from shelterdesk.summaries.table import Row, Split
from shelterdesk.vocab.house_book import INCIDENT_KINDS
from shelterdesk.vocab.lists import CodeList, base_of

NOT_RECORDED: Final = N_("Not recorded")
_OTHER: Final = "other"


@dataclass(frozen=True)
class EventMeasure:
    """One kind of event: its query of the same id gives (person, day, code)."""

    section: str
    measure: Measure
    split: Split = ""
    """Empty: it is not divided."""
    codes: CodeList | None = None
    labels: dict[str, str] | None = None
    """Message ids of the groups of *codes* it is divided by; None: by the codes themselves."""
    definition: str = ""
    """What its parts count."""

    @property
    def id(self) -> str:
        return self.measure.id

    def code_of(self, code: str | None) -> str:
        """Return what an event is counted under: of a shelter's own choice, what it is a kind of."""
        if self.codes is None:
            return ""
        base = base_of(code or "")
        if self.labels is not None:
            group = self.codes.group(base)
            return group if group in self.labels else _OTHER
        return base if any(base == known.code for known in self.codes) else NO_CODE

    def label_of(self, code: str) -> str:
        """Return the message id of a part."""
        if self.labels is not None:
            return self.labels[code]
        found = self.codes.get(code) if self.codes is not None else None
        return found.label if found is not None else NOT_RECORDED

    def order(self) -> tuple[str, ...]:
        """Return the parts in the order of the page."""
        return tuple(self.labels or (code.code for code in self.codes or ()))


def event_rows(counting: Counting, section: str) -> list[Row]:
    """Return the rows of *section* in the order of the page."""
    return [found for one in EVENTS if one.section == section for found in _rows(counting, one)]


def _rows(counting: Counting, one: EventMeasure) -> list[Row]:
    columns = by_column(
        (
            Event(counting.crowd.counted(person), on, one.code_of(code))
            for person, on, code in counting.found[one.id]
            if on is not None
        ),
        counting.spans,
    )
    whole = row(one.measure, figures(columns))
    if not one.split:
        return [whole]
    parts = divide(columns)
    codes = in_order(parts, one.order())
    return [whole, *parts_of(one.measure, parts, one.split, codes, one.label_of, one.definition)]


EVENTS: Final[tuple[EventMeasure, ...]] = (
    EventMeasure(
        "services",
        Measure(
            "not_attended",
            N_("Appointments not attended"),
            "count",
            N_(
                "Appointments of the period marked as not attended, whoever cancelled. What was moved to another day "
                "does not count, nor does a follow-up after leaving. A group counts once for each person who was "
                "expected and did not come."
            ),
            flow=True,
        ),
        "reason",
        vocab.CANCEL_REASONS,
        definition=N_("Appointments not attended, by the reason that was recorded."),
    ),
    EventMeasure(
        "referrals",
        Measure(
            "referrals_out",
            N_("Referrals out"),
            "count",
            N_(
                "Referrals to others by the day they were sent. One that is still being prepared, or was withdrawn "
                "before it was sent, does not count."
            ),
            flow=True,
        ),
        "state",
        vocab.REFERRAL_STATES,
        definition=N_("Referrals out by how they stand on the day of counting, not on the last day of the period."),
    ),
    EventMeasure(
        "referrals",
        Measure(
            "needs",
            N_("Help that was needed"),
            "count",
            N_("Needs put down, by the day since when the help is needed. One person may need several kinds."),
            flow=True,
        ),
        "kind",
        vocab.SERVICE_KINDS,
        {code.code: code.label for code in vocab.SERVICE_FAMILIES},
        N_("Needs put down, by the family of services they belong to."),
    ),
    EventMeasure(
        "referrals",
        Measure(
            "needs_unmet",
            N_("Help that was not available"),
            "count",
            N_("Needs that could not be met, by the day on which that was clear."),
            flow=True,
        ),
        "reason",
        vocab.NEED_REASONS,
        definition=N_("Help that was not available, by the reason."),
    ),
    EventMeasure(
        "afterwards",
        Measure(
            "follow_ups",
            N_("Follow-ups held or tried"),
            "count",
            N_("Follow-ups after somebody left, by the day she was asked, or somebody tried to reach her."),
            flow=True,
        ),
        "result",
        vocab.FOLLOW_UP_RESULTS,
        {"reached": N_("reached"), "not_reached": N_("not reached or declined"), _OTHER: NOT_RECORDED},
        N_(
            "Reached: spoken with her, or heard through somebody she trusts. Not reached: also where she declined, or "
            "calling was not safe."
        ),
    ),
    EventMeasure(
        "afterwards",
        Measure(
            "follow_ups_missed",
            N_("Follow-ups missed"),
            "count",
            N_(
                "Days agreed for a follow-up that have passed and that nobody has seen to until the day of counting. "
                "Whoever sees to one later takes it out of this figure."
            ),
            flow=True,
        ),
    ),
    EventMeasure(
        "safety",
        Measure(
            "alerts",
            N_("Alerts put down"),
            "count",
            N_("What every shift had to heed of a person, by the first day it held. One person may have several."),
            flow=True,
        ),
        "incident",
        vocab.ALERT_KINDS,
        {"health": N_("about health"), "safety": N_("about safety"), _OTHER: N_("other")},
        N_("Alerts put down, by what they are about."),
    ),
    EventMeasure(
        "safety",
        Measure(
            "violence",
            N_("Incidents of violence told"),
            "count",
            N_(
                "Incidents of gender-based violence by the day they were told to the shelter, whenever they happened. "
                "One person may tell of several."
            ),
            flow=True,
        ),
        "incident",
        vocab.VIOLENCE_TYPES,
        definition=N_("Incidents told, by the one type that the deciding questions give."),
    ),
    EventMeasure(
        "safety",
        Measure(
            "house_incidents",
            N_("Incidents in the house"),
            "count",
            N_(
                "Incidents in the house book by the day they happened. For one site alone only those count that "
                "concern somebody of that site."
            ),
            flow=True,
        ),
        "incident",
        INCIDENT_KINDS,
        definition=N_("Incidents in the house, by kind."),
    ),
)
