"""The invented house: a site with rooms and beds, two projects, and the partners who give work and courses."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from shelterdesk.partners import Partner
from shelterdesk.rooms import Bed, Project, Room, Site
from shelterdesk.sample import words
from shelterdesk.sample.rows import Loom

_BEDS_IN_A_ROOM = 4
_MOST_TRIES = 24


@dataclass
class Place:
    """One bed and the spans it is taken, from the first night to the day of leaving."""

    bed_id: UUID
    kind: str
    taken: list[tuple[date, date]] = field(default_factory=list[tuple[date, date]])

    def is_free(self, first: date, until: date) -> bool:
        """Tell whether nobody sleeps here from *first* to the night before *until*."""
        return all(until <= start or first >= end for start, end in self.taken)


@dataclass
class House:
    """What stories take place in."""

    site_id: UUID
    projects: tuple[UUID, ...]
    partners: tuple[UUID, ...]
    places: list[Place]
    providers: dict[str, UUID] = field(default_factory=dict[str, UUID])
    """Who gives services of a family from outside, by family."""
    slept: dict[UUID, tuple[UUID, UUID | None]] = field(default_factory=dict[UUID, tuple[UUID, UUID | None]])
    """The newest stay of a person and the bed it began in."""

    def find_bed(self, loom: Loom, gender: str, first: date, until: date) -> UUID | None:
        """Take a bed for a stay, in a room for people of *gender* where one is free, else in any."""
        kind = "men" if gender in ("man", "trans_man") else "women"
        own = [place for place in self.places if place.kind in (kind, "mixed")]
        for places in (own, self.places):
            tried = places if len(places) <= _MOST_TRIES else loom.dice.sample(places, _MOST_TRIES)
            for place in tried:
                if place.is_free(first, until):
                    place.taken.append((first, until))
                    return place.bed_id
        return None

    def place(self, room: int, bed: int) -> Place:
        """Return one certain bed."""
        return self.places[room * _BEDS_IN_A_ROOM + bed]

    def keep_for(self, room: int, bed: int, first: date) -> None:
        """Keep one certain bed for whoever lives here today, before anybody of earlier days can get it."""
        self.place(room, bed).taken.append((first, date.max))


def furnish(loom: Loom, rooms: int) -> House:
    """Add *rooms* rooms (at least four), projects and partners to the first site of the vault."""
    with loom.desk.read() as db:
        site_id = db.scalars(select(Site.id).order_by(Site.position)).first()
    opened = loom.ago(loom.months * 31 + 30)
    if site_id is None:
        site_id = loom.add(Site, opened, code="A", name="A")
    kinds = list(words.ROOMS)
    kinds += [("", "mixed")] * (rooms - len(kinds))
    places: list[Place] = []
    for position, (name, kind) in enumerate(kinds):
        called = loom.say(name) if name else loom.say(words.NUMBERED_ROOM, number=position + 1)
        room_id = loom.add(Room, opened, site_id=site_id, name=called, kind=kind, position=position)
        for bed in range(_BEDS_IN_A_ROOM):
            bed_id = loom.add(Bed, opened, room_id=room_id, name=str(bed + 1), position=bed)
            places.append(Place(bed_id, kind))
    projects = tuple(loom.add(Project, opened, code=code, name=loom.say(name)) for code, name in words.PROJECTS)
    return House(site_id, projects, tuple(_partners(loom)), places)


def _partners(loom: Loom) -> list[UUID]:
    found: list[UUID] = []
    for number, (name, kind, sector, staff, way, told, posts) in enumerate(words.PARTNERS):
        vetted = loom.ago(258 if number == 0 else loom.dice.randint(30, 330))
        found.append(
            loom.add(
                Partner,
                vetted,
                name=name,
                kind=kind,
                sector=sector,
                staff=staff,
                way=loom.say(way),
                contact=f"{loom.one_of(('Tərlan', 'Sənubər', 'Rauf', 'Mədinə'))}, 055 000 00 {number + 10:02d}",
                agreement_from=vetted + timedelta(days=10),
                agreement_until=loom.ago(-134 if number == 0 else -loom.dice.randint(20, 300)),
                vetted_on=vetted,
                visit_by=vetted + timedelta(days=365),
                paid_in_full=True,
                papers_with_worker=True,
                free_to_leave=True if number != 5 else None,
                told=loom.say(told),
                posts=loom.say(posts) if posts else None,
            )
        )
    return found
