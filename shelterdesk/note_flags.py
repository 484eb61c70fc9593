"""Flags that are raised from a note: every shift reads the flag, and nobody learns from it what the note says."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from shelterdesk import alerts, vocab
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.errors import Problem, Problems
from shelterdesk.fields import Field, Kind
from shelterdesk.i18n import N_, text
from shelterdesk.vault.compartments import Compartment
from shelterdesk.vocab import CodeList

FLAG_KINDS: Final = CodeList("note_flags", tuple(vocab.ALERT_KINDS.of_group("safety")))
"""What a note may raise: alerts about danger. Illness and medicine are put down with the alerts themselves."""
FLAGS: Final = Field(
    "note.flags",
    N_("Flag for every shift"),
    Kind.CHOICES,
    attribute="flags",
    choices=FLAG_KINDS,
    compartment=Compartment.HOUSE,
    help=N_("Every shift reads the flag itself, and nothing of this note."),
)
FLAG_WORDS: Final = Field(
    "note.flag_words",
    N_("What to do"),
    Kind.TEXT,
    attribute="flag_words",
    compartment=Compartment.HOUSE,
    example=N_("Look in at night; she may call me at any hour."),
    width=60,
)
"""Both are asked beside a note and kept as alerts."""


def flag_kinds(desk: Desk) -> CodeList:
    """Return the flags as this shelter uses them, with the alerts about danger it added itself."""
    return CodeList(FLAG_KINDS.name, desk.choices(vocab.ALERT_KINDS).of_group("safety"))


def raise_flags(db: Session, desk: Desk, person_id: UUID, kinds: Collection[str], words: str | None) -> None:
    """Put alerts of *kinds* down inside a running write, with the same *words* for each. Raises NotAllowed, Problems.

    A flag that is up already is not raised twice.
    """
    if not kinds:
        return
    if not alerts.may_keep_alerts(desk):
        require(desk, Right.CHANGE_PERSON)
    if any(kind not in desk.choices(vocab.ALERT_KINDS) for kind in kinds):
        raise Problems([Problem(FLAGS.id, N_("«{label}»: choose from the list"), label=text(FLAGS.label))])
    said = (words or "").strip()
    alerts.put_alerts(db, desk, person_id, kinds, desk.today(), dict.fromkeys(kinds, said) if said else None)
