"""What lists of people are made from and what their columns tell."""

from __future__ import annotations

from shelterdesk.i18n import N_
from shelterdesk.vocab.lists import Code, CodeList

PEOPLE_BASES = CodeList(
    "people_bases",
    (
        Code("here_now", N_("Here now")),
        Code("mine", N_("Mine")),
        Code("leaving_soon", N_("Leaving soon")),
        Code("left_recently", N_("Left recently")),
        Code("without_stay", N_("Supported, not living here")),
        Code("everybody", N_("Everybody")),
    ),
)
AGE_GROUPS = CodeList("age_groups", (Code("child", N_("Under 18")), Code("adult", N_("18 and older"))))
"""Adulthood as in article 1 of the Convention on the Rights of the Child."""

PEOPLE_COLUMNS = CodeList(
    "people_columns",
    (
        Code("name", N_("Name")),
        Code("code", N_("Code")),
        Code("days_here", N_("Days here")),
        Code("arrived_on", N_("Arrived")),
        Code("left_on", N_("Left")),
        Code("bed", N_("Bed")),
        Code("worker", N_("Worker")),
        Code("phase", N_("Phase")),
        Code("status", N_("Identification status")),
        Code("next_step", N_("Next step")),
        Code("age", N_("Age")),
    ),
)
"""Columns that are worked out; the fields of a person are further ones, by their field ids."""
