"""The house: sites, rooms and beds, and the projects that pay for stays and services."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Integer, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from shelterdesk import vocab
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.errors import NotAllowed, Problem, Problems
from shelterdesk.fields import check
from shelterdesk.i18n import N_
from shelterdesk.records import add, all_of, change, complete, fill
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Record
from shelterdesk.schema.columns import choice, code_text, points_to, sealed
from shelterdesk.schema.types import Id
from shelterdesk.vault.compartments import Compartment


class Site(Record):
    """A place the shelter runs. Every room, stay and activity belongs to one."""

    __tablename__ = "site"

    code: Mapped[str] = code_text("site.code", N_("Short code"), unique=True, required=True)
    name = sealed("site.name", N_("Name"), Compartment.HOUSE)
    position: Mapped[int] = mapped_column(Integer, default=0)


class Room(Record):
    """A room with beds."""

    __tablename__ = "room"

    site_id: Mapped[UUID] = mapped_column(Id, points_to("site"))
    name = sealed("room.name", N_("Room"), Compartment.HOUSE, required=True)
    kind: Mapped[str | None] = choice("room.kind", N_("For whom"), vocab.ROOM_KINDS)
    position: Mapped[int] = mapped_column(Integer, default=0)


class Bed(Record):
    """A bed in a room. Beds that are no longer used are archived, so that past nights still count."""

    __tablename__ = "bed"

    room_id: Mapped[UUID] = mapped_column(Id, points_to("room"), index=True)
    name = sealed("bed.name", N_("Bed"), Compartment.HOUSE, required=True)
    kind: Mapped[str | None] = choice(
        "bed.kind", N_("Kind of bed"), vocab.BED_KINDS, help=N_("Empty means: for whom the room is.")
    )
    position: Mapped[int] = mapped_column(Integer, default=0)


class Project(Record):
    """A funding project. Its short code is no free text: summaries are split by it."""

    __tablename__ = "project"

    code: Mapped[str] = code_text("project.code", N_("Short code"), unique=True, required=True)
    name = sealed("project.name", N_("Project"), Compartment.HOUSE)


def sites_of(desk: Desk) -> list[Site]:
    """Return the sites in their order."""
    with desk.read() as db:
        return all_of(db, select(Site).where(Site.archived_at.is_(None)).order_by(Site.position, Site.code), Site)


def rooms_of(desk: Desk, site_id: UUID | None = None) -> list[Room]:
    """Return the rooms in their order, of one site or of all."""
    query = select(Room).where(Room.archived_at.is_(None)).order_by(Room.position)
    if site_id is not None:
        query = query.where(Room.site_id == site_id)
    with desk.read() as db:
        return all_of(db, query, Room)


def beds_of(desk: Desk) -> list[Bed]:
    """Return all beds in use, in the order of their rooms."""
    query = select(Bed).join(Room, Room.id == Bed.room_id).where(Bed.archived_at.is_(None), Room.archived_at.is_(None))
    with desk.read() as db:
        return all_of(db, query.order_by(Room.position, Bed.position), Bed)


def projects_of(desk: Desk) -> list[Project]:
    """Return the projects by code."""
    with desk.read() as db:
        return all_of(db, select(Project).where(Project.archived_at.is_(None)).order_by(Project.code), Project)


def add_site(desk: Desk, **values: Any) -> Site:
    """Add a site. Raises Problems."""
    require(desk, Right.CHANGE_SETTINGS)
    _code_is_free(desk, Site, values.get("code"))
    return add(desk, Act.CHANGE_HOUSE, Site(position=len(sites_of(desk))), values)


def add_room(desk: Desk, site_id: UUID, beds: int, **values: Any) -> Room:
    """Add a room with *beds* beds, numbered from 1. Raises Problems."""
    require(desk, Right.CHANGE_SETTINGS)
    check(desk.fields(Room), complete(desk, Room, values), desk.today())
    room = Room(site_id=site_id, position=len(rooms_of(desk)))
    with desk.write(Act.CHANGE_HOUSE) as db:
        db.add(room)
        fill(desk, room, values)
        put_beds(desk, db, room.id, beds)
    return room


def put_beds(desk: Desk, db: Session, room_id: UUID, count: int) -> None:
    """Give a room *count* beds inside a running write; whether somebody has one that goes, the caller has asked."""
    beds = db.scalars(select(Bed).where(Bed.room_id == room_id).order_by(Bed.position)).all()
    for bed in beds:
        bed.archived_at = None if bed.position < count else (bed.archived_at or desk.now())
    for position in range(len(beds), count):
        bed = Bed(room_id=room_id, position=position)
        db.add(bed)
        fill(desk, bed, {"name": str(position + 1)})


def _code_is_free(desk: Desk, kind: type[Site | Project], code: Any, but: UUID | None = None) -> None:
    """Refuse a short code that is taken; also by an archived one, because summaries of past years are split by it."""
    wanted = str(code or "").strip()
    with desk.read() as db:
        taken = db.scalars(select(kind.id).where(func.lower(kind.code) == wanted.lower())).all()
    if any(one != but for one in taken):
        message = N_("«{code}» is taken. Choose another short code.")
        raise Problems([Problem(f"{kind.__tablename__}.code", message, code=wanted)])


def add_project(desk: Desk, **values: Any) -> Project:
    """Add a project. Raises Problems."""
    require(desk, Right.CHANGE_SETTINGS)
    _code_is_free(desk, Project, values.get("code"))
    return add(desk, Act.CHANGE_HOUSE, Project(), values)


def change_house(desk: Desk, record: Site | Room | Project, **values: Any) -> None:
    """Rename or change a site, room or project. Raises Problems or StaleRecord."""
    require(desk, Right.CHANGE_SETTINGS)
    if isinstance(record, Site | Project) and "code" in values:
        _code_is_free(desk, type(record), values["code"], but=record.id)
    change(desk, Act.CHANGE_HOUSE, record, values)


def has_site(desk: Desk) -> bool:
    """Tell whether the vault has a site yet, archived ones included."""
    with desk.read() as db:
        return db.scalars(select(Site.id).limit(1)).first() is not None


def add_first_site(desk: Desk, name: str) -> Site:
    """Add the site a new vault begins with; whoever creates the vault may, whatever their role."""
    if has_site(desk):
        raise NotAllowed(N_("The shelter has its first site already."))
    return add(desk, Act.CHANGE_HOUSE, Site(position=0), {"code": "A", "name": name})
