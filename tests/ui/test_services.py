"""Services: the form with the keyboard, notes that follow the kind, drafts, undo, lists, and what stays sealed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from shelterdesk import appointments, deadlines, drafts, milestones, people, plans, services, stays
from shelterdesk.desk import Desk
from shelterdesk.people import Person
from shelterdesk.services import Service
from shelterdesk.vault import Compartment
from tests.ui.shots import settle
from ui.forms.service_form import EXTRA
from ui.pages.resident.legal import LegalSection
from ui.pages.resident.services import ServicesSection
from ui.pages.services.entry import ServiceEntry
from ui.pages.services.page import ServicesPage
from ui.pages.services.register import RegisterPage
from ui.place import Place
from ui.widgets.buttons import LinkButton
from ui.widgets.table_view import TableGroup
from ui.window import Window

TODAY = date(2026, 11, 17)
KEY = Qt.Key


@pytest.fixture
def aysel(desk: Desk) -> Person:
    person = people.add_person(desk, short_name="Aysel M.")
    stays.add_stay(desk, person.id, arrived_on=TODAY - timedelta(days=47))
    return person


@pytest.fixture
def active(qtbot: QtBot, window: Window) -> Window:
    with qtbot.waitActive(window):
        window.activateWindow()
    return window


@pytest.fixture
def open_form(active: Window) -> Callable[..., ServiceEntry]:
    def go(person_id: UUID | None = None, doing: str = "new_service", about: UUID | None = None) -> ServiceEntry:
        active.go(Place("services", person_id=person_id, doing=doing, about=about))
        settle()
        page: Any = active.page()
        assert isinstance(page, ServicesPage)
        assert isinstance(page.form, ServiceEntry)
        return page.form

    return go


def give(desk: Desk, person: Person, kind: str = "psychological_session", days: int = 0, **values: Any) -> Service:
    more: dict[str, Any] = {"outcome": "took_place", "given_by": desk.me.id, "minutes": 50} | values
    return services.add_service(desk, person.id, kind=kind, given_on=TODAY - timedelta(days=days), **more)


def lose_key(desk: Desk, compartment: Compartment) -> None:
    """Take a key out of the ring, as if it had never been granted."""
    ring = desk.vault.ring
    ring._boxes.pop(compartment)
    ring._keys.pop(compartment)


def choose(form: Any, attribute: str, value: Any) -> None:
    editor = form.editor(attribute)
    editor.set_value(value)
    editor.choice.chosen.emit(value)


def focused() -> Any:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def words_on(widget: Any) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_a_service_is_recorded_with_the_keyboard_and_undone(
    qtbot: QtBot, desk: Desk, aysel: Person, open_form: Callable[..., ServiceEntry], active: Window
) -> None:
    page = open_form(aysel.id)
    assert page.whose.text() == "for Aysel M."
    qtbot.keyClicks(focused(), "Psychological s")
    # Keys go to the list of what was found, as long as it is open.
    qtbot.keyClick(QApplication.activePopupWidget(), KEY.Key_Tab)
    assert page.form.kind_value() == "psychological_session"
    qtbot.keyClick(focused(), KEY.Key_Minus)
    for _step in range(2):
        qtbot.keyClick(focused(), KEY.Key_Tab)
    qtbot.keyClicks(focused(), "50")
    page.form.row("team_note").editor.setFocus()
    qtbot.keyClicks(focused(), "Came on time.")
    page.form.row("clinical_note").editor.setFocus()
    qtbot.keyClicks(focused(), "Slept well.")
    qtbot.keyClick(active, KEY.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle()
    saved = services.services_of(desk, aysel.id)
    assert [(one.kind, one.given_on, one.minutes, one.team_note, one.clinical_note) for one in saved] == [
        ("psychological_session", TODAY - timedelta(days=1), 50, "Came on time.", "Slept well.")
    ]
    assert saved[0].given_by == desk.me.id
    shown: Any = active.page()
    assert isinstance(shown.record.section(), ServicesSection)
    assert shown.banner.accessibleName() == "Service saved"
    active.setFocus()
    active.run("undo")
    settle()
    assert services.services_of(desk, aysel.id) == []


def test_next_session_must_be_later_and_the_page_says_so_twice(
    qtbot: QtBot, desk: Desk, aysel: Person, open_form: Callable[..., ServiceEntry]
) -> None:
    page = open_form(aysel.id)
    line = page.form.row("next_on").editor
    line.setFocus()
    qtbot.keyClicks(line, "10.11.2026")
    qtbot.keyClick(line, KEY.Key_Tab)
    qtbot.keyClicks(focused(), "Session 8")
    page.save()
    settle()
    said = "Next session must be after 17 November 2026"
    assert page.form.row("next_on").problem() == said
    assert f"One thing to change before saving: {said}" in page.banner.accessibleName()
    assert page.form.row("next_on").isAncestorOf(focused())
    assert services.services_of(desk, aysel.id) == []
    focused().selectAll()
    qtbot.keyClicks(focused(), "24.11.2026")
    assert page.save()
    coming = appointments.appointments_of(desk, aysel.id, TODAY)
    assert [(one.on, one.words) for one in coming] == [(date(2026, 11, 24), "Session 8")]


def test_the_restricted_note_follows_the_kind_with_its_words(
    desk: Desk, aysel: Person, open_form: Callable[..., ServiceEntry]
) -> None:
    page = open_form(aysel.id)
    choose(page.form, "kind", "psychological_session")
    assert page.form.row("clinical_note").isVisible()
    page.form.editor("clinical_note").set_value("Words for the lawyer.")
    choose(page.form, "kind", "legal_advice")
    settle()
    assert not page.form.row("clinical_note").isVisible()
    assert page.form.row("legal_note").isVisible()
    assert "Readable by lawyers only" in page.form.row("legal_note").editor.accessibleDescription()
    assert page.save()
    saved = services.services_of(desk, aysel.id)[0]
    assert (saved.clinical_note, saved.legal_note) == (None, "Words for the lawyer.")


def test_who_lacks_the_key_gets_no_box_and_is_told_why(
    desk: Desk, aysel: Person, open_form: Callable[..., ServiceEntry]
) -> None:
    lose_key(desk, Compartment.CLINICAL)
    page = open_form(aysel.id)
    choose(page.form, "kind", "psychological_session")
    settle()
    assert not page.form.has("clinical_note")
    assert page.form.no_key.isVisible()
    assert "«Clinical notes» are written by those who hold their key" in words_on(page.form.no_key)


def test_save_and_add_another_keeps_day_and_kind_and_asks_for_the_person_again(
    qtbot: QtBot, desk: Desk, aysel: Person, open_form: Callable[..., ServiceEntry], active: Window
) -> None:
    people.add_person(desk, short_name="Botir")
    page = open_form()
    assert not page.save()
    assert page.form.row("person_id").problem() == "Choose whose service it was"
    page.form.row("person_id").editor.setFocus()
    qtbot.keyClicks(focused(), "aysel")
    qtbot.keyClick(focused(), KEY.Key_Tab)
    assert page.form.person_id == aysel.id
    choose(page.form, "kind", "clothing")
    page.form.set("given_on", TODAY - timedelta(days=2))
    page.form.set("team_note", "A warm coat.")
    qtbot.keyClick(active, KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert [one.kind for one in services.services_of(desk, aysel.id)] == ["clothing"]
    assert page.isVisible()
    assert page.form.person_id is None
    assert page.form.kind_value() == "clothing"
    assert page.form.day() == TODAY - timedelta(days=2)
    assert page.form.editor("team_note").value() is None
    assert page.banner.accessibleName() == "Service saved"


def test_a_draft_survives_leaving_and_is_gone_after_saving(
    qtbot: QtBot, desk: Desk, aysel: Person, open_form: Callable[..., ServiceEntry], active: Window
) -> None:
    page = open_form(aysel.id)
    choose(page.form, "kind", "legal_advice")
    page.form.row("legal_note").editor.setFocus()
    qtbot.keyClicks(focused(), "Ask about the wages.")
    page.form.row("next_on").editor.setFocus()
    qtbot.keyClicks(focused(), "+3")
    qtbot.keyClick(focused(), KEY.Key_Tab)
    active.go(Place("today"))
    settle()
    kept = drafts.my_drafts(desk, extra_fields=EXTRA)
    assert len(kept) == 1
    assert kept[0].values["legal_note"] == "Ask about the wages."
    again = open_form(aysel.id, about=kept[0].target_id)
    values = again.form.values()
    assert (values["kind"], values["next_on"]) == ("legal_advice", TODAY + timedelta(days=3))
    assert again.save()
    assert drafts.my_drafts(desk) == []
    assert services.services_of(desk, aysel.id)[0].id == kept[0].target_id


def test_a_service_is_changed_and_put_back(
    desk: Desk, aysel: Person, open_form: Callable[..., ServiceEntry], active: Window
) -> None:
    one = give(desk, aysel, clinical_note="Slept well.")
    page = open_form(aysel.id, "edit_service", one.id)
    page.form.set("minutes", 30)
    assert page.save()
    settle()
    assert services.services_of(desk, aysel.id)[0].minutes == 30
    active.setFocus()
    active.run("undo")
    settle()
    again = services.services_of(desk, aysel.id)[0]
    assert (again.minutes, again.clinical_note) == (50, "Slept well.")


def test_beside_the_form_stand_earlier_sessions_the_plan_and_what_comes(
    desk: Desk, aysel: Person, open_form: Callable[..., ServiceEntry]
) -> None:
    plan = plans.add_plan(desk, aysel.id, agreed_on=TODAY - timedelta(days=40))
    milestones.add_milestone(
        desk, plan, domain="health", kind="psychological_sessions", words="Eight psychological sessions",
        due_on=date(2026, 12, 18), status="under_way",
    )  # fmt: skip
    for days in (7, 14, 60):
        give(desk, aysel, days=days, team_note="sleep and rest")
    give(desk, aysel, "legal_advice", 3)
    appointments.add_appointment(desk, aysel.id, kind="court", on=TODAY + timedelta(days=2))
    page = open_form(aysel.id)
    choose(page.form, "kind", "psychological_session")
    settle()
    said = words_on(page.side)
    assert "3 so far" in said
    assert "With this one 3 of 8. Due 18 December." in said
    assert "Coming up" in said


def test_the_section_opens_a_service_in_place_and_shows_its_note_only_on_request(
    qtbot: QtBot, desk: Desk, aysel: Person, active: Window
) -> None:
    give(desk, aysel, clinical_note="Slept five nights out of seven.", team_note="Came on time.")
    active.go(Place("residents", "here_now", aysel.id, "services"))
    settle()
    page: Any = active.page()
    section = page.record.section()
    assert isinstance(section, ServicesSection)
    rows = section.rows.above
    rows.setFocus()
    row = rows.current_row()
    assert row is not None
    assert (row.title, row.detail, row.third) == ("Psychological session", "Came on time.", "50 min")
    assert "Slept five nights" not in row.words()
    qtbot.keyClick(rows, KEY.Key_Return)
    settle()
    panel = section.rows.panel()
    assert panel is not None
    assert "Slept five nights" not in words_on(panel)
    show = panel.findChild(QPushButton, "show_sealed")
    show.setFocus()
    qtbot.keyClick(show, KEY.Key_Space)
    assert "Slept five nights out of seven." in words_on(panel)
    active.run("cancel")
    settle()
    assert section.rows.panel() is None


def test_a_hearing_that_only_a_service_names_is_put_among_the_dates_from_there(
    qtbot: QtBot, desk: Desk, aysel: Person, active: Window, open_form: Callable[..., ServiceEntry]
) -> None:
    page = open_form(aysel.id)
    choose(page.form, "kind", "legal_advice")
    page.form.editor("legal_next_hearing").set_value(TODAY + timedelta(days=9))
    assert page.save()
    settle()
    shown: Any = active.page()
    assert "Its hearing is not among the dates yet" in shown.banner.accessibleName()
    section = shown.record.section()
    assert isinstance(section, ServicesSection)
    section.rows.above.setFocus()
    qtbot.keyClick(section.rows.above, KEY.Key_Return)
    settle()
    panel = section.rows.panel()
    assert panel is not None
    link = next(one for one in panel.findChildren(LinkButton) if one.text() == "Put the hearing among the dates")
    link.setFocus()
    qtbot.keyClick(link, KEY.Key_Space)
    settle()
    legal = shown.record.section()
    assert isinstance(legal, LegalSection)
    assert legal.editor is not None
    assert legal.editor.save()
    settle()
    (one,) = deadlines.deadlines_of(desk, aysel.id)
    assert (one.kind, one.until) == ("court_date", TODAY + timedelta(days=9))
    (service,) = services.services_of(desk, aysel.id)
    page = open_form(aysel.id, "edit_service", service.id)
    page.form.editor("team_note").set_value("She asked for a lawyer.")
    assert page.save()
    settle()
    assert shown.banner.accessibleName() == "Service saved"


def test_without_the_key_the_section_says_sealed_and_holds_no_words(desk: Desk, aysel: Person, active: Window) -> None:
    one = give(desk, aysel, clinical_note="Slept five nights out of seven.")
    lose_key(desk, Compartment.CLINICAL)
    active.go(Place("residents", "here_now", aysel.id, "services", "", one.id))
    settle()
    page: Any = active.page()
    panel = page.record.section().rows.panel()
    assert panel is not None
    assert "Sealed. You do not hold the key of these words." in words_on(panel)
    assert panel.findChild(QPushButton, "show_sealed") is None
    assert not any("five nights" in label.text() for label in panel.findChildren(QLabel))


def test_the_list_shows_the_week_neutrally_and_filters_while_typing(
    qtbot: QtBot, desk: Desk, aysel: Person, active: Window
) -> None:
    botir = people.add_person(desk, short_name="Botir")
    give(desk, aysel, "court_accompaniment")
    give(desk, botir, "clothing", 1, outcome="declined", minutes=None)
    give(desk, botir, "food", 7)
    active.go(Place("services", list_id="register"))
    settle()
    page: Any = active.page()
    shown: RegisterPage = page.pages["register"]
    assert shown.under.text() == "16 – 22 November 2026  ·  1 service given"
    assert cells(shown) == [
        ("Aysel M.", "Appointment", "Leyla A.", "50 min", "Took place"),
        ("Botir", "Clothing and shoes", "Leyla A.", "–", "Declined"),
    ]
    qtbot.keyClicks(shown.filter, "botir")
    assert [row[0] for row in cells(shown)] == ["Botir"]
    shown.filter.clear()
    shown.step(-1)
    assert [row[1] for row in cells(shown)] == ["Food"]
    active.seat.set_visitor(on=True)
    settle()
    assert [row[0] for row in cells(shown)] == ["•••"]


def cells(page: RegisterPage) -> list[tuple[str, ...]]:
    rows = [one for one in page.table._shown if not isinstance(one, TableGroup)]
    return [tuple(cell.words for cell in row.cells) for row in rows]


def test_what_was_typed_in_a_cancelled_form_can_be_had_back(
    qtbot: QtBot, active: Window, open_form: Callable[..., ServiceEntry], aysel: Person, desk: Desk
) -> None:
    form = open_form(aysel.id)
    form.form.set("team_note", "She asked for a bus card.")
    form.form.row("minutes").editor.setFocus()
    qtbot.keyClicks(focused(), "45")
    active.run("cancel")
    settle()
    shown: Any = active.page()
    assert shown.banner.accessibleName() == "What was typed is not saved."
    assert drafts.my_drafts(desk) == []
    shown.banner.acts()[0].click()
    settle()
    page: Any = active.page()
    assert isinstance(page.form, ServiceEntry)
    values = page.form.form.values()
    assert (values["team_note"], values["minutes"]) == ("She asked for a bus card.", 45)
    assert page.form.save()
    settle()
    assert [one.minutes for one in services.services_of(desk, aysel.id)] == [45]


def test_a_cancelled_form_nobody_typed_into_says_nothing(
    active: Window, open_form: Callable[..., ServiceEntry]
) -> None:
    open_form()
    active.run("cancel")
    settle()
    shown: Any = active.page()
    assert not shown.banner.isVisible()


def test_the_keyboard_is_in_the_page_after_a_form_was_left(
    active: Window, open_form: Callable[..., ServiceEntry], aysel: Person, desk: Desk
) -> None:
    services.add_service(desk, aysel.id, kind="legal_advice", given_on=TODAY, outcome="took_place")
    open_form()
    active.run("cancel")
    settle()
    shown: Any = active.page()
    assert shown.isAncestorOf(focused())
