"""Flags that are raised from a note: every shift reads the flag, and nobody learns from it what the note says."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk import alerts, vocab
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.errors import Problem, Problems
from shelterdesk.fields import Field, Kind
from shelterdesk.i18n import N_, text
from shelterdesk.reach import require_reach
from shelterdesk.schema.acts import Act
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


def take_back_flags(desk: Desk, person_id: UUID, kinds: Collection[str], since: datetime) -> None:
    """Take flags of *kinds* off again that the signed-in person raised at *since* or later. Nothing is deleted.

    For undoing a note right after it was saved; a flag that was up before stays up.
    """
    if not alerts.may_keep_alerts(desk):
        require(desk, Right.CHANGE_PERSON)
    require_reach(desk, person_id)
    if not kinds:
        return
    alert = alerts.Alert
    mine = select(alert).where(
        alert.person_id == person_id,
        alert.kind.in_(kinds),
        alert.created_by == desk.me.id,
        alert.created_at >= since,
        alert.archived_at.is_(None),
    )
    with desk.write(Act.UNDO) as db:
        for one in db.scalars(mine):
            one.archived_at = desk.now()
