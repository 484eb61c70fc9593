"""Notes in parts, one from supervision, one that was corrected and one that is locked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from shelterdesk import notes
from shelterdesk.desk import Desk
from shelterdesk.i18n import N_, text
from shelterdesk.notes import Note
from shelterdesk.sample.names import LAWYER, PSYCHOLOGIST
from shelterdesk.sample.rows import Loom

_AYSEL: Final = "Aysel M."
_JUN: Final = "Jun R."
_OLDER: Final = 24
_YOUNGER: Final = 3
# By name: kind, days ago, who wrote it («» the one who is signed in), and what stands in which part.
_NOTES: Final[tuple[tuple[str, str, int, str, Mapping[str, str]], ...]] = (
    (
        _AYSEL,
        "psychological",
        _OLDER,
        PSYCHOLOGIST,
        {
            "clinical_presenting": N_("Afraid of the bus station; sleeps four hours. Eats again."),
            "clinical_intervention": N_("Breathing together, then the way to the workshop drawn as a map."),
            "clinical_risk": N_("No thoughts of harming herself. Her sister protects her; the evenings do not."),
            "clinical_plan": N_("The first part of the way together on Thursday."),
        },
    ),
    (
        _AYSEL,
        "psychological",
        _YOUNGER,
        PSYCHOLOGIST,
        {
            "clinical_presenting": N_("Rested. Proud of the first week at the workshop."),
            "clinical_intervention": N_("Looked at what helped; the hearing rehearsed with empty chairs."),
            "clinical_plan": N_("A call on the evening before the hearing."),
            "clinical_text": N_("She asked to keep Tuesday mornings."),
        },
    ),
    (
        _AYSEL,
        "legal",
        9,
        LAWYER,
        {
            "legal_matter": N_("Unpaid wages of seven months, district court."),
            "legal_stage": N_("Claim filed; the other side has to answer."),
            "legal_deadlines": N_("Copies of the pay slips to the court before the end of the month."),
        },
    ),
    (
        _JUN,
        "social",
        2,
        "",
        {
            "case_contact": N_("Telephone with the migration office; he listened in."),
            "case_agreed": N_("He brings two photos on Friday, we fill in the form together."),
        },
    ),
)
_SUPERVISED: Final = N_("Is it too early for the hearing? Agreed: she decides on the day, and somebody waits outside.")
_LOOKED_AT: Final = N_("Two calls in a week is enough. He can make the third one himself, with me beside him.")
_CORRECTED: Final = N_("She asked to keep Tuesday mornings, and for a later hour in winter.")
_WHY: Final = N_("She read it with me and added the hour")


def tell_notes(loom: Loom, named: Mapping[str, UUID]) -> UUID | None:
    """Add notes to those who live here, by their *named* ids; return the one that is corrected afterwards."""
    newest: UUID | None = None
    social: UUID | None = None
    for name, kind, days, author, parts in _NOTES:
        if name not in named:
            continue
        on = loom.ago(days)
        values: dict[str, Any] = {attribute: loom.say(words) for attribute, words in parts.items()}
        if kind == "legal":
            values["legal_next_hearing"] = loom.ago(-2)
        who = loom.colleagues.get(author)
        made = loom.add(Note, on, who, person_id=named[name], kind=kind, written_on=on, **values)
        if kind == "psychological":
            newest = made
        elif kind == "social":
            social = made
    if social is not None:
        on = loom.ago(1)
        loom.add(
            Note, on, person_id=named[_JUN], kind="case_supervision", written_on=on, about_id=social,
            case_text=loom.say(_LOOKED_AT),
        )  # fmt: skip
    if newest is not None:
        on = loom.ago(1)
        loom.add(
            Note, on, loom.colleagues.get(PSYCHOLOGIST), person_id=named[_AYSEL], kind="supervision", written_on=on,
            about_id=newest, clinical_text=loom.say(_SUPERVISED),
        )  # fmt: skip
    return newest


def correct_a_note(desk: Desk, note_id: UUID | None) -> None:
    """Correct the note of a colleague, so that there is an earlier version to look at."""
    if note_id is None:
        return
    with desk.read() as db:
        person_id = db.get_one(Note, note_id).person_id
    one = next(note for note in notes.notes_of(desk, person_id) if note.id == note_id)
    notes.change_note(desk, one, why=text(_WHY), clinical_text=text(_CORRECTED))
