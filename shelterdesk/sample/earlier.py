"""Somebody of earlier years, typed in from a paper folder: her record has been closed so long that it may go."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from shelterdesk import i18n, people, person_history, retention, stays
from shelterdesk.desk import Desk
from shelterdesk.i18n import N_
from shelterdesk.partial_date import PartialDate

CLOSED_FOR: Final = 2 * 366 + 40
"""Days."""
_YEARS: Final = 2
_STAYED: Final = 74
_WORDS: Final = N_("Went to her sister. The paper folder lies in the locked cabinet.")


def tell_earlier_years(desk: Desk) -> None:
    """Put one former resident on file whose time is over by the years this house keeps records."""
    left = desk.today() - timedelta(days=CLOSED_FOR + 60)
    arrived = left - timedelta(days=_STAYED)
    her = people.add_person(
        desk,
        short_name="Reyhan",
        given_names="Reyhan",
        family_name="Cəfərova",
        gender="woman",
        birth=PartialDate(1979, 4),
        citizenships=frozenset({"AZ"}),
        languages=frozenset({"az"}),
        registered_on=arrived,
    )
    stays.add_stay(
        desk,
        her.id,
        arrived_on=arrived,
        left_on=left,
        leaving_reason="support_complete",
        destination="family",
        words=i18n.text(_WORDS),
    )
    person_history.record_phase(desk, her.id, phase="closed", since=left + timedelta(days=60))
    retention.set_years(desk, _YEARS)
