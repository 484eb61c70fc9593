"""Consents and referrals on screen: asked, narrowed, sent past nothing unsaid, printed, set up."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import docx
import msoffcrypto
import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from shelterdesk import (
    consents,
    drafts,
    house_settings,
    needs,
    people,
    person_history,
    person_reading,
    referrals,
    referrals_out,
    vocab,
)
from shelterdesk.access import rights_of
from shelterdesk.desk import Desk
from shelterdesk.documents.consent_forms import CONSENT_TO_DATA
from shelterdesk.partial_date import PartialDate
from shelterdesk.people import Person
from shelterdesk.referrals_out import ReferralOut
from tests.desks import TODAY
from tests.ui.conftest import acts_of
from tests.ui.record_acts import fill, record, words_on
from tests.ui.shots import settle
from ui.dialogs.print_consents import PrintConsentsDialog
from ui.dialogs.print_letter import PrintLetterDialog
from ui.draft_places import place_of, words_for
from ui.forms.sharing_forms import NEED
from ui.pages.resident.referral_panel import ReferralPanel
from ui.pages.settings.sharing import RULES, SharingSection
from ui.place import Place
from ui.window import Window

Go = Callable[..., Any]
CLINIC = "Klinika Ümid"


def agree(desk: Desk, person: Person, **values: Any) -> consents.Consent:
    given = {"purpose": "health", "recipient": CLINIC, "answer": "given", "answered_on": TODAY}
    return consents.record_consent(desk, person.id, **(given | values))


def prepared(desk: Desk, person: Person, **values: Any) -> ReferralOut:
    given = {"service": "health", "organisation": CLINIC, "details": "A check of her eyes."}
    return referrals_out.record_referral_out(desk, person.id, **(given | values))


def seen(form: Any) -> set[str]:
    return {field.attribute for field in form.fields if form.row(field.attribute).isVisible()}


def panel_of(section: Any, one: ReferralOut) -> ReferralPanel:
    section.out.toggle(one.id)
    settle()
    panel = section.out.table.editor()
    assert isinstance(panel, ReferralPanel)
    return panel


def press(qtbot: QtBot, widget: Any, name: str) -> None:
    button = widget.findChild(QPushButton, name)
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    settle()


# --- consents -----------------------------------------------------------------------------------------------------


def test_the_form_asks_what_belongs_to_the_answer_and_no_more(
    go: Go, window: Window, desk: Desk, aysel: Person
) -> None:
    form = go("consents", "new_consent").editor.form
    assert seen(form) == {"purpose", "answer", "answered_on"}
    fill(form, purpose="support", answer="given")
    assert seen(form) == {"purpose", "answer", "answered_on", "until", "way", "told"}
    fill(form, purpose="share_partner")
    assert {"recipient", "parts"} <= seen(form)
    fill(form, way="guardian")
    assert {"given_by", "assent"} <= seen(form)
    window.run("save")
    settle()
    assert form.row("recipient").problem(), "a yes needs its name"
    assert consents.consents_of(desk, aysel.id) == []
    fill(form, recipient=CLINIC)
    window.run("save")
    settle()
    assert [one.recipient for one in consents.consents_of(desk, aysel.id)] == [CLINIC]


def test_for_a_child_guardian_and_child_are_asked_at_once(go: Go, desk: Desk, aysel: Person) -> None:
    people.change_person(desk, person_reading.read_person(desk, aysel.id), birth=PartialDate(2012))
    form = go("consents", "new_consent").editor.form
    fill(form, purpose="support", answer="given")
    assert {"given_by", "assent"} <= seen(form)


def test_only_the_answers_that_hold_are_shown_until_the_earlier_ones_unfold(
    qtbot: QtBot, go: Go, desk: Desk, aysel: Person
) -> None:
    agree(desk, aysel, answered_on=TODAY - timedelta(days=9))
    agree(desk, aysel, answer="withdrawn")
    section = go("consents")
    assert section.card.table.model().rowCount() == 1
    assert section.earlier.text() == "1 earlier answer"
    qtbot.mouseClick(section.earlier, Qt.MouseButton.LeftButton)
    assert section.card.table.model().rowCount() == 2
    section.refresh()
    assert section.card.table.model().rowCount() == 2


# --- referrals ----------------------------------------------------------------------------------------------------


def test_the_form_says_how_consent_stands_for_whom_is_typed(go: Go, desk: Desk, aysel: Person) -> None:
    agree(desk, aysel, parts=frozenset({"name"}))
    section = go("consents", "new_referral_out")
    form = section.editor.form
    assert not {"sent_on", "shared", "without_consent", "answered_on", "ended_on"} & seen(form)
    fill(form, service="health", organisation="Klinika Nur")
    assert "nobody has asked" in words_on(form.row("organisation"))
    fill(form, organisation="klinika umid")
    assert "She agreed, 17 Nov 2026" in words_on(form.row("organisation"))
    fill(form, state="sent")
    assert "without_consent" not in seen(form)
    fill(form, shared=frozenset({"name", "safety"}))
    assert "without_consent" in seen(form)
    assert "less" in words_on(form.row("organisation"))


def test_a_referral_goes_step_by_step_and_each_step_can_be_undone(
    qtbot: QtBot, go: Go, window: Window, desk: Desk, aysel: Person
) -> None:
    agree(desk, aysel)
    section = go("consents")
    one = prepared(desk, aysel)
    settle()
    for state in ("sent", "accepted", "done"):
        panel = section.out.table.editor() or panel_of(section, one)
        press(qtbot, panel, f"step_{state}")
        (kept,) = referrals_out.referrals_out_of(desk, aysel.id)
        assert kept.state == state
    assert (kept.sent_on, kept.answered_on, kept.ended_on) == (TODAY, TODAY, TODAY)
    qtbot.mouseClick(window.page().banner.acts()[0], Qt.MouseButton.LeftButton)
    settle()
    (kept,) = referrals_out.referrals_out_of(desk, aysel.id)
    assert (kept.state, kept.ended_on) == ("accepted", None)


def test_sent_without_consent_it_opens_and_asks_why(
    qtbot: QtBot, go: Go, window: Window, desk: Desk, aysel: Person
) -> None:
    one = prepared(desk, aysel)
    section = go("consents")
    press(qtbot, panel_of(section, one), "step_sent")
    form = section.editor.form
    assert form.row("without_consent").problem()
    assert form.editor("state").value() == "sent"
    assert referrals_out.referrals_out_of(desk, aysel.id)[0].state == "prepared"
    fill(form, without_consent="Danger to her life")
    window.run("save")
    settle()
    (kept,) = referrals_out.referrals_out_of(desk, aysel.id)
    assert (kept.state, kept.consent, kept.without_consent) == ("sent", "not_asked", "Danger to her life")
    assert "Danger to her life" in words_on(panel_of(section, kept))


def test_taken_out_by_mistake_it_comes_back(qtbot: QtBot, go: Go, window: Window, desk: Desk, aysel: Person) -> None:
    one = prepared(desk, aysel)
    section = go("consents")
    panel_of(section, one)
    window.run("archive")
    settle()
    assert referrals_out.referrals_out_of(desk, aysel.id) == []
    assert section.out.empty.isVisible()
    qtbot.mouseClick(window.page().banner.acts()[0], Qt.MouseButton.LeftButton)
    settle()
    assert len(referrals_out.referrals_out_of(desk, aysel.id)) == 1


def test_what_was_typed_about_a_referral_waits_on_today(go: Go, window: Window, desk: Desk, aysel: Person) -> None:
    section = go("consents", "new_referral_out")
    fill(section.editor.form, organisation=CLINIC, details="Half a sentence")
    window.go(Place("today"))
    settle()
    (draft,) = [one for one in drafts.my_drafts(desk) if one.record == "referral_out"]
    place = place_of(draft)
    assert place is not None
    window.go(place)
    settle()
    form = record(window).section().editor.form
    assert form.editor("details").value() == "Half a sentence"


def test_the_hours_stand_above_who_sent_her(go: Go, desk: Desk, aysel: Person) -> None:
    house_settings.put(desk, "department_clock", value=True)
    person_history.record_status(desk, aysel.id, status="potential", since=TODAY)
    made = referrals.record_referral(desk, aysel.id, source="ngo", referred_on=TODAY)
    section = go("consents")
    assert section.referred.clock.isVisible()
    assert "by 18 November 2026, 00:00" in section.referred.clock.text()
    referrals.change_referral(desk, made, department="declined")
    settle()
    assert not section.referred.clock.isVisible()


def test_the_menu_begins_a_referral_for_the_record_that_is_open(go: Go, window: Window, aysel: Person) -> None:
    go("overview")
    window.run("new_referral")
    settle()
    section = record(window).section()
    assert record(window).kind().id == "consents"
    assert section.editor.form.has("organisation")


def test_while_somebody_visits_no_organisation_is_shown(go: Go, window: Window, desk: Desk, aysel: Person) -> None:
    agree(desk, aysel)
    one = prepared(desk, aysel, contact="Dr. Sevil")
    referrals.record_referral(desk, aysel.id, source="ngo", organisation="Xəzər QHT")
    section = go("consents")
    window.run("visitor_mode")
    settle()
    rows = [section.out._row(one), *(section._row(found, past=False) for found in section._consents.values())]
    rows += [section.referred._row(found) for found in referrals.referrals_of(desk, aysel.id)]
    said = repr(rows) + words_on(panel_of(section, one))
    for secret in (CLINIC, "Sevil", "Xəzər", "eyes"):
        assert secret not in said


def test_who_only_reads_has_nothing_to_press(desk: Desk, aysel: Person, request: pytest.FixtureRequest) -> None:
    one = prepared(desk, aysel)
    desk.rights = rights_of(["nurse"])
    window: Window = request.getfixturevalue("window")
    window.go(Place("residents", "here_now", aysel.id, "consents", "new_referral_out"))
    settle()
    section = record(window).section()
    assert section.editor is None
    assert not section.out.add_button.isVisible()
    assert not section.forms.isVisible()
    panel = panel_of(section, one)
    assert [button.objectName() for button in panel.findChildren(QPushButton)] == ["close_referral"]


# --- papers -------------------------------------------------------------------------------------------------------


@pytest.fixture
def letter(qtbot: QtBot, go: Go, desk: Desk, aysel: Person) -> Iterator[PrintLetterDialog]:
    section = go("consents")
    dialog = PrintLetterDialog(section.seat, prepared(desk, aysel), section.window())
    dialog.left.connect(section.refresh)
    dialog.open()
    qtbot.waitExposed(dialog)
    yield dialog
    dialog.reject()
    settle()


def test_a_letter_past_a_missing_consent_waits_for_the_reason(
    letter: PrintLetterDialog, desk: Desk, aysel: Person, tmp_path: Path
) -> None:
    assert letter.reason.isVisible()
    assert letter.chosen() == {"name", "phone", "needs"}
    letter.print()
    letter.ask("pdf")
    assert letter.banner.isVisible()
    target = tmp_path / "letter.pdf"
    assert not letter.save(target, "pdf"), "even a way around the button is closed"
    assert not target.exists()
    assert not {"print", "export"} & set(acts_of(desk, aysel.id))
    letter.reason.set_text("A child is at risk")
    letter.parts["phone"].setChecked(False)
    assert letter.save(target, "pdf")
    words = " ".join(" ".join(page.extract_text() for page in PdfReader(target).pages).split())
    assert "Aysel" in words
    assert "without her consent" in words
    assert "+994" not in words
    (kept,) = referrals_out.referrals_out_of(desk, aysel.id)
    assert (kept.state, kept.without_consent, kept.shared) == ("sent", "A child is at risk", {"name", "needs"})
    assert "export" in acts_of(desk, aysel.id)


def test_a_letter_as_word_has_a_password_unless_switched_off(
    letter: PrintLetterDialog, desk: Desk, aysel: Person, tmp_path: Path
) -> None:
    letter.reason.set_text("An order of the court")
    assert letter.save(tmp_path / "a.docx", "docx")
    assert msoffcrypto.OfficeFile(io.BytesIO((tmp_path / "a.docx").read_bytes())).is_encrypted()
    assert "Password:" in letter.banner.accessibleName()
    letter.protect.setChecked(False)
    assert letter.save(tmp_path / "b.docx", "docx")
    docx.Document(str(tmp_path / "b.docx"))
    assert acts_of(desk, aysel.id).count("export") >= 2
    assert not letter.save(tmp_path / "nowhere" / "c.pdf", "pdf")
    assert "could not be written" in letter.banner.accessibleName()


def test_with_her_consent_nothing_is_asked(qtbot: QtBot, go: Go, desk: Desk, aysel: Person) -> None:
    agree(desk, aysel, parts=frozenset({"name", "needs"}))
    section = go("consents")
    dialog = PrintLetterDialog(section.seat, prepared(desk, aysel), section.window())
    dialog.open()
    qtbot.waitExposed(dialog)
    assert not dialog.reason.isVisible()
    assert dialog.chosen() == {"name", "needs"}
    assert dialog.is_ready()
    dialog.parts["phone"].setChecked(True)
    assert dialog.reason.isVisible()
    assert not dialog.is_ready()
    assert "less" in dialog.consent.text()
    dialog.reject()
    settle()


def test_the_forms_are_shown_filled_and_blank(
    qtbot: QtBot, go: Go, window: Window, desk: Desk, aysel: Person, tmp_path: Path
) -> None:
    section = go("consents")
    window.run("print")
    settle()
    dialog = section.window().findChild(PrintConsentsDialog)
    assert dialog is not None
    assert dialog.document.key is not None
    assert dialog.document.title == "My support here"
    dialog.papers[CONSENT_TO_DATA].setChecked(True)
    dialog.filled.set_value(False)
    dialog.show_paper()
    assert (dialog.document.title, dialog.document.key) == ("My data, and who may know it", None)
    assert dialog.save(tmp_path / "form.pdf", "pdf")
    assert len(PdfReader(tmp_path / "form.pdf").pages) <= 3
    assert "export" in acts_of(desk)
    assert "export" not in acts_of(desk, aysel.id), "a blank form is about nobody"
    dialog.reject()
    settle()


# --- settings -----------------------------------------------------------------------------------------------------


def test_hours_and_house_rules_are_set(qtbot: QtBot, window: Window, desk: Desk) -> None:
    window.go(Place("settings", section="sharing"))
    settle()
    page: Any = window.page()
    section = page.sections["sharing"]
    section.adults.chosen.emit(48)
    assert (house_settings.get(desk, "department_clock"), house_settings.get(desk, "department_hours")) == (True, 48)
    section.children_.chosen.emit(12)
    section.adults.chosen.emit(0)
    section.show_now()
    assert (section.adults.value(), section.children_.value()) == (0, 12)
    section.rules.setFocus()
    qtbot.keyClicks(section.rules, "We knock.")
    section.show_now()
    assert section.rules.text() == "We knock.", "what is being written stays"
    qtbot.mouseClick(section.save_rules, Qt.MouseButton.LeftButton)
    assert house_settings.get(desk, "house_rules") == ["We knock."]
    qtbot.mouseClick(section.usual, Qt.MouseButton.LeftButton)
    assert house_settings.get(desk, "house_rules") == []


def test_house_rules_that_are_being_written_outlast_a_lock(qtbot: QtBot, window: Window, desk: Desk) -> None:
    window.go(Place("settings", section="sharing"))
    settle()
    page: Any = window.page()
    section = page.sections["sharing"]
    qtbot.keyClicks(section.rules, "We knock.")
    assert section.unsaved.isVisible()
    window.keep_drafts()
    (draft,) = drafts.my_drafts(desk, extra_fields=(RULES,))
    assert draft.values == {"house_rules": "We knock."}
    assert place_of(draft) == Place("settings", section="sharing")
    assert words_for(draft) == "House rules"
    again = SharingSection(window.seat)
    qtbot.addWidget(again)
    again.show_now()
    assert again.rules.text() == "We knock."
    again.rules.insertPlainText("We ask first.\n")
    again.keep_drafts()
    assert len(drafts.my_drafts(desk)) == 1, "it goes on as the same draft"
    again.save_rules.click()
    assert house_settings.get(desk, "house_rules") == ["We ask first.", "We knock."]
    assert drafts.my_drafts(desk) == []
    again.keep_drafts()
    assert drafts.my_drafts(desk) == []


def test_every_choice_that_was_made_can_be_seen_in_the_form(go: Go, window: Window, desk: Desk, aysel: Person) -> None:
    every = frozenset(code.code for code in vocab.SHARED_PARTS)
    agree(desk, aysel)
    one = prepared(desk, aysel, state="sent", shared=every)
    window.resize(1000, 600)
    section = go("consents")
    section.go_on_with(one, "")
    settle()
    field = section.editor.form.editor("shared").field
    chips = [chip for chip in field._chips.findChildren(QPushButton) if chip.isVisible()]
    assert len(chips) == len(every)
    assert all(chip.geometry().bottom() < field._chips.height() for chip in chips), "none lies below the edge"
    assert field.adder.geometry().top() >= field._chips.geometry().bottom()


def test_a_need_is_sent_on_and_its_draft_remembers_it(
    qtbot: QtBot, window: Window, desk: Desk, aysel: Person, go: Go
) -> None:
    need = needs.record_need(desk, aysel.id, kind="dental_care", words="Her front tooth hurts")
    section = go("needs")
    section.edit_need(need.id)
    settle()
    press(qtbot, section.editor, "refer-need")
    settle()
    page: Any = window.page()
    form = page.record.section().editor.form
    assert form.read("service") == "health"
    assert not form.read("details"), "what she said was not said to others"
    fill(form, organisation=CLINIC)
    window.go(Place("today"))
    settle()
    (draft,) = drafts.my_drafts(desk, extra_fields=(NEED,))
    window.go(place_of(draft))
    settle()
    window.run("save")
    settle()
    (made,) = referrals_out.referrals_out_of(desk, aysel.id)
    assert (made.service, made.organisation) == ("health", CLINIC)
    assert needs.need_with(desk, need.id).referral_id == made.id
