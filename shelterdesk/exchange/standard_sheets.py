"""Records in the words of outside standards: one row for a person as HTCDS 2.0, one for an incident as GBVIMS.

Which field is which column stands in the fields themselves (``Field.standard``), which value is which word in the code
lists. What has no word in a standard leaves as its label, so that nothing is left out unseen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from sqlalchemy import Date, literal, null, select
from sqlalchemy.orm import selectinload

from shelterdesk import features, vocab, what_happened
from shelterdesk.access import Right, require
from shelterdesk.consents import Consent
from shelterdesk.exchange import htcds
from shelterdesk.fields import CLOSED, Field, Kind
from shelterdesk.gbv_incidents import GbvIncident
from shelterdesk.names import names_for
from shelterdesk.people import Person
from shelterdesk.person_history import PhaseSince
from shelterdesk.person_reading import codes_by_person
from shelterdesk.referrals import Referral
from shelterdesk.same_person import current_id
from shelterdesk.schema.base import RECORDS, Record, whole
from shelterdesk.schema.blocks import in_blocks
from shelterdesk.vault import SealBroken
from shelterdesk.who_harmed import WhoHarmed

if TYPE_CHECKING:
    from shelterdesk.desk import Desk

Table = tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]
"""Titles, and rows of texts below them."""

HTCDS: Final = "HTCDS"
GBVIMS: Final = "GBVIMS"
RECORDER: Final = (
    "incident_id", "survivor_code", "case_manager_code", "date_of_interview", "date_of_incident", "date_of_birth",
    "sex", "ethnicity", "country_of_origin", "marital_status", "displacement_status", "disability_type",
    "unaccompanied_separated_status", "stage_of_displacement", "time_of_day", "location", "county", "district",
    "camp_town", "gbv_type", "harmful_traditional_practice", "goods_money_exchanged", "abduction_type",
    "previously_reported", "gbv_previous_incidents", "number_primary_perpetrators", "perpetrator.sex",
    "perpetrator.former", "perpetrator.age_group", "perpetrator.relationship", "perpetrator.occupation",
    "service.referred_from", "service.safehouse_referral", "service.medical_referral", "service.psycho_referral",
    "service.wants_legal_action", "service.legal_referral", "service.police_referral", "service.livelihoods_referral",
    "service.protection_referral", "consent", "agency_code",
)  # fmt: skip
"""The columns of the GBVIMS Incident Recorder, in its order."""
_CONSENT: Final = {"given": "true", "declined": "false", "withdrawn": "false", "not_asked": ""}
_BLOCK: Final = 500
_SEVERAL: Final = ";"


def htcds_table(desk: Desk) -> Table:
    """Return everybody the reader reaches under the names of HTCDS, newest values first. Raises NotAllowed.

    What happened is there only for who may open it; whoever hands this on is asked why.
    """
    require(desk, Right.SEE_RECORDS)
    require(desk, Right.EXPORT_EXACT)
    rows: dict[UUID, dict[str, str]] = {}
    for kind in _kinds(desk, HTCDS):
        fields = _fields(desk, kind, HTCDS)
        names = _names(desk, fields.values())
        # Of several places, or persons, one stands there whole: a mixture of two would be true of neither.
        for person_id, record in _newest(desk, kind, fields.values()):
            said = ((name, _said(record, field, HTCDS, names)) for name, field in fields.items())
            rows.setdefault(person_id, {}).update({name: words for name, words in said if words})
    for person_id, record in _newest(desk, PhaseSince, ()):
        group = vocab.PHASES.group(getattr(record, "phase", None))
        rows.setdefault(person_id, {})["cas_Status"] = vocab.RECORD_STATES.to_standard("htcds", group) or ""
    with desk.read() as db:
        codes = codes_by_person(db)
    known = [one.name for one in htcds.FIELDS if any(one.name in row for row in rows.values())]
    known += sorted({name for row in rows.values() for name in row} - set(known))
    found = sorted((codes.get(person_id, ""), row) for person_id, row in rows.items() if person_id in codes)
    return ("code", *known), tuple((code, *(row.get(name, "") for name in known)) for code, row in found)


def gbvims_table(desk: Desk) -> Table:
    """Return every incident the reader reaches as the Incident Recorder of GBVIMS lists it; coded, without a name.

    Raises NotAllowed, also for who may not open what happened.
    """
    require(desk, Right.SEE_WHAT_HAPPENED)
    require(desk, Right.EXPORT_EXACT)
    hers: dict[UUID, dict[str, str]] = {}
    for kind in _kinds(desk, GBVIMS):
        fields = _fields(desk, kind, GBVIMS)
        if kind is not GbvIncident:
            for person_id, record in sorted(_records(desk, kind), key=_main_last):
                row = hers.setdefault(person_id, {})
                if isinstance(record, WhoHarmed):
                    # The one who stands there stands there whole.
                    row = hers[person_id] = {name: said for name, said in row.items() if "perpetrator." not in name}
                _take(record, fields, row)
    for person_id, record in _records(desk, Person):
        assert isinstance(record, Person)
        hers.setdefault(person_id, {}).update(_survivor(record))
    for person_id, record in _records(desk, Referral):
        source = vocab.REFERRAL_SOURCES.to_standard("gbvims", getattr(record, "source", None))
        hers.setdefault(person_id, {})["service.referred_from"] = source or ""
    for person_id, record in _records(desk, Consent):
        if getattr(record, "purpose", "") == "statistics":
            given = getattr(record, "answer", "") == "given"
            hers.setdefault(person_id, {})["consent"] = "Yes" if given else "No"
    rows: list[tuple[str, ...]] = []
    counted: dict[UUID, int] = {}
    of_incidents = _fields(desk, GbvIncident, GBVIMS)
    for person_id, incident in _records(desk, GbvIncident):
        counted[person_id] = counted.get(person_id, 0) + 1
        row = dict(hers.get(person_id, {}))
        row["incident_id"] = f"{row.get('survivor_code', '')}-{counted[person_id]}"
        _take(incident, of_incidents, row)
        rows.append(tuple(row.get(name, "") for name in RECORDER))
    return RECORDER, tuple(rows)


def sealed_columns() -> frozenset[str]:
    """Return the columns of either standard that a sealed field fills: words, and what says who somebody is."""
    return frozenset(
        field.standard.partition(" ")[2]
        for kind in RECORDS.values()
        for field in kind.declared
        if field.compartment is not None and field.standard.partition(" ")[0] in (HTCDS, GBVIMS)
    )


def _survivor(person: Person) -> dict[str, str]:
    countries = sorted(person.citizenships)
    return {
        "survivor_code": person.code,
        "date_of_birth": str(person.born).rstrip("~") if person.born else "",
        "sex": vocab.GENDERS.to_standard("gbvims", person.gender) or "",
        "country_of_origin": vocab.COUNTRIES.label(countries[0], "en") if countries else "",
        "marital_status": vocab.CIVIL_STATUSES.to_standard("gbvims", person.civil_status) or "",
    }


def _take(record: Record, fields: Mapping[str, Field], row: dict[str, str]) -> None:
    for name, field in fields.items():
        said = _said(record, field, GBVIMS, {})
        if said:
            row[name] = said


def _main_last(one: tuple[UUID, Record]) -> bool:
    """Order records so that of persons who caused harm the one who caused most of it stands in the end."""
    return isinstance(one[1], WhoHarmed) and bool(one[1].main)


# --- fields and values ----------------------------------------------------------------------------------------------


def _kinds(desk: Desk, standard: str) -> list[type[Record]]:
    modules = {module.__name__ for module in features.MODULES}
    kinds = (kind for kind in RECORDS.values() if kind.__module__ in modules and _is_about_somebody(kind))
    return [kind for kind in kinds if _fields(desk, kind, standard)]


def _is_about_somebody(kind: type[Record]) -> bool:
    return kind is Person or "person_id" in kind.__table__.c


def _fields(desk: Desk, kind: type[Record], standard: str) -> dict[str, Field]:
    """Return the fields of *kind* by their names in *standard*, as far as the reader's keys and rights go."""
    fields: Iterable[Field] = desk.fields(kind)
    if not what_happened.may_open(desk):
        fields = what_happened.without_it(tuple(fields))
    found: dict[str, Field] = {}
    for field in fields:
        named, _space, name = field.standard.partition(" ")
        if named == standard and desk.holds(field.compartment):
            found.setdefault(name, field)
    return found


def _names(desk: Desk, fields: Iterable[Field]) -> dict[str, Mapping[UUID, str]]:
    return {target: names_for(desk, target) for target in {field.target for field in fields if field.target}}


def _said(record: Record, field: Field, standard: str, names: Mapping[str, Mapping[UUID, str]]) -> str:
    value: Any
    try:
        value = field.read(record)
    except (SealBroken, ValueError):
        return ""
    if value is None or value is CLOSED or value in (frozenset(), ""):
        return ""
    if field.attribute == "birth" and isinstance(record, Person):
        value = record.born
    if field.id == "consent.answer":
        # The consent of the standard is that to support and to a record.
        return _CONSENT.get(value, "")
    match field.kind:
        case Kind.CHOICE:
            return _word(field, value, standard)
        case Kind.CHOICES:
            return _SEVERAL.join(sorted({_word(field, code, standard) for code in value}))
        case Kind.FLAG:
            return "Yes" if value else "No"
        case Kind.LINK:
            return names.get(field.target, {}).get(value, "")
        case _:
            return (field.encode(value) or "").rstrip("~")


def _word(field: Field, code: str, standard: str) -> str:
    assert field.choices is not None
    return field.choices.to_standard(standard.lower(), code) or field.choices.label(code, "en")


def _newest(desk: Desk, kind: type[Record], fields: Iterable[Field]) -> Iterator[tuple[UUID, Record]]:
    """Return the newest record of *kind* of everybody who lies open before the reader; only *fields* can be read.

    Of persons who caused harm it is the one who caused most of it, of consents that to support and to a record.
    """
    columns = kind.__table__.c
    dated = "since" in columns and isinstance(columns["since"].type, Date)
    main = WhoHarmed.main if kind is WhoHarmed else literal(value=False)
    owner, since = _column(kind, "id" if kind is Person else "person_id"), _column(kind, "since") if dated else null()
    query = select(owner, main, since, kind.created_at, kind.id).where(kind.archived_at.is_(None))
    if kind is Consent:
        query = query.where(Consent.purpose == "support")
    with desk.read() as db:
        light = db.execute(query).all()
    newest: dict[UUID, tuple[tuple[bool, date, datetime, UUID], UUID]] = {}
    for whose, is_main, day, made, record_id in light:
        if whose is None or whose in desk.sight.asks_why:
            continue
        person_id, age = current_id(desk, whose), (bool(is_main), day or date.min, made, record_id)
        if kind is Person and person_id != whose:
            continue
        if person_id not in newest or newest[person_id][0] < age:
            newest[person_id] = (age, record_id)
    several = any(field.kind is Kind.CHOICES for field in fields)
    owners = {record_id: person_id for person_id, (_age, record_id) in newest.items()}
    for block in in_blocks(owners):
        wanted = select(kind).where(kind.id.in_(block))
        with desk.read() as db:
            found = list(db.scalars(wanted.options(selectinload(kind.chosen)) if several else wanted))
        for record in found:
            yield owners[record.id], record


def _column(kind: type[Record], name: str) -> Any:
    return getattr(kind, name)


def _records(desk: Desk, kind: type[Record]) -> Iterator[tuple[UUID, Record]]:
    """Return every record of *kind* that lies open before the reader with whose it is, the oldest first."""
    found: list[tuple[tuple[date, datetime], UUID, Record]] = []
    last: UUID | None = None
    while True:
        query = select(kind).where(kind.archived_at.is_(None)).options(*whole(kind)).order_by(kind.id).limit(_BLOCK)
        with desk.read() as db:
            block = list(db.scalars(query if last is None else query.where(kind.id > last)))
        if not block:
            break
        last = block[-1].id
        for record in block:
            whose: Any = record.id if kind is Person else getattr(record, "person_id", None)
            if whose is not None and whose not in desk.sight.asks_why:
                since = getattr(record, "since", None)
                found.append(
                    (
                        (since if isinstance(since, date) else date.min, record.created_at),
                        current_id(desk, whose),
                        record,
                    )
                )
    found.sort(key=lambda one: one[0])
    for _age, whose, record in found:
        if kind is not Person or whose == record.id:
            yield whose, record
