"""Family & children, documents, contacts and merging in the real window."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from shelterdesk import children, contacts, family, identity_documents, merging, people, residents, search, stays
from shelterdesk.desk import Desk
from shelterdesk.partial_date import PartialDate
from shelterdesk.people import Person
from tests.ui.shots import settle
from ui.place import Place
from ui.widgets.text import Words
from ui.window import Window


@pytest.fixture
def ay(desk: Desk) -> Person:
    """A mother on file."""
    return people.add_person(desk, short_name="Ay", given_names="Aysel", family_name="Mehdiyeva", phone="050 111 22 33")


def section(window: Window, person: Person, name: str, doing: str = "") -> Any:
    window.go(Place("residents", "everybody", person.id, name, doing))
    settle()
    return window.page().record.section()


def press(card: Any, act: str, place: int = 0) -> None:
    """Press one act of an entry."""
    QTest.mouseClick(card.findChildren(QAbstractButton, act)[place], Qt.MouseButton.LeftButton)
    settle()


def words(card: Any) -> str:
    return " ".join(label.text() for label in card._entries.findChildren(object) if hasattr(label, "text"))


def test_a_child_gets_a_record_and_both_name_each_other(window: Window, desk: Desk, ay: Person) -> None:
    shown = section(window, ay, "family", "new_child")
    form = shown.editor.form
    form.set("short_name", "Kənan")
    form.set("birth", PartialDate(2020))
    form.set("gender", "man")
    assert shown.editor.save()
    settle()
    (child,) = family.children_of(desk, ay.id)
    assert child.name in words(shown.card)
    press(shown.card, "open")
    opened = window.page().record
    assert opened.person.id == child.person_id
    there = opened.section()
    assert "Ay" in words(there.card)
    assert there.care.isVisibleTo(there), "a child is asked with whom it is"
    there.edit_care()
    there.editor.form.set("schooling", "kindergarten")
    there.editor.form.set("brings", "Her mother")
    assert there.editor.save()
    settle()
    care = children.child_care_of(desk, child.person_id)
    assert care is not None
    assert care.brings == "Her mother"
    assert "Her mother" in words(there.care)


def test_somebody_without_a_record_is_put_down_changed_and_taken_off(window: Window, desk: Desk, ay: Person) -> None:
    shown = section(window, ay, "family", "new_relative")
    form = shown.editor.form
    assert not form.row("may_collect").isVisibleTo(form), "nothing of a child is asked yet"
    assert not shown.editor.save(), "who it is has to be said"
    form.set("kinship", "child")
    form.set("name", "Murad")
    form.edited.emit()
    assert form.row("may_collect").isVisibleTo(form)
    assert shown.editor.save()
    settle()
    press(shown.card, "edit")
    shown.editor.form.set("order", "no_contact")
    shown.editor.form.edited.emit()
    assert shown.editor.form.row("order_until").isVisibleTo(shown.editor.form)
    assert shown.editor.save()
    settle()
    press(shown.card, "archive")
    assert family.relatives_of(desk, ay.id) == []
    window.seat.said.emit("info", "", None)


def test_numbers_are_dots_until_they_are_asked_for(window: Window, desk: Desk, ay: Person) -> None:
    identity_documents.record_document(desk, ay.id, kind="passport", number="P777", country="AZ", place="taken")
    contacts.record_contact(desk, ay.id, kind="relative", name="Sevinc", phone="055 999", safe="no")
    shown = section(window, ay, "personal")
    told = words(shown.documents) + words(shown.contacts)
    assert "P777" not in told
    assert "055 999" not in told
    assert "050 111" not in told
    shown.reveal()
    settle()
    told = words(shown.documents) + words(shown.contacts)
    assert "P777" in told
    assert "055 999" in told
    assert "050 111 22 33" in told, "her own number stands first among them"
    window.seat.set_visitor(on=True)
    shown = section(window, ay, "personal")
    assert "Sevinc" not in words(shown.contacts)


def test_documents_and_contacts_have_forms_of_their_own(window: Window, desk: Desk, ay: Person) -> None:
    shown = section(window, ay, "personal", "new_document")
    shown.editor.form.set("kind", "passport")
    shown.editor.form.set("number", "P888")
    assert shown.editor.save()
    shown.add_contact()
    shown.editor.form.set("kind", "lawyer")
    shown.editor.form.set("phone", "012 345")
    assert shown.editor.save()
    settle()
    assert [one.number for one in identity_documents.documents_of(desk, ay.id)] == ["P888"]
    press(shown.contacts, "edit")
    assert shown.form is not None, "the first is her own number, changed with her details"
    shown.cancel()
    press(shown.contacts, "archive")
    assert contacts.contacts_of(desk, ay.id) == []


def test_two_records_are_looked_at_merged_and_parted(window: Window, desk: Desk, ay: Person) -> None:
    other = people.add_person(desk, short_name="Ай", family_name="Мехдиева", languages={"ru"})
    shown = section(window, ay, "personal", "merge")
    panel = shown.merged.panel
    assert not panel.merge_button.isEnabled()
    panel.other.set_value(other.id)
    panel._chosen(other.id)
    assert panel.choices["family_name"].value() == "keep"
    assert panel.choices["languages"].value() == "take", "what is missing is taken over"
    assert not shown.documents.isVisibleTo(shown)
    panel.merge()
    settle()
    assert [one.code for one in merging.merged_into(desk, ay.id)] == [other.code]
    assert len(residents.list_rows(desk, "everybody")) == 1
    assert shown.documents.isVisibleTo(shown)
    press(shown.merged, "part")
    assert len(residents.list_rows(desk, "everybody")) == 2


def test_the_filter_of_a_list_finds_by_number_and_by_other_names(window: Window, desk: Desk, ay: Person) -> None:
    people.add_person(desk, short_name="Nobody else")
    contacts.record_contact(desk, ay.id, kind="relative", phone="055 999 88 77")
    window.seat.take_index(search.build_index(desk))
    window.go(Place("residents", "everybody"))
    settle()
    pane = window.page().pane
    for typed in ("9998877", "0501112233", "Мехдиева"):
        pane.filter.clear()
        pane.filter.insert(typed)
        settle()
        assert pane.keys == [ay.id], typed


def test_the_house_book_says_who_collects_the_children(window: Window, desk: Desk, ay: Person) -> None:
    stays.add_stay(desk, ay.id, arrived_on=desk.today())
    family.add_relation(desk, ay.id, kinship="parent", name="Vüqar", may_collect="no", at_door="Grey van")
    window.go(Place("house_book"))
    settle()
    card = window.page().door
    told = " ".join(label.text() for label in card._lines.findChildren(Words))
    assert card.isVisibleTo(window.page())
    assert "Must not collect" in told
    assert "Grey van" in told
    window.seat.set_visitor(on=True)
    card.show_tonight()
    assert "Vüqar" not in " ".join(label.text() for label in card._lines.findChildren(Words) if label.isVisibleTo(card))
