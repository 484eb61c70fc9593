"""Placements: work, trials and courses with partners, and the stage each has reached."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Index, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from shelterdesk import vocab
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.errors import Problem, Problems
from shelterdesk.fields import Field, Kind, check
from shelterdesk.i18n import N_
from shelterdesk.notes import Note
from shelterdesk.records import (
    all_of,
    archive,
    begun,
    change,
    fill,
    of_person,
    one_with,
    same_version,
    with_standing_values,
)
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Record, whole
from shelterdesk.schema.columns import choice, day, link, points_to, sealed
from shelterdesk.schema.types import Id
from shelterdesk.vault.compartments import Compartment

PERSON = Field("placement.person", N_("Resident"), Kind.LINK, "person_id", required=True, target="person")
"""Whose placement it is, for forms that ask."""
_AT_WORK = ("trial", "working")
_NOTE_KIND = "work"


def _not_before_start(value: date, values: Mapping[str, Any]) -> str | None:
    start = values.get("started_on")
    return N_("«{label}» must not be before the start") if start is not None and value < start else None


class Placement(Record):
    """One way into work or learning: from looking to the end. Its stage is a dated row."""

    __tablename__ = "placement"
    __table_args__ = (
        Index(
            "ix_placement_counting", "started_on", "kind", "person_id", "archived_at", "ended_on", "end_reason", "id"
        ),
    )

    person_id: Mapped[UUID] = mapped_column(Id, points_to("person"), index=True)
    kind: Mapped[str] = choice("placement.kind", N_("Kind"), vocab.PLACEMENT_KINDS, required=True)
    post = sealed(
        "placement.post", N_("Work or course"), Compartment.IDENTITY, example=N_("Sewing, mornings"), width=28
    )
    partner_id: Mapped[UUID | None] = link("placement.partner", N_("Partner"), "partner", index=True)
    sector: Mapped[str | None] = choice("placement.sector", N_("Sector"), vocab.SECTORS)
    started_on: Mapped[date | None] = day("placement.started_on", N_("Starts on"))
    ended_on: Mapped[date | None] = day("placement.ended_on", N_("Ended on"), rule=_not_before_start)
    end_reason: Mapped[str | None] = choice("placement.end_reason", N_("Why it ended"), vocab.PLACEMENT_END_REASONS)
    check_in_on: Mapped[date | None] = day("placement.check_in_on", N_("Next check-in"), index=True)
    check_in_words = sealed("placement.check_in_words", N_("Check-in, in words"), Compartment.IDENTITY, width=20)
    member_id: Mapped[UUID | None] = link("placement.member", N_("Who looks after it"), "member")
    project_id: Mapped[UUID | None] = link("placement.project", N_("Project"), "project")


class StageSince(Record):
    """The stage of a placement from a day on."""

    __tablename__ = "stage_since"
    __table_args__ = (Index("ix_stage_since_placement_since", "placement_id", "since", "stage", "archived_at"),)

    placement_id: Mapped[UUID] = mapped_column(Id, points_to("placement"))
    person_id: Mapped[UUID] = mapped_column(Id, points_to("person"))
    since: Mapped[date] = day("stage_since.since", N_("Since"), required=True)
    stage: Mapped[str] = choice("stage_since.stage", N_("Stage"), vocab.PLACEMENT_STAGES, required=True)


@dataclass(frozen=True)
class Move:
    """A move to another stage and what it changed besides, so that it can be taken back."""

    placement_id: UUID
    stage_id: UUID
    started_on: date | None
    ended_on: date | None
    end_reason: str | None


@dataclass(frozen=True)
class CheckIn:
    """A check-in that was recorded: the placement as it stands now, what stood there before, and the note."""

    placement: Placement
    check_in_on: date | None
    check_in_words: str | None
    note_id: UUID | None


def stages_on(db: Session, on: date, placements: Sequence[UUID] | None = None) -> dict[UUID, StageSince]:
    """Return the stage of every placement, or of *placements*, as it stood on *on*.

    A stage planned for later counts from its day.
    """
    place = (
        func.row_number()
        .over(partition_by=StageSince.placement_id, order_by=(StageSince.since.desc(), StageSince.created_at.desc()))
        .label("place")
    )
    steps = select(StageSince.id, place).where(StageSince.since <= on, StageSince.archived_at.is_(None))
    if placements is not None:
        steps = steps.where(StageSince.placement_id.in_(placements))
    newest = steps.subquery()
    query = select(StageSince).join(newest, newest.c.id == StageSince.id).where(newest.c.place == 1)
    return {stage.placement_id: stage for stage in db.scalars(query)}


def placements_of(desk: Desk, person_id: UUID) -> list[tuple[Placement, StageSince | None]]:
    """Return the placements of a person with the stage they reached or are to reach, newest first."""
    require(desk, Right.SEE_RECORDS)
    found = of_person(desk, Placement, person_id, Placement.created_at.desc())
    with desk.read() as db:
        stages = stages_on(db, date.max, [placement.id for placement in found])
    return [(placement, stages.get(placement.id)) for placement in found]


def all_placements(desk: Desk) -> list[tuple[Placement, StageSince | None]]:
    """Return every placement with the stage it reached or is to reach, in the order they were begun."""
    require(desk, Right.SEE_RECORDS)
    with desk.read() as db:
        query = select(Placement).where(Placement.archived_at.is_(None)).order_by(Placement.created_at)
        stages = stages_on(db, date.max)
        return [(placement, stages.get(placement.id)) for placement in all_of(db, query, Placement)]


def placement_with(desk: Desk, placement_id: UUID) -> Placement:
    """Return one placement. Raises RecordClosed, NeedsReason."""
    require(desk, Right.SEE_RECORDS)
    return one_with(desk, Placement, placement_id)


def add_placement(
    desk: Desk,
    person_id: UUID | None,
    *,
    stage: str | None,
    since: date | None,
    record_id: UUID | None = None,
    **values: Any,
) -> Placement:
    """Record a placement at *stage* since a day. «Trial» and «working» begin it, unless it says when it began.

    ``record_id`` is the id a draft was typed under. Raises Problems.
    """
    require(desk, Right.KEEP_PLACEMENTS)
    _check_all(desk, person_id, {"kind": None} | values, {"stage": stage, "since": since})
    assert person_id is not None
    assert stage is not None
    assert since is not None
    if stage in _AT_WORK and values.get("started_on") is None:
        values["started_on"] = since
    placement = begun(Placement, record_id, person_id=person_id)
    with desk.write(Act.ADD_PLACEMENT) as db:
        db.add(placement)
        fill(desk, placement, values)
        db.add(StageSince(placement_id=placement.id, person_id=person_id, since=since, stage=stage))
    return placement


def change_placement(desk: Desk, placement: Placement, **values: Any) -> Placement:
    """Change a placement as it was read before. Raises Problems or StaleRecord."""
    require(desk, Right.KEEP_PLACEMENTS)
    return change(desk, Act.CHANGE_PLACEMENT, placement, values)


def archive_placement(desk: Desk, placement_id: UUID, *, archived: bool = True) -> None:
    """Take a placement off the lists, or put it back. Nothing is deleted."""
    require(desk, Right.KEEP_PLACEMENTS)
    archive(desk, Act.CHANGE_PLACEMENT, Placement, placement_id, archived=archived)


def move_placement(
    desk: Desk, placement: Placement, stage: str | None, since: date | None, end_reason: str | None = None
) -> Move:
    """Move a placement to *stage* from *since* on. «Working» and «trial» begin it, «ended» ends it. Raises Problems."""
    require(desk, Right.KEEP_PLACEMENTS)
    check(desk.fields(StageSince), {"stage": stage, "since": since}, desk.today())
    assert stage is not None
    assert since is not None
    if stage == "ended" and since < (placement.started_on or since):
        raise Problems([Problem("stage_since.since", N_("It cannot end before it starts"))])
    with desk.write(Act.MOVE_PLACEMENT) as db:
        current = db.get_one(Placement, placement.id)
        step = StageSince(placement_id=current.id, person_id=current.person_id, since=since, stage=stage)
        before = Move(current.id, step.id, current.started_on, current.ended_on, current.end_reason)
        db.add(step)
        if stage in _AT_WORK and current.started_on is None:
            current.started_on = since
        if stage == "ended":
            current.ended_on = since
            current.end_reason = end_reason or current.end_reason
        else:
            # It goes on, so whatever ended it earlier no longer holds.
            current.ended_on = current.end_reason = None
    return before


def take_back_move(desk: Desk, move: Move) -> None:
    """Undo :func:`move_placement`. Nothing is deleted: the step is archived."""
    require(desk, Right.KEEP_PLACEMENTS)
    with desk.write(Act.UNDO) as db:
        db.get_one(StageSince, move.stage_id).archived_at = desk.now()
        current = db.get_one(Placement, move.placement_id)
        current.started_on, current.ended_on = move.started_on, move.ended_on
        current.end_reason = move.end_reason


def record_check_in(
    desk: Desk, placement: Placement, *, held_on: date | None = None, words: str | None = None, **values: Any
) -> CheckIn:
    """Set the next check-in of a placement; *words* about the one of *held_on* become a note. Raises Problems.

    *values* are ``check_in_on`` and ``check_in_words`` of the placement as it was read before.
    """
    require(desk, Right.KEEP_PLACEMENTS)
    note_values = {"kind": _NOTE_KIND, "written_on": held_on or desk.today(), "work_text": words}
    check(desk.fields(Note), note_values, desk.today())
    note: Note | None = None
    with desk.write(Act.CHANGE_PLACEMENT) as db:
        current = db.get_one(Placement, placement.id, options=whole(Placement))
        same_version(current, placement)
        check(desk.fields(Placement), with_standing_values(desk, current, values), desk.today())
        before = (current.check_in_on, current.check_in_words)
        fill(desk, current, values)
        if words is not None and words.strip():
            note = Note(person_id=current.person_id)
            db.add(note)
            fill(desk, note, note_values)
    return CheckIn(current, *before, note.id if note else None)


def take_back_check_in(desk: Desk, done: CheckIn) -> None:
    """Undo :func:`record_check_in`; the note is archived."""
    require(desk, Right.KEEP_PLACEMENTS)
    with desk.write(Act.UNDO) as db:
        current = db.get_one(Placement, done.placement.id, options=whole(Placement))
        fill(desk, current, {"check_in_on": done.check_in_on, "check_in_words": done.check_in_words})
        if done.note_id is not None:
            db.get_one(Note, done.note_id).archived_at = desk.now()


def _check_all(desk: Desk, person_id: UUID | None, values: Mapping[str, Any], step: Mapping[str, Any]) -> None:
    """Raise the problems of every part of the form together."""
    problems: list[Problem] = []
    parts: tuple[tuple[tuple[Field, ...], Mapping[str, Any]], ...] = (
        ((PERSON,), {"person_id": person_id}),
        (desk.fields(Placement), values),
        (desk.fields(StageSince), step),
    )
    for fields, given in parts:
        try:
            check(fields, given, desk.today())
        except Problems as found:
            problems += found.problems
    if problems:
        raise Problems(problems)
