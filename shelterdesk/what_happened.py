"""What happened to a person: opened on purpose, by right and with a reason, until the vault is locked.

Exploitation, signs of forced labour, incidents and the person who caused harm are records of their own, in the modules
named after them. All of them, and the fields of a person in the group «What happened», are read and written only while
this lies open for her. How each topic stands is kept as well, so that nobody asks her twice.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from shelterdesk import vocab
from shelterdesk.access import Right, require
from shelterdesk.errors import NoKey, Problem, Problems, ShelterDeskError, StaleRecord
from shelterdesk.i18n import N_
from shelterdesk.reach import require_reach
from shelterdesk.records import add, archive, change, of_person
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import RECORDS, Record
from shelterdesk.schema.columns import choice, day, points_to, sealed
from shelterdesk.schema.types import Id
from shelterdesk.vault.compartments import Compartment

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from typing import TypeVar

    from shelterdesk.desk import Desk
    from shelterdesk.fields import Field

    R = TypeVar("R", bound=Record)

GROUP: Final = N_("What happened")
"""Group of those fields of a person that belong here."""
KINDS: Final = frozenset({"told_topic", "exploitation", "harm_event", "labour_signs", "gbv_incident", "who_harmed"})
"""Kinds of record that belong here."""
REASONS: Final = (
    N_("I work with her on this today"),
    N_("I fill it in from the referral papers"),
    N_("She asked me to look it up"),
    N_("Court or lawyer needs it"),
    N_("I correct an entry"),
)
"""What is offered when it is opened; other words are as good."""
_NEEDS_REASON: Final = N_(
    "What happened to her is opened on purpose. Nothing was changed. Open the section «What happened» and say why."
)
_NO_REASON: Final = N_("Write why you open it, or choose one of the reasons")


_MADE_MEANWHILE: Final = N_(
    "Somebody recorded this after you opened it. Nothing was overwritten; your text is kept as a draft."
)


class NotOpened(ShelterDeskError):
    """What happened to this person was not opened in this sitting."""

    def __init__(self) -> None:
        super().__init__(_NEEDS_REASON)


class ToldTopic(Record):
    """How one topic stands: from papers, told elsewhere, told here, later, prefers not to tell, nothing of the kind."""

    __tablename__ = "told_topic"

    person_id: Mapped[UUID] = mapped_column(Id, points_to("person"), index=True)
    topic: Mapped[str] = choice("told_topic.topic", N_("Topic"), vocab.HARM_TOPICS, required=True)
    answer: Mapped[str] = choice("told_topic.answer", N_("How it stands"), vocab.TOPIC_ANSWERS, required=True)
    answered_on: Mapped[date | None] = day("told_topic.answered_on", N_("Known since"), in_future=False)
    where = sealed(
        "told_topic.where",
        N_("Where she told it, or which papers"),
        Compartment.CASE,
        width=60,
    )


# --- opening --------------------------------------------------------------------------------------------------------


def may_open(desk: Desk) -> bool:
    """Tell whether the signed-in person may open what happened at all: by right, and with the key."""
    return desk.may(Right.SEE_WHAT_HAPPENED) and desk.holds(Compartment.CASE)


def is_open(desk: Desk, person_id: UUID | None) -> bool:
    """Tell whether what happened to this person lies open now."""
    return may_open(desk) and person_id in desk.opened_what_happened


def open_it(desk: Desk, person_id: UUID, why: str) -> None:
    """Open what happened to a person, which the log keeps with the reason. Raises Problems without one, NoKey."""
    _require_right(desk)
    require_reach(desk, person_id)
    if not why.strip():
        raise Problems([Problem("log.why", _NO_REASON)])
    with desk.write(Act.OPEN_WHAT_HAPPENED, about=person_id, facts={"log.why": why.strip()}):
        pass
    desk.opened_what_happened.add(person_id)


def fold_again(desk: Desk, person_id: UUID) -> None:
    """Close it before the vault is locked; the next look asks for a reason again."""
    desk.opened_what_happened.discard(person_id)


def require_open(desk: Desk, person_id: UUID) -> None:
    """Raise unless what happened to this person lies open: NotAllowed, NoKey, RecordClosed, NeedsReason, NotOpened."""
    _require_right(desk)
    require_reach(desk, person_id)
    if person_id not in desk.opened_what_happened:
        raise NotOpened


def require_writable(desk: Desk, values: Mapping[str, Any], fields: Sequence[Field], person_id: UUID | None) -> None:
    """Raise where *values* of a person name fields of «What happened» that may not be written now.

    Without *person_id* she is new and nothing of hers is read, so the right and the key are enough.
    """
    hers = {field.attribute for field in fields if field.group == GROUP}
    if not hers & set(values):
        return
    if person_id is None:
        _require_right(desk)
    else:
        require_open(desk, person_id)


def _require_right(desk: Desk) -> None:
    require(desk, Right.SEE_WHAT_HAPPENED)
    if not desk.holds(Compartment.CASE):
        raise NoKey(N_("What happened is only readable by people who hold the key «Social work»."))


# --- what belongs here ----------------------------------------------------------------------------------------------


def belongs_here(record: str, field_id: str) -> bool:
    """Tell whether a field of a kind of record is part of what happened, for lists, papers and the log."""
    return record in KINDS or field_id in _fields_of_person()


def without_it(fields: Collection[Field]) -> list[Field]:
    """Return those of *fields* that may stand in a list or a file without what happened being opened for each."""
    hidden = _fields_of_person()
    return [field for field in fields if field.record not in KINDS and field.id not in hidden]


@cache
def _fields_of_person() -> frozenset[str]:
    return frozenset(field.id for field in RECORDS["person"].declared if field.group == GROUP)


# --- reading and writing, for the modules of these records ----------------------------------------------------------


def opened_of(desk: Desk, kind: type[R], person_id: UUID, *order: Any) -> list[R]:
    """Return her records of *kind* in *order*. Raises what :func:`require_open` raises."""
    require_open(desk, person_id)
    return list(of_person(desk, kind, person_id, *order))


def record_it(desk: Desk, record: R, values: Mapping[str, Any]) -> R:
    """Save a new *record* of what happened. Raises Problems and what :func:`require_open` raises."""
    _require_work(desk, record)
    return add(desk, Act.RECORD_WHAT_HAPPENED, record, values)


def change_it(desk: Desk, record: R, values: Mapping[str, Any]) -> R:
    """Correct a *record* as it was read before. Raises Problems, StaleRecord and what :func:`require_open` raises."""
    _require_work(desk, record)
    return change(desk, Act.RECORD_WHAT_HAPPENED, record, values)


def archive_it(desk: Desk, record: Record, *, archived: bool = True) -> None:
    """Take a record that was written by mistake back, or put it in force again. Nothing is deleted."""
    _require_work(desk, record)
    archive(desk, Act.RECORD_WHAT_HAPPENED, type(record), record.id, archived=archived)


def only_one(desk: Desk, kind: type[Record], person_id: UUID) -> None:
    """Raise StaleRecord where a row of *kind*, of which a person has one, was made since the reader looked."""
    if opened_of(desk, kind, person_id):
        raise StaleRecord(_MADE_MEANWHILE)


def _require_work(desk: Desk, record: Record) -> None:
    require(desk, Right.CASE_WORK)
    require_open(desk, getattr(record, "person_id"))  # noqa: B009 - every kind of these records has it


# --- how each topic stands ------------------------------------------------------------------------------------------


def topics_of(desk: Desk, person_id: UUID) -> dict[str, ToldTopic]:
    """Return how each topic stands that somebody has said something about."""
    found = opened_of(desk, ToldTopic, person_id, ToldTopic.created_at)
    return {one.topic: one for one in found}


def set_topic(desk: Desk, person_id: UUID, topic: str, **values: Any) -> ToldTopic:
    """Say how a topic stands now; what was said before stays in the log. Raises Problems."""
    standing = topics_of(desk, person_id).get(topic)
    if standing is not None:
        return change_it(desk, standing, values)
    return record_it(desk, ToldTopic(person_id=person_id), {"topic": topic, **values})
