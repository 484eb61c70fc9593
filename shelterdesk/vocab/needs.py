"""Needs that were not met, or were: states and reasons."""

from __future__ import annotations

from shelterdesk.i18n import N_
from shelterdesk.vocab.lists import Code, CodeList

NEED_STATES = CodeList(
    "need_states",
    (
        Code("open", N_("Needed")),
        Code("referred", N_("Sent on, answer awaited")),
        Code("met", N_("Found")),
        Code("not_available", N_("Not available")),
        Code("declined", N_("She does not want it")),
        Code("no_longer", N_("No longer needed")),
    ),
)

# Why a service could not be had. «Gaps in services» of the GBV coordination handbook, in plain words.
NEED_REASONS = CodeList(
    "need_reasons",
    (
        Code("none_in_area", N_("Nobody offers it near here")),
        Code("full", N_("No free place, or a long waiting list")),
        Code("cost", N_("Costs more than she or we can pay")),
        Code("not_eligible", N_("She is not entitled to it")),
        Code("papers_missing", N_("Papers are missing")),
        Code("language", N_("Not in a language she speaks")),
        Code("disability_access", N_("Not reachable with her disability")),
        Code("child_care", N_("Nobody to look after the children")),
        Code("not_safe", N_("Going there is not safe")),
        Code("transport", N_("No way to get there")),
        Code("turned_away", N_("They turned her away")),
        Code("other", N_("Another reason")),
    ),
    open=True,
)
