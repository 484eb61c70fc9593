"""What people are told about each other and their keys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from shelterdesk import notices, recovery, staff
from shelterdesk.desk import Desk
from shelterdesk.notices import Notice, NoticeKind
from shelterdesk.vault import Compartment
from tests.core.shelter_staff import CLINICAL, LEGAL, MEDICAL, Shelter
from tests.desks import Clock


@pytest.fixture
def shelter(vault_folder: Path, clock: Clock) -> Iterator[Shelter]:
    """A new vault, whose director holds every key and is at the desk."""
    made = Shelter(vault_folder, clock)
    made.found()
    yield made
    made.leave()


def told(desk: Desk, kind: NoticeKind) -> list[Notice]:
    return [one for one in notices.notices(desk) if one.kind is kind]


def test_whoever_works_alone_is_told_nothing(shelter: Shelter) -> None:
    assert notices.notices(shelter.sign_in()) == ()


def test_who_waits_for_a_key_is_known_to_who_can_give_it(shelter: Shelter) -> None:
    nigar = shelter.hire("nigar", "psychologist")
    shelter.hire("admin", "administrator")
    (mine,) = told(shelter.sign_in(), NoticeKind.WAITS_FOR_KEYS)
    assert (mine.names, mine.compartments, mine.can_act) == (("Nigar H.",), {CLINICAL}, True)
    assert mine.member is not None
    assert mine.member.id == nigar
    assert mine.text() == "Nigar H. waits for keys: Psychological."
    (seen,) = told(shelter.sign_in("admin"), NoticeKind.WAITS_FOR_KEYS)
    assert not seen.can_act
    (own,) = told(shelter.sign_in("nigar"), NoticeKind.WAITS_FOR_KEYS)
    assert not own.can_act
    shelter.hire("night", "night_worker")
    assert told(shelter.sign_in("night"), NoticeKind.WAITS_FOR_KEYS) == []
    staff.give(shelter.sign_in(), nigar, [CLINICAL])
    assert told(shelter.sign_in(), NoticeKind.WAITS_FOR_KEYS) == []


def test_nobody_has_to_act_before_an_invitation_is_accepted(shelter: Shelter) -> None:
    invitation = staff.invite(shelter.sign_in(), "nigar", "Nigar H.", ["psychologist"])
    assert told(shelter.sign_in(), NoticeKind.WAITS_FOR_KEYS) == []
    shelter.accept("nigar", invitation.code)
    assert told(shelter.sign_in(), NoticeKind.WAITS_FOR_KEYS)[0].compartments == {CLINICAL}


def test_who_manages_people_is_told_who_holds_a_key_alone(shelter: Shelter) -> None:
    nigar = shelter.hire("nigar", "lawyer", keys=[LEGAL])
    (alone,) = told(shelter.sign_in(), NoticeKind.HELD_BY_ONE)
    assert (alone.names, alone.compartments, alone.can_act) == (("Leyla A.",), {MEDICAL, CLINICAL}, True)
    assert told(shelter.sign_in("nigar"), NoticeKind.HELD_BY_ONE) == []
    staff.hand_over(shelter.sign_in(), nigar, [LEGAL])
    staff.suspend(shelter.sign_in(), nigar, "on leave")
    (nobody,) = told(shelter.sign_in(), NoticeKind.HELD_BY_NOBODY)
    assert nobody.compartments == {LEGAL}


def test_keys_to_be_replaced_are_told_to_holders_and_managers(shelter: Shelter) -> None:
    nigar = shelter.hire("nigar", "psychologist", keys=[CLINICAL])
    shelter.hire("night", "night_worker")
    staff.hand_over(shelter.sign_in(), nigar, [CLINICAL])
    (seen,) = told(shelter.sign_in(), NoticeKind.REPLACE_KEYS)
    assert (seen.names, seen.compartments, seen.can_act) == (("Leyla A.",), {CLINICAL}, False)
    (mine,) = told(shelter.sign_in("nigar"), NoticeKind.REPLACE_KEYS)
    assert mine.can_act
    assert told(shelter.sign_in("night"), NoticeKind.REPLACE_KEYS) == []
    shelter.replace_due_keys("nigar")
    assert told(shelter.sign_in(), NoticeKind.REPLACE_KEYS) == []


def test_a_code_that_ran_out_is_told_to_who_can_make_a_new_one(shelter: Shelter) -> None:
    shelter.hire("night", "night_worker")
    staff.invite(shelter.sign_in(), "rauf", "Rauf B.", ["lawyer"], days=1)
    assert told(shelter.sign_in(), NoticeKind.CODE_RAN_OUT) == []
    with time_machine.travel(datetime.now(UTC) + timedelta(days=3), tick=False):
        (out,) = told(shelter.sign_in(), NoticeKind.CODE_RAN_OUT)
        assert out.text() == "The set-up code of Rauf B. has run out."
        assert told(shelter.sign_in("night"), NoticeKind.CODE_RAN_OUT) == []


def test_the_most_pressing_stands_first(shelter: Shelter) -> None:
    nigar = shelter.hire("nigar", "psychologist")
    shelter.hire("boss", "director")
    recovery.new_recovery_sheet(shelter.sign_in("boss"))
    staff.hand_over(shelter.sign_in(), nigar, [LEGAL])
    kinds = [one.kind for one in notices.notices(shelter.sign_in())]
    assert kinds == sorted(kinds, key=list(NoticeKind).index)
    assert kinds[0] is NoticeKind.RECOVERY_MADE


@pytest.mark.parametrize("kind", list(NoticeKind))
def test_every_notice_has_words(kind: NoticeKind) -> None:
    words = Notice(kind, names=("Nigar H.",), compartments=frozenset({Compartment.LEGAL}), day="1 May", why="x").text()
    assert "{" not in words
    assert len(words) > 20
