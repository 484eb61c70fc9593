"""Kinds of notes, and the parts a note may be written in."""

from __future__ import annotations

from typing import Final

from shelterdesk.i18n import N_
from shelterdesk.vocab.lists import Code, CodeList

# The group is the compartment a note of this kind is sealed in.
NOTE_KINDS = CodeList(
    "note_kinds",
    (
        Code("house", N_("House note"), group="house"),
        Code("social", N_("Social work note"), group="case"),
        Code("health", N_("Health note"), group="medical"),
        Code("psychological", N_("Psychological note"), group="clinical"),
        Code("legal", N_("Legal note"), group="legal"),
        Code("work", N_("Work and training note"), group="identity"),
        Code("supervision", N_("Supervision of psychological work"), group="clinical"),
        Code("case_supervision", N_("Supervision of social work"), group="case"),
    ),
)

SUPERVISION: Final = frozenset({"supervision", "case_supervision"})
"""Kinds of notes on how the work with somebody goes, written with whoever supervises it."""
