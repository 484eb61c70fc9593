"""The recovery code: made anew with and without the old one, in pieces, with a reason, and told to everybody once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from shelterdesk import integrity, notices, recovery, staff
from shelterdesk.desk import Desk
from shelterdesk.errors import NotAllowed, Problem
from shelterdesk.notices import Notice, NoticeKind
from shelterdesk.opening import open_desk_with_pieces, open_desk_with_recovery
from shelterdesk.vault import Compartment, RecoveryCodeMistyped, WrongRecoveryCode, failures, inspect_vault
from shelterdesk.vault.errors import PiecesUnfit
from shelterdesk.vault.recovery import new_secret, write_code
from tests.core.shelter_staff import CASE, CLINICAL, FIRST, HOUSE, IDENTITY, LEGAL, MEDICAL, Shelter, log_of
from tests.desks import Clock

Recover = Callable[..., Desk]


@pytest.fixture
def shelter(vault_folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shelter]:
    """A new vault, whose director holds every key and is at the desk."""
    monkeypatch.setattr(failures, "_pause_after", lambda _in_a_row: 0)
    made = Shelter(vault_folder, clock)
    made.found()
    yield made
    made.leave()


@pytest.fixture
def recover(shelter: Shelter, clock: Clock) -> Recover:
    """Sign in with a recovery code or with pieces."""

    def sign_in(code: str | list[str], why: str = "passphrase lost") -> Desk:
        shelter.leave()
        if isinstance(code, str):
            return shelter.sit(open_desk_with_recovery(shelter.folder, code, why=why, clock=clock))
        return shelter.sit(open_desk_with_pieces(shelter.folder, code, why=why, clock=clock))

    return sign_in


def news(desk: Desk) -> list[Notice]:
    return [one for one in notices.notices(desk) if one.kind in (NoticeKind.RECOVERY_USED, NoticeKind.RECOVERY_MADE)]


# --- made anew ------------------------------------------------------------------------------------------------------


def test_a_new_sheet_ends_the_old_one_and_opens_everything(shelter: Shelter, recover: Recover) -> None:
    desk = shelter.sign_in()
    state = recovery.recovery_state(desk)
    assert (state.kind, state.needed, state.pieces, state.lacks) == ("sheet", 0, 0, frozenset())
    code = recovery.new_recovery_sheet(desk)
    assert recovery.recovery_state(desk).lacks == frozenset()
    assert log_of(desk, "recovery_sheet") == [{"log.what": "house, identity, case, medical, clinical, legal"}]
    assert integrity.verify_desk(desk).whole
    with pytest.raises(WrongRecoveryCode):
        recover(shelter.code)
    assert recover(code).vault.ring.compartments == frozenset(Compartment)


def test_what_the_maker_lacks_is_added_by_holders_who_want_it(shelter: Shelter, recover: Recover) -> None:
    shelter.hire("nigar", "psychologist", keys=[CLINICAL])
    admin = shelter.hire("admin", "administrator")
    desk = shelter.sign_in("admin")
    code = recovery.new_recovery_sheet(desk)
    state = recovery.recovery_state(desk)
    assert (state.made_by, state.lacks, state.can_add) == (admin, frozenset(Compartment), frozenset())
    desk = shelter.sign_in("nigar")
    assert recovery.recovery_state(desk).can_add == {HOUSE, IDENTITY, CASE, CLINICAL}
    assert recover(code).vault.ring.compartments == frozenset(), "signing in adds nothing"
    desk = shelter.sign_in("nigar")
    recovery.let_recovery_open(desk)
    assert recovery.recovery_state(desk).lacks == {MEDICAL, LEGAL}
    assert log_of(desk, "recovery_complete") == [{"log.what": "house, identity, case, clinical"}]
    assert recover(code).vault.ring.compartments == {HOUSE, IDENTITY, CASE, CLINICAL}
    desk = shelter.sign_in()
    recovery.let_recovery_open(desk)
    assert recovery.recovery_state(desk).lacks == frozenset()
    before = desk.vault.generation
    recovery.let_recovery_open(desk)
    assert desk.vault.generation == before, "what is complete is left alone"
    assert recover(code).vault.ring.compartments == frozenset(Compartment)
    assert integrity.verify_desk(shelter.sign_in()).whole


def test_what_the_maker_is_given_later_is_added_at_their_sign_in(shelter: Shelter, recover: Recover) -> None:
    boss = shelter.hire("boss", "director")
    code = recovery.new_recovery_sheet(shelter.sign_in("boss"))
    staff.give(shelter.sign_in(), boss, [LEGAL])
    shelter.sign_in("boss")
    assert recover(code).vault.ring.compartments == {HOUSE, IDENTITY, CASE, LEGAL}


def test_with_the_old_code_nothing_is_lacking(shelter: Shelter, recover: Recover) -> None:
    shelter.hire("admin", "administrator")
    desk = shelter.sign_in("admin")
    generation = desk.vault.generation
    for wrong, error in (("AAAAA", RecoveryCodeMistyped), (write_code(new_secret()), WrongRecoveryCode)):
        with pytest.raises(error):
            recovery.renew_recovery_code(desk, wrong)
    assert [one.user_name for one in desk.vault.failed_sign_ins()] == ["admin"]
    assert desk.vault.generation == generation
    code = recovery.renew_recovery_code(desk, shelter.code)
    assert recovery.recovery_state(desk).lacks == frozenset()
    assert desk.vault.ring.compartments == frozenset(), "the old code gives its keys to the new one, not to the person"
    with pytest.raises(WrongRecoveryCode):
        recover(shelter.code)
    assert recover(code).vault.ring.compartments == frozenset(Compartment)


@pytest.mark.long
def test_a_code_that_alone_opens_something_is_not_thrown_away(shelter: Shelter) -> None:
    shelter.hire("admin", "administrator")
    nigar = shelter.hire("nigar", "psychologist", keys=[CLINICAL])
    staff.hand_over(shelter.sign_in(), nigar, [CLINICAL])
    shelter.replace_due_keys("nigar")
    staff.suspend(shelter.sign_in(), nigar, "on leave")
    desk = shelter.sign_in()
    with pytest.raises(NotAllowed, match="Psychological"):
        recovery.new_recovery_sheet(desk)
    with pytest.raises(NotAllowed, match="Psychological"):
        recovery.split_recovery(desk)
    recovery.renew_recovery_code(desk, shelter.code)
    assert recovery.recovery_state(desk).lacks == frozenset()
    staff.resume(desk, nigar)
    recovery.new_recovery_sheet(desk)
    with pytest.raises(NotAllowed, match="lost for ever: nobody else and no recovery code"):
        staff.suspend(desk, nigar, "on leave")


def test_making_a_code_takes_the_right_to_manage_people(shelter: Shelter) -> None:
    shelter.hire("nigar", "psychologist")
    desk = shelter.sign_in("nigar")
    for act in (
        lambda: recovery.new_recovery_sheet(desk),
        lambda: recovery.renew_recovery_code(desk, shelter.code),
        lambda: recovery.split_recovery(desk, shelter.code),
    ):
        with pytest.raises(NotAllowed):
            act()


# --- pieces ---------------------------------------------------------------------------------------------------------


def test_two_of_three_pieces_open_everything_and_the_sheet_nothing_more(shelter: Shelter, recover: Recover) -> None:
    desk = shelter.sign_in()
    pieces = recovery.split_recovery(desk)
    assert len(pieces) == 3
    state = recovery.recovery_state(desk)
    assert (state.kind, state.needed, state.pieces, state.lacks) == ("pieces", 2, 3, frozenset())
    assert log_of(desk, "recovery_pieces")[0]["log.how"] == "2/3"
    assert inspect_vault(shelter.folder).pieces_needed == 2
    with pytest.raises(WrongRecoveryCode):
        recover(shelter.code)
    for pair in (pieces[:2], pieces[1:], [pieces[2], pieces[0]]):
        assert recover(pair).vault.ring.compartments == frozenset(Compartment)
    for too_few in ([pieces[0]], [pieces[0], pieces[0]], []):
        with pytest.raises(PiecesUnfit):
            recover(too_few)


def test_pieces_are_made_anew_with_the_pieces_before(shelter: Shelter, recover: Recover) -> None:
    shelter.hire("admin", "administrator")
    old = recovery.split_recovery(shelter.sign_in("admin"), shelter.code, pieces=5, needed=3)
    desk = shelter.sign_in("admin")
    new = recovery.split_recovery(desk, old[1:4])
    assert recovery.recovery_state(desk).lacks == frozenset()
    with pytest.raises(PiecesUnfit, match="do not belong together"):
        recover([old[0], new[0]])
    with pytest.raises(WrongRecoveryCode):
        recover(old[:3])
    desk = recover(new[:2])
    code = recovery.new_recovery_sheet(desk)
    assert recovery.recovery_state(desk).kind == "sheet"
    assert recovery.recovery_state(desk).lacks == frozenset(), "whoever used it passes all of it on"
    assert integrity.verify_desk(desk).whole
    assert recover(code).vault.ring.compartments == frozenset(Compartment)
    assert inspect_vault(shelter.folder).pieces_needed == 0


@pytest.mark.parametrize(("pieces", "needed"), [(3, 1), (2, 3), (17, 2), (0, 0)])
def test_senseless_pieces_are_refused(shelter: Shelter, pieces: int, needed: int) -> None:
    with pytest.raises(Problem) as told:
        recovery.split_recovery(shelter.sign_in(), pieces=pieces, needed=needed)
    assert told.value.field == "pieces"


def test_a_new_key_reaches_the_code_whatever_it_was_made_by(shelter: Shelter, recover: Recover) -> None:
    nigar = shelter.hire("nigar", "nurse", keys=[MEDICAL])
    pieces = recovery.split_recovery(shelter.sign_in())
    staff.remove(shelter.sign_in(), nigar, "left")
    assert recover(pieces[:2]).vault.ring.compartments == frozenset(Compartment)


# --- used, and told -------------------------------------------------------------------------------------------------


def test_without_a_reason_the_code_opens_nothing(shelter: Shelter, recover: Recover) -> None:
    pieces = recovery.split_recovery(shelter.sign_in())
    for code in (shelter.code, pieces):
        with pytest.raises(Problem) as told:
            recover(code, why="  ")
        assert told.value.field == "why"


def test_everybody_is_told_once_that_the_code_was_used_and_why(shelter: Shelter, recover: Recover) -> None:
    shelter.hire("nigar", "social_worker")
    shelter.hire("night", "night_worker")
    shelter.sign_in("nigar")
    shelter.sign_in("night")
    recover(shelter.code, why="Leyla forgot her passphrase")
    (row,) = log_of(recover(shelter.code, why="once more"), "sign_in_recovery")[:1]
    assert row == {"log.why": "Leyla forgot her passphrase", "log.how": "sheet"}
    desk = shelter.sign_in("nigar")
    told = news(desk)
    assert [one.kind for one in told] == [NoticeKind.RECOVERY_USED] * 2
    assert [one.why for one in told] == ["Leyla forgot her passphrase", "once more"]
    assert "Leyla forgot her passphrase" in told[0].text()
    notices.understood(desk, told[0])
    assert [one.why for one in news(desk)] == ["once more"]
    notices.understood(desk, told[1])
    notices.understood(desk, told[0])
    assert news(desk) == []
    assert news(shelter.sign_in("nigar")) == []
    sealed = news(shelter.sign_in("night"))
    assert [one.why for one in sealed] == ["", ""], "the reason is sealed as identity"
    assert "sealed" in sealed[0].text()
    assert len(news(shelter.sign_in(FIRST))) == 2


def test_who_comes_later_is_told_nothing_of_earlier_times(shelter: Shelter, recover: Recover) -> None:
    recover(shelter.code)
    invitation = staff.invite(shelter.sign_in(), "nigar", "", ["nurse"])
    desk = shelter.accept("nigar", invitation.code)
    assert news(desk) == []
    recover(shelter.code, why="again")
    assert [one.why for one in news(shelter.sign_in("nigar"))] == ["again"]


def test_everybody_but_the_maker_is_told_of_a_new_code(shelter: Shelter, recover: Recover) -> None:
    shelter.hire("nigar", "nurse")
    desk = shelter.sign_in()
    recovery.new_recovery_sheet(desk)
    code = recovery.new_recovery_sheet(desk)
    assert news(desk) == []
    (told,) = news(shelter.sign_in("nigar"))
    assert (told.kind, told.names) == (NoticeKind.RECOVERY_MADE, ("Leyla A.",))
    recovery.new_recovery_sheet(recover(code))
    kinds = [one.kind for one in news(shelter.sign_in("nigar"))]
    assert kinds == [NoticeKind.RECOVERY_USED, NoticeKind.RECOVERY_MADE]
