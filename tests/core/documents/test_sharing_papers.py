"""Letters of referral and consent forms: only what was chosen, whether she agreed, and logged when they leave."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest

from shelterdesk import consents, house_settings, people, plans, referrals_out, restrictions, rooms
from shelterdesk.access import Role
from shelterdesk.desk import Desk
from shelterdesk.documents import consent_forms, referral_letter
from shelterdesk.documents.blocks import Aside, Boxed, Checks, Document, Row, Table, Tick
from shelterdesk.documents.consent_forms import CONSENT_TO_DATA, CONSENT_TO_SERVICES
from shelterdesk.documents.referral_letter import Letter
from shelterdesk.documents.word import docx_bytes
from shelterdesk.errors import NotAllowed
from shelterdesk.partial_date import PartialDate
from shelterdesk.people import Person
from shelterdesk.reach import NeedsReason
from shelterdesk.referrals_out import ReferralOut
from shelterdesk.schema import log_reading
from shelterdesk.sharing import ConsentMissing, Standing
from tests.core.seats import seat

CLINIC = "Klinika Ümid"


@pytest.fixture
def ay(desk: Desk) -> Person:
    person = people.add_person(
        desk, short_name="Ayselcik", given_names="Aysel", family_name="Mehdiyeva", birth=PartialDate(1999),
        languages={"az"}, needs_interpreter=True, phone="050 111 22 33", phone_when="after 18:00",
        safety="No visits", exploitation_types=frozenset({"sexual"}), must_know="Brother must not know",
    )  # fmt: skip
    plan = plans.add_plan(desk, person.id)
    plans.set_goal(desk, plan, "work", words="I sew for my living")
    return person


@pytest.fixture
def out(desk: Desk, ay: Person) -> ReferralOut:
    return referrals_out.record_referral_out(
        desk, ay.id, service="health", organisation=CLINIC, details="A check of her eyes."
    )


def agree(desk: Desk, person: Person, **values: Any) -> None:
    given = {"purpose": "health", "recipient": CLINIC, "answer": "given", "answered_on": desk.today()}
    consents.record_consent(desk, person.id, **(given | values))


def standing(desk: Desk, one: ReferralOut) -> Standing:
    return referrals_out.standing_of(desk, one.person_id, one.service, one.organisation)


def letter(desk: Desk, one: ReferralOut, *parts: str) -> Document:
    return referral_letter.referral_letter(desk, one, standing(desk, one), frozenset(parts), "en")


def about(document: Document) -> dict[str, str]:
    return {one.label: one.text for one in document.blocks if isinstance(one, Aside)}


def consent_words(document: Document) -> str:
    return next(one.text for one in document.blocks if isinstance(one, Boxed))


# --- the letter ---------------------------------------------------------------------------------------------------


def test_it_says_what_was_chosen_and_nothing_else(desk: Desk, ay: Person, out: ReferralOut) -> None:
    bare = letter(desk, out)
    assert about(bare) == {}
    words = repr(bare)
    for secret in ("Aysel", "Mehdiyeva", "1999", "050", "eyes", "No visits", "sew"):
        assert secret not in words
    full = about(letter(desk, out, "name", "birth", "language", "phone", "plan", "safety", "needs"))
    assert full["Name"] == "Aysel Mehdiyeva"
    assert full["Phone"] == "050 111 22 33. after 18:00"
    assert full["Languages spoken"].endswith("Needs an interpreter")
    assert "I sew for my living" in full["Goals of her plan"]
    assert "A check of her eyes." in repr(letter(desk, out, "needs"))
    everything = repr(letter(desk, out, *referral_letter.parts_of(desk, out, "en")))
    for never in ("exual", "Brother", "Ayselcik"):
        assert never not in everything, "what happened, and what the house must know, is never offered"


def test_only_what_is_on_file_is_offered_and_little_is_ticked(desk: Desk, ay: Person, out: ReferralOut) -> None:
    known = referral_letter.parts_of(desk, out, "en")
    assert "citizenship" not in known
    assert "status" not in known
    assert referral_letter.usual_parts(standing(desk, out), known) == {"name", "language", "phone", "needs"}
    agree(desk, ay, parts=frozenset({"name", "birth", "papers"}))
    assert referral_letter.usual_parts(standing(desk, out), known) == {"name", "birth", "papers"}


def test_it_names_no_shelter_and_its_answer_page_nobody(desk: Desk, out: ReferralOut) -> None:
    rooms.change_house(desk, rooms.sites_of(desk)[0], name="Haven of the Sea")
    document = letter(desk, out, "name")
    assert "Haven" not in repr(document)
    heading = next(number for number, one in enumerate(document.blocks) if getattr(one, "text", "") == "Answer")
    assert "Aysel" not in repr(document.blocks[heading:])
    assert out.organisation not in document.file_name


def test_it_says_whether_she_agreed(desk: Desk, ay: Person, out: ReferralOut) -> None:
    assert consent_words(letter(desk, out, "name")).startswith("This is passed on without her consent")
    agree(desk, ay, way="thumb", parts=frozenset({"name"}))
    said = consent_words(letter(desk, out, "name"))
    assert said == f"She agreed that this is shared with «{CLINIC}». Thumbprint, 17 November 2026."
    assert "not to all of it" in consent_words(letter(desk, out, "name", "safety"))


def test_it_leaves_with_consent_or_a_reason_and_the_referral_is_sent(desk: Desk, ay: Person, out: ReferralOut) -> None:
    with pytest.raises(ConsentMissing):
        referral_letter.note_referral_letter(desk, out, standing(desk, out), parts={"name"}, how="docx")
    (untouched,) = referrals_out.referrals_out_of(desk, ay.id)
    assert (untouched.state, untouched.shared) == ("prepared", frozenset())
    sent = referral_letter.note_referral_letter(
        desk, out, standing(desk, out), parts={"name"}, how="pdf", why="A child is at risk"
    )
    assert (sent.state, sent.sent_on, sent.way) == ("sent", desk.today(), "letter")
    assert (sent.consent, sent.without_consent, sent.shared) == ("not_asked", "A child is at risk", {"name"})
    agree(desk, ay)
    again = referral_letter.note_referral_letter(desk, sent, standing(desk, sent), parts={"needs"}, how="print")
    assert (again.consent, again.shared) == ("given", {"name", "needs"})
    with desk.read() as db:
        rows = [row for row in log_reading.logged(db, person_id=ay.id) if row.act in ("print", "export")]
    facts = [{one.field_id: one.after for one in row.changes if one.field_id.startswith("log.")} for row in rows]
    assert [one.get("log.consent") for one in facts if "log.how" in one] == ["given", "not_asked"]
    assert "A child is at risk" in {one.get("log.why") for one in facts}


def test_the_blank_one_holds_nothing_and_has_room(desk: Desk) -> None:
    document = referral_letter.letter_document(Letter(), "en")
    assert document.key is None
    assert not any(isinstance(one, Aside | Boxed) for one in document.blocks)
    referral_letter.note_blank_letter(desk, "print")
    with pytest.raises(NotAllowed):
        referral_letter.note_blank_letter(seat(desk, Role.NIGHT_WORKER), "print")


def test_who_may_not_refer_or_gave_no_reason_gets_no_letter(desk: Desk, ay: Person, out: ReferralOut) -> None:
    with pytest.raises(NotAllowed):
        referral_letter.parts_of(seat(desk, Role.NURSE), out, "en")
    restrictions.restrict(desk, ay.id, "Her brother is with the police")
    with pytest.raises(NeedsReason):
        referral_letter.parts_of(seat(desk, Role.SOCIAL_WORKER), out, "en")


def test_as_a_word_file_it_says_the_same(desk: Desk, out: ReferralOut) -> None:
    made = docx.Document(io.BytesIO(docx_bytes(letter(desk, out, "name", "needs"))))
    words = "\n".join([paragraph.text for paragraph in made.paragraphs] + [
        cell.text for table in made.tables for row in table.rows for cell in row.cells
    ])  # fmt: skip
    for said in ("Aysel Mehdiyeva", "A check of her eyes.", CLINIC, "without her consent"):
        assert said in words


# --- the forms ----------------------------------------------------------------------------------------------------


def rows_of(document: Document) -> list[Row]:
    return list(next(one for one in document.blocks if isinstance(one, Table)).rows)


def test_the_form_about_data_is_filled_with_the_answers_that_hold(desk: Desk, ay: Person) -> None:
    agree(desk, ay, told=frozenset({"interview", "withdrawal"}))
    agree(desk, ay, purpose="share_employer", recipient="Bakery", answer="withdrawn")
    agree(desk, ay, purpose="share_employer", recipient="Tailor", answer="not_asked")
    document = consent_forms.consent_to_data(consent_forms.form_facts(desk, ay.id, "en"), "en")
    found = {(row.cells[0], row.cells[1]): row.cells[2:4] for row in rows_of(document) if row.cells[0]}
    yes, no, none = (Tick(ticked=True), Tick()), (Tick(), Tick(ticked=True)), (Tick(), Tick())
    assert found["Sharing with health services", CLINIC] == yes
    assert found["Sharing with a named employer or school", "Bakery"] == no
    assert found["Sharing with a named employer or school", "Tailor"] == none
    assert found["Support and keeping a record", "–"] == none
    told = next(one for one in document.blocks if isinstance(one, Checks))
    assert [check.ticked for check in told.items] == [True, False, False, False, False, False, True]
    assert document.key is not None
    assert document.key.value == ay.code
    assert "Aysel" not in repr(document)


def test_blank_ones_are_for_every_shift_and_hold_nothing(desk: Desk, ay: Person) -> None:
    night = seat(desk, Role.NIGHT_WORKER)
    facts = consent_forms.form_facts(night, None, "en")
    assert not any(
        tick.ticked for row in rows_of(consent_forms.consent_to_data(facts, "en")) for tick in row.cells[2:4]
    )
    consent_forms.note_consent_form(night, None, what=CONSENT_TO_SERVICES, how="print")
    with pytest.raises(NotAllowed):
        consent_forms.form_facts(night, ay.id, "en")


def test_house_rules_are_the_shelters_own_where_it_wrote_any(desk: Desk) -> None:
    usual = consent_forms.consent_to_services(consent_forms.form_facts(desk, None, "en"), "en")
    assert "location on my phone" in repr(usual)
    house_settings.put(desk, "house_rules", ["We knock at every door."])
    own = consent_forms.consent_to_services(consent_forms.form_facts(desk, None, "en"), "en")
    assert "We knock at every door." in repr(own)
    assert "location on my phone" not in repr(own)


def test_a_childs_form_asks_guardian_and_child(desk: Desk) -> None:
    child = people.add_person(desk, short_name="Nur", birth=PartialDate(2013))
    grown = people.add_person(desk, short_name="Lale", birth=PartialDate(1990))
    for make in (consent_forms.consent_to_services, consent_forms.consent_to_data):
        asks = {
            person.short_name: "Guardian" in repr(make(consent_forms.form_facts(desk, person.id, "en"), "en"))
            for person in (child, grown)
        }
        assert asks == {"Nur": True, "Lale": False}


def test_a_form_that_leaves_is_logged(desk: Desk, ay: Person) -> None:
    consent_forms.note_consent_form(desk, ay.id, what=CONSENT_TO_DATA, how="docx")
    with desk.read() as db:
        row = next(row for row in log_reading.logged(db, person_id=ay.id) if row.act == "export")
    assert {one.after for one in row.changes} == {CONSENT_TO_DATA, "docx"}
    restrictions.restrict(desk, ay.id, "Her brother is with the police")
    with pytest.raises(NeedsReason):
        consent_forms.note_consent_form(seat(desk, Role.SOCIAL_WORKER), ay.id, what=CONSENT_TO_DATA, how="docx")
