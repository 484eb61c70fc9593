"""Placements: work, trials and courses with partners, and the stage each has reached."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Index, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from shelterdesk import vocab
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.errors import Problem, Problems
from shelterdesk.fields import check
from shelterdesk.i18n import N_
from shelterdesk.records import all_of, change, fill, of_person
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Record
from shelterdesk.schema.columns import choice, day, link, points_to, sealed
from shelterdesk.schema.types import Id
from shelterdesk.vault.compartments import Compartment


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
    check_in_on: Mapped[date | None] = day("placement.check_in_on", N_("Next check-in"))
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


def stages_on(db: Session, on: date) -> dict[UUID, StageSince]:
    """Return the stage of every placement as it stood on *on*; a stage planned for later counts from its day."""
    place = (
        func.row_number()
        .over(partition_by=StageSince.placement_id, order_by=(StageSince.since.desc(), StageSince.created_at.desc()))
        .label("place")
    )
    newest = select(StageSince.id, place).where(StageSince.since <= on).subquery()
    query = select(StageSince).join(newest, newest.c.id == StageSince.id).where(newest.c.place == 1)
    return {stage.placement_id: stage for stage in db.scalars(query)}


def placements_of(desk: Desk, person_id: UUID) -> list[tuple[Placement, StageSince | None]]:
    """Return the placements of a person with the stage they reached or are to reach, newest first."""
    require(desk, Right.SEE_RECORDS)
    found = of_person(desk, Placement, person_id, Placement.created_at.desc())
    with desk.read() as db:
        stages = stages_on(db, date.max)
    return [(placement, stages.get(placement.id)) for placement in found]


def all_placements(desk: Desk) -> list[tuple[Placement, StageSince | None]]:
    """Return every placement with the stage it reached or is to reach, in the order they were begun."""
    require(desk, Right.SEE_RECORDS)
    with desk.read() as db:
        query = select(Placement).where(Placement.archived_at.is_(None)).order_by(Placement.created_at)
        stages = stages_on(db, date.max)
        return [(placement, stages.get(placement.id)) for placement in all_of(db, query, Placement)]


def add_placement(desk: Desk, person_id: UUID, *, stage: str, since: date, **values: Any) -> Placement:
    """Record a placement at *stage* since a day. Raises Problems."""
    require(desk, Right.KEEP_PLACEMENTS)
    check(desk.fields(Placement), {"kind": None} | values, desk.today())
    check(desk.fields(StageSince), {"stage": stage, "since": since}, desk.today())
    placement = Placement(person_id=person_id)
    with desk.write(Act.ADD_PLACEMENT) as db:
        db.add(placement)
        fill(desk, placement, values)
        db.add(StageSince(placement_id=placement.id, person_id=person_id, since=since, stage=stage))
    return placement


def change_placement(desk: Desk, placement: Placement, **values: Any) -> Placement:
    """Change a placement as it was read before. Raises Problems or StaleRecord."""
    require(desk, Right.KEEP_PLACEMENTS)
    return change(desk, Act.CHANGE_PLACEMENT, placement, values)


def move_placement(desk: Desk, placement: Placement, stage: str, since: date) -> None:
    """Move a placement to *stage* from *since* on. «Working» and «trial» begin it, «ended» ends it."""
    require(desk, Right.KEEP_PLACEMENTS)
    if since < (placement.started_on or since) and stage == "ended":
        raise Problems([Problem("stage_since.since", N_("It cannot end before it starts"))])
    with desk.write(Act.MOVE_PLACEMENT) as db:
        current = db.get_one(Placement, placement.id)
        db.add(StageSince(placement_id=current.id, person_id=current.person_id, since=since, stage=stage))
        if stage in ("trial", "working") and current.started_on is None:
            current.started_on = since
        if stage == "ended" and current.ended_on is None:
            current.ended_on = since
