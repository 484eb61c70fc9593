"""Psychological work in a summary: going on on the first day, begun, ended, going on on the last day.

How many sessions there were stands among the services, like those of every other family. What scales came to stands
in no summary.
"""

from __future__ import annotations

from typing import Final

from shelterdesk import vocab
from shelterdesk.i18n import N_
from shelterdesk.summaries.lasting_rows import Lasting
from shelterdesk.summaries.measures import Measure

FIRST: Final = Measure(
    "episodes_first",
    N_("Psychological work going on on the first day"),
    "count",
    N_(
        "Psychological work that went on when the first day began. It is the number of the last day of the period "
        "before."
    ),
)
BEGUN: Final = Measure(
    "episodes_begun",
    N_("Psychological work begun"),
    "count",
    N_("Psychological work by the day it began. Its sessions are counted among the services."),
    flow=True,
)
ENDED: Final = Measure(
    "episodes_ended",
    N_("Psychological work ended"),
    "count",
    N_("Psychological work by the day it ended, however it ended."),
    flow=True,
)
LAST: Final = Measure(
    "episodes_last",
    N_("Psychological work going on on the last day"),
    "count",
    N_("Psychological work that went on when the last day ended. First day + begun − ended gives this number."),
)
EPISODES: Final = Lasting(
    "episodes",
    FIRST,
    BEGUN,
    ENDED,
    LAST,
    vocab.EPISODE_ENDINGS,
    N_("Psychological work ended, by how it ended."),
)
