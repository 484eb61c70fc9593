"""Settings → Lists and fields: what is changed there reaches the forms at once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from shelterdesk import house_settings, people, vocab
from shelterdesk.desk import Desk
from shelterdesk.fields import Kind
from shelterdesk.services import Service
from shelterdesk.stays import Stay
from tests.ui.shots import settle
from ui.pages.resident.record import RecordView
from ui.pages.settings.fields import FieldsSection
from ui.pages.settings.fields.ordered_card import OrderedCard
from ui.seat import Seat
from ui.widgets.check_box import CheckBox
from ui.widgets.choice_field import ChoiceField
from ui.widgets.text_area import TextArea

UP = Qt.Key.Key_Up
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def section(qtbot: QtBot, seat: Seat) -> FieldsSection:
    made = FieldsSection(seat)
    qtbot.addWidget(made)
    made.resize(1000, 640)
    made.show_now()
    made.show()
    settle()
    return made


def lines(card: OrderedCard) -> list[QLineEdit]:
    assert card.editor is not None
    return [one for one in card.editor.findChildren(QLineEdit) if not isinstance(one.parent(), ChoiceField)]


def save(card: OrderedCard) -> None:
    assert card.editor is not None
    card.editor.save.click()
    settle()


def row(card: OrderedCard, key: str) -> str:
    return next(one.words() for one in card.rows.rows() if one.key == key)


def test_a_field_is_reworded_hidden_and_taken_back(section: FieldsSection, desk: Desk) -> None:
    section.list.go_to(("form", "stay"))
    card = section.fields
    card.edit("stay.came_from")
    lines(card)[0].setText("Where from")
    save(card)
    assert desk.field(Stay, "came_from").label == "Where from"
    assert "Where from" in row(card, "stay.came_from")
    assert desk.field_changes["stay.came_from"] == {"label": "Where from"}, "what was left alone stays translated"
    card.edit("stay.came_from")
    assert card.editor is not None
    card.editor.findChildren(CheckBox)[0].setChecked(False)
    save(card)
    assert "came_from" not in {field.attribute for field in desk.fields(Stay)}
    assert "not asked" in row(card, "stay.came_from")
    card.edit("stay.came_from")
    assert card.editor is not None
    next(one for one in card.editor.findChildren(type(card.up)) if one.objectName() == "as-it-came").click()
    settle()
    assert desk.field(Stay, "came_from").label == "Came from"
    assert card.editor is None


def test_what_a_record_cannot_do_without_stays(section: FieldsSection) -> None:
    section.list.go_to(("form", "stay"))
    section.fields.edit("stay.arrived_on")
    assert section.fields.editor is not None
    assert not any(box.isEnabled() for box in section.fields.editor.findChildren(CheckBox))


def test_a_problem_is_told_below_and_nothing_is_lost(section: FieldsSection, desk: Desk) -> None:
    section.list.go_to(("form", "stay"))
    card = section.fields
    card.add_one.click()
    save(card)
    assert card.editor is not None
    assert "name" in card.problem.text()
    assert card.problem.isVisible()
    lines(card)[0].setText("Shoe size")
    kind, reader = (card.editor.findChild(ChoiceField, name) for name in ("own-kind", "own-reader"))
    assert isinstance(kind, ChoiceField)
    assert isinstance(reader, ChoiceField)
    assert reader.value() is not None, "free text is sealed"
    kind.set_value(Kind.CHOICE)
    kind.chosen.emit(Kind.CHOICE)
    reader.set_value(None)
    area = card.editor.findChild(TextArea, "own-choices")
    assert isinstance(area, TextArea)
    assert area.isEnabled()
    area.set_text("36\n37")
    save(card)
    assert card.editor is None
    (made,) = desk.own_fields["stay"]
    field = desk.field(Stay, made.attribute)
    assert field.choices is not None
    assert [field.choices.label(one.code) for one in field.choices] == ["36", "37"]
    assert "your own" in row(card, made.id)


def test_alt_and_an_arrow_move_a_field(section: FieldsSection, desk: Desk) -> None:
    section.list.go_to(("form", "stay"))
    rows = section.fields.rows
    second = rows.rows()[1].key
    rows.go_to(second)
    rows.setFocus()
    QTest.keyClick(rows, UP, ALT)
    settle()
    assert rows.rows()[0].key == second == desk.fields(Stay)[0].id
    assert rows.current_key() == second
    QTest.keyClick(rows, UP, ALT)
    assert rows.rows()[0].key == second


def test_a_choice_of_ones_own_is_added_and_another_is_retired(section: FieldsSection, desk: Desk) -> None:
    section.list.go_to(("list", vocab.SERVICE_KINDS.name))
    card = section.choices
    card.add_one.click()
    lines(card)[0].setText("Talk over tea")
    save(card)
    assert "counted as" in card.problem.text()
    assert card.editor is not None
    counts_as = card.editor.findChild(ChoiceField, "counts-as")
    assert isinstance(counts_as, ChoiceField)
    counts_as.set_value("social_talk")
    save(card)
    assert "counts as" in row(card, "social_talk.own_1")
    card.edit("social_talk")
    assert lines(card)[0].isReadOnly()
    assert card.editor is not None
    card.editor.findChildren(CheckBox)[0].setChecked(False)
    save(card)
    choices = desk.field(Service, "kind").choices
    assert choices is not None
    assert "social_talk" not in [one.code for one in choices]
    assert "social_talk.own_1" in [one.code for one in choices]


def test_a_section_that_is_not_used_is_in_no_record(section: FieldsSection, qtbot: QtBot, seat: Seat) -> None:
    section.list.go_to(("sections", ""))
    section.sections.rows.toggled.emit("work", False)
    assert house_settings.get(seat.desk, "unused_sections") == ["work"]
    record = RecordView(seat)
    qtbot.addWidget(record)
    assert "work" not in [kind.id for kind in record.kinds]
    section.sections.rows.toggled.emit("work", True)
    assert house_settings.get(seat.desk, "unused_sections") == []


def test_a_person_can_be_saved_with_everything_of_ones_own(section: FieldsSection, desk: Desk) -> None:
    made = house_settings.add_own_field(desk, "person", "Shoe size", Kind.CHOICE, None, choices=["36"])
    house_settings.change_field(desk, "person.civil_status", required=True)
    codes = desk.own_fields["person"][0]
    assert codes.id == made.id
    choices = desk.fields(people.Person)[-1].choices
    assert choices is not None
    person = people.add_person(desk, civil_status="single", **{made.attribute: next(iter(choices)).code})
    assert person.code
    section.show_now()
    assert any("1 of your own" in one.words() for one in section.list.rows())
