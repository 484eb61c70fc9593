"""Psychological work with somebody: when it began, what for, how the goals stand, and how it ended.

How many sessions there were is never typed: it is counted from services and appointments of psychological kinds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Index, select
from sqlalchemy.orm import Mapped, mapped_column

from shelterdesk import vocab
from shelterdesk.access import Right, require
from shelterdesk.appointments import NOT_ATTENDED, PLANNED, Appointment
from shelterdesk.desk import Desk
from shelterdesk.errors import NotAllowed, Problem, Problems
from shelterdesk.fields import Kind
from shelterdesk.i18n import N_
from shelterdesk.reach import require_reach
from shelterdesk.records import add, archive, begun, change, of_person, with_standing_values
from shelterdesk.same_person import same_person
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Record
from shelterdesk.schema.columns import choice, choices, day, link, points_to, sealed
from shelterdesk.schema.types import Id
from shelterdesk.services import COUNTED_OUTCOMES, Service
from shelterdesk.vault.compartments import Compartment

FAMILY: Final = "psychological"
"""The family of services, and the group of appointments, whose sessions are counted."""
_CLINICAL: Final = Compartment.CLINICAL
_WORK, _END = N_("The work"), N_("How it ended")
_GOALS_AT_END: Final = N_("Say how it ended")


def _not_before_beginning(value: date, values: Mapping[str, Any]) -> str | None:
    begun = values.get("begun_on")
    return N_("«{label}» cannot be before the day it began") if begun and value < begun else None


class Episode(Record):
    """One piece of psychological work with one person, from its beginning to its end."""

    __tablename__ = "episode"
    __table_args__ = (
        Index("ix_episode_person", "person_id", "archived_at"),
        Index("ix_episode_counting", "begun_on", "ended_on", "how_ended", "archived_at", "person_id"),
    )

    person_id: Mapped[UUID] = mapped_column(Id, points_to("person"))
    begun_on: Mapped[date] = day("episode.begun_on", N_("Begun on"), group=_WORK, required=True, in_future=False)
    member_id: Mapped[UUID | None] = link("episode.member", N_("Psychologist"), "member", group=_WORK)
    about = sealed(
        "episode.about",
        N_("What it is about"),
        _CLINICAL,
        kind=Kind.LONG_TEXT,
        group=_WORK,
        lines=(N_("What brings her, in her words? What shall be different afterwards?"),),
    )
    agreed = sealed(
        "episode.agreed",
        N_("What was agreed"),
        _CLINICAL,
        kind=Kind.LONG_TEXT,
        group=_WORK,
        lines=(N_("How often, where, for how long, and who hears of it."),),
    )
    scales = choices(
        "episode.scales",
        N_("Agreed scales"),
        vocab.SCREENING_SCALES,
        group=_WORK,
        help=N_("Only those she agreed to be asked again from time to time."),
    )
    ended_on: Mapped[date | None] = day(
        "episode.ended_on", N_("Ended on"), group=_END, in_future=False, rule=_not_before_beginning
    )
    how_ended: Mapped[str | None] = choice("episode.how_ended", N_("How it ended"), vocab.EPISODE_ENDINGS, group=_END)
    ending = sealed(
        "episode.ending",
        N_("At the end"),
        _CLINICAL,
        kind=Kind.LONG_TEXT,
        group=_END,
        lines=(N_("What has changed, what stays to be done, and with whom?"),),
    )

    @property
    def is_open(self) -> bool:
        """Tell whether the work goes on."""
        return self.ended_on is None


class EpisodeGoal(Record):
    """One goal of an episode, in the words they found together."""

    __tablename__ = "episode_goal"
    __table_args__ = (Index("ix_episode_goal_person", "person_id", "archived_at"),)

    person_id: Mapped[UUID] = mapped_column(Id, points_to("person"))
    episode_id: Mapped[UUID] = mapped_column(Id, points_to("episode"))
    words = sealed("episode_goal.words", N_("Goal"), _CLINICAL, required=True, width=60)
    state: Mapped[str] = choice("episode_goal.state", N_("How it stands"), vocab.EPISODE_GOAL_STATES, required=True)
    state_on: Mapped[date | None] = day("episode_goal.state_on", N_("Stood so on"), in_future=False)


@dataclass(frozen=True)
class Sessions:
    """How many sessions belong to an episode."""

    given: int
    planned: int
    missed: int
    next_on: date | None
    """The next day one is planned for."""
    last_on: date | None
    """The last day one was given on."""


def can_read(desk: Desk) -> bool:
    """Tell whether the signed-in person reads what is said in psychological work."""
    return desk.holds(_CLINICAL)


def may_work(desk: Desk) -> bool:
    """Tell whether the signed-in person may write here: by right, and with the key."""
    return desk.may(Right.CASE_WORK) and can_read(desk)


def require_key(desk: Desk) -> None:
    """Raise NotAllowed unless the signed-in person reads what is said in psychological work."""
    if not can_read(desk):
        raise NotAllowed(N_("Psychological work is only written by people who hold its key. Nothing was changed."))


def episodes_of(desk: Desk, person_id: UUID) -> list[Episode]:
    """Return her episodes, those that go on first, then the newest. Raises RecordClosed, NeedsReason.

    Who lacks the key finds days and psychologist, and the rest closed.
    """
    require(desk, Right.SEE_RECORDS)
    found = of_person(desk, Episode, person_id, Episode.begun_on.desc(), Episode.created_at.desc())
    return sorted(found, key=lambda one: not one.is_open)


def record_episode(desk: Desk, person_id: UUID, *, record_id: UUID | None = None, **values: Any) -> Episode:
    """Begin an episode, today and by oneself where nothing else is said. Raises Problems, NotAllowed."""
    require(desk, Right.CASE_WORK)
    require_key(desk)
    given = _settled(desk, {"begun_on": desk.today(), "member_id": desk.me.id} | values)
    _check_end(given)
    episode = begun(Episode, record_id, person_id=person_id)
    return add(desk, Act.BEGIN_EPISODE, episode, given)


def change_episode(desk: Desk, episode: Episode, **values: Any) -> Episode:
    """Change an episode as it was read before, or say how it ended. Raises Problems, StaleRecord and its like."""
    require(desk, Right.CASE_WORK)
    require_key(desk)
    given = _settled(desk, values, episode.ended_on)
    _check_end(with_standing_values(desk, episode, given))
    return change(desk, Act.CHANGE_EPISODE, episode, given)


def archive_episode(desk: Desk, episode_id: UUID, *, archived: bool = True) -> None:
    """Take an episode that was begun by mistake off the record, or put it back. Nothing is deleted."""
    require(desk, Right.CASE_WORK)
    require_key(desk)
    archive(desk, Act.CHANGE_EPISODE, Episode, episode_id, archived=archived)


def goals_of(desk: Desk, person_id: UUID) -> list[EpisodeGoal]:
    """Return the goals of all her episodes in the order they were set. Raises RecordClosed, NeedsReason."""
    require(desk, Right.SEE_RECORDS)
    return list(of_person(desk, EpisodeGoal, person_id, EpisodeGoal.created_at, EpisodeGoal.id))


def add_goal(desk: Desk, episode: Episode, *, record_id: UUID | None = None, **values: Any) -> EpisodeGoal:
    """Set a goal of an episode. Raises Problems, NotAllowed."""
    require(desk, Right.CASE_WORK)
    require_key(desk)
    whose = {"person_id": episode.person_id, "episode_id": episode.id}
    goal = begun(EpisodeGoal, record_id, **whose)
    return add(desk, Act.SET_EPISODE_GOAL, goal, {"state": "open", "state_on": desk.today()} | values)


def change_goal(desk: Desk, goal: EpisodeGoal, **values: Any) -> EpisodeGoal:
    """Change a goal as it was read before; another state holds from today. Raises Problems or StaleRecord."""
    require(desk, Right.CASE_WORK)
    require_key(desk)
    given = dict(values)
    if given.get("state", goal.state) != goal.state and given.get("state_on", goal.state_on) == goal.state_on:
        given["state_on"] = desk.today()
    return change(desk, Act.SET_EPISODE_GOAL, goal, given)


def archive_goal(desk: Desk, goal_id: UUID, *, archived: bool = True) -> None:
    """Take a goal off, or put it back. Nothing is deleted."""
    require(desk, Right.CASE_WORK)
    require_key(desk)
    archive(desk, Act.SET_EPISODE_GOAL, EpisodeGoal, goal_id, archived=archived)


def sessions_of(desk: Desk, episodes: list[Episode]) -> dict[UUID, Sessions]:
    """Return the sessions of *episodes* of one person, by their ids. Raises RecordClosed, NeedsReason."""
    require(desk, Right.SEE_RECORDS)
    if not episodes:
        return {}
    person_id = episodes[0].person_id
    require_reach(desk, person_id)
    whose = same_person(desk, person_id)
    kinds = [one.code for one in desk.choices(vocab.SERVICE_KINDS).codes if one.group == FAMILY]
    agreed = [one.code for one in desk.choices(vocab.APPOINTMENT_KINDS).codes if one.group == FAMILY]
    held = select(Service.given_on).where(
        Service.person_id.in_(whose),
        Service.kind.in_(kinds),
        Service.outcome.in_(COUNTED_OUTCOMES),
        Service.archived_at.is_(None),
    )
    made = select(Appointment.on, Appointment.state, Appointment.kind, Appointment.service_kind).where(
        Appointment.person_id.in_(whose),
        Appointment.state.in_((PLANNED, NOT_ATTENDED)),
        Appointment.archived_at.is_(None),
    )
    # Her rows only, and the reach was looked at, so nothing has to be left out of them.
    with desk.read(everybody=True) as db:
        given = sorted(db.scalars(held))
        rows = db.execute(made).all()
    # What an appointment is for decides; its kind does where nobody said so.
    others = [
        (on, state)
        for on, state, kind, service_kind in rows
        if (service_kind in kinds if service_kind else kind in agreed)
    ]
    return {one.id: _sessions(one, given, others, desk.today()) for one in episodes}


def _sessions(one: Episode, given: list[date], others: list[tuple[date, str]], today: date) -> Sessions:
    def inside(on: date) -> bool:
        return on >= one.begun_on and (one.ended_on is None or on <= one.ended_on)

    held = [on for on in given if inside(on)]
    planned = sorted(on for on, state in others if state == PLANNED and inside(on))
    return Sessions(
        given=len(held),
        planned=len(planned),
        missed=sum(state == NOT_ATTENDED and inside(on) for on, state in others),
        next_on=next((on for on in planned if on >= today), None),
        last_on=held[-1] if held else None,
    )


def _settled(desk: Desk, values: Mapping[str, Any], standing: date | None = None) -> dict[str, Any]:
    """Return *values* with the day that goes with an ending: what ends today says so by itself."""
    given = dict(values)
    if given.get("how_ended") and given.get("ended_on", standing) is None:
        given["ended_on"] = desk.today()
    return given


def _check_end(values: Mapping[str, Any]) -> None:
    if values.get("ended_on") is not None and not values.get("how_ended"):
        raise Problems([Problem("episode.how_ended", _GOALS_AT_END)])
