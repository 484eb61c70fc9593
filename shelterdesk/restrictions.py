"""Records that ask why they are opened, colleagues who know a family, and whose records a role reaches.

*Restricted*: everybody is asked for a reason before the record opens, once in a sitting. *Knows the family*: the
record is closed to one colleague, who is not told so. *Caseload*: a role reaches the records of its own people, or
of its team; whoever has no worker yet belongs to everybody, so that nobody is forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Index, bindparam, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column, with_loader_criteria
from sqlalchemy.orm.interfaces import ORMOption

from shelterdesk.access import Caseload, Right, require, rights_of
from shelterdesk.errors import NotAllowed, Problem, Problems
from shelterdesk.fields import check
from shelterdesk.folding import fold
from shelterdesk.i18n import N_
from shelterdesk.members import Colleague
from shelterdesk.person_history import WorkerSince
from shelterdesk.reach import EVERYBODY, LISTED, Sight, require_reach
from shelterdesk.records import all_of, complete, fill, of_person
from shelterdesk.same_person import all_of_them, same_person
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import RECORDS, Base, Record, declared
from shelterdesk.schema.columns import link, points_to, sealed
from shelterdesk.schema.types import Id
from shelterdesk.vault.compartments import Compartment

if TYPE_CHECKING:
    from shelterdesk.desk import Desk

REASONS: Final = (
    N_("She is my resident now"),
    N_("Emergency on shift"),
    N_("My supervisor asked me to"),
    N_("I correct an entry"),
)
"""What is offered when a restricted record is opened; other words are as good."""
_ALREADY: Final = N_("The record asks for a reason already.")


class Restriction(Record):
    """While it stands, the record opens only with a reason."""

    __tablename__ = "restriction"
    __table_args__ = (Index("ix_restriction_standing", "archived_at", "person_id"),)

    person_id: Mapped[UUID] = mapped_column(Id, points_to("person"), index=True)
    why = sealed(
        "restriction.why",
        N_("Why it asks"),
        Compartment.CASE,
        required=True,
        help=N_("Readable by those who do social work, not by who is asked."),
        width=40,
    )


class KnowsFamily(Record):
    """A colleague knows the family: the record is closed to them."""

    __tablename__ = "knows_family"
    __table_args__ = (Index("ix_knows_family_member", "member_id", "archived_at", "person_id"),)

    person_id: Mapped[UUID] = mapped_column(Id, points_to("person"), index=True)
    member_id: Mapped[UUID] = link("knows_family.member", N_("Colleague"), "member", required=True)
    why = sealed(
        "knows_family.why",
        N_("How they know the family"),
        Compartment.CASE,
        help=N_("Not shown to the colleague."),
        width=40,
    )


# --- what the desk sees ---------------------------------------------------------------------------------------------


def load(desk: Desk, db: Session) -> None:
    """Work out whom the signed-in person sees. The recovery secret opens everything, and is asked why as well."""
    restricted = select(Restriction.person_id).where(Restriction.archived_at.is_(None))
    # A record that was merged into another is as closed as the one that goes on, and the other way round.
    desk.restricted = frozenset(all_of_them(db, db.scalars(restricted.execution_options(**EVERYBODY))))
    person = RECORDS["person"].__table__.c
    # What is left of records that were removed is counted, and shown to nobody.
    closed = list(db.execute(select(person.id).where(person.removed.is_not(None))).scalars())
    others: list[UUID] = []
    if not desk.me.is_recovery:
        knows = select(KnowsFamily.person_id).where(
            KnowsFamily.member_id == desk.me.id, KnowsFamily.archived_at.is_(None)
        )
        closed += all_of_them(db, db.scalars(knows.execution_options(**EVERYBODY)))
        others = _others(desk, db)
    closing: tuple[ORMOption, ...] = ()
    if closed or others:
        closing = _criteria(lambda whose: _within(desk, whose, closed, others))
    desk.sight = Sight(closing, sees=_sees(closed, others, closing) if closing else None)
    desk.reached_as_of = None
    _ask(desk)


def opened(desk: Desk, person_id: UUID) -> None:
    """Let a record that was opened with a reason lie open until the vault is locked."""
    desk.opened_with_reason.update(same_person(desk, person_id))
    _ask(desk)


def _ask(desk: Desk) -> None:
    asks = desk.restricted - desk.opened_with_reason
    asking = _criteria(lambda whose: whose.not_in(asks), but=LISTED) if asks else ()
    desk.sight = replace(desk.sight, asking=asking, asks_why=asks)


def _criteria(
    condition: Callable[[ColumnElement[Any]], ColumnElement[bool]], but: Collection[str] = ()
) -> tuple[ORMOption, ...]:
    """Return the options that put *condition* on every table about a person, those named in *but* left out."""
    found: list[ORMOption] = []
    for mapper in Base.registry.mappers:
        kind: Any = mapper.class_
        name = "id" if kind.__tablename__ == "person" else "person_id"
        column = kind.__table__.c.get(name)
        if column is None or kind.__tablename__ in but:
            continue
        whose = getattr(kind, name)
        met = or_(whose.is_(None), condition(whose)) if column.nullable else condition(whose)
        found.append(with_loader_criteria(kind, met, include_aliases=True, propagate_to_loaders=False))
    return tuple(found)


def _within(
    desk: Desk, whose: ColumnElement[Any], closed: Collection[UUID], others: Collection[UUID]
) -> ColumnElement[bool]:
    if not others:
        return whose.not_in(closed)
    # The table itself, not its class: a criterion about workers must not be asked of itself.
    row = WorkerSince.__table__.alias()
    now = (
        select(row.c.member_id)
        .where(
            row.c.person_id == whose,
            row.c.since <= bindparam("reach_on", callable_=desk.today, type_=Date),
            row.c.archived_at.is_(None),
        )
        .order_by(row.c.since.desc(), row.c.created_at.desc(), row.c.id.desc())
        .limit(1)
        .correlate_except(row)
        .scalar_subquery()
    )
    mine = func.coalesce(now, desk.me.id, type_=Id).not_in(others)
    return mine & whose.not_in(closed) if closed else mine


def _sees(
    closed: Collection[UUID], others: Collection[UUID], closing: tuple[ORMOption, ...]
) -> Callable[[Session, Collection[UUID]], frozenset[UUID]]:
    """Return what tells those of some people who are seen. Only a caseload has to be looked up for it."""
    person = RECORDS["person"]

    def looked_up(db: Session, people: Collection[UUID]) -> frozenset[UUID]:
        seen = select(person.id).where(person.id.in_(people)).options(*closing).execution_options(**EVERYBODY)
        return frozenset(db.scalars(seen))

    def known(_db: Session, people: Collection[UUID]) -> frozenset[UUID]:
        return frozenset(people) - frozenset(closed)

    return looked_up if others else known


def _others(desk: Desk, db: Session) -> list[UUID]:
    """Return the colleagues whose people the signed-in person does not reach. Nobody works with those of who left."""
    if desk.caseload is Caseload.ALL:
        return []
    reached = {desk.me.id, *(_team(db, desk.me.id) if desk.caseload is Caseload.TEAM else ())}
    return [member.id for member in desk.vault.members if member.active and member.id not in reached]


def _team(db: Session, member_id: UUID) -> list[UUID]:
    field = declared(Colleague, "team")
    teams = {one.id: fold(field.read(one) or "") for one in db.scalars(select(Colleague))}
    mine = teams.get(member_id)
    return [member for member, team in teams.items() if mine and team == mine]


# --- reading and changing -------------------------------------------------------------------------------------------


def restriction_of(desk: Desk, person_id: UUID) -> Restriction | None:
    """Return what makes a record ask why, if anything does."""
    require(desk, Right.SEE_RECORDS)
    return next(iter(of_person(desk, Restriction, person_id, Restriction.created_at.desc())), None)


def who_knows(desk: Desk, person_id: UUID) -> list[KnowsFamily]:
    """Return the colleagues a record is closed to."""
    require(desk, Right.RESTRICT_RECORDS)
    return list(of_person(desk, KnowsFamily, person_id, KnowsFamily.created_at))


def restrict(desk: Desk, person_id: UUID, why: str) -> Restriction:
    """Have a record ask why it is opened. It lies open before whoever says so. Raises Problems."""
    require(desk, Right.RESTRICT_RECORDS)
    require_reach(desk, person_id)
    if restriction_of(desk, person_id) is not None:
        raise Problems([Problem("restriction.why", _ALREADY)])
    made = Restriction(person_id=person_id)
    _check(desk, made, {"why": why})
    desk.opened_with_reason.add(person_id)
    with deciding(desk, Act.RESTRICT_RECORD) as db:
        db.add(made)
        fill(desk, made, {"why": why})
    return made


def lift(desk: Desk, person_id: UUID) -> None:
    """Let a record open without a reason again."""
    require(desk, Right.RESTRICT_RECORDS)
    require_reach(desk, person_id)
    whose = same_person(desk, person_id)
    standing = select(Restriction).where(Restriction.person_id.in_(whose), Restriction.archived_at.is_(None))
    with deciding(desk, Act.RESTRICT_RECORD) as db:
        for one in db.scalars(standing):
            one.archived_at = desk.now()


def close_to(desk: Desk, person_id: UUID, member_id: UUID | None, why: str = "") -> KnowsFamily:
    """Close a record to a colleague who knows the family. Raises Problems where nobody could open it to them again."""
    require(desk, Right.RESTRICT_RECORDS)
    require_reach(desk, person_id)
    closed = {one.member_id for one in who_knows(desk, person_id)}
    if member_id in closed:
        raise Problems([Problem("knows_family.member", N_("The record is closed to this colleague already"))])
    if not _keepers(desk) - closed - {member_id}:
        message = N_("At least one person who may close records has to keep this one open. Choose who first.")
        raise Problems([Problem("knows_family.member", message)])
    made, values = KnowsFamily(person_id=person_id), {"member_id": member_id, "why": why}
    _check(desk, made, values)
    with deciding(desk, Act.CLOSE_RECORD) as db:
        db.add(made)
        fill(desk, made, values)
    return made


def open_to(desk: Desk, person_id: UUID, member_id: UUID) -> None:
    """Open a record again to a colleague it was closed to."""
    require(desk, Right.RESTRICT_RECORDS)
    require_reach(desk, person_id)
    if member_id == desk.me.id:
        raise NotAllowed(N_("Nobody opens a record to themselves."))
    standing = select(KnowsFamily).where(
        KnowsFamily.person_id.in_(same_person(desk, person_id)),
        KnowsFamily.member_id == member_id,
        KnowsFamily.archived_at.is_(None),
    )
    with deciding(desk, Act.CLOSE_RECORD) as db:
        for one in db.scalars(standing):
            one.archived_at = desk.now()


def set_team(desk: Desk, member_id: UUID, team: str) -> None:
    """Say in which team a colleague works; colleagues with the same word here are one team."""
    require(desk, Right.MANAGE_PEOPLE)
    require(desk, Right.SEE_HOUSE)
    with desk.read() as db:
        known = all_of(db, select(Colleague).where(Colleague.id == member_id), Colleague)
    with deciding(desk, Act.CHANGE_MEMBER) as db:
        if known:
            colleague = db.get_one(Colleague, member_id)
        else:
            colleague = Colleague(id=member_id)
            db.add(colleague)
        colleague.team = team


def teams(desk: Desk) -> dict[UUID, str]:
    """Return the team of every colleague who has one, as far as the reader's keys go."""
    require(desk, Right.MANAGE_PEOPLE)
    field = declared(Colleague, "team")
    with desk.read() as db:
        return {one.id: team for one in db.scalars(select(Colleague)) if (team := field.read(one))}


def _keepers(desk: Desk) -> set[UUID]:
    """Return the members who may open records to others again, as their signed roles and keys say."""
    holders = {member.id for member in desk.vault.holders(Compartment.CASE.value)}
    return {
        member.id
        for member in desk.vault.members
        if member.active and member.id in holders and Right.RESTRICT_RECORDS in rights_of(member.roles)
    }


def _check(desk: Desk, record: Record, values: dict[str, Any]) -> None:
    check(desk.fields(type(record)), complete(desk, type(record), values), desk.today())


@contextmanager
def deciding(
    desk: Desk, act: Act, *, about: UUID | None = None, facts: Mapping[str, object] | None = None
) -> Generator[Session]:
    """Give a write whose decision the desk sees by before anybody is told of it; a failed one decides nothing."""
    before = desk.restricted, desk.sight
    try:
        with desk.write(act, about=about, facts=facts) as db:
            yield db
            db.flush()
            load(desk, db)
    except BaseException:
        desk.restricted, desk.sight = before
        raise
