"""What is declared once is shown everywhere: fields in forms, history, import and JSON; commands; pages.

That fields are stored, sealed and logged as declared is tested in ``test_every_field``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, time
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from installer import catalogues
from shelterdesk import deadlines, features, house_settings, legal_matters, people, providers, rooms, what_happened
from shelterdesk.cli.plain import plain_people
from shelterdesk.consents import Consent
from shelterdesk.desk import Desk
from shelterdesk.episodes import Episode, EpisodeGoal
from shelterdesk.exchange.kinds import IN_A_LIST, NOT_BROUGHT, brought, parents_of
from shelterdesk.exchange.record_targets import record_targets
from shelterdesk.exchange.targets import NOT_READ, WHAT_HAPPENED, targets_of
from shelterdesk.fields import Field, Kind
from shelterdesk.house_book import incidents, medicine, shifts
from shelterdesk.legal_matters import LegalMatter, MatterStage
from shelterdesk.milestones import Milestone
from shelterdesk.names import names_for
from shelterdesk.notes import Note
from shelterdesk.partial_date import PartialDate
from shelterdesk.partners import Partner
from shelterdesk.people import Person
from shelterdesk.person_history import PhaseSince, StatusSince, WorkerSince
from shelterdesk.placements import Placement, StageSince
from shelterdesk.plans import Goal, Plan
from shelterdesk.providers import Provider
from shelterdesk.record_log import log_of
from shelterdesk.records import fill
from shelterdesk.referrals import Referral
from shelterdesk.referrals_out import ReferralOut
from shelterdesk.residents import rows_of
from shelterdesk.rooms import Project, Site
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import RECORDS, Record
from shelterdesk.stays import BedSince, Stay
from tests.ui.sittings import seat_at
from ui.forms.appointment_form import appointment_form, change_form
from ui.forms.editors import editor_for
from ui.forms.family_forms import child_care_form, contact_form, document_form, relation_form
from ui.forms.file_form import FileForm
from ui.forms.house_book_forms import closing_form, incident_form, line_form, medicine_form, step_form
from ui.forms.house_forms import absence_form, belonging_form, follow_up_form, hold_form, visit_form
from ui.forms.inline_form import InlineForm
from ui.forms.milestone_form import MilestoneForm
from ui.forms.note_form import NoteForm
from ui.forms.plan_forms import GoalForm, NextStepForm, PlanForm, RatingForm
from ui.forms.record_form import RecordForm
from ui.forms.request_form import request_form
from ui.forms.screening_form import screening_form
from ui.forms.service_form import ServiceForm
from ui.forms.sharing_forms import consent_form, referral_form, referral_out_form
from ui.forms.stay_forms import arrival_form, correct_form
from ui.forms.task_form import TaskForm
from ui.pages.arrival.call_form import CallForm
from ui.pages.resident import needs, personal
from ui.pages.resident import psychology_forms as psychology
from ui.pages.resident.dates_forms import deadline_form
from ui.pages.resident.happened import forms as happened
from ui.pages.resident.help_needed import need_form
from ui.pages.resident.legal_forms import end_form, matter_form, stage_form
from ui.pages.resident.needs_forms import alert_form, phase_form, risk_form, safety_plan_form, worker_form
from ui.pages.resident.services import ServicesSection
from ui.pages.services.provider_form import ProviderForm
from ui.pages.work.partner_page import PartnerForm
from ui.pages.work.placement_page import PlacementForm
from ui.seat import Seat
from ui.widgets.text import Words

assert features.MODULES, "the kinds of record are complete once every feature is imported"

DECLARED = [field for kind in RECORDS.values() for field in kind.declared]
READ_BY_IMPORT = (
    Person, StatusSince, Referral, Consent, PhaseSince, WorkerSince, Note, ReferralOut,
    *(kind for kind, _group in WHAT_HAPPENED), *(RECORDS[name] for name in IN_A_LIST),
)  # fmt: skip
KINDS_WITH_FORMS = {
    "arrival_request",
    "authority_request", "consent", "goal", "milestone", "next_step", "note", "partner", "phase_since", "placement",
    "plan", "rating", "referral", "referral_out", "service", "status_since", "stay", "worker_since",
}  # fmt: skip
KINDS_WITH_FORMS |= what_happened.KINDS
KINDS_WITH_FORMS |= {"file", "provider"}
KINDS_WITH_FORMS |= {"task", "need", "appointment"}
KINDS_WITH_FORMS |= {"legal_matter", "matter_stage"}
KINDS_WITH_FORMS |= {"episode", "episode_goal", "screening"}
KINDS_WITH_FORMS |= {"relation", "child_care", "identity_document", "contact"}
KINDS_WITH_FORMS |= {"alert", "risk_since", "safety_plan", "deadline"}
KINDS_WITH_FORMS |= {"shift_line", "medicine", "house_incident", "incident_step"}
KINDS_WITH_FORMS |= {"absence", "visit", "belonging", "bed_hold", "follow_up"}
WITHOUT_A_ROW = {
    "screening.total",  # counted from the answers
    "bed_hold.bed",  # the bed the form was opened on
    "bed_hold.since",  # today
    "arrival_request.person",  # follows from the arrival
    "authority_request.answered_by",  # whoever saves the answer
    "authority_request.approved_by",  # whoever presses «Approve»
    "authority_request.approved_on",
    "authority_request.consent",  # how it stood is looked up when it is answered
    "task.done_on",  # the day on which somebody marks it done
    "goal.domain",  # the card the goal stands in
    "house_incident.closed_by",  # whoever presses «Close incident»
    "shift_line.on",  # the shift that is shown
    "shift_line.shift",
    "shift_line.done_on",  # follows the tick
    "shift_line.done_at",
    "shift_line.done_by",
    "milestone.done_on",  # follows the status
    "next_step.done_on",  # follows «Done»
    "referral_out.consent",  # how it stood is looked up when it leaves
}
OWN = "own_1"
"""Attribute of the first field a shelter adds to a kind of record."""


def sample(desk: Desk, field: Field) -> Any:
    """Return a value the field takes."""
    match field.kind:
        case Kind.CHOICE:
            assert field.choices is not None
            return field.choices.codes[0].code
        case Kind.CHOICES:
            assert field.choices is not None
            return frozenset({field.choices.codes[0].code, field.choices.codes[-1].code})
        case Kind.LINK:
            return next(iter(names_for(desk, field.target)))
        case _:
            return {
                Kind.DAY: date(2026, 11, 3),
                Kind.PARTIAL_DATE: PartialDate(1994, 5),
                Kind.TIME: time(9, 30),
                Kind.FLAG: True,
                Kind.NUMBER: 7,
                Kind.MINUTES: 50,
                Kind.MONEY: 1200,
                Kind.TEXT: "Words of one line",
                Kind.LONG_TEXT: "Words\nof two lines",
            }[field.kind]


def in_words(desk: Desk, field: Field, value: Any) -> str:
    return field.show(value, "en", names_for(desk, field.target) if field.kind is Kind.LINK else None)


@pytest.fixture
def ay(desk: Desk) -> Person:
    """Somebody on file, in a house with one of everything a field can link to."""
    rooms.add_room(desk, rooms.sites_of(desk)[0].id, 1, name="Room 1")
    with desk.write(Act.CHANGE_SETTINGS) as db:
        project, partner, provider = Project(), Partner(), Provider()
        db.add_all([project, partner, provider])
        fill(desk, project, {"code": "P1", "name": "A project"})
        fill(desk, partner, {"name": "A bakery"})
        fill(desk, provider, {"name": "A clinic"})
    incidents.record_incident(desk, kind="fire", title="Smoke from the kitchen")
    providers.add_provider(desk, name="A clinic")
    made = people.add_person(desk, short_name="Ay")
    medicine.add_medicine(desk, made.id, at=time(8), what="Drops")
    legal_matters.record_matter(desk, made.id, kind="documents", subject="A passport")
    with desk.write(Act.RECORD_REFERRAL_OUT) as db:
        sent = ReferralOut(person_id=made.id)
        db.add(sent)
        fill(desk, sent, {"service": "other", "organisation": "An office", "state": "prepared"})
    return made


@pytest.fixture
def seat(qapp: QApplication, desk: Desk) -> Iterator[Seat]:
    with seat_at(qapp, desk) as made:
        yield made


# --- words --------------------------------------------------------------------------------------------------------


def test_the_words_of_every_field_are_found_by_translators() -> None:
    known = {message.id for message in catalogues.template()} | {""}
    words = {
        one for field in DECLARED for one in (field.label, field.help, field.group, field.example, *field.lines)
    }  # fmt: skip
    assert words - known == set()


def test_every_value_is_spelled_for_people(desk: Desk, ay: Person) -> None:
    for field in DECLARED:
        value = sample(desk, field)
        shown = in_words(desk, field, value)
        assert shown, field.id
        if field.kind in (Kind.CHOICE, Kind.CHOICES, Kind.LINK, Kind.DAY, Kind.FLAG):
            assert shown != field.encode(value), field.id


# --- history, import, JSON ----------------------------------------------------------------------------------------


def records_of(person: Person) -> dict[str, Record]:
    """Return an empty record of every kind that belongs to a person, with what holds it together."""
    hers: dict[str, Any] = {"person_id": person.id}
    plan = Plan(number=1, **hers)
    goal = Goal(plan_id=plan.id, **hers)
    placement, stay, matter = Placement(**hers), Stay(**hers), LegalMatter(**hers)
    episode = Episode(**hers)
    made: list[Record] = [
        plan,
        goal,
        placement,
        stay,
        Milestone(plan_id=plan.id, goal_id=goal.id, **hers),
        StageSince(placement_id=placement.id, **hers),
        BedSince(stay_id=stay.id, **hers),
        matter,
        episode,
        EpisodeGoal(episode_id=episode.id, **hers),
        MatterStage(matter_id=matter.id, **hers),
    ]
    known = {record.__tablename__ for record in made}
    made += [kind(**hers) for name, kind in RECORDS.items() if name not in known and "person_id" in kind.__table__.c]
    return {record.__tablename__: record for record in made}


def filled_records_of(desk: Desk, person: Person) -> dict[str, Record]:
    records = records_of(person)
    with desk.write(Act.ADD_SERVICE) as db:
        db.add_all(records.values())
        for record in records.values():
            fill(desk, record, {field.attribute: sample(desk, field) for field in record.declared})
    return records


def lines_about(desk: Desk, person: Person, act: Act) -> set[tuple[str, str]]:
    """Return label and new value of all that was changed by *act*, as the history shows it."""
    what_happened.open_it(desk, person.id, "I look at everything")
    rows = [row for row in log_of(desk, person.id) if row.code == act.value.code]
    return {(line.label, line.after) for row in rows for line in row.fields}


def test_every_field_that_is_filled_in_is_in_the_history_by_its_label(desk: Desk, ay: Person) -> None:
    records = filled_records_of(desk, ay)
    assert {"service", "milestone", "placement", "consent", "stay", "note"} <= set(records)
    expected = {
        (field.label, in_words(desk, field, sample(desk, field)))
        for record in records.values()
        for field in record.declared
    }
    assert expected - lines_about(desk, ay, Act.ADD_SERVICE) == set()


def test_every_field_of_a_person_that_changes_is_in_her_history(desk: Desk, ay: Person) -> None:
    fields = [field for field in desk.fields(Person) if field.attribute != "code"]
    what_happened.open_it(desk, ay.id, "I fill everything in")
    people.change_person(desk, ay, **{field.attribute: sample(desk, field) for field in fields})
    labels = {label for label, _value in lines_about(desk, ay, Act.CHANGE_PERSON)}
    # She has been of the only site from the start.
    assert {field.label for field in fields} - labels <= {desk.field(Person, "site_id").label}


def test_import_offers_every_field_of_what_it_reads(desk: Desk) -> None:
    house_settings.add_own_field(desk, "referral", "Number of the letter", Kind.NUMBER, None)
    asked = {field.id for kind in READ_BY_IMPORT for field in desk.fields(kind)}
    offered = {target for target in targets_of(desk) if not target.startswith("import.")}
    assert f"referral.{OWN}" in offered
    assert asked - offered == NOT_READ
    assert offered <= asked


def test_a_sheet_of_its_own_may_say_every_field_of_a_kind(desk: Desk) -> None:
    modules = {module.__name__ for module in features.MODULES}
    hers = {name for name, kind in RECORDS.items() if kind.__module__ in modules and "person_id" in kind.__table__.c}
    assert hers - set(brought()) <= NOT_BROUGHT
    for name, kind in brought().items():
        hangs_on = {parent.column for parent in parents_of(kind)} | {"person_id"}
        asked = {field.id for field in desk.fields(kind) if field.attribute not in hangs_on}
        offered = {target for target in record_targets(desk, kind) if not target.startswith("import.")}
        assert asked == offered, name


def test_json_holds_every_field_of_a_person(desk: Desk, ay: Person) -> None:
    house_settings.add_own_field(desk, "person", "Shoe size", Kind.NUMBER, None)
    [plain] = plain_people(desk, list(rows_of(desk, [ay.id]).values()), {})
    names = {field.id.partition(".")[2] for field in what_happened.without_it(desk.fields(Person))}
    assert "exploitation_types" not in {*names, *plain}, "what happened leaves in no list"
    assert OWN in names
    assert names - set(plain) == set()


# --- forms --------------------------------------------------------------------------------------------------------


def test_every_field_has_an_editor_that_hands_back_what_it_was_given(desk: Desk, ay: Person, seat: Seat) -> None:
    for field in DECLARED:
        value = sample(desk, field)
        editor = editor_for(field, seat)
        assert editor.value() in (None, frozenset()), field.id
        editor.set_value(value)
        assert editor.value() == value, field.id
        editor.set_value(None)
        assert editor.value() in (None, frozenset()), field.id
        editor.widget.deleteLater()


def forms_of(desk: Desk, seat: Seat, person: Person) -> Mapping[str, list[RecordForm | InlineForm]]:
    """Return the forms of every kind of record: of a new one, and where they differ of one that stands."""
    records = filled_records_of(desk, person)
    plan, milestone, stay = records["plan"], records["milestone"], records["stay"]
    assert isinstance(plan, Plan)
    assert isinstance(milestone, Milestone)
    assert isinstance(stay, Stay)
    domain = milestone.domain
    incident = incidents.open_incidents(desk)[0]
    return {
        "service": [ServiceForm(seat, None, person.id)],
        "note": [NoteForm(seat, None, person.id)],
        "file": [FileForm(seat, None, person.id)],
        "milestone": [MilestoneForm(seat, plan, None, domain), MilestoneForm(seat, plan, milestone, domain)],
        "goal": [GoalForm(seat, plan, None, domain)],
        "shift_line": [line_form(seat, shifts.shift_now(desk), [])],
        "medicine": [medicine_form(seat, [])],
        "house_incident": [incident_form(seat, []), closing_form(seat, incident.record, "Smoke")],
        "incident_step": [step_form(seat, [incident], None)],
        "next_step": [NextStepForm(seat, person.id, None)],
        "plan": [PlanForm(seat, person.id, None), PlanForm(seat, person.id, plan)],
        "rating": [RatingForm(seat, person.id)],
        "placement": [
            PlacementForm(seat, known=False, asks_person=True),
            PlacementForm(seat, known=True, asks_person=False),
        ],
        "partner": [PartnerForm(seat, Partner)],
        "provider": [ProviderForm(seat)],
        "arrival_request": [CallForm(seat), CallForm(seat, records["arrival_request"])],  # type: ignore[arg-type]
        "authority_request": [request_form(seat), request_form(seat, person.id)],
        "absence": [absence_form(seat, person.id), absence_form(seat, person.id, records["absence"])],
        "visit": [visit_form(seat, person.id)],
        "belonging": [belonging_form(seat, person.id), belonging_form(seat, person.id, records["belonging"])],
        "bed_hold": [hold_form(seat, rooms.beds_of(desk)[0].id)],
        "follow_up": [follow_up_form(seat, person.id)],
        "consent": [consent_form(seat, person)],
        "relation": [relation_form(seat, person)],
        "child_care": [child_care_form(seat, person.id)],
        "identity_document": [document_form(seat, person.id)],
        "contact": [contact_form(seat, person.id)],
        "stay": [arrival_form(seat, person.id), correct_form(seat, stay)],
        "status_since": [happened.status_form(seat, person.id)],
        "told_topic": [happened.topic_form(seat, person.id, "signs", None)],
        "exploitation": [happened.circumstances_form(seat, person.id, None)],
        "harm_event": [happened.event_form(seat, person.id)],
        "labour_signs": [happened.signs_form(seat, person.id, None)],
        "gbv_incident": [happened.incident_form(seat, person.id)],
        "who_harmed": [happened.who_form(seat, person.id)],
        "alert": [alert_form(seat, person.id)],
        "risk_since": [risk_form(seat, person.id)],
        "safety_plan": [safety_plan_form(seat, person.id)],
        "deadline": [deadline_form(seat, person.id, kind) for kind in deadlines.IN_ORDER],
        "legal_matter": [
            matter_form(seat, person.id),
            matter_form(seat, person.id, records["legal_matter"]),  # type: ignore[arg-type]
            end_form(seat, records["legal_matter"]),  # type: ignore[arg-type]
        ],
        "episode": [
            psychology.episode_form(seat, person.id),
            psychology.episode_form(seat, person.id, records["episode"]),  # type: ignore[arg-type]
            psychology.end_form(seat, records["episode"]),  # type: ignore[arg-type]
        ],
        "episode_goal": [psychology.goal_form(seat, records["episode"])],  # type: ignore[arg-type]
        "screening": [screening_form(seat, person.id)],
        "matter_stage": [stage_form(seat, records["legal_matter"])],  # type: ignore[arg-type]
        "task": [TaskForm(seat, None, person.id)],
        "appointment": [
            appointment_form(seat, person.id),
            appointment_form(seat, person.id, records["appointment"]),  # type: ignore[arg-type]
            change_form(seat),
        ],
        "need": [need_form(seat, person.id)],
        "phase_since": [phase_form(seat, person.id)],
        "worker_since": [worker_form(seat, person.id)],
        "referral": [referral_form(seat, person.id)],
        "referral_out": [referral_out_form(seat, person.id)],
    }


def test_every_field_has_a_row_and_a_new_one_gets_it_without_being_named(desk: Desk, ay: Person, seat: Seat) -> None:
    with desk.write(Act.CHANGE_SETTINGS) as db:
        # One site is nothing to choose from.
        db.add(Site(code="N"))
    for name in KINDS_WITH_FORMS:
        house_settings.add_own_field(desk, name, f"New in {name}", Kind.NUMBER, None)
    made = forms_of(desk, seat, ay)
    assert set(made) == KINDS_WITH_FORMS
    for name, shown in made.items():
        forms = [one.form if isinstance(one, InlineForm) else one for one in shown]
        rows = {field.id for form in forms for field in form.fields}
        wanted = {field.id for field in desk.rest(RECORDS[name], ())}
        assert wanted - rows - WITHOUT_A_ROW == set(), name
        for form in forms:
            assert form.row(OWN).label.text() == f"New in {name}", name
            form.set(OWN, 12)
            assert form.values()[OWN] == 12, name
        for one in shown:
            one.deleteLater()


def test_every_group_of_a_person_has_its_section() -> None:
    groups = {field.group for field in Person.declared}
    assert {needs._SAFETY, what_happened.GROUP} == personal.ELSEWHERE
    assert groups >= personal.ELSEWHERE


def test_a_new_field_of_a_service_goes_all_the_way(desk: Desk, ay: Person, seat: Seat) -> None:
    house_settings.add_own_field(desk, "service", "Kilometres driven", Kind.NUMBER, None)
    form = ServiceForm(seat, None, ay.id)
    form.set(OWN, 38)
    service = form.store()
    form.deleteLater()
    assert ("Kilometres driven", "38") in lines_about(desk, ay, Act.ADD_SERVICE)

    again = ServiceForm(seat, service, ay.id)
    assert again.editor(OWN).value() == 38
    again.deleteLater()

    section = ServicesSection(seat)
    panel = section._panel(service)
    shown = [label.text() for label in panel.findChildren(Words)]
    assert shown[shown.index("Kilometres driven") + 1] == "38"
    panel.deleteLater()
    section.deleteLater()
