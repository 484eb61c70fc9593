"""Choices of a shelter's own: offered like built-in ones, counted and exported as what they are a kind of."""

from __future__ import annotations

from pathlib import Path

import pytest

from shelterdesk import house_settings, own_choices, people, services, vocab
from shelterdesk.access import Right
from shelterdesk.desk import Desk
from shelterdesk.errors import NotAllowed, Problems
from shelterdesk.fields import Kind
from shelterdesk.opening import open_desk
from shelterdesk.people import Person
from shelterdesk.schema.base import whole
from shelterdesk.services import Service
from shelterdesk.summaries.queries import kinds_by_family
from shelterdesk.vocab import CodeList
from tests.desks import PASSPHRASE, Clock

KINDS = vocab.SERVICE_KINDS


def offered(desk: Desk, codes: CodeList = KINDS) -> list[str]:
    return [entry.code for entry in desk.choices(codes)]


@pytest.fixture
def own(desk: Desk) -> str:
    return own_choices.add_choice(desk, KINDS, "  Talk over  tea ", "social_talk")


def test_it_is_offered_with_its_own_words_in_every_form_and_after_a_restart(
    desk: Desk, own: str, vault_folder: Path, clock: Clock
) -> None:
    assert own == "social_talk.own_1"
    desk.close()
    again = open_desk(vault_folder, "leyla", PASSPHRASE, clock=clock)
    field = again.field(Service, "kind")
    assert field.choices is not None
    assert own in [entry.code for entry in field.choices]
    assert field.show(own, "en") == "Talk over tea"
    assert field.choices.find("talk over tea") == own
    again.close()


def test_it_is_counted_exported_and_sealed_as_what_it_is_a_kind_of(desk: Desk, own: str) -> None:
    base = KINDS.get("social_talk")
    assert base is not None
    for codes in (KINDS, desk.choices(KINDS)):
        assert codes.group(own) == base.group
        assert codes.to_standard("htcds", own) == codes.to_standard("htcds", "social_talk")
        assert codes.paper(own) == codes.paper("social_talk")
    assert KINDS.label(own, "en") == KINDS.label("social_talk", "en"), "who does not know its words says the standard's"
    assert vocab.note_compartment(own) == vocab.note_compartment("social_talk")
    families = kinds_by_family(["social_talk", own])
    assert [family for family, kinds in families.items() if own in kinds] == [base.group]
    assert sum(len(kinds) for kinds in families.values()) == len(
        {kind for kinds in families.values() for kind in kinds}
    )


def test_a_service_of_that_kind_can_be_saved_and_one_nobody_made_cannot(desk: Desk, own: str) -> None:
    person = people.add_person(desk, short_name="Aysel")
    service = services.add_service(desk, person.id, kind=own, given_on=desk.today(), outcome="took_place")
    assert service.kind == own
    with pytest.raises(Problems, match="choose one from the list"):
        services.add_service(desk, person.id, kind="social_talk.own_9", given_on=desk.today(), outcome="took_place")


def test_what_is_retired_is_no_longer_offered_and_stays_readable(desk: Desk, own: str) -> None:
    person = people.add_person(desk, short_name="Aysel")
    service = services.add_service(desk, person.id, kind=own, given_on=desk.today(), outcome="took_place")
    for code in (own, "social_talk"):
        own_choices.retire_choice(desk, KINDS, code)
    assert not {own, "social_talk"} & set(offered(desk))
    assert desk.field(Service, "kind").show(service.kind, "en") == "Talk over tea"
    services.change_service(desk, service, minutes=20)
    own_choices.retire_choice(desk, KINDS, own, retired=False)
    assert own in offered(desk)
    assert own_choices.add_choice(desk, KINDS, "Another", "social_talk") == "social_talk.own_2"


def test_the_last_choice_stays(desk: Desk) -> None:
    codes = vocab.PARTNER_KINDS
    *others, last = offered(desk, codes)
    for code in others:
        own_choices.retire_choice(desk, codes, code)
    with pytest.raises(Problems, match="last choice"):
        own_choices.retire_choice(desk, codes, last)


def test_the_order_is_the_shelters(desk: Desk, own: str) -> None:
    usual = [entry.code for entry in desk.choices(KINDS).codes]
    assert usual.index(own) == len(usual) - 1
    own_choices.retire_choice(desk, KINDS, usual[3])
    assert [entry.code for entry in desk.choices(KINDS).codes] == usual, "what is retired keeps its place"
    wanted = [own, *usual[:-1]]
    own_choices.order_choices(desk, KINDS, wanted)
    assert [entry.code for entry in desk.choices(KINDS).codes] == wanted
    with pytest.raises(ValueError, match="once"):
        own_choices.order_choices(desk, KINDS, wanted[1:])


@pytest.mark.parametrize(
    ("words", "counts_as", "told"),
    [
        ("   ", "social_talk", "Enter the words"),
        ("Social talk", "social_talk", "already"),
        ("TALK over tea", "social_talk", "already"),
        ("Walk", "", "counted as"),
        ("Walk", "social_talk.own_1", "counted as"),
        ("Walk", "not_known", "counted as"),
    ],
)
def test_bad_words_are_told_and_change_nothing(desk: Desk, own: str, words: str, counts_as: str, told: str) -> None:
    label = desk.choices(KINDS).label("social_talk", "en")
    before = desk.choices(KINDS)
    with pytest.raises(Problems, match=told):
        own_choices.add_choice(desk, KINDS, label if words == "Social talk" else words, counts_as)
    assert desk.choices(KINDS) == before


def test_only_own_words_can_be_reworded_and_standards_stay_whole(desk: Desk, own: str) -> None:
    own_choices.rename_choice(desk, KINDS, own, "Tea")
    assert desk.choices(KINDS).label(own) == "Tea"
    with pytest.raises(ValueError, match="own"):
        own_choices.rename_choice(desk, KINDS, "social_talk", "Chat")
    with pytest.raises(ValueError, match="standard"):
        own_choices.add_choice(desk, vocab.GENDERS, "Anything", "woman")


def test_only_who_may_change_settings(desk: Desk, own: str) -> None:
    desk.rights -= {Right.CHANGE_SETTINGS}
    for act in (
        lambda: own_choices.add_choice(desk, KINDS, "Walk", "social_talk"),
        lambda: own_choices.rename_choice(desk, KINDS, own, "Walk"),
        lambda: own_choices.retire_choice(desk, KINDS, own),
        lambda: own_choices.order_choices(desk, KINDS, offered(desk)),
    ):
        with pytest.raises(NotAllowed):
            act()


@pytest.mark.parametrize("kind", [Kind.CHOICE, Kind.CHOICES])
def test_a_field_of_ones_own_may_have_a_list_of_ones_own(
    desk: Desk, kind: Kind, vault_folder: Path, clock: Clock
) -> None:
    made = house_settings.add_own_field(desk, "person", "Shoe size", kind, None, choices=["36", " 37 ", ""])
    ay = people.add_person(desk, short_name="Aysel")
    codes = desk.field(Person, made.attribute).choices
    assert codes is not None
    first, second = [entry.code for entry in codes]
    value = second if kind is Kind.CHOICE else frozenset({first, second})
    people.change_person(desk, ay, **{made.attribute: value})
    third = own_choices.add_choice(desk, codes, "38")
    desk.close()
    again = open_desk(vault_folder, "leyla", PASSPHRASE, clock=clock)
    field = again.field(Person, made.attribute)
    with again.read() as db:
        ay = db.get_one(Person, ay.id, options=whole(Person))
        assert field.show(field.read(ay), "en") == ("37" if kind is Kind.CHOICE else "36, 37")
    assert field.choices is not None
    assert [entry.code for entry in field.choices] == [first, second, third]
    with pytest.raises(Problems, match="list"):
        people.change_person(again, ay, **{made.attribute: "anything" if kind is Kind.CHOICE else {"anything"}})
    again.close()


def test_every_code_leaves_room_for_kinds_of_it(desk: Desk) -> None:
    for codes in own_choices.open_lists(desk):
        assert max(len(entry.code) for entry in codes.codes) + len(".own_999") <= 60
