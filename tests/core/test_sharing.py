"""Consents for one purpose and one recipient, and what leaves past a missing one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from shelterdesk import consents, people, residents, sharing
from shelterdesk.access import Role
from shelterdesk.consents import Consent
from shelterdesk.desk import Desk
from shelterdesk.errors import NotAllowed, Problems
from shelterdesk.people import Person
from shelterdesk.schema import log_reading
from shelterdesk.sharing import ConsentMissing, ReasonMissing, State, may_share
from shelterdesk.vault import Compartment
from tests.core.seats import seat

CLINIC = "Klinika «Ümid»"


@pytest.fixture
def ay(desk: Desk) -> Person:
    return people.add_person(desk, short_name="Ay")


def answer(desk: Desk, person: Person, days_ago: int, **values: Any) -> Consent:
    given = {"purpose": "share_partner", "answer": "given", "answered_on": desk.today() - timedelta(days=days_ago)}
    return consents.record_consent(desk, person.id, **(given | values))


def state(desk: Desk, person: Person, recipient: str = "", purpose: str = "share_partner") -> State:
    return may_share(desk, person.id, purpose, recipient).state


def test_nobody_asked_means_not_asked(desk: Desk, ay: Person) -> None:
    assert state(desk, ay, CLINIC) is State.NOT_ASKED
    answer(desk, ay, 0, answer="not_asked", recipient=CLINIC)
    assert state(desk, ay, CLINIC) is State.NOT_ASKED


def test_a_yes_holds_for_its_recipient_in_any_spelling_and_for_nobody_else(desk: Desk, ay: Person) -> None:
    answer(desk, ay, 3, recipient=CLINIC)
    for spelled in ("klinika umid", "Клиника Умид", "KLİNİKA ÜMİD"):
        assert state(desk, ay, spelled) is State.GIVEN, spelled
    assert state(desk, ay, "Klinika Nur") is State.NOT_ASKED
    assert state(desk, ay) is State.NOT_ASKED
    assert state(desk, ay, CLINIC, "share_authority") is State.NOT_ASKED
    assert state(desk, people.add_person(desk, short_name="Nur"), CLINIC) is State.NOT_ASKED


def test_the_newest_answer_decides_whatever_was_saved_last(desk: Desk, ay: Person) -> None:
    answer(desk, ay, 2, recipient=CLINIC, answer="withdrawn")
    answer(desk, ay, 9, recipient=CLINIC)
    assert state(desk, ay, CLINIC) is State.WITHDRAWN
    newest = answer(desk, ay, 0, recipient=CLINIC)
    assert state(desk, ay, CLINIC) is State.GIVEN
    consents.archive_consent(desk, newest.id)
    assert state(desk, ay, CLINIC) is State.WITHDRAWN


def test_a_no_without_a_name_is_for_everybody_and_a_yes_without_one_for_nobody(desk: Desk, ay: Person) -> None:
    with pytest.raises(Problems) as problems:
        answer(desk, ay, 3)
    assert [one.field for one in problems.value.problems] == ["consent.recipient"]
    given = answer(desk, ay, 3, recipient=CLINIC)
    with pytest.raises(Problems):
        consents.change_consent(desk, given, recipient=" ")
    answer(desk, ay, 1, answer="withdrawn")
    assert state(desk, ay, CLINIC) is State.WITHDRAWN


def test_health_services_need_no_name(desk: Desk, ay: Person) -> None:
    answer(desk, ay, 3, purpose="health")
    assert state(desk, ay, CLINIC, "health") is State.GIVEN
    answer(desk, ay, 2, purpose="health", recipient=CLINIC, answer="declined")
    assert state(desk, ay, CLINIC, "health") is State.DECLINED
    assert state(desk, ay, "Klinika Nur", "health") is State.GIVEN


def test_a_consent_ends_after_its_last_day(desk: Desk, ay: Person) -> None:
    with pytest.raises(Problems):
        answer(desk, ay, 1, recipient=CLINIC, until=desk.today() - timedelta(days=2))
    answer(desk, ay, 5, recipient=CLINIC, until=desk.today())
    assert state(desk, ay, CLINIC) is State.GIVEN
    answer(desk, ay, 4, recipient=CLINIC, until=desk.today() - timedelta(days=1))
    assert state(desk, ay, CLINIC) is State.ENDED


def test_a_consent_can_be_narrowed(desk: Desk, ay: Person) -> None:
    answer(desk, ay, 1, recipient=CLINIC, parts=frozenset({"name", "language"}))
    standing = may_share(desk, ay.id, "share_partner", CLINIC)
    assert standing.sharing({"name"}).given
    wider = standing.sharing({"name", "safety"})
    assert wider.state is State.NARROWER
    with pytest.raises(ConsentMissing, match="less than this"):
        sharing.require_consent(wider)
    answer(desk, ay, 0, recipient=CLINIC)
    assert may_share(desk, ay.id, "share_partner", CLINIC).sharing({"name", "safety"}).given


def test_who_cannot_read_for_whom_takes_a_no_as_meant_and_no_yes(desk: Desk, ay: Person) -> None:
    answer(desk, ay, 3, purpose="health", recipient=CLINIC)
    mine = seat(desk, Role.SOCIAL_WORKER)
    del mine.vault.ring._keys[Compartment.IDENTITY]
    assert state(mine, ay, CLINIC, "health") is State.NOT_ASKED
    answer(desk, ay, 1, purpose="health", recipient="Klinika Nur", answer="declined")
    assert state(mine, ay, CLINIC, "health") is State.DECLINED
    assert state(desk, ay, CLINIC, "health") is State.GIVEN


def test_nothing_is_noted_past_a_missing_consent_without_a_reason(desk: Desk, ay: Person) -> None:
    standing = may_share(desk, ay.id, "share_partner", CLINIC)
    for why in ("", "  "):
        with pytest.raises(ConsentMissing, match="Klinika"):
            sharing.note_shared(desk, ay.id, standing, what="referral_letter", how="docx", why=why)
    with desk.read() as db:
        assert not [row for row in log_reading.logged(db) if row.act == "export"]
    sharing.note_shared(desk, ay.id, standing, what="referral_letter", how="docx", why="A child is in danger")
    with desk.read() as db:
        row = next(row for row in log_reading.logged(db) if row.act == "export")
    kept = {one.field_id: one.after for one in row.changes}
    assert kept["log.why"] == "A child is in danger"
    assert kept["log.consent"] == "not_asked"
    assert kept["log.for_whom"] == CLINIC
    with seat(desk, Role.RECEPTION).read() as db:
        sealed = next(row for row in log_reading.logged(db) if row.act == "export")
    assert {one.field_id for one in sealed.changes if one.state == "sealed"} == {"log.why", "log.for_whom"}


def test_names_of_many_leave_with_a_reason_only() -> None:
    with pytest.raises(ReasonMissing):
        sharing.require_reason(" ")
    sharing.require_reason("For the audit")


def test_only_who_refers_shares(desk: Desk, ay: Person) -> None:
    nurse = seat(desk, Role.NURSE)
    answer(desk, ay, 1, recipient=CLINIC)
    standing = may_share(nurse, ay.id, "share_partner", CLINIC)
    assert standing.given
    with pytest.raises(NotAllowed):
        sharing.note_shared(nurse, ay.id, standing, what="referral_letter", how="print")
    with pytest.raises(NotAllowed):
        may_share(seat(desk, Role.NIGHT_WORKER), ay.id, "share_partner", CLINIC)


def test_the_answers_that_hold_stand_once_for_each_purpose_and_recipient(desk: Desk, ay: Person) -> None:
    answer(desk, ay, 9, purpose="support")
    answer(desk, ay, 8, recipient=CLINIC)
    answer(desk, ay, 7, recipient="klinika ümid", answer="withdrawn")
    answer(desk, ay, 6, recipient="Klinika Nur")
    held = consents.holding(consents.consents_of(desk, ay.id))
    assert [(one.purpose, one.recipient, one.answer) for one in held] == [
        ("support", None, "given"),
        ("share_partner", "Klinika Nur", "given"),
        ("share_partner", "klinika ümid", "withdrawn"),
    ]


def test_a_needed_consent_that_ended_is_missing_again(desk: Desk, ay: Person) -> None:
    answer(desk, ay, 30, purpose="support", until=desk.today())
    assert residents.head_of(desk, ay).missing_consents == ()
    answer(desk, ay, 20, purpose="support", until=desk.today() - timedelta(days=1))
    assert residents.head_of(desk, ay).missing_consents == ("support",)
