"""What a summary counts: the name of each measure, what it means in plain words, and the query behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from shelterdesk import vocab
from shelterdesk.i18n import N_
from shelterdesk.summaries.queries import statements
from shelterdesk.summaries.table import Balance, Unit
from shelterdesk.summaries.who import ANOTHER, BOYS, GIRLS, MEN, NO_STATUS, UNKNOWN, WOMEN

__all__ = ["statements"]

NO_CODE: Final = "none"
"""Stands for rows where nobody chose a reason or a source."""
COURSE_GROUPS: Final = ("course",)
WORK_GROUPS: Final = ("work", "own_business")


@dataclass(frozen=True)
class Measure:
    """One measure; the fields are those of :class:`~shelterdesk.summaries.table.Row`."""

    id: str
    label: str
    unit: Unit
    definition: str
    flow: bool = False
    same_as: str = ""
    people_as: str = ""


HERE_FIRST: Final = Measure(
    "here_first",
    N_("Here on the first day"),
    "people",
    N_(
        "People who lived in the house when the first day began: they slept here the night before. It is the number "
        "of the last day of the period before."
    ),
)
ARRIVED: Final = Measure(
    "arrived",
    N_("Arrived"),
    "people",
    N_("Arrivals in the period, the first and the last day included. Who left and came back counts each time."),
    flow=True,
)
LEFT: Final = Measure(
    "left",
    N_("Left"),
    "people",
    N_("Leavings in the period, the first and the last day included. Who left twice counts twice."),
    flow=True,
)
HERE_LAST: Final = Measure(
    "here_last",
    N_("Here on the last day"),
    "people",
    N_(
        "People who lived in the house when the last day ended: they slept here that night. In a period that is still "
        "running, today stands for the last day. First day + arrived − left gives this number."
    ),
)
BED_NIGHTS: Final = Measure(
    "bed_nights",
    N_("Bed nights"),
    "nights",
    N_(
        "Nights of everybody who lived in the house, one for each person and night. A night away counts while the bed "
        "is kept. The day of leaving is no night."
    ),
    flow=True,
    people_as="supported.stayed",
)
OCCUPANCY: Final = Measure(
    "occupancy",
    N_("Beds in use"),
    "percent",
    N_(
        "Bed nights as a share of the nights of all beds in use. Beds added later count from the day they were added, "
        "beds given up until that day. It may be over 100 % when people sleep without a bed of their own."
    ),
    same_as="bed_nights",
    people_as="supported.stayed",
)
BEDS_USED: Final = Measure(
    "beds_used",
    N_("Beds used, daily average"),
    "count",
    N_("Bed nights divided by the days of the period."),
    same_as="bed_nights",
    people_as="supported.stayed",
)
NIGHTS_HERE: Final = Measure(
    "bed_nights.here",
    N_("slept here"),
    "nights",
    N_("Bed nights of people who slept in the house."),
    flow=True,
)
NIGHTS_AWAY: Final = Measure(
    "bed_nights.away",
    N_("away, bed kept"),
    "nights",
    N_("Bed nights of people who slept elsewhere while their bed was kept. The day she is back is no night away."),
    flow=True,
)
SUPPORTED: Final = Measure(
    "supported",
    N_("People supported, each once"),
    "people",
    N_(
        "People who had at least one bed night, were given at least one service or reached at least one milestone in "
        "the period. Each counts once, however much it was."
    ),
)
STAYED: Final = Measure(
    "supported.stayed",
    N_("of them with a stay"),
    "people",
    N_("People supported who slept in the house at least one night of the period."),
)
NOT_STAYED: Final = Measure(
    "supported.not_stayed",
    N_("of them without a stay"),
    "people",
    N_("People supported who did not sleep in the house in the period."),
)
NEW: Final = Measure(
    "arrived.new",
    N_("for the first time"),
    "people",
    N_("Arrivals of people who had not stayed here before."),
    flow=True,
)
RETURNING: Final = Measure(
    "arrived.returning",
    N_("again"),
    "people",
    N_("Arrivals of people who had stayed here before."),
    flow=True,
)
SERVICES: Final = Measure(
    "services",
    N_("Services given"),
    "sessions",
    N_(
        "Services that took place in the period, shorter ones included. Those declined or not held do not count. A "
        "group session counts once for each person in it."
    ),
    flow=True,
)
HOURS: Final = Measure(
    "hours",
    N_("Hours of services"),
    "hours",
    N_("The time these services took, as far as it was recorded. That of a group counts for each person in it."),
    flow=True,
)
MILESTONES: Final = Measure(
    "milestones",
    N_("Milestones reached"),
    "count",
    N_("Milestones of plans that were marked done, by the day they were done."),
    flow=True,
)
COURSES: Final = Measure(
    "courses",
    N_("Started a course"),
    "count",
    N_("Courses, trainings and studies that began in the period. Those that were only planned do not count."),
    flow=True,
)
WORK: Final = Measure(
    "work",
    N_("Started work or a trial"),
    "count",
    N_(
        "Work, trial work, apprenticeships, internships and own businesses that began in the period. Those that were "
        "only planned do not count, nor does volunteering."
    ),
    flow=True,
)
REFERRALS: Final = Measure(
    "referrals",
    N_("Referrals in"),
    "count",
    N_("Referrals to the shelter, by the day of the referral. Somebody referred twice counts twice."),
    flow=True,
)
TURNED_AWAY: Final = Measure(
    "turned_away",
    N_("Requests turned away"),
    "count",
    N_(
        "Requests for a place that were turned away, by the day that was decided. A mother with her children is one "
        "request. Who did not come though she could have is not counted."
    ),
    flow=True,
)

SECTIONS: Final[dict[str, str]] = {
    "people": N_("People"),
    "services": N_("Services given"),
    "progress": N_("Plans and work"),
    "referrals": N_("Referrals"),
    "legal": N_("Legal matters"),
    "psychology": N_("Psychological work"),
    "afterwards": N_("After leaving"),
    "safety": N_("Safety"),
}
SEX_AGE_LABELS: Final[dict[str, str]] = {
    WOMEN: N_("Women"),
    MEN: N_("Men"),
    GIRLS: N_("Girls"),
    BOYS: N_("Boys"),
    ANOTHER: N_("Another gender"),
    UNKNOWN: N_("Gender or age not known"),
}
SEX_AGE_DEFINITION: Final = N_(
    "By gender as the person describes it and by age: adults are 18 or older on the day that is counted (arrival, "
    "leaving, first or last day; people supported on the last day). With only the month or year of birth known, who "
    "may still be under 18 counts as a girl or a boy."
)
STATUS_DEFINITION: Final = N_(
    "By identification status as it stood on the day that is counted (arrival, leaving, first or last day; people "
    "supported on the last day)."
)
REASON_LABELS: Final[dict[str, str]] = {
    "planned": N_("as planned"),
    "own_choice": N_("by own choice"),
    "moved_on": N_("to another place or service"),
    "other": N_("for another reason"),
    NO_CODE: N_("reason not recorded"),
}
REASON_DEFINITION: Final = N_("Leavings by the reason that was recorded.")
TURNED_AWAY_LABELS: Final[dict[str, str]] = {
    "no_room": N_("because there was no room"),
    "other": N_("for another reason"),
}
TURNED_AWAY_DEFINITION: Final = N_("Requests turned away, by the reason that was recorded.")
NO_STATUS_LABEL: Final = N_("Status not recorded")
NO_SOURCE_LABEL: Final = N_("Source not recorded")
SOURCE_DEFINITION: Final = N_("Referrals by who referred the person.")
FAMILY_DEFINITION: Final = N_(
    "Services of this family that took place in the period; beside them, how many different people they were for."
)
HOURS_DEFINITION: Final = N_("The time services of this family took, as far as it was recorded.")
BARS_LABEL: Final = N_("Services given")
LINE_LABEL: Final = N_("Beds used, daily average")

MOVEMENTS: Final = Balance("here_first", ("arrived",), ("left",), "here_last")


def label_of_status(code: str) -> str:
    """Return the message id for a status, or for none."""
    found = vocab.STATUSES.get(code)
    return NO_STATUS_LABEL if code == NO_STATUS else found.label if found else code


def label_of_source(code: str) -> str:
    """Return the message id for who referred a person, or for nobody named."""
    found = vocab.REFERRAL_SOURCES.get(code)
    return NO_SOURCE_LABEL if code == NO_CODE else found.label if found else code
