"""The catalogue of services: how long each takes, who may give it, and what is no longer offered."""

from __future__ import annotations

import pytest

from shelterdesk import catalogue, own_choices, services, vocab
from shelterdesk.access import Right
from shelterdesk.catalogue import GIVING_ROLES, change_entry, entry, every_kind, may_give, offered, restore_entry
from shelterdesk.desk import Desk
from shelterdesk.errors import NotAllowed, Problems
from shelterdesk.people import add_person
from shelterdesk.record_log import read_log
from shelterdesk.schema.acts import Act
from shelterdesk.schema.types import new_id
from shelterdesk.vault.compartments import Compartment


def test_every_kind_has_a_family_a_compartment_and_sensible_usual_values(desk: Desk) -> None:
    for one in every_kind(desk):
        assert one.family in vocab.SERVICE_FAMILIES
        assert one.compartment is Compartment(vocab.note_compartment(one.kind))
        assert one.minutes is None or 0 < one.minutes <= catalogue.LONGEST_MINUTES
        assert one.roles <= set(GIVING_ROLES)
        assert not one.changed
    kinds = {code.code for code in vocab.SERVICE_KINDS}
    assert set(vocab.USUAL_MINUTES) <= kinds
    assert set(vocab.USUAL_GIVERS) <= kinds


def test_kinds_stand_family_by_family(desk: Desk) -> None:
    families = [one.family for one in every_kind(desk)]
    order = [family.code for family in vocab.SERVICE_FAMILIES]
    assert families == sorted(families, key=order.index)


def test_what_the_shelter_says_holds_until_it_is_taken_back(desk: Desk) -> None:
    usual = entry(desk, "social_talk")
    change_entry(desk, "social_talk", minutes=25, roles={"social_worker", "case_manager"})
    now = entry(desk, "social_talk")
    assert (now.minutes, now.roles, now.changed) == (25, frozenset({"social_worker", "case_manager"}), True)
    assert next(one for one in offered(desk) if one.kind == "social_talk") == now
    change_entry(desk, "social_talk", minutes=None, roles=())
    assert entry(desk, "social_talk").minutes is None
    restore_entry(desk, "social_talk")
    assert entry(desk, "social_talk") == usual


def test_a_change_is_in_the_log_in_words(desk: Desk) -> None:
    change_entry(desk, "dental_care", minutes=40, roles={"nurse"})
    restore_entry(desk, "dental_care")
    back, changed = [row for row in read_log(desk).lines if row.code == Act.CHANGE_SETTINGS.value.code][:2]
    said = " ".join(line.after for line in changed.fields)
    assert "Services of the shelter" in said
    assert "choice: Dental care, minutes: 40, given by: Nurse" in said
    assert "now: as usual" in " ".join(line.after for line in back.fields)


def test_minutes_out_of_reason_change_nothing(desk: Desk) -> None:
    for minutes in (0, -5, catalogue.LONGEST_MINUTES + 1):
        with pytest.raises(Problems) as found:
            change_entry(desk, "social_talk", minutes=minutes, roles=())
        assert found.value.problems[0].field == catalogue.MINUTES
    assert not entry(desk, "social_talk").changed
    with pytest.raises(ValueError, match="role"):
        change_entry(desk, "social_talk", minutes=5, roles={"administrator"})
    with pytest.raises(ValueError, match="kind"):
        change_entry(desk, "not_there", minutes=5, roles=())


def test_an_own_kind_takes_family_length_and_givers_from_what_it_counts_as(desk: Desk) -> None:
    own = own_choices.add_choice(desk, vocab.SERVICE_KINDS, "Art therapy", counts_as="psychological_session")
    found = entry(desk, own)
    like = entry(desk, "psychological_session")
    assert found.label == "Art therapy"
    assert (found.family, found.minutes, found.roles, found.compartment) == (
        like.family, like.minutes, like.roles, Compartment.CLINICAL,
    )  # fmt: skip
    change_entry(desk, own, minutes=75, roles=found.roles)
    assert entry(desk, own).minutes == 75
    assert entry(desk, "psychological_session").minutes == like.minutes


def test_what_is_no_longer_offered_stays_readable_in_old_services(desk: Desk) -> None:
    ay = add_person(desk, short_name="Ay")
    given = services.add_service(
        desk, ay.id, kind="computer_course", given_on=desk.today(), outcome="took_place", minutes=90
    )
    own_choices.retire_choice(desk, vocab.SERVICE_KINDS, "computer_course")
    assert "computer_course" not in {one.kind for one in offered(desk)}
    found = entry(desk, "computer_course")
    assert not found.active
    assert found.label == "Computer course"
    assert found in every_kind(desk)
    # A correction of the old service keeps its kind.
    services.change_service(desk, services.service_with(desk, given.id), minutes=60)
    assert services.services_of(desk, ay.id)[0].kind == "computer_course"


def test_kinds_of_ones_own_role_come_first_and_the_others_are_named(desk: Desk) -> None:
    for kind in ("psychological_session", "legal_advice", "medicine"):
        assert may_give(desk, kind), "she has all of these roles"
    change_entry(desk, "social_talk", minutes=30, roles={"vocational_officer"})
    assert not may_give(desk, "social_talk")
    first = [one.kind for one in offered(desk, mine=True)]
    assert first[-1] == "social_talk"
    assert sorted(first) == sorted(one.kind for one in offered(desk))
    assert catalogue.not_by(desk, "social_talk", desk.me.id) == "Usually given by: Vocational officer"
    assert catalogue.not_by(desk, "food", desk.me.id) == ""
    assert catalogue.not_by(desk, "social_talk", None) == "", "somebody outside gave it"
    assert not may_give(desk, "social_talk", new_id()), "nobody known"


def test_only_who_changes_settings_changes_the_catalogue(desk: Desk) -> None:
    desk.rights -= {Right.CHANGE_SETTINGS}
    for attempt in (
        lambda: change_entry(desk, "social_talk", minutes=5, roles=()),
        lambda: restore_entry(desk, "social_talk"),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert entry(desk, "social_talk").minutes == 30


def test_listeners_are_told(desk: Desk) -> None:
    told: list[frozenset[str]] = []
    desk.changed.subscribe(told.append)
    change_entry(desk, "social_talk", minutes=20, roles=())
    assert told == [frozenset({"service_kind"})]
