"""The directory of providers: colleagues and organisations outside, what they give, and when they were last asked.

It says nothing of residents. A service names its provider by a link; what was written in words stays in words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Mapped

from shelterdesk import catalogue, vocab
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.errors import Problem, Problems
from shelterdesk.fields import CLOSED, Kind
from shelterdesk.folding import key_matches, query_key, search_text, sort_key, sounds
from shelterdesk.i18n import N_, language, text
from shelterdesk.members import Who, colleagues
from shelterdesk.records import add, all_of, begun, change, with_standing_values
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Record, text_of, whole
from shelterdesk.schema.columns import choice, choices, day, flag, link, sealed
from shelterdesk.services import COUNTED_OUTCOMES, Service
from shelterdesk.vault.compartments import Compartment
from shelterdesk.vocab.lists import base_of

OWN_STAFF: Final = "own_staff"
REMIND: Final = timedelta(days=30)
"""How long before its end an agreement is named on Today."""
_WHO, _GIVES = N_("Provider"), N_("What they give")
_REACH, _AGREED = N_("How to reach them"), N_("Agreement and experience")


def _not_before_start(value: date, values: Mapping[str, Any]) -> str | None:
    start = values.get("agreement_from")
    return N_("«{label}» must not be before the agreement begins") if start is not None and value < start else None


class Provider(Record):
    """A colleague or an organisation that gives services."""

    __tablename__ = "provider"

    kind: Mapped[str | None] = choice("provider.kind", N_("Kind"), vocab.PROVIDER_KINDS, group=_WHO)
    member_id: Mapped[UUID | None] = link("provider.member", N_("Colleague"), "member", group=_WHO)
    name = sealed("provider.name", N_("Name"), Compartment.IDENTITY, group=_WHO, width=28)
    services = choices("provider.services", N_("Services"), vocab.SERVICE_KINDS, group=_GIVES)
    languages = choices("provider.languages", N_("Languages"), vocab.LANGUAGE_NAMES, group=_GIVES)
    cost: Mapped[str | None] = choice("provider.cost", N_("Cost"), vocab.PROVIDER_COSTS, group=_GIVES)
    cost_words = sealed("provider.cost_words", N_("Cost in words"), Compartment.IDENTITY, group=_GIVES, width=28)
    place = sealed(
        "provider.place",
        N_("Town or district"),
        Compartment.IDENTITY,
        group=_REACH,
        help=N_("The directory finds by it."),
        width=28,
    )
    way = sealed("provider.way", N_("Address, way there"), Compartment.IDENTITY, group=_REACH, width=28)
    hours = sealed(
        "provider.hours",
        N_("Hours"),
        Compartment.IDENTITY,
        group=_REACH,
        example=N_("Mon–Fri 9–18, Sat on call"),
        width=28,
    )
    at_any_hour: Mapped[bool | None] = flag("provider.at_any_hour", N_("Can be reached at any hour"), group=_REACH)
    contact = sealed("provider.contact", N_("Whom to ask for"), Compartment.IDENTITY, group=_REACH, width=28)
    phone = sealed("provider.phone", N_("Phone"), Compartment.IDENTITY, group=_REACH, width=20)
    email = sealed("provider.email", N_("E-mail"), Compartment.IDENTITY, group=_REACH, width=28)
    agreement_from: Mapped[date | None] = day("provider.agreement_from", N_("Agreement from"), group=_AGREED)
    agreement_until: Mapped[date | None] = day(
        "provider.agreement_until",
        N_("Agreement until"),
        rule=_not_before_start,
        group=_AGREED,
        help=N_("Today reminds of it from a month before."),
    )
    told = sealed(
        "provider.told",
        N_("What we tell this provider"),
        Compartment.IDENTITY,
        kind=Kind.LONG_TEXT,
        group=_AGREED,
        help=N_("Never more than the help needs, and never the reason for staying."),
    )
    quality = sealed(
        "provider.quality",
        N_("How working with them goes"),
        Compartment.IDENTITY,
        kind=Kind.LONG_TEXT,
        group=_AGREED,
        help=N_("About the service, never about a resident. It is on no paper."),
    )


@dataclass(frozen=True)
class DirectoryRow:
    """One line of the directory. Colleagues stand in it by themselves, with or without more about them."""

    id: UUID
    """That of the provider; of a colleague nobody wrote more about, the colleague's own."""
    provider: Provider | None
    member_id: UUID | None
    name: str
    kind: str
    services: frozenset[str]
    """What they give; for a colleague, where nothing else is chosen, what their roles give."""
    place: str = ""
    last_used: date | None = None
    """Of those outside: how much colleagues do is counted nowhere here."""
    times: int = 0
    """How often within a year, as far as the reader reaches."""
    reads: str = ""
    """What a search by words looks through."""

    @property
    def is_own(self) -> bool:
        """Tell whether it is somebody who works here."""
        return self.kind == OWN_STAFF

    @property
    def is_archived(self) -> bool:
        """Tell whether it was taken out of the directory."""
        return self.provider is not None and self.provider.archived_at is not None


@dataclass(frozen=True)
class EndingAgreement:
    """An agreement that ends soon or has ended."""

    provider_id: UUID
    name: str
    until: date


def providers_of(desk: Desk, *, archived: bool = False) -> list[Provider]:
    """Return the providers that were written down and are in use, or those that are *archived*."""
    require(desk, Right.SEE_RECORDS)
    gone = Provider.archived_at
    with desk.read() as db:
        return all_of(db, select(Provider).where(gone.is_not(None) if archived else gone.is_(None)), Provider)


def provider_with(desk: Desk, provider_id: UUID) -> Provider:
    """Return one provider, an archived one included."""
    require(desk, Right.SEE_RECORDS)
    with desk.read() as db:
        return db.get_one(Provider, provider_id, options=whole(Provider))


def add_provider(desk: Desk, *, record_id: UUID | None = None, **values: Any) -> Provider:
    """Add a provider; ``record_id`` is the id a draft was typed under. Raises Problems."""
    require(desk, Right.GIVE_SERVICES)
    _check_who(desk, values)
    provider = begun(Provider, record_id)
    return add(desk, Act.ADD_PROVIDER, provider, _as_one_kind(values))


def change_provider(desk: Desk, provider: Provider, **values: Any) -> Provider:
    """Change a provider as it was read before. Raises Problems or StaleRecord."""
    require(desk, Right.GIVE_SERVICES)
    _check_who(desk, with_standing_values(desk, provider, values), provider.id)
    return change(desk, Act.CHANGE_PROVIDER, provider, _as_one_kind(values))


def archive_provider(desk: Desk, provider_id: UUID, *, archived: bool = True) -> None:
    """Take a provider out of the directory, or put it back. Services that name it go on naming it."""
    require(desk, Right.GIVE_SERVICES)
    with desk.write(Act.CHANGE_PROVIDER) as db:
        db.get_one(Provider, provider_id).archived_at = desk.now() if archived else None


def directory(desk: Desk) -> list[DirectoryRow]:
    """Return the directory: those outside by name, then the colleagues who are still here."""
    used, kinds = _used(desk), catalogue.offered(desk)
    here = {who.id: who for who in colleagues(desk)}
    written = [one for one in providers_of(desk) if one.member_id is None or one.member_id in here]
    rows = [_row(desk, one, here, kinds, used) for one in written]
    known = {row.member_id for row in rows}
    rows += [
        _with_words(desk, DirectoryRow(who.id, None, who.id, who.name, OWN_STAFF, _of_roles(who, kinds)))
        for who in here.values()
        if who.id not in known and set(who.roles) & set(catalogue.GIVING_ROLES)
    ]
    spoken = language()
    return sorted(rows, key=lambda row: (row.is_own, sort_key(row.name, spoken), row.id))


def taken_out(desk: Desk) -> list[DirectoryRow]:
    """Return who was taken out of the directory and can be put back, by name."""
    here, used, spoken = {who.id: who for who in colleagues(desk)}, _used(desk), language()
    rows = [_row(desk, one, here, (), used) for one in providers_of(desk, archived=True)]
    return sorted(rows, key=lambda row: (sort_key(row.name, spoken), row.id))


def found(rows: Iterable[DirectoryRow], *, words: str = "", wanted: str = "") -> list[DirectoryRow]:
    """Return the rows that hold every one of *words* and give *wanted*: a kind of service or a family of kinds."""
    key = query_key(words)
    kept = [row for row in rows if key_matches(key, row.reads)]
    return [row for row in kept if gives(row.services, wanted)] if wanted else kept


def gives(services: Collection[str], wanted: str) -> bool:
    """Tell whether *services* hold a kind, or one of a family; own kinds count as what they are a kind of."""
    if vocab.SERVICE_FAMILIES.get(wanted) is not None and vocab.SERVICE_KINDS.get(wanted) is None:
        return any(vocab.SERVICE_KINDS.group(kind) == wanted for kind in services)
    return any(kind == wanted or base_of(kind) == wanted for kind in services)


def offering(desk: Desk, kind: str) -> list[Provider]:
    """Return the providers in use outside the house that give services of *kind*, by name."""
    outside = [one for one in providers_of(desk) if one.kind != OWN_STAFF and gives(one.services, kind)]
    spoken = language()
    return sorted(outside, key=lambda one: (sort_key(text_of(one, "name"), spoken), one.id))


def to_choose(desk: Desk, kind: str, chosen: UUID | None = None) -> list[tuple[UUID, str]]:
    """Return who a service of *kind* may name from outside the house, those that give it first.

    *chosen* is named already and stays in the list though it was archived since.
    """
    outside = [one for one in providers_of(desk) if one.kind != OWN_STAFF]
    if chosen is not None and all(one.id != chosen for one in outside):
        outside.append(provider_with(desk, chosen))
    spoken = language()
    named = [(one.id, not gives(one.services, kind), text_of(one, "name") or "…") for one in outside]
    return [(one, name) for one, _other, name in sorted(named, key=lambda one: (one[1], sort_key(one[2], spoken)))]


def name_of(desk: Desk, provider: Provider) -> str:
    """Return the name of a provider as far as the reader's keys go; of a colleague the name colleagues see."""
    if provider.member_id is not None:
        who = next((one for one in colleagues(desk, former=True) if one.id == provider.member_id), None)
        if who is not None:
            return who.name
    return text_of(provider, "name") or "…"


def same_name(known: Iterable[Provider], name: str) -> Provider | None:
    """Return that of *known* which has the same name, so that nobody is in the directory twice unnoticed."""
    wanted = sounds(name)
    return next((one for one in known if wanted and sounds(text_of(one, "name")) == wanted), None)


def ending_agreements(desk: Desk) -> list[EndingAgreement]:
    """Return agreements that have ended or end within a month, the first to end first."""
    require(desk, Right.SEE_RECORDS)
    last = desk.today() + REMIND
    ending = (Provider.archived_at.is_(None), Provider.agreement_until.is_not(None), Provider.agreement_until <= last)
    with desk.read() as db:
        found = all_of(db, select(Provider).where(*ending), Provider)
    rows = [EndingAgreement(one.id, name_of(desk, one), one.agreement_until) for one in found if one.agreement_until]
    return sorted(rows, key=lambda one: (one.until, one.provider_id))


def _check_who(desk: Desk, values: Mapping[str, Any], own_id: UUID | None = None) -> None:
    """Raise Problems unless the values say who it is: a colleague who is not in the directory yet, or a name."""
    member_id = values.get("member_id")
    if values.get("kind") == OWN_STAFF or (member_id is not None and values.get("kind") is None):
        if member_id is None:
            raise Problems([Problem("provider.member", N_("Choose the colleague"))])
        if any(one.member_id == member_id and one.id != own_id for one in providers_of(desk)):
            raise Problems([Problem("provider.member", N_("This colleague is in the directory already"))])
    elif values.get("name") is not CLOSED and not str(values.get("name") or "").strip():
        raise Problems([Problem("provider.name", N_("Enter «{label}»"), label=text(N_("Name")))])


def _as_one_kind(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return *values* with a colleague only where it is one, so that a link nobody sees does not stay behind."""
    kept = dict(values)
    if "kind" in kept and kept["kind"] not in (OWN_STAFF, None):
        kept["member_id"] = None
    elif kept.get("member_id") is not None:
        kept["kind"] = OWN_STAFF
    return kept


Used = Mapping[UUID, tuple[date, int]]
"""The last day, and how often within a year."""


def _used(desk: Desk) -> Used:
    """Return when providers gave services last; what is closed to the reader is left out."""
    who = Service.provider_id
    last = func.max(Service.given_on)
    often = func.count().filter(Service.given_on > desk.today() - timedelta(days=365))
    given = (who.is_not(None), Service.archived_at.is_(None), Service.outcome.in_(COUNTED_OUTCOMES))
    with desk.read() as db:
        rows = db.execute(select(who, last, often).where(*given).group_by(who))
        return {provider_id: (newest, times) for provider_id, newest, times in rows if provider_id is not None}


def _row(
    desk: Desk,
    one: Provider,
    here: Mapping[UUID, Who],
    kinds: Sequence[catalogue.Entry],
    used: Used,
) -> DirectoryRow:
    who = here.get(one.member_id) if one.member_id is not None else None
    services = one.services or (_of_roles(who, kinds) if who is not None else frozenset())
    name = who.name if who is not None else name_of(desk, one)
    row = DirectoryRow(one.id, one, one.member_id, name, one.kind or "other", services, text_of(one, "place"))
    return _with_words(desk, row, *used.get(one.id, (None, 0)))


def _with_words(desk: Desk, row: DirectoryRow, last: date | None = None, times: int = 0) -> DirectoryRow:
    """Return *row* with when it was used last and what a search by words finds it by."""
    kinds = desk.choices(vocab.SERVICE_KINDS)
    said = [row.name, row.place, desk.choices(vocab.PROVIDER_KINDS).label(row.kind)]
    said += [kinds.label(kind) for kind in row.services]
    if row.provider is not None:
        said += [text_of(row.provider, attribute) for attribute in ("name", "way", "contact")]
        said += [vocab.LANGUAGE_NAMES.label(code) for code in row.provider.languages]
    return DirectoryRow(
        row.id, row.provider, row.member_id, row.name, row.kind, row.services, row.place, last, times,
        search_text(*said),
    )  # fmt: skip


def _of_roles(who: Who, kinds: Sequence[catalogue.Entry]) -> frozenset[str]:
    """Return what somebody gives by role: the kinds that are meant for one of their roles, not what everybody gives."""
    return frozenset(one.kind for one in kinds if one.roles and one.given_by(who.roles))
