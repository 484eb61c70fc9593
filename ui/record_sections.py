"""The sections of a record, in their order. The record makes them; the settings say which of them a shelter uses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from shelterdesk.access import Right
from shelterdesk.i18n import N_

if TYPE_CHECKING:
    from ui.seat import Seat

ALWAYS_USED: Final = frozenset({"overview", "personal", "history"})
"""Sections no record does without."""


@dataclass(frozen=True)
class SectionKind:
    """Where a section is made. Its module is loaded at the first visit, so that the record opens sooner."""

    id: str
    label: str
    module: str
    name: str
    right: Right = Right.SEE_RECORDS
    wide: bool = True
    """True where the list of people makes room for the section in all but very wide windows."""

    def make(self, seat: Seat) -> Any:
        """Return a new section for *seat*."""
        return getattr(import_module(f"ui.pages.resident.{self.module}"), self.name)(seat)


SECTIONS: Final[Sequence[SectionKind]] = (
    SectionKind("overview", N_("Overview"), "overview", "OverviewSection", wide=False),
    SectionKind("personal", N_("Personal details"), "personal", "PersonalSection"),
    SectionKind("family", N_("Family & children"), "family", "FamilySection"),
    SectionKind("stay", N_("Stay"), "stay", "StaySection"),
    SectionKind("needs", N_("Needs & safety"), "needs", "NeedsSection"),
    SectionKind("happened", N_("What happened"), "happened.section", "HappenedSection", Right.SEE_WHAT_HAPPENED),
    SectionKind("dates", N_("Dates & deadlines"), "dates", "DatesSection"),
    SectionKind("plan", N_("Plan & milestones"), "plan", "PlanSection"),
    SectionKind("services", N_("Services"), "services", "ServicesSection"),
    SectionKind("legal", N_("Legal matters"), "legal", "LegalSection"),
    SectionKind("psychology", N_("Psychology"), "psychology", "PsychologySection"),
    SectionKind("work", N_("Work & training"), "work", "WorkSection"),
    SectionKind("notes", N_("Notes"), "notes", "NotesSection"),
    SectionKind("consents", N_("Consents & sharing"), "consents", "ConsentsSection"),
    SectionKind("documents", N_("Documents"), "documents", "DocumentsSection"),
    SectionKind("history", N_("History"), "history", "HistorySection", Right.READ_LOG),
)
