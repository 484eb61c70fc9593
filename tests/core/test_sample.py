"""The invented people: plausible, the same by seed, and marked."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from shelterdesk import (
    appointments,
    approvals,
    authority_requests,
    consents,
    drafts,
    house_settings,
    milestones,
    partners,
    people,
    person_history,
    person_reading,
    placements,
    residents,
    retention,
    sample,
    staff,
    today,
    vocab,
)
from shelterdesk.bed_use import beds_on
from shelterdesk.desk import Desk
from shelterdesk.errors import NoKey
from shelterdesk.fields import check
from shelterdesk.house_book import incidents
from shelterdesk.milestones import Milestone
from shelterdesk.names import names_for
from shelterdesk.notes import Note
from shelterdesk.opening import create_desk, open_desk
from shelterdesk.people import Person
from shelterdesk.person_history import PhaseSince, StatusSince
from shelterdesk.plans import Plan
from shelterdesk.reach import NeedsReason
from shelterdesk.sample import cast, open_demo, words
from shelterdesk.schema import log_reading
from shelterdesk.schema.base import RECORDS, Record, whole
from shelterdesk.schema.columns import Sealed
from shelterdesk.services import Service
from shelterdesk.stays import BedSince, Stay
from shelterdesk.vault import KdfCost
from shelterdesk.vault.compartments import Compartment
from tests.desks import TUESDAY, Clock

FEW = 16


def make(folder: Path, *, fill: bool = True, **how: Any) -> Desk:
    desk, _code = create_desk(
        folder,
        user_name="leyla",
        shown_as="Leyla A.",
        passphrase="violin cloud harbour mustard",
        shelter="House",
        roles=sample.ROLES,
        cost=KdfCost.for_tests(),
        clock=lambda: TUESDAY,
    )
    if fill:
        sample.fill_sample(desk, **how)
    return desk


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The demo vault on Tuesday 17 November 2026; looked at, never changed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SHELTERDESK_TEST_KDF", "1")
        desk = make(tmp_path_factory.mktemp("demo") / "desk-DE30.vault")
        yield desk
        desk.close()


BY_WHOM = ("created_by", "site_id", "member_id", "given_by", "answered_by", "approved_by")
"""Columns with ids that the vault itself makes."""


def everything(desk: Desk) -> dict[str, list[tuple[Any, ...]]]:
    """Return every record as plain values, sorted."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    with desk.read() as db:
        for name, kind in RECORDS.items():
            if name in ("colleague", "site"):
                continue
            columns = [column.key for column in kind.__table__.columns if not column.key.endswith("_sealed")]
            colleagues = {field.attribute for field in kind.declared if field.target == "member"}
            columns = [key for key in columns if key not in BY_WHOM and key not in colleagues]
            sealed = [key for key, value in vars(kind).items() if isinstance(value, Sealed)]
            rows = db.scalars(select(kind).options(*whole(kind)))
            found[name] = sorted(
                (
                    *(str(getattr(row, key)) for key in (*columns, *sealed)),
                    *sorted((one.field_id, one.code) for one in row.__dict__.get("chosen", ())),
                )
                for row in rows
            )
    return found


def test_the_eleven_live_here_with_the_codes_of_their_arrival(demo: Desk) -> None:
    rows = sorted(residents.list_rows(demo, "here_now"), key=lambda row: row.code)

    assert [(row.code, row.name, row.days_here) for row in rows] == [
        (f"R-2026-{number:03d}", one.name, one.arrived) for number, one in enumerate(cast.CAST, 7)
    ]
    used = Counter(use.room for use in beds_on(demo, demo.today()) if use.person_id is not None)
    assert used == {"Room 1": 4, "Room 2": 3, "Room 3": 2, "Family": 2}
    assert residents.list_counts(demo)["everybody"] == 40


def test_the_start_page_has_something_to_do(demo: Desk) -> None:
    found = today.read_today(demo)

    assert [
        (one.at.isoformat("minutes") if one.at else None, one.person) for one in found.next if one.on == found.on
    ] == [
        ("10:00", "Aysel M."),
        ("11:30", "Olha K."),
        ("14:00", "Marisol"),
        ("16:30", "Sherzod"),
    ]
    assert any(one.on == found.on + timedelta(days=1) for one in found.next)
    past = [(found.on - one.on).days for one in found.waiting if one.on is not None and one.source == "milestone"]
    assert past[0] == 8
    assert past == sorted(past, reverse=True)
    assert {one.person for one in found.without_step} == {"Sevda", "Jun R."}
    assert [one.person for one in found.consents_ending] == ["Olha K."]
    assert found.plans_to_review == 2
    assert len(found.drafts) == 2


def test_authorities_have_asked(demo: Desk) -> None:
    found = authority_requests.all_requests(demo)
    assert [(one.request.body, one.request.answer) for one in found] == [
        ("police", "waiting"),
        ("social_protection", "given"),
        ("advocate", "declined"),
        ("court", "part"),
    ]
    assert [one.person is None for one in found] == [False, False, True, False]
    assert [one.request.needs_approval for one in found] == [False, True, False, False]
    assert [one.request.body for one in today.read_today(demo).requests] == ["police", "social_protection"]


def test_aysel_has_the_plan_of_sixteen_milestones(demo: Desk) -> None:
    aysel = person_reading.person_by_code(demo, "R-2026-014")
    with demo.read() as db:
        plan = db.scalars(select(Plan).where(Plan.person_id == aysel.id).order_by(Plan.number.desc())).first()
    assert plan is not None
    assert plan.number == 2
    found = milestones.milestones_of(demo, plan.id)
    done = Counter(one.domain for one in found if one.status == "done")
    assert len(found) == 16
    assert done == {"safety": 3, "health": 1, "legal": 2, "family": 1, "work": 1}
    assert all(one.paper_words for one in found)
    assert consents.missing_purposes(consents.consents_of(demo, aysel.id), demo.today()) == ["share_employer"]


def test_plans_work_and_people_are_at_every_stage(demo: Desk) -> None:
    stages = {stage.stage for _one, stage in placements.all_placements(demo) if stage}
    with demo.read() as db:
        phases = set(person_history.current_on(db, PhaseSince, "phase", demo.today()).values())
        statuses = set(person_history.current_on(db, StatusSince, "status", demo.today()).values())
        milestone_states = set(db.scalars(select(Milestone.status)))
        stays = Counter(db.scalars(select(Stay.person_id)))
        everybody = set(db.scalars(select(Person.id)))
    assert stages == {code.code for code in vocab.PLACEMENT_STAGES}
    assert phases == {code.code for code in vocab.PHASES}
    assert {"potential", "presumed", "identified"} <= statuses
    assert milestone_states == {code.code for code in vocab.MILESTONE_STATUSES}
    assert sum(1 for count in stays.values() if count > 1) >= 7, "re-admissions"
    assert len(everybody - set(stays)) >= 4, "people supported without a stay"
    assert len(partners.partners_of(demo)) == len(words.PARTNERS)


def test_notes_lie_in_every_compartment(demo: Desk) -> None:
    with demo.read() as db:
        kinds = set(db.scalars(select(Note.kind)))
        notes = [key for key, value in vars(Note).items() if isinstance(value, Sealed)]
        filled = {key for key in notes for one in db.scalars(select(Note)) if getattr(one, key)}
        restricted = {
            key
            for key in ("team_note", "case_note", "clinical_note", "medical_note", "legal_note")
            for one in db.scalars(select(Service))
            if getattr(one, key)
        }
    assert kinds == {code.code for code in vocab.NOTE_KINDS}
    assert filled == set(notes), "every part of a note is written somewhere"
    assert len(restricted) == 5


def test_a_mother_came_with_two_children(demo: Desk) -> None:
    with demo.read() as db:
        family = [one for one in db.scalars(select(Person)) if one.family_name in ("Səmədova", "Səmədov")]
        arrivals = set(db.scalars(select(Stay.arrived_on).where(Stay.person_id.in_([one.id for one in family]))))
    assert len(family) == 3
    assert len(arrivals) == 1
    ages = sorted(demo.today().year - one.birth.year for one in family if one.birth)
    assert ages[0] < ages[1] < people.ADULT_AGE < ages[2]


def test_every_record_would_pass_its_own_form(demo: Desk) -> None:
    with demo.read() as db:
        for kind in RECORDS.values():
            fields = demo.fields(kind)
            for record in db.scalars(select(kind).options(*whole(kind))):
                check(fields, {field.attribute: field.read(record) for field in fields}, demo.today())
                assert record.created_at <= demo.now()


def test_nobody_is_in_two_places_and_only_a_small_child_shares_a_bed(demo: Desk) -> None:
    by_person: dict[Any, list[tuple[date, date]]] = {}
    by_bed: dict[Any, list[tuple[date, date]]] = {}
    shared: list[Any] = []
    with demo.read() as db:
        for stay, bed in db.execute(select(Stay, BedSince).join(BedSince, BedSince.stay_id == Stay.id)):
            span = (stay.arrived_on, stay.left_on or date.max)
            if bed.shared:
                shared.append(stay.person_id)
                continue
            by_person.setdefault(stay.person_id, []).append(span)
            if bed.bed_id is not None:
                by_bed.setdefault(bed.bed_id, []).append(span)
    assert len(by_bed) >= 12
    assert len(shared) == 1
    for spans in (*by_person.values(), *by_bed.values()):
        ordered = sorted(spans)
        assert all(first[1] <= second[0] for first, second in pairwise(ordered))


def test_the_vault_says_that_it_is_invented(demo: Desk) -> None:
    assert house_settings.get(demo, "invented") == demo.today().isoformat()
    assert len(demo.vault.members) == 1


def test_the_log_holds_every_record(demo: Desk) -> None:
    with demo.read() as db:
        rows = log_reading.verify_log(db).rows
        records = sum(db.execute(select(func.count()).select_from(kind)).scalar_one() for kind in RECORDS.values())
    assert rows > records


@pytest.mark.long
def test_the_same_seed_gives_the_same_people_and_another_gives_others(tmp_path: Path) -> None:
    one = make(tmp_path / "desk-0001.vault", residents=FEW, seed=5)
    same = make(tmp_path / "desk-0002.vault", residents=FEW, seed=5)
    other = make(tmp_path / "desk-0003.vault", residents=FEW, seed=6)
    first, second, third = everything(one), everything(same), everything(other)
    for desk in (one, same, other):
        desk.close()
    # Rooms carry the id of their site, which the vault itself makes.
    assert first == second
    assert first["person"] != third["person"]


@pytest.mark.long
def test_writing_in_bulk_writes_the_same_records_and_says_so_in_one_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    logged = make(tmp_path / "desk-0001.vault", residents=FEW)
    monkeypatch.setattr(sample, "MOST_LOGGED", FEW - 1)
    bulk = make(tmp_path / "desk-0002.vault", residents=FEW)
    same = everything(logged), everything(bulk)
    with bulk.read() as db:
        log_reading.verify_log(db)
        rows = [row for row in log_reading.logged(db, limit=50) if row.act == "invent"]
        counters = db.scalars(select(people.CodeCounter.last)).all()
    fresh = people.add_person(bulk, short_name="Nobody yet")
    for desk in (logged, bulk):
        desk.close()
    for name, records in same[0].items():
        if name not in ("room", "bed"):
            assert records == same[1][name], name
    assert len(rows) == 1
    assert [(one.field_id, one.after) for one in rows[0].changes] == [("log.count", str(FEW))]
    assert fresh.code.endswith(f"{counters[-1] + 1:03d}")


def test_services_for_measuring_come_in_the_wanted_number(tmp_path: Path) -> None:
    desk = make(tmp_path / "desk-0001.vault", residents=FEW, services_per_person=20)
    with desk.read() as db:
        found = Counter(db.scalars(select(Service.person_id).where(Service.kind.not_in(interpreting()))))
    desk.close()
    assert set(found.values()) == {20}


def interpreting() -> list[str]:
    return [code.code for code in vocab.SERVICE_KINDS.of_group("interpreting")]


def test_invented_people_do_not_come_among_others(tmp_path: Path) -> None:
    desk = make(tmp_path / "desk-0001.vault", fill=False)
    people.add_person(desk, short_name="Somebody")
    with pytest.raises(sample.NotEmpty):
        sample.fill_sample(desk)
    assert house_settings.get(desk, "invented") == ""
    assert residents.list_counts(desk)["everybody"] == 1
    desk.close()


def test_few_residents_are_those_who_live_here(tmp_path: Path) -> None:
    desk = make(tmp_path / "desk-0001.vault", residents=3)
    assert [row.name for row in residents.list_rows(desk, "here_now")] == [one.name for one in cast.CAST[-3:]]
    assert appointments.appointments_between(desk, desk.today(), desk.today())
    assert len(drafts.my_drafts(desk)) == 2
    desk.close()


def test_the_words_of_the_story_name_kinds_that_exist() -> None:
    for one in cast.CAST:
        for due in one.plan:
            assert due.kind in vocab.MILESTONE_KINDS
        for goal in one.goals:
            assert goal.kind in vocab.GOAL_KINDS
        if one.job:
            assert one.job.kind in vocab.PLACEMENT_KINDS
            assert one.job.stage in vocab.PLACEMENT_STAGES
            assert one.job.sector in vocab.SECTORS or not one.job.sector
        for exploitation in one.exploitation:
            assert exploitation in vocab.EXPLOITATION_TYPES


def test_records_are_of_the_desk(demo: Desk) -> None:
    with demo.read() as db:
        authors = {author for kind in RECORDS.values() for author in db.scalars(select(kind.created_by))}
    assert authors == {demo.me.id}
    assert issubclass(Person, Record)


@pytest.mark.long
def test_the_demo_is_opened_again_on_the_same_day_and_made_anew_on_another(tmp_path: Path) -> None:
    clock = Clock()
    folder = tmp_path / "desk-0DE0.vault"
    first = open_demo(folder, cost=KdfCost.for_tests(), clock=clock)
    made = first.vault.id
    first.close()
    again = open_demo(folder, cost=KdfCost.for_tests(), clock=clock)
    assert again.vault.id == made
    again.close()
    clock.now += timedelta(days=1)
    tomorrow = open_demo(folder, cost=KdfCost.for_tests(), clock=clock)
    assert tomorrow.vault.id != made
    assert house_settings.get(tomorrow, "invented") == tomorrow.today().isoformat()
    tomorrow.close()


@pytest.fixture(scope="module")
def staffed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A small demo with its colleagues, as the program makes it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SHELTERDESK_TEST_KDF", "1")
        folder = tmp_path_factory.mktemp("staffed") / "desk-0DE0.vault"
        desk, _words = sample.create_demo(folder, residents=FEW, cost=KdfCost.for_tests(), clock=Clock())
        yield desk
        desk.close()


def test_colleagues_of_the_demo_hold_the_keys_of_their_roles(staffed: Desk) -> None:
    found = {one.user_name: one for one in staff.everybody(staffed)}
    assert [one.user_name for one in found.values() if one.is_me] == ["leyla"]
    assert found["nigar"].opens == set(Compartment) - {Compartment.MEDICAL, Compartment.LEGAL}
    assert found["orxan"].opens == {Compartment.HOUSE, Compartment.IDENTITY}
    assert found["tural"].opens == {Compartment.HOUSE}
    assert found["rashad"].invited
    assert found["rashad"].waits_for == {Compartment.LEGAL}
    assert all(found[name].last_sign_in is not None for name in sample.OTHERS)
    assert set(staff.held_by_one(staffed)) == {Compartment.MEDICAL, Compartment.LEGAL}


def test_colleagues_of_the_demo_wrote_and_gave_what_is_theirs(staffed: Desk) -> None:
    ids = {one.user_name: one.id for one in staff.everybody(staffed)}
    with staffed.read() as db:
        sessions = select(Service).where(Service.kind == "psychological_session")
        assert {(one.given_by, one.created_by, one.provider) for one in db.scalars(sessions)} == {
            (ids["nigar"], ids["nigar"], None)
        }
        authors = {kind: {one.created_by for one in db.scalars(select(Note).where(Note.kind == kind))}
                   for kind in ("psychological", "house", "work", "social")}  # fmt: skip
    assert authors["psychological"] == {ids["nigar"]}
    assert authors["house"] == {ids["tural"]}
    assert authors["work"] == {ids["orxan"]}
    assert authors["social"] == {ids["leyla"]}


def test_a_colleague_of_the_demo_signs_in_and_reads_less(tmp_path: Path, staffed: Desk) -> None:
    copy = tmp_path / "desk-0DE0.vault"
    shutil.copytree(staffed.vault.folder, copy)
    night = open_desk(copy, "tural", sample.PASSPHRASE, clock=Clock())
    with night.read() as db:
        person = db.scalars(select(Person).limit(1)).one()
        assert person.short_name
        with pytest.raises(NoKey):
            _ = person.family_name
    night.close()


def test_one_record_asks_why_and_one_is_closed_to_the_night_worker(tmp_path: Path, staffed: Desk) -> None:
    (restricted,) = staffed.restricted
    assert restricted not in {row.id for row in residents.list_rows(staffed, "here_now")}
    with pytest.raises(NeedsReason):
        person_reading.open_person(staffed, restricted)
    folder = tmp_path / staffed.vault.folder.name
    shutil.copytree(staffed.vault.folder, folder)
    tural = open_desk(folder, "tural", sample.PASSPHRASE, clock=Clock())
    here = {row.name for row in residents.list_rows(tural, "here_now")}
    tural.close()
    assert {row.name for row in residents.list_rows(staffed, "here_now")} - here == {"Sevda"}


def test_a_record_is_due_for_removal_and_an_incident_is_open(staffed: Desk) -> None:
    assert [one.held for one in retention.due(staffed)] == [False]
    assert len(incidents.open_incidents(staffed)) == 1


def test_a_colleague_waits_for_a_yes(staffed: Desk) -> None:
    [waiting] = approvals.waiting(staffed)
    assert waiting.person
    assert names_for(staffed, "member")[waiting.approval.asked_by] == "Nigar H."
    assert staffed.today() == waiting.approval.asked_on
