"""The catalogue: which services a shelter gives, how long each usually takes, and who may give it.

The kinds themselves, own ones among them, are the list ``service_kinds`` (``own_choices``); here stands what a shelter
says about each. The compartment of its note follows from the family and cannot be changed.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import JSON, Integer, String, select
from sqlalchemy.orm import Mapped, mapped_column

from shelterdesk import vocab
from shelterdesk.access import Right, Role, require
from shelterdesk.errors import Problem, Problems
from shelterdesk.i18n import N_, text
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Base
from shelterdesk.schema.collecting import Collected
from shelterdesk.vault.compartments import Compartment
from shelterdesk.vocab.lists import base_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from shelterdesk.desk import Desk

MINUTES: Final = "service_kind.minutes"
ROLES: Final = "service_kind.roles"
"""Places of a Problem."""
LONGEST_MINUTES: Final = 24 * 60
GIVING_ROLES: Final = tuple(role.value for role in Role if role not in (Role.REPORTING_OFFICER, Role.ADMINISTRATOR))
"""Roles that can give a service at all: the others open no record."""


class ServiceKind(Base):
    """What the shelter says about one kind of service; a kind without a row is as the program brings it."""

    __tablename__ = "service_kind"

    code: Mapped[str] = mapped_column(String(60), primary_key=True)
    minutes: Mapped[int | None] = mapped_column(Integer)
    roles: Mapped[list[str]] = mapped_column(JSON)
    """Who may give it; empty for everybody."""


@dataclass(frozen=True)
class Entry:
    """One kind of service as this shelter uses it, in the words of the language that is set."""

    kind: str
    label: str
    listed: str
    """Words for lists that lie open."""
    family: str
    minutes: int | None
    """How long it usually takes."""
    roles: frozenset[str]
    """Who may give it; empty for everybody."""
    compartment: Compartment
    """Where its restricted note is sealed."""
    active: bool
    """False for what is no longer offered and only stays readable."""
    changed: bool = False
    """True where the shelter said something else about it than the program brings."""

    def given_by(self, roles: Collection[str]) -> bool:
        """Tell whether somebody with *roles* may give it."""
        return not self.roles or not self.roles.isdisjoint(roles)


def entry(desk: Desk, kind: str) -> Entry:
    """Return one kind of service, inactive and foreign ones included."""
    with desk.read() as db:
        row = db.get(ServiceKind, kind)
    return _entry(desk, kind, row)


def every_kind(desk: Desk) -> list[Entry]:
    """Return all kinds, inactive ones included, family by family and in the order of the list."""
    rows = _rows(desk)
    codes = desk.choices(vocab.SERVICE_KINDS).codes
    found = [_entry(desk, code.code, rows.get(code.code)) for code in codes]
    place = {family.code: number for number, family in enumerate(vocab.SERVICE_FAMILIES.codes)}
    return sorted(found, key=lambda one: place.get(one.family, len(place)))


def offered(desk: Desk, *, mine: bool = False) -> list[Entry]:
    """Return the kinds that are offered; with *mine*, those the signed-in person may give come first."""
    found = [one for one in every_kind(desk) if one.active]
    return sorted(found, key=lambda one: not _may(desk, one)) if mine else found


def may_give(desk: Desk, kind: str, member_id: UUID | None = None) -> bool:
    """Tell whether a colleague, by default the signed-in person, may give services of *kind*.

    It is the shelter's own division of work, so a form says it and does not refuse: emergencies know no roles.
    """
    one = entry(desk, kind)
    if member_id is None or member_id == desk.me.id:
        return _may(desk, one)
    roles = next((member.roles for member in desk.vault.members if member.id == member_id), ())
    return one.given_by(roles)


def not_by(desk: Desk, kind: str, member_id: UUID | None) -> str:
    """Return who gives services of *kind* where the colleague is none of them: «usually given by: Lawyer», else «»."""
    if member_id is None or may_give(desk, kind, member_id):
        return ""
    return text(N_("Usually given by: {roles}"), roles=role_words(entry(desk, kind).roles))


def role_words(roles: Collection[str]) -> str:
    """Return roles in words and in the order of the list; of none «Everybody»."""
    words = [vocab.ROLES.label(role) for role in GIVING_ROLES if role in roles]
    return ", ".join(words) if words else text(N_("Everybody"))


def change_entry(desk: Desk, kind: str, *, minutes: int | None, roles: Collection[str]) -> None:
    """Say how long a kind of service usually takes and who may give it; no roles for everybody. Raises Problems."""
    require(desk, Right.CHANGE_SETTINGS)
    if kind not in {code.code for code in desk.choices(vocab.SERVICE_KINDS).codes}:
        raise ValueError("only a kind of the list can be changed")
    if not set(roles) <= set(GIVING_ROLES):
        raise ValueError("no such role gives services")
    if minutes is not None and not 0 < minutes <= LONGEST_MINUTES:
        raise Problems([Problem(MINUTES, N_("Enter minutes from 1 to 1440, or nothing"))])
    chosen = [role for role in GIVING_ROLES if role in roles]
    facts = _facts(desk, kind, {"minutes": minutes, "roles": [vocab.ROLES.label(role) for role in chosen]})
    with desk.write(Act.CHANGE_SETTINGS, facts=facts) as db:
        db.merge(ServiceKind(code=kind, minutes=minutes, roles=chosen))
        _will_have_changed(db)


def restore_entry(desk: Desk, kind: str) -> None:
    """Have a kind of service again as the program brings it."""
    require(desk, Right.CHANGE_SETTINGS)
    with desk.write(Act.CHANGE_SETTINGS, facts=_facts(desk, kind, {"how": "as usual"})) as db:
        row = db.get(ServiceKind, kind)
        if row is not None:
            db.delete(row)
        _will_have_changed(db)


def _rows(desk: Desk) -> Mapping[str, ServiceKind]:
    with desk.read() as db:
        return {row.code: row for row in db.scalars(select(ServiceKind))}


def _entry(desk: Desk, kind: str, row: ServiceKind | None) -> Entry:
    codes = desk.choices(vocab.SERVICE_KINDS)
    base = base_of(kind)
    minutes = row.minutes if row is not None else vocab.USUAL_MINUTES.get(base)
    roles = frozenset(row.roles) if row is not None else vocab.USUAL_GIVERS.get(base, frozenset[str]())
    return Entry(
        kind,
        codes.label(kind),
        codes.listed(kind),
        codes.group(kind) or "other",
        minutes,
        roles,
        Compartment(vocab.note_compartment(kind)),
        active=any(code.code == kind for code in codes),
        changed=row is not None,
    )


def _may(desk: Desk, one: Entry) -> bool:
    return desk.me.is_recovery or one.given_by(desk.me.roles)


def _facts(desk: Desk, kind: str, changed: dict[str, object]) -> dict[str, str]:
    said = {"what": desk.choices(vocab.SERVICE_KINDS).label(kind)} | changed
    return {"log.what": "catalogue", "log.how": json.dumps(said, ensure_ascii=False)}


def _will_have_changed(db: Session) -> None:
    collected: Collected = db.info["collected"]
    collected.kinds.add("service_kind")
