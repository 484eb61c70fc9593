"""Who works here no longer: no choice any more, and still shown where they were chosen."""

from __future__ import annotations

from uuid import UUID

import pytest

from shelterdesk import people, services, staff
from shelterdesk.desk import Desk
from shelterdesk.services import Service
from tests.desks import TODAY
from ui.forms.chosen import StaffEditor
from ui.forms.service_form import ServiceForm
from ui.seat import Seat


@pytest.fixture
def nigar(desk: Desk) -> UUID:
    """A colleague who was removed."""
    member_id = staff.invite(desk, "nigar", "Nigar H.", ["social_worker"]).member_id
    staff.remove(desk, member_id, "left")
    return member_id


def offered(editor: StaffEditor) -> list[str]:
    return [editor.choice.itemText(place) for place in range(editor.choice.count())]


def test_who_left_is_no_choice_but_stays_chosen(seat: Seat, nigar: UUID) -> None:
    editor = StaffEditor(seat.desk.field(Service, "given_by"), seat, "Nobody")
    assert offered(editor) == ["Nobody", "Leyla A., director"]
    editor.set_value(nigar)
    assert editor.value() == nigar
    assert offered(editor)[-1] == "Nigar H., social worker"
    editor.set_value(seat.desk.me.id)
    assert editor.value() == seat.desk.me.id
    editor.widget.deleteLater()


def test_changing_a_service_keeps_who_gave_it(seat: Seat, nigar: UUID) -> None:
    ay = people.add_person(seat.desk, short_name="Ay")
    answers = {name: next(iter(seat.desk.field(Service, name).choices or ())).code for name in ("kind", "outcome")}
    given = services.add_service(seat.desk, ay.id, given_on=TODAY, given_by=nigar, **answers)
    form = ServiceForm(seat, given, ay.id)
    assert form.editor("given_by").value() == nigar
    form.close()
    form.deleteLater()
