"""Services → Providers: find, look, change, print. And what forms and Today say of it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from shelterdesk import drafts, people, providers
from shelterdesk.desk import Desk
from shelterdesk.documents.blocks import Table
from shelterdesk.documents.contact_sheet import contact_sheet
from shelterdesk.providers import DirectoryRow, Provider, add_provider
from shelterdesk.schema.acts import Act
from tests.ui.conftest import acts_of
from tests.ui.shots import settle
from ui.forms.service_form import ServiceForm
from ui.pages.resident.help_needed import need_form
from ui.pages.services.provider_form import ProviderFormPage
from ui.pages.services.providers import ProviderList, ProvidersPage
from ui.place import Place
from ui.seat import Seat
from ui.service_words import given_by
from ui.widgets.text import Words
from ui.window import Window

PAGE = Place("services", list_id="providers")


@pytest.fixture
def clinic(desk: Desk) -> Provider:
    return add_provider(
        desk,
        kind="clinic",
        name="City clinic",
        services=frozenset({"dental_care", "doctor_visit", "tests"}),
        languages=frozenset({"az", "ru"}),
        place="Gəncə",
        phone="+994 22 000",
        quality="Quick and kind",
        agreement_until=desk.today() - timedelta(days=1),
    )


@pytest.fixture
def law(desk: Desk) -> Provider:
    return add_provider(
        desk, kind="legal_service", name="Law office", services=frozenset({"legal_advice"}), place="Bakı"
    )


@pytest.fixture
def page(window: Window, clinic: Provider, law: Provider) -> ProviderList:
    return opened(window)


def opened(window: Window, place: Place = PAGE) -> ProviderList:
    window.go(place)
    settle()
    return pages(window).list


def pages(window: Window) -> ProvidersPage:
    services: Any = window.page()
    found: ProvidersPage = services.pages["providers"]
    return found


def form(window: Window) -> ProviderFormPage:
    shown = pages(window).form
    assert shown is not None
    return shown


def names(page: ProviderList) -> list[str]:
    return [row.name for row in page.shown()]


def on_card(page: ProviderList) -> list[str]:
    return [label.text() for label in page.card.findChildren(Words) if label.isVisibleTo(page)]


def chosen(page: ProviderList, row_id: object) -> DirectoryRow:
    page.table.go_to(row_id)
    settle()
    row = page.current()
    assert row is not None
    return row


def test_it_is_found_by_words_and_by_service(page: ProviderList, clinic: Provider) -> None:
    assert names(page) == ["City clinic", "Law office", "Leyla A."]
    page.words.setFocus()
    QTest.keyClicks(page.words, "ganja")
    assert names(page) == ["City clinic"]
    QTest.keyClick(page.words, Qt.Key.Key_Down)
    assert page.table.hasFocus()
    assert page.table.current_key() == clinic.id
    page.words.clear()
    page.wanted.set_value("legal")
    page._show()
    assert names(page) == ["Law office", "Leyla A."]
    page.words.setText("nobody of this name")
    assert page.empty.isVisibleTo(page)
    assert not page.table.isVisibleTo(page)
    # Whoever comes to look at one sees it, whatever was filtered before.
    page.show_provider(clinic.id)
    assert page.table.current_key() == clinic.id
    assert "City clinic" in names(page)


def test_the_card_tells_how_to_reach_and_how_it_goes(page: ProviderList, clinic: Provider, desk: Desk) -> None:
    chosen(page, clinic.id)
    said = on_card(page)
    assert {"+994 22 000", "Gəncə", "Azerbaijani, Russian", "Quick and kind"} <= set(said)
    assert "Visit to a doctor, Dental care, Medical tests" in said
    chosen(page, desk.me.id)
    assert any("follow from the roles" in one for one in on_card(page))
    assert page.card.edit is not None
    assert page.card.edit.words() == "Add hours and more"


def test_visitor_mode_leaves_no_name_place_or_number(page: ProviderList, clinic: Provider, seat: Seat) -> None:
    chosen(page, clinic.id)
    seat.set_visitor(on=True)
    settle()
    shown = " ".join([*on_card(page), *_cells(page)])
    for secret in ("City clinic", "Gəncə", "+994", "Quick and kind", "Law office"):
        assert secret not in shown
    seat.set_visitor(on=False)
    assert "City clinic" in " ".join(_cells(page))


def _cells(page: ProviderList) -> list[str]:
    model = page.table.model()
    shown = [
        model.index(row, column).data(Qt.ItemDataRole.AccessibleTextRole) or ""
        for row in range(model.rowCount())
        for column in range(model.columnCount())
    ]
    assert any(shown)
    return [str(one) for one in shown]


def test_a_new_one_is_entered_by_keyboard_and_taken_back(window: Window, desk: Desk, page: ProviderList) -> None:
    page.add()
    settle()
    made = form(window)
    made.form.editor("kind").set_value("ngo")
    made.form.follow_kind()
    line: Any = made.form.editor("name").widget
    line.setFocus()
    QTest.keyClicks(line, "law OFFICE")
    assert made.alike.isVisibleTo(made)
    line.clear()
    QTest.keyClicks(line, "Dost")
    assert not made.alike.isVisibleTo(made)
    window.run("save")
    settle()
    assert pages(window).form is None
    assert "Dost" in names(page)
    row = page.current()
    assert row is not None
    assert row.name == "Dost", "the keyboard is on what was saved"
    window.run("undo")
    settle()
    assert "Dost" not in names(page)


def test_what_is_missing_is_said_at_its_row(window: Window, page: ProviderList, desk: Desk) -> None:
    page.add()
    settle()
    made = form(window)
    assert not made.save()
    assert made.form.row("name").problem() == "Enter «Name»"
    made.form.editor("kind").set_value("own_staff")
    made.form.follow_kind()
    assert not made.save()
    assert made.form.row("member_id").problem() == "Choose the colleague"
    assert not made.form.row("name").isVisibleTo(made)
    assert len(providers.providers_of(desk)) == 2


def test_more_about_a_colleague_begins_with_who_it_is(window: Window, page: ProviderList, desk: Desk) -> None:
    chosen(page, desk.me.id)
    assert page.card.edit is not None
    page.card.edit.click()
    settle()
    made = form(window)
    assert made.form.editor("member_id").value() == desk.me.id
    made.form.set("hours", "Mon–Wed")
    assert made.save()
    settle()
    row = chosen(page, providers.providers_of(desk)[-1].id)
    assert (row.name, row.is_own) == ("Leyla A.", True)
    assert names(page).count("Leyla A.") == 1


def test_a_draft_goes_on_where_it_was(window: Window, page: ProviderList, desk: Desk, clinic: Provider) -> None:
    page.edit(clinic.id)
    settle()
    made = form(window)
    made.form.set("hours", "Mon–Fri")
    made.form._dirty = True
    window.go(Place("today"))
    settle()
    [draft] = drafts.my_drafts(desk)
    assert (draft.record, draft.target_id) == ("provider", clinic.id)
    opened(window, Place("services", list_id="providers", doing="continue", about=draft.id))
    again = form(window)
    assert again.form.editor("hours").value() == "Mon–Fri"
    assert again.form.editor("name").value() == "City clinic"
    assert again.save()
    assert providers.provider_with(desk, clinic.id).hours == "Mon–Fri"


def test_archiving_is_undone_from_the_banner(window: Window, page: ProviderList, clinic: Provider) -> None:
    chosen(page, clinic.id)
    window.run("archive")
    settle()
    assert "City clinic" not in names(page)
    window.run("undo")
    settle()
    assert "City clinic" in names(page)


def test_who_was_archived_is_found_below_and_put_back(page: ProviderList, desk: Desk, clinic: Provider) -> None:
    providers.archive_provider(desk, clinic.id)
    page.refresh()
    assert "City clinic" not in " ".join(_cells(page)), "folded until somebody looks"
    page.table.folded.emit("archived")
    row = chosen(page, clinic.id)
    assert row.is_archived
    assert "edit" not in page.commands()
    assert page.card.edit is not None
    assert page.card.edit.words() == "Put back"
    page.card.edit.click()
    settle()
    assert clinic.id in {one.id for one in page.rows}


def test_the_contact_sheet_holds_what_was_filtered_and_is_logged(
    page: ProviderList, desk: Desk, tmp_path: Path
) -> None:
    page.words.setText("ganja")
    dialog = page.print_sheet()
    path = tmp_path / "contacts.pdf"
    assert dialog.save(path, "pdf")
    said = " ".join(" ".join(one.extract_text() for one in PdfReader(path).pages).split())
    assert "City clinic" in said
    assert "+994 22 000" in said
    assert "Quick and kind" not in said
    assert "Law office" not in said
    assert acts_of(desk)[0] == Act.EXPORT.value.code
    dialog.close()
    settle()


def test_the_sheet_puts_any_hour_first_and_colleagues_last(desk: Desk, clinic: Provider, law: Provider) -> None:
    add_provider(desk, kind="emergency", name="Ambulance", phone="103")
    for language in ("en", "az", "ru"):
        sheet = contact_sheet(desk, language, colleagues=True)
        [table] = [block for block in sheet.blocks if isinstance(block, Table)]
        first = [str(row.cells[0]).split("\n")[0] for row in table.rows]
        assert [one for one in first if one in ("Ambulance", "Law office", "City clinic", "Leyla A.")] == [
            "Ambulance", "Law office", "City clinic", "Leyla A.",
        ]  # fmt: skip
    assert "103" in str(contact_sheet(desk, "en"))
    assert "Leyla A." not in str(contact_sheet(desk, "en"))
    without = contact_sheet(desk, "en", costs=False, wanted="legal")
    assert "Ambulance" not in str(without)


def test_today_leads_to_the_agreement_that_ended(window: Window, page: ProviderList, clinic: Provider) -> None:
    window.go(Place("today"))
    settle()
    today: Any = window.page()
    rows = [row for row in today.desk_card.rows.rows() if "agreement" in row.title]
    assert [row.title for row in rows] == ["1 agreement with a provider ends"]
    assert "City clinic" not in rows[0].words()
    window.go(rows[0].key)
    settle()
    assert pages(window).list.table.current_key() == clinic.id


def test_the_command_leads_here_and_help_to_its_own_page(window: Window, page: ProviderList) -> None:
    window.go(Place("today"))
    window.run("go_providers")
    assert window.trail.here.list_id == "providers"
    window.run("help")
    settle()
    shown: Any = window.page()
    assert shown.list.current() == "providers"


def test_the_form_of_a_service_offers_who_gives_that_kind_first(
    page: ProviderList, desk: Desk, seat: Seat, clinic: Provider, law: Provider
) -> None:
    ay = people.add_person(desk, short_name="Ay")
    add_provider(desk, member_id=desk.me.id)
    form = ServiceForm(seat, None, ay.id)
    form.editor("kind").set_value("legal_advice")
    form._follow_kind()
    assert _offered(form)[1:] == ["Law office", "City clinic"]
    form.editor("kind").set_value("dental_care")
    form._follow_kind()
    assert _offered(form)[1:] == ["City clinic", "Law office"]
    form.set("provider_id", clinic.id)
    form.set("given_by", None)
    service = form.store()
    form.deleteLater()
    assert given_by(seat, service) == "City clinic"
    assert providers.directory(desk)[0].last_used == desk.today()
    providers.archive_provider(desk, clinic.id)
    again = ServiceForm(seat, service, ay.id)
    assert again.editor("provider_id").value() == clinic.id, "who was archived since stays named"
    again.deleteLater()


def _offered(form: ServiceForm) -> list[str]:
    editor: Any = form.editor("provider_id")
    return [editor.choice.itemText(number) for number in range(editor.choice.count())]


def test_who_needs_help_is_told_who_gives_it(page: ProviderList, desk: Desk, seat: Seat) -> None:
    ay = people.add_person(desk, short_name="Ay")
    form = need_form(seat, ay.id)
    shown: Any = form.form
    for kind, said in (
        ("dental_care", "In the directory: City clinic"),
        ("leisure", "Nobody in the directory gives this."),
    ):
        shown.editor("kind").set_value(kind)
        shown.name_providers()
        assert said in [one.text() for one in shown.row("kind").findChildren(Words)]
    form.deleteLater()
