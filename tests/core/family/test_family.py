"""Family and children: one row for two people, read from both sides, and what the door has to know."""

from __future__ import annotations

from datetime import date

import pytest

from shelterdesk import children, family, people, restrictions
from shelterdesk.access import Right, Role
from shelterdesk.desk import Desk
from shelterdesk.errors import NotAllowed, Problems
from shelterdesk.fields import CLOSED
from shelterdesk.partial_date import PartialDate
from shelterdesk.people import Person
from shelterdesk.reach import NeedsReason, RecordClosed
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import declared
from tests.core.seats import seat


@pytest.fixture
def mother(desk: Desk) -> Person:
    """A mother."""
    return people.add_person(desk, short_name="Ay", given_names="Aysel")


@pytest.fixture
def child(desk: Desk, mother: Person) -> Person:
    """Her child, a record of its own."""
    made = people.add_person(desk, short_name="Kənan", birth=PartialDate(2021, 3))
    with desk.write(Act.RECORD_FAMILY) as db:
        family.put_child(db, desk, mother.id, made.id, lives="here")
    return made


def test_one_row_is_read_from_both_sides(desk: Desk, mother: Person, child: Person) -> None:
    (of_mother,) = family.relatives_of(desk, mother.id)
    assert (of_mother.kinship, of_mother.person_id, of_mother.name) == ("child", child.id, "Kənan")
    assert of_mother.is_child(desk.today())
    (of_child,) = family.relatives_of(desk, child.id)
    assert (of_child.kinship, of_child.person_id, of_child.name) == ("parent", mother.id, "Ay")
    assert of_child.theirs
    assert of_child.relation.id == of_mother.relation.id
    assert [one.person_id for one in family.children_of(desk, mother.id)] == [child.id]
    assert family.children_of(desk, child.id) == []


def test_a_child_put_down_twice_is_one_row(desk: Desk, mother: Person, child: Person) -> None:
    with desk.write(Act.RECORD_FAMILY) as db:
        family.put_child(db, desk, mother.id, child.id, guardian=True)
    (one,) = family.relatives_of(desk, mother.id)
    assert (one.relation.guardian, one.relation.lives) == (True, "here")
    with pytest.raises(Problems) as raised:
        family.add_relation(desk, child.id, kinship="parent", relative_id=mother.id)
    assert [problem.field for problem in raised.value.problems] == ["relation.relative"]


def test_children_stand_first_and_the_eldest_of_them(desk: Desk, mother: Person, child: Person) -> None:
    family.add_relation(desk, mother.id, kinship="former_partner", name="Elçin")
    family.add_relation(desk, mother.id, kinship="child", name="Leyla", birth=PartialDate(2015), lives="with_family")
    family.add_relation(desk, mother.id, kinship="child", name="Grown", birth=PartialDate(2000))
    found = family.relatives_of(desk, mother.id)
    assert [one.name for one in found] == ["Grown", "Leyla", "Kənan", "Elçin"]
    assert [one.is_child(desk.today()) for one in found] == [False, True, True, False]
    assert child.id in {one.person_id for one in found}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"kinship": "child"}, "relation.name"),
        ({"name": "Leyla"}, "relation.kinship"),
        ({"kinship": "child", "relative_id": "herself"}, "relation.relative"),
    ],
)
def test_what_a_relation_needs(desk: Desk, mother: Person, values: dict[str, object], field: str) -> None:
    if values.get("relative_id") == "herself":
        values["relative_id"] = mother.id
    with pytest.raises(Problems) as raised:
        family.add_relation(desk, mother.id, **values)
    assert [problem.field for problem in raised.value.problems] == [field]


def test_a_relation_is_changed_and_taken_off(desk: Desk, mother: Person) -> None:
    made = family.add_relation(desk, mother.id, kinship="parent", name="Sevinc", birth=PartialDate(1960, 5, 9))
    assert made.born == PartialDate(1960, 5, 9)
    assert made.birth == PartialDate(1960, 5), "the day is sealed beside it"
    family.change_relation(desk, made, contact="danger", knows_here=False)
    (one,) = family.relatives_of(desk, mother.id)
    assert (one.relation.contact, one.relation.knows_here) == ("danger", False)
    family.archive_relation(desk, made.id)
    assert family.relatives_of(desk, mother.id) == []
    family.archive_relation(desk, made.id, archived=False)
    assert len(family.relatives_of(desk, mother.id)) == 1


# --- who may know -----------------------------------------------------------------------------------------------------


def test_every_shift_reads_who_collects_and_no_names_without_their_key(
    desk: Desk, mother: Person, child: Person
) -> None:
    family.add_relation(
        desk, child.id, kinship="parent", name="Elçin", may_collect="no", at_door="Tall, grey van", where="Bakı"
    )
    family.add_relation(desk, child.id, kinship="grandparent", name="Sevinc", may_collect="yes")
    night = seat(desk, Role.NIGHT_WORKER)
    said = family.at_the_door(night, [child.id, mother.id])
    assert list(said) == [child.id], "the line is about the child, not about the mother"
    strict, mild = said[child.id]
    assert (strict.relation.may_collect, strict.relation.at_door, strict.name) == ("no", "Tall, grey van", "")
    assert declared(family.Relation, "where").read(strict.relation) is CLOSED
    assert mild.relation.may_collect == "yes"
    assert [one.name for one in family.children_of(night, mother.id)] == ["Kənan"]
    with pytest.raises(NotAllowed):
        family.relatives_of(night, mother.id)


def test_a_closed_record_is_no_name_in_the_childs(desk: Desk, mother: Person, child: Person) -> None:
    colleague = seat(desk, Role.SOCIAL_WORKER)
    restrictions.close_to(desk, mother.id, colleague.me.id)
    from_child = family.add_relation(desk, child.id, kinship="sibling", name="Leyla")
    with desk.write(Act.RECORD_FAMILY) as db:
        db.get_one(family.Relation, from_child.id).relative_id = mother.id
    with desk.read() as db:
        restrictions.load(colleague, db)
    (one,) = family.relatives_of(colleague, child.id)
    assert (one.closed, one.person_id, one.name, one.code) == (True, None, "", "")
    assert "Ay" not in family.shown(one)
    with pytest.raises(RecordClosed):
        family.relatives_of(colleague, mother.id)


def test_a_record_that_asks_why_is_named_but_not_opened(desk: Desk, mother: Person, child: Person) -> None:
    restrictions.restrict(desk, mother.id, "Threats")
    colleague = seat(desk, Role.SOCIAL_WORKER)
    with desk.read() as db:
        restrictions.load(colleague, db)
    (one,) = family.relatives_of(colleague, child.id)
    assert one.name == "Ay"
    with pytest.raises(NeedsReason):
        family.relatives_of(colleague, mother.id)


def test_who_may_not_change_people_puts_nobody_down(desk: Desk, mother: Person) -> None:
    officer = seat(desk, Role.VOCATIONAL_OFFICER)
    assert not officer.may(Right.CHANGE_PERSON)
    with pytest.raises(NotAllowed):
        family.add_relation(officer, mother.id, kinship="child", name="Leyla")


# --- the child itself -------------------------------------------------------------------------------------------------


def test_care_of_a_child_is_one_row(desk: Desk, child: Person) -> None:
    assert children.is_child(desk, child)
    assert children.child_care_of(desk, child.id) is None
    children.record_child_care(desk, child.id, child_with="parent", brings="Her mother")
    care = children.record_child_care(desk, child.id, schooling="kindergarten", without_address=True)
    assert (care.child_with, care.schooling, care.brings, care.without_address) == (
        "parent",
        "kindergarten",
        "Her mother",
        True,
    )
    assert children.change_child_care(desk, care, school="No. 12").school == "No. 12"


@pytest.mark.parametrize(
    ("born", "grown"),
    [
        (None, False),
        (PartialDate(2008, 3, 1), False),
        (PartialDate(2007), False),
        (PartialDate(2006), True),
        (PartialDate(2026, 1), False),
    ],
)
def test_who_may_still_be_a_child_counts_as_one(born: PartialDate | None, grown: bool) -> None:
    assert family.is_grown_up(born, date(2025, 6, 1)) is grown
