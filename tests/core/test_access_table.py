"""The table of roles in the security design, tried with real colleagues in a vault that was handed over.

Twelve people, one for each role, were invited, chose their passphrases and got the keys of their row; who made the
vault is a director and handed the others' keys over. Each test signs one of them in.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import pytest
from sqlalchemy import select

from shelterdesk import (
    alerts,
    drafts,
    everything,
    house_settings,
    integrity,
    note_lock,
    note_versions,
    notes,
    people,
    person_reading,
    record_log,
    search,
    services,
    staff,
)
from shelterdesk.access import ROLE_COMPARTMENTS, ROLE_RIGHTS, Right, Role
from shelterdesk.desk import Desk
from shelterdesk.documents.plan_papers import plan_document
from shelterdesk.errors import NoKey, NotAllowed, Problems, ShelterDeskError, StaleRecord
from shelterdesk.exports import export_summary
from shelterdesk.fields import CLOSED, Kind
from shelterdesk.note_parts import written_parts
from shelterdesk.opening import accept_invitation, create_desk, open_desk
from shelterdesk.schema import log_reading
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import RECORDS, Record, whole
from shelterdesk.schema.columns import Sealed
from shelterdesk.schema.types import new_id
from shelterdesk.summaries.period import month
from shelterdesk.summaries.summary import summarise
from shelterdesk.vault import Compartment, KdfCost
from tests.core.access_acts import EVERY, READS
from tests.core.access_stock import Stock, make_stock
from tests.core.reach.looks import OVERVIEWS
from tests.core.told import told
from tests.desks import PASSPHRASE, Clock, at_another_computer

TABLE: Final = """
| role | house | identity | case | medical | clinical | legal | may |
| Director | yes | yes | yes | – | – | – | everything the program lets anybody do |
| Case manager | yes | yes | yes | – | – | – | all case work, print plans, restrict |
| Social worker | yes | yes | yes | – | – | – | all case work, print plans |
| Psychologist | yes | yes | yes | – | yes | – | care, plan |
| Nurse | yes | yes | – | yes | – | – | care |
| Doctor | yes | yes | – | yes | – | – | care |
| Lawyer | yes | yes | yes | – | – | yes | care, plan |
| Vocational officer | yes | yes | – | – | – | – | read, partners and placements |
| Reception | yes | – | – | – | – | – | arrivals and beds |
| Night worker | yes | – | – | – | – | – | arrivals and beds |
| Reporting officer | – | – | – | – | – | – | summaries and coded exports |
| Administrator | – | – | – | – | – | – | people, backups, settings |
"""
HOUSE: Final = {Right.SEE_HOUSE, Right.KEEP_APPOINTMENTS, Right.KEEP_HOUSE_BOOK}
READ: Final = HOUSE | {Right.SEE_RECORDS}
CARE: Final = READ | {Right.CHANGE_PERSON, Right.GIVE_SERVICES}
MAY: Final = {
    "everything the program lets anybody do": set(Right),
    "read": READ,
    "care": CARE,
    "plan": {Right.CASE_WORK, Right.SEE_WHAT_HAPPENED, Right.PRINT_PLANS},
    # Who does all the work takes people in, brings lists along, backs up and sees the numbers of it.
    "all case work": CARE
    | {
        Right.CASE_WORK,
        Right.SEE_WHAT_HAPPENED,
        Right.ADD_PERSON,
        Right.KEEP_STAYS,
        Right.KEEP_PLACEMENTS,
        Right.IMPORT_PEOPLE,
        Right.BACK_UP,
        Right.SEE_SUMMARIES,
    },
    "print plans": {Right.PRINT_PLANS},
    "restrict": {Right.RESTRICT_RECORDS},
    "partners and placements": {Right.KEEP_PLACEMENTS},
    "arrivals and beds": HOUSE | {Right.ADD_PERSON, Right.KEEP_STAYS},
    "summaries and coded exports": {Right.SEE_SUMMARIES, Right.EXPORT_SUMMARIES, Right.EXPORT_EXACT},
    "people": {Right.MANAGE_PEOPLE},
    "backups": {Right.BACK_UP},
    "settings": {Right.CHANGE_SETTINGS},
}
"""What the words of the last column mean."""


@dataclass(frozen=True)
class Line:
    """One row of the table."""

    keys: frozenset[Compartment]
    may: frozenset[Right]


def lines() -> dict[Role, Line]:
    """Read the table."""
    _head, *rows = [
        [cell.strip() for cell in row.strip("|").split("|")] for row in TABLE.strip().splitlines()
    ]  # fmt: skip
    found: dict[Role, Line] = {}
    for name, *yes, may in rows:
        keys = frozenset(one for one, cell in zip(Compartment, yes, strict=True) if cell == "yes")
        words = [may] if may in MAY else may.split(", ")
        found[Role(name.lower().replace(" ", "_"))] = Line(keys, frozenset().union(*(MAY[word] for word in words)))
    return found


LINES: Final = lines()
BEARERS: Final = {
    Compartment.CLINICAL: Role.PSYCHOLOGIST,
    Compartment.MEDICAL: Role.NURSE,
    Compartment.LEGAL: Role.LAWYER,
}
"""To whom the maker of the vault hands over."""


def canary(compartment: Compartment | None) -> str:
    """Return the words that stand in every text of a compartment."""
    return f"sözlər-{compartment.value}-4711" if compartment else ""


@dataclass(frozen=True)
class HandedOver:
    """A vault nobody is signed in to."""

    folder: Path
    stock: Stock


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HandedOver]:
    """The vault all tests of this module copy: making twelve colleagues takes a while."""
    place = tmp_path_factory.mktemp("handed-over")
    with at_another_computer(tmp_path_factory):
        yield _make(place / "desk-7F3A.vault")


def _make(folder: Path) -> HandedOver:
    cost = KdfCost.for_tests()
    maker, _code = create_desk(
        folder, user_name="director", shown_as="Leyla A.", passphrase=PASSPHRASE, shelter="House", cost=cost,
        clock=Clock(),
    )  # fmt: skip
    stock = make_stock(maker)
    services.add_service(
        maker, stock.person.id, kind="psychological_session", given_on=maker.today(), outcome="took_place"
    )
    house_settings.add_own_field(maker, "person", "Shoe size", Kind.TEXT, Compartment.IDENTITY)
    for role in set(Role) - {Role.DIRECTOR}:
        code = staff.invite(maker, role.value, "", [role.value]).code
        maker.close()
        accept_invitation(folder, role.value, code, PASSPHRASE, cost=cost, clock=Clock()).close()
        maker = open_desk(folder, "director", PASSPHRASE, clock=Clock())
    members = {member.user_name: member.id for member in maker.vault.members}
    for role in set(Role) - {Role.DIRECTOR}:
        staff.give(maker, members[role.value], LINES[role].keys)
    _fill(maker)
    for compartment, role in BEARERS.items():
        staff.hand_over(maker, members[role.value], [compartment])
    maker.close()
    return HandedOver(folder, stock)


def _fill(maker: Desk) -> None:
    """Write the words of its compartment into every text of every record, while the maker still holds every key."""
    with maker.write(Act.INVENT) as db:
        for kind in kinds():
            for record in db.scalars(select(kind).options(*whole(kind))):
                for field in (one for one in kind.declared if one.compartment is not None):
                    given = {Kind.NUMBER: 7, Kind.MONEY: 7, Kind.DAY: maker.today()}
                    field.write(record, given.get(field.kind, canary(field.compartment)))
                for field in maker.own_fields.get(kind.__tablename__, ()):
                    field.write(record, canary(field.compartment))


def kinds() -> list[type[Record]]:
    return [kind for kind in RECORDS.values() if kind.__module__.startswith("shelterdesk.")]


@pytest.fixture
def vault(original: HandedOver, tmp_path: Path) -> HandedOver:
    """A copy of the vault for one test."""
    folder = tmp_path / original.folder.name
    shutil.copytree(original.folder, folder)
    return HandedOver(folder, original.stock)


SignIn = Callable[[Role], Desk]


@pytest.fixture
def sign_in(vault: HandedOver) -> Iterator[SignIn]:
    """Sign the colleague with a role in, and whoever sat there before out."""
    seats: list[Desk] = []

    def sit(role: Role) -> Desk:
        for desk in seats:
            desk.close()
        seats.append(open_desk(vault.folder, role.value, PASSPHRASE, clock=Clock()))
        return seats[-1]

    yield sit
    for desk in seats:
        desk.close()


# --- the table itself -----------------------------------------------------------------------------------------------


def test_the_program_follows_the_table() -> None:
    assert set(LINES) == set(Role)
    assert {role: ROLE_COMPARTMENTS[role] for role in Role} == {role: LINES[role].keys for role in Role}
    for role in Role:
        assert ROLE_RIGHTS[role] == LINES[role].may, role


def test_every_right_is_tried_by_some_function() -> None:
    """A right nobody asks for would protect nothing."""
    core = Path(people.__file__).parent
    asked = "\n".join(file.read_text(encoding="utf-8") for file in core.rglob("*.py") if file.name != "access.py")
    assert [right.name for right in Right if f"Right.{right.name}" not in asked] == []


@pytest.mark.parametrize("role", Role)
def test_who_signs_in_holds_the_keys_and_rights_of_the_row(sign_in: SignIn, role: Role) -> None:
    mine = sign_in(role)
    assert mine.vault.ring.compartments == LINES[role].keys
    assert mine.rights == LINES[role].may
    assert {one for one in Compartment if mine.holds(one)} == LINES[role].keys
    assert {right for right in Right if mine.may(right)} == LINES[role].may


# --- what each role does --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", Role)
def test_each_role_does_what_its_row_says_and_nothing_else(vault: HandedOver, sign_in: SignIn, role: Role) -> None:
    mine, allowed = sign_in(role), set[str]()
    for name, (attempt, _roles) in EVERY.items():
        try:
            # What an earlier attempt of this role changed may stand in the way; that is no question of rights.
            with suppress(Problems, StaleRecord, NoKey):
                attempt(mine, vault.stock)
            allowed.add(name)
        except NotAllowed:
            continue
    assert allowed == {name for name, (_attempt, roles) in EVERY.items() if role in roles}


# --- what each role reads -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", Role)
def test_sealed_columns_open_only_with_their_key(sign_in: SignIn, role: Role) -> None:
    mine, opened, shut = sign_in(role), set[Compartment](), set[Compartment]()
    with mine.read(everybody=True) as db:
        for kind in kinds():
            for record in db.scalars(select(kind).options(*whole(kind))):
                for sealed in (one for one in vars(kind).values() if isinstance(one, Sealed)):
                    value = getattr(record, sealed.column)
                    if value is None:
                        continue
                    if sealed.compartment in LINES[role].keys:
                        assert sealed.open_with(mine.vault.ring, record.id, value), sealed.field.id
                        opened.add(sealed.compartment)
                        continue
                    assert sealed.field.read(record) is CLOSED, sealed.field.id
                    with pytest.raises(NoKey):
                        sealed.open_with(mine.vault.ring, record.id, value)
                    for other in Compartment:
                        # Another key does not open it either, whatever somebody calls the seal.
                        if other in LINES[role].keys:
                            with pytest.raises(ShelterDeskError):
                                mine.vault.ring.open(other, sealed.field.id, record.id, value)
                    shut.add(sealed.compartment)
    assert opened == LINES[role].keys
    assert shut == set(Compartment) - LINES[role].keys


@pytest.mark.parametrize("role", Role)
def test_no_function_tells_a_role_what_its_keys_do_not_open(vault: HandedOver, sign_in: SignIn, role: Role) -> None:
    mine = sign_in(role)
    said = "\n".join(everything_said(mine, vault.stock))
    for compartment in Compartment:
        if compartment not in LINES[role].keys:
            assert canary(compartment) not in said, compartment
        elif Right.SEE_RECORDS in LINES[role].may:
            assert canary(compartment) in said, compartment


def everything_said(mine: Desk, stock: Stock) -> Iterator[str]:
    """Return what every reading function of the core says to *mine*."""
    looks: list[Callable[[], Any]] = [lambda look=look: look(mine, stock) for look, _roles in READS.values()]
    looks += [lambda look=look: look(mine, stock) for look in OVERVIEWS.values()]
    looks += [
        lambda: person_reading.open_person(mine, stock.person.id),
        lambda: plan_document(mine, stock.person.id, "en", for_the_file=True),
        lambda: plan_document(mine, stock.person.id, "en", for_the_file=False),
        lambda: record_log.read_log(mine),
        lambda: record_log.log_of(mine, stock.person.id),
        lambda: _whole_log(mine),
        lambda: export_summary(mine, summarise(mine, month(mine.today())), recipient="Ministry", format="json"),
        lambda: _every_record(mine),
    ]
    for look in looks:
        with suppress(ShelterDeskError):
            yield told(look())


def _whole_log(mine: Desk) -> list[log_reading.Logged]:
    with mine.read() as db:
        return log_reading.logged(db, limit=2000)


def _every_record(mine: Desk) -> list[Record]:
    """Read past all rights, as an attacker with the database key and the own ring would."""
    with mine.read(everybody=True) as db:
        return [record for kind in kinds() for record in db.scalars(select(kind).options(*whole(kind))).unique()]


@pytest.mark.parametrize("role", Role)
def test_nobody_writes_into_a_compartment_without_its_key(vault: HandedOver, sign_in: SignIn, role: Role) -> None:
    mine = sign_in(role)
    texts = [(record, field) for record in _every_record(mine) for field in type(record).declared if field.compartment]
    assert {field.compartment for _record, field in texts} == set(Compartment)
    for record, field in texts:
        if field.compartment in LINES[role].keys:
            continue
        for value in (8 if field.kind in (Kind.NUMBER, Kind.MONEY) else "other words", None):
            with pytest.raises(NoKey), mine.write(Act.UNDO) as db:
                field.write(db.get_one(type(record), record.id, options=whole(type(record))), value)


# --- a psychologist's note ------------------------------------------------------------------------------------------

WORDS: Final = "Yuxusuz-gecələr-8152"
"""Stands in everything a psychologist writes below."""


def _write_as_psychologist(mine: Desk, person_id: UUID) -> tuple[UUID, UUID]:
    """Write a note and a session in every way there is; return their ids."""
    said = {"kind": "psychological", "written_on": mine.today(), "clinical_text": WORDS, "clinical_risk": WORDS}
    note = notes.add_note(mine, person_id, flags=["may_harm_herself"], flag_words="Look in at night", **said)
    note = notes.change_note(mine, note, clinical_text=f"{WORDS} indi daha az", why=f"{WORDS} because")
    notes.change_note(mine, note, clinical_risk=None, why=f"{WORDS} again")
    notes.add_note(mine, person_id, about_id=note.id, **(said | {"kind": "supervision", "clinical_risk": None}))
    taken_out = notes.add_note(mine, person_id, **said)
    notes.archive_note(mine, taken_out.id)
    given = {"kind": "psychological_session", "given_on": mine.today(), "outcome": "took_place"}
    session = services.add_service(mine, person_id, clinical_note=WORDS, clinical_plan=WORDS, **given)
    session = services.change_service(mine, session, clinical_note="Other words", why=f"{WORDS} slip")
    for values, extra in ((said, ()), ({"why": WORDS}, (note_lock.why_field(Compartment.CLINICAL),))):
        drafts.keep_draft(mine, new_id(), "note", note.id, values, person_id=person_id, extra_fields=extra)
    return note.id, session.id


def _notes_said(mine: Desk, stock: Stock, about: tuple[UUID, UUID]) -> list[str]:
    """Return what *mine* learns of notes by every tool of the program, and past all of them."""
    note_id, session_id = about
    noted = [one for one in notes.notes_of(mine, stock.person.id) if one.id == note_id]
    session = services.service_with(mine, session_id)
    extra = (note_lock.why_field(),)
    looks: list[Callable[[], Any]] = [
        lambda: note_versions.versions_of(mine, noted[0]),
        lambda: note_versions.versions_of(mine, session),
        lambda: [written_parts(mine, one, notes.text_field(mine, one.kind)) for one in noted],
        lambda: notes.supervisions_of(mine, stock.person.id, note_id),
        lambda: drafts.my_drafts(mine, extra_fields=extra),
        lambda: [alerts.every_alert_of(mine, stock.person.id), alerts.alerts_in_house(mine)],
        lambda: search.build_index(mine).entries,
        lambda: everything._sheets(mine, "en"),
        lambda: integrity.verify_desk(mine),
    ]
    found = list(everything_said(mine, stock))
    for look in looks:
        with suppress(NotAllowed):
            found.append(told(look()))
    return found


def test_no_director_reads_a_psychologists_note_after_handing_over(vault: HandedOver, sign_in: SignIn) -> None:
    psychologist = sign_in(Role.PSYCHOLOGIST)
    about = _write_as_psychologist(psychologist, vault.stock.person.id)
    read = _notes_said(psychologist, vault.stock, about)
    for part in ("indi daha az", "because", "again", "slip"):
        assert any(f"{WORDS} {part}" in said for said in read), "the tools would find what is readable"

    director = sign_in(Role.DIRECTOR)
    assert Compartment.CLINICAL not in director.vault.ring.compartments
    assert [said for said in _notes_said(director, vault.stock, about) if WORDS in said] == []
    assert "Look in at night" in [one.words for one in alerts.alerts_of(director, vault.stock.person.id)]
    _nothing_opens(director)

    (note,) = [one for one in notes.notes_of(director, vault.stock.person.id) if one.id == about[0]]
    session = services.service_with(director, about[1])
    attempts: tuple[Callable[[], Any], ...] = (
        lambda: note.clinical_text,
        lambda: session.clinical_plan,
        lambda: notes.change_note(director, note, clinical_text="x"),
        lambda: notes.change_note(director, note, kind="house"),
        lambda: notes.archive_note(director, note.id),
        lambda: services.change_service(director, session, clinical_note="x"),
        lambda: services.change_service(director, session, clinical_plan=None),
    )
    for attempt in attempts:
        with pytest.raises(NoKey):
            attempt()

    again = sign_in(Role.PSYCHOLOGIST)
    (note,) = [one for one in notes.notes_of(again, vault.stock.person.id) if one.id == about[0]]
    assert note.clinical_text == f"{WORDS} indi daha az"


def _nothing_opens(mine: Desk) -> None:
    """Try every cell of the decrypted file: none holds the words, and none opens under any key *mine* holds."""
    with mine.vault.connection() as connection:
        for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            for row in connection.execute(f'SELECT * FROM "{table}"').fetchall():
                for cell in row:
                    assert WORDS.encode() not in (cell if isinstance(cell, bytes) else str(cell).encode()), table
    with mine.read(everybody=True) as db:
        kept = [one for one in db.scalars(select(note_versions.NoteVersionText)) if one.compartment == "clinical"]
    assert len(kept) >= 5
    for text in kept:
        assert text.value is None
        for compartment in mine.vault.ring.compartments:
            for field_id in (f"version:{text.field_id}", text.field_id):
                with pytest.raises(ShelterDeskError):
                    mine.vault.ring.open(compartment, field_id, text.id, text.sealed or b"")
