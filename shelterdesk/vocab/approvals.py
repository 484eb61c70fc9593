"""Approval: what is asked for, and what became of it."""

from __future__ import annotations

from shelterdesk.i18n import N_
from shelterdesk.vocab.lists import Code, CodeList

APPROVAL_SUBJECTS = CodeList(
    "approval_subjects",
    (
        Code("plan", N_("Plan")),
        Code("leaving", N_("Leaving")),
        Code("month", N_("Month")),
        Code("removal", N_("Removal of a record")),
    ),
)

APPROVAL_STATES = CodeList(
    "approval_states",
    (
        Code("asked", N_("Asked for")),
        Code("approved", N_("Approved")),
        Code("returned", N_("Given back")),
        Code("withdrawn", N_("Taken back")),
    ),
)
