"""The directory of providers: who gives what and where, when they were last asked, which agreement ends."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from shelterdesk import house_settings, own_choices, providers, restrictions, services, today, vocab
from shelterdesk.access import Right
from shelterdesk.desk import Desk
from shelterdesk.errors import NotAllowed, Problems, StaleRecord
from shelterdesk.names import names_for
from shelterdesk.people import add_person
from shelterdesk.providers import (
    DirectoryRow,
    Provider,
    add_provider,
    archive_provider,
    change_provider,
    directory,
    found,
    offering,
    provider_with,
    to_choose,
)
from shelterdesk.vault.compartments import Compartment


@pytest.fixture
def clinic(desk: Desk) -> Provider:
    return add_provider(
        desk,
        kind="clinic",
        name="Şəhər klinikası",
        services=frozenset({"dental_care", "doctor_visit"}),
        languages=frozenset({"az", "ru"}),
        place="Gəncə, Kəpəz",
        phone="+994 22 000 00 00",
    )


def outside(desk: Desk) -> list[DirectoryRow]:
    return [row for row in directory(desk) if not row.is_own]


def give(desk: Desk, person_id: UUID, provider: Provider, on: date) -> services.Service:
    return services.add_service(
        desk, person_id, kind="dental_care", given_on=on, outcome="took_place", provider_id=provider.id
    )


def test_texts_are_sealed_for_who_may_know_of_the_work_with_residents() -> None:
    assert {field.compartment for field in Provider.declared if field.compartment} == {Compartment.IDENTITY}


def test_a_provider_needs_a_name_or_is_a_colleague(desk: Desk) -> None:
    for values, wrong in (
        ({}, "provider.name"),
        ({"kind": "clinic", "name": "  "}, "provider.name"),
        ({"kind": "own_staff"}, "provider.member"),
    ):
        with pytest.raises(Problems) as problems:
            add_provider(desk, **values)
        assert [one.field for one in problems.value.problems] == [wrong]
    assert providers.providers_of(desk) == []


def test_the_agreement_does_not_end_before_it_begins(desk: Desk) -> None:
    day = desk.today()
    with pytest.raises(Problems) as problems:
        add_provider(desk, name="Klinika", agreement_from=day, agreement_until=day - timedelta(days=1))
    assert [one.field for one in problems.value.problems] == ["provider.agreement_until"]


def test_colleagues_stand_in_the_directory_by_themselves_with_what_their_roles_give(desk: Desk) -> None:
    [row] = directory(desk)
    assert (row.is_own, row.provider, row.member_id, row.name) == (True, None, desk.me.id, "Leyla A.")
    assert {"psychological_session", "legal_advice", "health_check"} <= row.services
    assert "food" not in row.services, "what everybody gives says nothing"
    add_provider(desk, kind="own_staff", member_id=desk.me.id, hours="Mon–Wed", services=frozenset({"social_talk"}))
    [row] = directory(desk)
    assert (row.name, row.services) == ("Leyla A.", frozenset({"social_talk"}))
    assert row.provider is not None
    assert row.provider.hours == "Mon–Wed"
    with pytest.raises(Problems) as problems:
        add_provider(desk, member_id=desk.me.id)
    assert [one.field for one in problems.value.problems] == ["provider.member"]


def test_a_link_to_a_colleague_does_not_stay_with_somebody_outside(desk: Desk) -> None:
    one = add_provider(desk, kind="ngo", name="Dost", member_id=desk.me.id)
    assert one.member_id is None
    again = add_provider(desk, member_id=desk.me.id)
    assert again.kind == "own_staff"


def test_it_is_found_by_service_by_family_by_place_and_in_any_spelling(desk: Desk, clinic: Provider) -> None:
    law = add_provider(
        desk, kind="legal_service", name="Hüquq mərkəzi", services=frozenset({"legal_advice"}), place="Bakı"
    )
    rows = outside(desk)
    assert [row.id for row in found(rows, wanted="dental_care")] == [clinic.id]
    assert [row.id for row in found(rows, wanted="health")] == [clinic.id]
    assert [row.id for row in found(rows, wanted="legal")] == [law.id]
    assert [row.id for row in found(rows, words="gence")] == [clinic.id]
    assert [row.id for row in found(rows, words="Гянджа")] == [clinic.id]
    assert [row.id for row in found(rows, words="huquq baki")] == [law.id]
    assert [row.id for row in found(rows, words="russian")] == [clinic.id]
    assert [row.id for row in found(rows, words="gence", wanted="legal")] == []
    assert found(rows, words="nobody of this name") == []
    assert found(rows) == rows


def test_a_family_finds_the_shelters_own_kinds_too() -> None:
    assert providers.gives({"dental_care.own_3"}, "health")
    assert not providers.gives({"dental_care.own_3"}, "legal")
    assert providers.gives({"other"}, "other")


def test_last_used_follows_the_services(desk: Desk, clinic: Provider) -> None:
    ay, on = add_person(desk, short_name="Ay"), desk.today()
    assert outside(desk)[0].last_used is None
    give(desk, ay.id, clinic, on - timedelta(days=400))
    given = give(desk, ay.id, clinic, on - timedelta(days=3))
    assert (outside(desk)[0].last_used, outside(desk)[0].times) == (on - timedelta(days=3), 1)
    services.add_service(desk, ay.id, kind="tests", given_on=on, outcome="not_held", provider_id=clinic.id)
    assert outside(desk)[0].last_used == on - timedelta(days=3), "what was not held is no use"
    services.archive_service(desk, given.id)
    assert (outside(desk)[0].last_used, outside(desk)[0].times) == (on - timedelta(days=400), 0)


def test_services_in_records_that_ask_why_are_not_counted(desk: Desk, clinic: Provider) -> None:
    ay = add_person(desk, short_name="Ay")
    give(desk, ay.id, clinic, desk.today())
    restrictions.restrict(desk, ay.id, "A well-known family")
    desk.opened_with_reason.clear()
    house_settings.load(desk)
    assert outside(desk)[0].last_used is None


def test_a_service_may_name_who_gives_it_first_and_no_colleagues(desk: Desk, clinic: Provider) -> None:
    own = own_choices.add_choice(desk, vocab.SERVICE_KINDS, "Braces", "dental_care")
    other = add_provider(desk, kind="ngo", name="Arzu", services=frozenset({own, "food"}))
    staff = add_provider(desk, member_id=desk.me.id, services=frozenset({"dental_care"}))
    assert [one.id for one in offering(desk, "doctor_visit")] == [clinic.id]
    assert [one.id for one in offering(desk, "dental_care")] == [other.id, clinic.id]
    assert [one for one, _name in to_choose(desk, "doctor_visit")] == [clinic.id, other.id]
    assert [name for _one, name in to_choose(desk, "food")] == ["Arzu", "Şəhər klinikası"]
    archive_provider(desk, clinic.id)
    assert [one for one, _name in to_choose(desk, "doctor_visit")] == [other.id]
    assert [one for one, _name in to_choose(desk, "doctor_visit", clinic.id)] == [clinic.id, other.id]
    names = names_for(desk, "provider")
    assert (names[clinic.id], names[staff.id]) == ("Şəhər klinikası", "Leyla A.")


def test_agreements_that_end_within_a_month_are_named(desk: Desk, clinic: Provider) -> None:
    on = desk.today()
    assert providers.ending_agreements(desk) == []
    clinic = change_provider(desk, clinic, agreement_until=on + providers.REMIND + timedelta(days=1))
    assert providers.ending_agreements(desk) == []
    clinic = change_provider(desk, clinic, agreement_until=on + providers.REMIND)
    ended = add_provider(desk, name="Dost", agreement_until=on - timedelta(days=90))
    assert [one.provider_id for one in providers.ending_agreements(desk)] == [ended.id, clinic.id]
    archive_provider(desk, ended.id)
    assert [one.name for one in providers.ending_agreements(desk)] == ["Şəhər klinikası"]


def test_today_says_that_an_agreement_ends_to_who_keeps_the_directory(desk: Desk, clinic: Provider) -> None:
    assert today.read_today(desk).agreements_ending == ()
    change_provider(desk, clinic, agreement_until=desk.today() + timedelta(days=3))
    assert [one.provider_id for one in today.read_today(desk).agreements_ending] == [clinic.id]
    desk.rights -= {Right.GIVE_SERVICES}
    assert today.read_today(desk).agreements_ending == ()


def test_who_was_archived_is_off_the_directory_and_comes_back(desk: Desk, clinic: Provider) -> None:
    archive_provider(desk, clinic.id)
    assert outside(desk) == []
    assert [one.id for one in providers.providers_of(desk, archived=True)] == [clinic.id]
    assert provider_with(desk, clinic.id).name == clinic.name
    archive_provider(desk, clinic.id, archived=False)
    assert [row.id for row in outside(desk)] == [clinic.id]


def test_the_second_of_the_same_name_is_noticed(desk: Desk, clinic: Provider) -> None:
    known = providers.providers_of(desk)
    same = providers.same_name(known, "seher KLINIKASI")
    assert same is not None
    assert same.id == clinic.id
    assert providers.same_name(known, "seher") is None
    assert providers.same_name(known, "  ") is None


def test_whoever_was_slower_overwrites_nothing(desk: Desk, clinic: Provider) -> None:
    read = provider_with(desk, clinic.id)
    change_provider(desk, clinic, place="Bakı")
    with pytest.raises(StaleRecord):
        change_provider(desk, read, place="Şəki")
    assert provider_with(desk, clinic.id).place == "Bakı"


def test_rights(desk: Desk, clinic: Provider) -> None:
    desk.rights -= {Right.GIVE_SERVICES}
    assert directory(desk)
    for attempt in (
        lambda: add_provider(desk, name="Dost"),
        lambda: change_provider(desk, clinic, place="Bakı"),
        lambda: archive_provider(desk, clinic.id),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    desk.rights -= {Right.SEE_RECORDS}
    for look in (directory, providers.providers_of, providers.ending_agreements):
        with pytest.raises(NotAllowed):
            look(desk)


def test_a_colleague_who_left_is_no_provider_any_more(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    add_provider(desk, member_id=desk.me.id, hours="Mon")
    assert [row.name for row in directory(desk)] == ["Leyla A."]
    monkeypatch.setattr(providers, "colleagues", lambda _desk, former=False: [])
    assert directory(desk) == []
