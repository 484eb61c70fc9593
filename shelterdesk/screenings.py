"""Screenings: a scale somebody was asked, with her answers and their total. Sealed, and counted by nobody.

Only that a scale was asked, and when, lies open like the kind and the day of a note. The total is counted here, from
the answers; one from somebody else's papers may stand alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from shelterdesk import vocab
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.episodes import require_key
from shelterdesk.errors import Problem, Problems
from shelterdesk.fields import CLOSED, TOO_LARGE, Kind, check
from shelterdesk.i18n import N_, text
from shelterdesk.instruments import numbers_of, read_answers, said, spell
from shelterdesk.note_flags import raise_flags
from shelterdesk.records import apply, archive, begun, complete, fill, of_person
from shelterdesk.scales import Scale, every_scale, scale_of
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Record
from shelterdesk.schema.columns import choice, day, link, points_to, sealed
from shelterdesk.schema.types import Id
from shelterdesk.vault.compartments import Compartment

_CLINICAL: Final = Compartment.CLINICAL
_UNANSWERED: Final = N_(
    "Questions without an answer yet: {numbers}. «Prefers not to say» is an answer too (key -). What is answered is "
    "kept as a draft."
)
_NO_SCALE: Final = N_("Choose one of the scales that are in use")
_NO_ANSWERS: Final = N_("These are no answers to this scale. Nothing was changed.")


class Screening(Record):
    """One scale, asked once."""

    __tablename__ = "screening"
    __table_args__ = (Index("ix_screening_person", "person_id", "held_on"),)

    person_id: Mapped[UUID] = mapped_column(Id, points_to("person"))
    scale: Mapped[str] = choice("screening.scale", N_("Scale"), vocab.SCREENING_SCALES, required=True)
    held_on: Mapped[date] = day("screening.held_on", N_("Asked on"), required=True, in_future=False)
    member_id: Mapped[UUID | None] = link("screening.member", N_("Asked by"), "member")
    answers = sealed("screening.answers", N_("Answers"), _CLINICAL, width=60)
    total = sealed("screening.total", N_("Total"), _CLINICAL, kind=Kind.NUMBER)
    words = sealed(
        "screening.words",
        N_("What she said"),
        _CLINICAL,
        kind=Kind.LONG_TEXT,
        lines=(N_("What she said beside the answers, and what was agreed."),),
    )


@dataclass(frozen=True)
class Score:
    """What one screening came to, as far as the reader holds the key."""

    screening: Screening
    scale: Scale | None
    """None where the scale is known by its total only."""
    answers: Mapping[str, int | None]
    total: int | None
    band: Mapping[str, str] | None
    """Words for the total, by language."""
    closed: bool
    """True where the reader does not hold the key."""

    def band_words(self, language: str | None = None) -> str:
        """Return what the total is called; «» without one."""
        return said(self.band, language)


def screenings_of(desk: Desk, person_id: UUID) -> list[Screening]:
    """Return what she was asked, the newest first. Raises RecordClosed, NeedsReason."""
    require(desk, Right.SEE_RECORDS)
    order = Screening.held_on.desc(), Screening.created_at.desc(), Screening.id.desc()
    return list(of_person(desk, Screening, person_id, *order))


def scores_of(desk: Desk, person_id: UUID) -> list[Score]:
    """Return what her screenings came to, the newest first. Raises RecordClosed, NeedsReason."""
    require(desk, Right.SEE_RECORDS)
    scales = {scale.code: scale for scale in every_scale(desk)}
    fields = {field.attribute: field for field in Screening.declared}
    found: list[Score] = []
    for one in screenings_of(desk, person_id):
        scale = scales.get(one.scale)
        answers, total = fields["answers"].read(one), fields["total"].read(one)
        known = total if isinstance(total, int) else None
        band = scale.instrument.band(known) if scale is not None and known is not None else None
        found.append(
            Score(
                one,
                scale,
                read_answers(answers if isinstance(answers, str) else None),
                known,
                band.words if band is not None else None,
                closed=CLOSED in (answers, total),
            )
        )
    return found


def record_screening(
    desk: Desk,
    person_id: UUID,
    *,
    record_id: UUID | None = None,
    flags: Collection[str] = (),
    flag_words: str | None = None,
    **values: Any,
) -> Screening:
    """Keep a scale that was asked; the total is counted from the answers. Raises Problems, NotAllowed.

    *flags* are raised for every shift in the same write and say nothing of the answers.
    """
    require(desk, Right.CASE_WORK)
    require_key(desk)
    given: dict[str, Any] = {"held_on": desk.today(), "member_id": desk.me.id} | values
    given |= _counted(desk, given.get("scale"), given.get("answers"), given.get("total"))
    check(desk.fields(Screening), complete(desk, Screening, given), desk.today())
    screening = begun(Screening, record_id, person_id=person_id)
    with desk.write(Act.RECORD_SCREENING) as db:
        db.add(screening)
        fill(desk, screening, given)
        raise_flags(db, desk, person_id, flags, flag_words)
    return screening


def change_screening(
    desk: Desk, screening: Screening, *, flags: Collection[str] = (), flag_words: str | None = None, **values: Any
) -> Screening:
    """Correct a screening as it was read before. Raises Problems or StaleRecord."""
    require(desk, Right.CASE_WORK)
    require_key(desk)
    given = dict(values)
    if given.keys() & {"answers", "scale"}:
        answers = given.get("answers", screening.answers)
        total = given.get("total", screening.total)
        given |= _counted(desk, given.get("scale", screening.scale), answers, total)
    with desk.write(Act.CHANGE_SCREENING) as db:
        changed = apply(desk, db, screening, given)
        raise_flags(db, desk, screening.person_id, flags, flag_words)
    return changed


def archive_screening(desk: Desk, screening_id: UUID, *, archived: bool = True) -> None:
    """Take a screening that was written down by mistake off the record, or put it back. Nothing is deleted."""
    require(desk, Right.CASE_WORK)
    require_key(desk)
    archive(desk, Act.CHANGE_SCREENING, Screening, screening_id, archived=archived)


def _counted(desk: Desk, code: str | None, answers: str | None, total: int | None) -> dict[str, Any]:
    """Return answers as they are kept, with their total. Raises Problems for what is missing or does not fit."""
    scale = scale_of(desk, code)
    if not answers and total is not None:
        if scale is not None and total > scale.instrument.highest:
            raise Problems([Problem("screening.total", TOO_LARGE, label=text(desk.field(Screening, "total").label))])
        return {}
    if scale is None:
        raise Problems([Problem("screening.scale", _NO_SCALE)])
    instrument, given = scale.instrument, read_answers(answers)
    if answers and (not given or not instrument.fits(given)):
        raise Problems([Problem("screening.answers", _NO_ANSWERS)])
    missing = instrument.missing(given)
    if missing:
        raise Problems([Problem("screening.answers", _UNANSWERED, numbers=numbers_of(instrument, missing))])
    return {"answers": spell(instrument, given), "total": instrument.total(given)}
