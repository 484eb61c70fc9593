"""Whatever people do to each other's keys: every compartment stays openable, and nobody opens what they do not hold."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shelterdesk import integrity, recovery, rotation, staff
from shelterdesk.access import Role
from shelterdesk.desk import Desk
from shelterdesk.errors import NotAllowed, Problem
from shelterdesk.opening import open_desk_with_pieces, open_desk_with_recovery
from shelterdesk.staff import StaffMember
from shelterdesk.vault import Compartment, OpenVault, WrongPassphrase, failures, membership
from shelterdesk.vault.compartments import DATABASE
from shelterdesk.vault.grants import GrantsEntry, open_key
from shelterdesk.vault.members import Standing
from shelterdesk.vault.slots import MemberKeys, open_with_passphrase
from shelterdesk.vault.unlocking import slot_of
from tests.core.shelter_staff import FIRST, Shelter
from tests.desks import Clock

SLOW = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large]


@dataclass(frozen=True)
class Step:
    """One thing somebody tries to do; numbers are taken modulo how many there are."""

    act: str
    actor: int
    whom: int
    compartments: frozenset[Compartment]
    role: Role


ACTS = (
    "invite", "accept", "give", "give", "hand_over", "hand_over", "deputise", "take_back", "suspend", "resume",
    "remove", "new_code", "roles", "replace_due", "new_sheet", "split", "recover",
)  # fmt: skip
STEPS = st.builds(
    Step,
    st.sampled_from(ACTS),
    st.integers(0, 5),
    st.integers(0, 5),
    st.frozensets(st.sampled_from(list(Compartment)), min_size=1, max_size=3),
    st.sampled_from(list(Role)),
)


class Story:
    """A shelter, what its people try, and every private key that ever lay behind a passphrase there."""

    def __init__(self, folder: Path) -> None:
        self.shelter = Shelter(folder, Clock())
        self.codes: dict[str, str] = {}
        self.recovery: str | list[str] = ""
        self.keys: dict[str, list[MemberKeys]] = {}
        desk = self.shelter.found()
        self.recovery = self.shelter.code
        self.note_keys(desk.vault, FIRST)
        for name, role in (("nigar", Role.PSYCHOLOGIST), ("rauf", Role.DIRECTOR)):
            self.codes[name] = staff.invite(desk, name, "", [role.value]).code
            desk = self.accept(name)
            desk = self.shelter.sign_in()
        self.names = [FIRST, "nigar", "rauf"]

    def note_keys(self, vault: OpenVault, name: str) -> None:
        slot = slot_of(vault.header, name)
        assert slot is not None
        payload = open_with_passphrase(vault.id, slot, self.shelter.words[name])
        assert payload is not None
        self.keys.setdefault(name, []).append(MemberKeys(payload))

    def accept(self, name: str) -> Desk:
        desk = self.shelter.accept(name, self.codes[name])
        self.note_keys(desk.vault, name)
        return desk

    def try_step(self, step: Step) -> Desk | None:
        """Do it as far as it is allowed; the answer is the desk where it was tried, None if nobody could."""
        name = self.names[step.actor % len(self.names)]
        if step.act == "accept":
            with suppress(WrongPassphrase, NotAllowed, KeyError):
                return self.accept(name)
            return None
        try:
            desk = self.recovered() if step.act == "recover" else self.shelter.sign_in(name)
        except (WrongPassphrase, NotAllowed, KeyError):
            return None
        whom = self._whom(desk, step)
        with suppress(NotAllowed, Problem):
            self._acts(desk, step, whom)[step.act]()
        return desk

    def recovered(self) -> Desk:
        self.shelter.leave()
        if isinstance(self.recovery, str):
            opened = open_desk_with_recovery(self.shelter.folder, self.recovery, why="story", clock=Clock())
        else:
            opened = open_desk_with_pieces(self.shelter.folder, self.recovery[:2], why="story", clock=Clock())
        return self.shelter.sit(opened)

    def _whom(self, desk: Desk, step: Step) -> StaffMember:
        everybody = sorted(staff.everybody(desk), key=lambda one: self.names.index(one.user_name))
        if step.act == "resume":
            everybody = [one for one in everybody if one.standing is Standing.SUSPENDED] or everybody
        return everybody[step.whom % len(everybody)]

    def _acts(self, desk: Desk, step: Step, whom: StaffMember) -> dict[str, Callable[[], Any]]:
        later = datetime.now(UTC).date() + timedelta(days=30)
        # Mostly what one holds, or nearly everything would be refused.
        some = step.compartments & desk.vault.ring.compartments or step.compartments
        return {
            "invite": lambda: self._invite(desk, step),
            "give": lambda: staff.give(desk, whom.id, some),
            "hand_over": lambda: staff.hand_over(desk, whom.id, some),
            "deputise": lambda: staff.deputise(desk, whom.id, some, later, "leave"),
            "take_back": lambda: staff.take_back(desk, whom.id, some, "story"),
            "suspend": lambda: staff.suspend(desk, whom.id, "story"),
            "resume": lambda: staff.resume(desk, whom.id),
            "remove": lambda: staff.remove(desk, whom.id, "story"),
            "new_code": lambda: self._new_code(desk, whom),
            "roles": lambda: staff.change_roles(desk, whom.id, [step.role.value]),
            "replace_due": lambda: rotation.rotate(desk, rotation.due_here(desk), why="due"),
            "new_sheet": lambda: self._take(recovery.new_recovery_sheet(desk)),
            "split": lambda: self._take(recovery.split_recovery(desk, self.recovery)),
            "recover": lambda: staff.give(desk, whom.id, step.compartments),
        }

    def _invite(self, desk: Desk, step: Step) -> None:
        name = f"person{len(self.names)}"
        if len(self.names) < 6:
            self.codes[name] = staff.invite(desk, name, "", [step.role.value]).code
            self.names.append(name)

    def _new_code(self, desk: Desk, whom: StaffMember) -> None:
        self.codes[whom.user_name] = staff.new_setup_code(desk, whom.id).code

    def _take(self, code: str | list[str]) -> None:
        self.recovery = code


def every_compartment_can_be_opened(vault: OpenVault) -> None:
    for one in Compartment:
        assert membership.keepers(vault, one) or membership.is_recoverable(vault, one), one
    assert any(not one.temporary for one in vault.members if one.active and one.roles), "somebody is left"
    assert vault.unlocked.trust.recovery() is not None


def nobody_opens_more_than_they_hold(story: Story, desk: Desk) -> None:
    """Try every private key there ever was on every sealed key that still lies in the header."""
    vault = desk.vault
    trust, header = vault.unlocked.trust, vault.header
    grants = [grant for entry in header.chain if isinstance(entry, GrantsEntry) for grant in entry.grants]
    everybody = {one.user_name: one for one in staff.everybody(desk)}
    for name, all_keys in story.keys.items():
        found: set[str] = set()
        for keys in all_keys:
            for grant in grants:
                sealed = header.sealed_keys.get(grant.ciphertext)
                if sealed is None or grant.generation != trust.keys[grant.key].generation:
                    continue
                with suppress(ValueError):
                    open_key(vault.id, grant, sealed, keys.seal)
                    found.add(grant.key)
        told = everybody[name]
        may_know = {key.compartment.value for key in told.keys}
        gone = told.standing is Standing.REMOVED
        assert found - {DATABASE} <= (set() if gone else may_know), name
        assert not gone or DATABASE not in found


def everybody_opens_what_the_chain_says(story: Story, desk: Desk) -> None:
    for told in staff.everybody(desk):
        name = told.user_name
        if name not in story.shelter.words:
            continue
        try:
            ring = story.shelter.sign_in(name).vault.ring
        except NotAllowed:
            assert told.standing is Standing.SUSPENDED
        except WrongPassphrase:
            assert told.invited or told.standing is Standing.REMOVED
        else:
            assert told.standing is Standing.ACTIVE
            assert ring.compartments == told.opens
    assert integrity.verify_desk(story.recovered()).whole


def play(steps: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as place, pytest.MonkeyPatch.context() as patch:
        patch.setenv("SHELTERDESK_HOME", place)
        patch.setattr(failures, "_pause_after", lambda _in_a_row: 0)
        story = Story(Path(place) / "desk-7F3A.vault")
        try:
            for step in steps:
                desk = story.try_step(step)
                if desk is not None:
                    every_compartment_can_be_opened(desk.vault)
            desk = story.recovered()
            nobody_opens_more_than_they_hold(story, desk)
            everybody_opens_what_the_chain_says(story, desk)
        finally:
            story.shelter.leave()


@pytest.mark.long
@settings(max_examples=5, suppress_health_check=SLOW)
@given(st.lists(STEPS, min_size=4, max_size=10))
def test_keys_stay_openable_and_where_they_belong(steps: list[Step]) -> None:
    play(steps)


@pytest.mark.long
@settings(max_examples=25, suppress_health_check=SLOW)
@given(st.lists(STEPS, min_size=10, max_size=30))
def test_keys_stay_openable_and_where_they_belong_in_long_stories(steps: list[Step]) -> None:
    play(steps)
