"""Whatever somebody signs who may not: the chain of people and keys takes nothing of it.

Two properties beside the named forgeries of ``tests/core/vault/test_chain.py``: no value of any entry can be altered,
and no series of well-made entries gets an attacker more than the rules give them.
"""

from __future__ import annotations

import copy
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shelterdesk.vault import KdfCost, OpenVault, create_vault
from shelterdesk.vault.chain import Entry, Forged, Trust, read_entry, replay, sign_entry
from shelterdesk.vault.changes import Change
from shelterdesk.vault.compartments import DATABASE, KEY_NAMES
from shelterdesk.vault.encoding import now
from shelterdesk.vault.grants import GIVEN_UP, Grant, GrantsEntry
from shelterdesk.vault.members import MemberEntry, Standing
from shelterdesk.vault.slots import MemberKeys, new_payload
from tests.core.proofs.test_every_position import altered, leaves
from tests.desks import PASSPHRASE, at_another_computer

T = TypeVar("T")
SOON = datetime.now(UTC).date() + timedelta(days=9)


@dataclass(frozen=True)
class Attacker:
    """Somebody with keys of their own and the whole disk, the key of the database included."""

    name: str
    id: UUID
    keys: MemberKeys
    held: frozenset[str]


class Cast:
    """A vault with somebody of every kind in it."""

    def __init__(self, vault: OpenVault) -> None:
        self.vault = vault.id
        self.fingerprint = vault.unlocked.keys.fingerprint
        self.people: dict[str, Attacker] = {}
        change = Change(vault)
        self._join(change, "nurse", "nurse", "house", "identity", "medical")
        self._join(change, "deputy", "psychologist", "house", until=("clinical",))
        self._join(change, "clerk", "administrator")
        self._join(change, "newcomer", "social_worker", "house", "case", temporary=True)
        self._join(change, "absent", "director", "house", "identity", "case")
        change.change_member(self.people["absent"].id, standing=Standing.SUSPENDED)
        self._join(change, "leaver", "director", "house", "identity", "case")
        change.change_member(self.people["leaver"].id, standing=Standing.REMOVED)
        vault.commit(change)
        keys = MemberKeys(new_payload())
        self.people["stranger"] = Attacker("stranger", uuid4(), keys, frozenset())
        self.chain = vault.header.chain
        self.trust = replay(self.vault, self.chain, self.fingerprint)

    def _join(
        self, change: Change, name: str, role: str, *held: str, until: tuple[str, ...] = (), temporary: bool = False
    ) -> None:
        keys = MemberKeys(new_payload(self.fingerprint))
        who = Attacker(name, uuid4(), keys, frozenset({DATABASE, *held, *until}))
        change.new_member(who.id, name, (role,), keys, temporary=temporary)
        change.give([DATABASE, *held], who.id)
        if until:
            change.give(until, who.id, SOON)
        self.people[name] = who


@pytest.fixture(scope="module")
def cast(tmp_path_factory: pytest.TempPathFactory) -> Cast:
    """Made once; the chain is only ever copied."""
    with at_another_computer(tmp_path_factory):
        vault, _code = create_vault(
            Path(tmp_path_factory.mktemp("cast")) / "desk-7F3A.vault",
            user_name="leyla",
            roles=["director"],
            passphrase=PASSPHRASE,
            cost=KdfCost.for_tests(),
        )
        with vault:
            return Cast(vault)


# --- no value of any entry can be altered -------------------------------------------------------------------------


def resigned(cast: Cast, entry: Entry, signer: MemberKeys) -> Entry:
    return sign_entry(cast.vault, replace(entry, signature=b""), signer.sign)


def test_no_value_of_any_entry_can_be_altered(cast: Cast) -> None:
    """Neither under its own signature nor under one of somebody who was let in or thrown out."""
    tried = 0
    for place, entry in enumerate(cast.chain):
        whole = json.loads(json.dumps({**entry.document(), "signature": entry.signature.hex()}))
        before = replay(cast.vault, cast.chain[:place], cast.fingerprint) if place else Trust(cast.vault)
        for path in leaves(whole):
            document = copy.deepcopy(whole)
            inner = document
            for key in path[:-1]:
                inner = inner[key]
            inner[path[-1]] = altered(inner[path[-1]])
            try:
                changed = read_entry(document)
            except ValueError:
                continue
            tried += 1
            signers = [None, *(one.keys for one in cast.people.values())]
            for signer in signers if path != ("signature",) else [None]:
                forged = changed if signer is None else resigned(cast, changed, signer)
                with pytest.raises(Forged):
                    _admit_first(copy.deepcopy(before), forged, cast.fingerprint)
    assert tried > 150


def _admit_first(trust: Trust, entry: Entry, fingerprint: bytes) -> None:
    trust.admit(entry)
    if trust.fingerprint != fingerprint:
        raise Forged("the chain starts elsewhere")


def test_entries_can_neither_be_left_out_nor_exchanged_nor_doubled(cast: Cast) -> None:
    for place in range(len(cast.chain)):
        entries = list(cast.chain)
        doubled = [*entries[: place + 1], *entries[place:]]
        shorter = entries[:place] + entries[place + 1 :]
        exchanged = list(entries)
        exchanged[place], exchanged[place - 1] = exchanged[place - 1], exchanged[place]
        for forged in (doubled, shorter if place < len(entries) - 1 else doubled, exchanged):
            with pytest.raises(Forged):
                replay(cast.vault, forged, cast.fingerprint)


def test_a_chain_of_another_vault_is_refused(cast: Cast) -> None:
    with pytest.raises(Forged):
        replay(uuid4(), cast.chain, cast.fingerprint)


# --- no series of entries gives an attacker more than the rules ----------------------------------------------------

ROLES = st.sampled_from([(), ("nurse",), ("director",), ("administrator", "psychologist")])
DAYS = st.sampled_from(["", GIVEN_UP, "2020-01-01", SOON.isoformat(), "2999-12-31"])
MOMENTS = st.sampled_from([now(), "2020-01-01T00:00:00Z", "2999-12-31T00:00:00Z"])


def usually(draw: st.DrawFn, right: T, wrong: st.SearchStrategy[T]) -> T:
    """Return what belongs here, and now and then something else: only what is right elsewhere comes far."""
    return draw(wrong) if draw(st.integers(0, 9)) == 9 else right


@st.composite
def an_entry(draw: st.DrawFn, cast: Cast, trust: Trust, who: Attacker, pair: tuple[MemberKeys, MemberKeys]) -> Entry:
    """Return an entry *who* could make. *pair* are the keys they have now, and others they could take."""
    members = st.sampled_from([*trust.members, who.id, UUID(int=7)])
    by, at = usually(draw, who.id, members), usually(draw, now(), MOMENTS)
    previous = usually(draw, trust.head, st.just(bytes(32)))
    if draw(st.booleans()):
        member = draw(st.just(who.id) | members)
        known = trust.members.get(member, _nobody(pair[1]))
        owner = draw(st.sampled_from([known, *pair]))
        entry: Entry = MemberEntry(
            member=member,
            generation=usually(draw, known.generation + 1, st.integers(0, 3)),
            recovery=usually(draw, known.recovery, st.booleans()),
            user_name=usually(draw, known.user_name, st.sampled_from(["leyla", "friend", ""])),
            roles=usually(draw, known.roles, ROLES),
            sign_public=owner.sign_public,
            seal_public=owner.seal_public,
            standing=usually(draw, known.standing, st.sampled_from(Standing)),
            temporary=usually(draw, False, st.just(True)),
            by=by,
            at=at,
            previous=previous,
        )
    elif draw(st.booleans()):
        entry = GrantsEntry(tuple(draw(st.lists(a_grant(trust, who), min_size=1, max_size=4))), by, at, previous)
    else:
        entry = GrantsEntry(tuple(_a_rotation(draw, trust, who)), by, at, previous)
    return sign_entry(cast.vault, entry, usually(draw, pair[0], st.just(pair[1])).sign)


def _nobody(keys: MemberKeys) -> MemberEntry:
    """Return what stands before the first entry of somebody."""
    return MemberEntry(
        member=UUID(int=0),
        generation=0,
        recovery=False,
        user_name="friend",
        roles=("nurse",),
        sign_public=keys.sign_public,
        seal_public=keys.seal_public,
        standing=Standing.ACTIVE,
        temporary=False,
        by=UUID(int=0),
        at="",
        previous=b"",
    )


@st.composite
def a_grant(draw: st.DrawFn, trust: Trust, who: Attacker) -> Grant:
    key = usually(draw, draw(st.sampled_from(sorted(who.held) or [DATABASE])), st.sampled_from(KEY_NAMES))
    state = trust.keys[key]
    own = state.holders.get(who.id)
    return Grant(
        key=key,
        generation=usually(draw, state.generation, st.integers(0, 3)),
        recipient=draw(st.sampled_from([*trust.members, UUID(int=7)])),
        until=usually(draw, own.until if own else "", DAYS),
        commitment=usually(draw, state.commitment, st.just(bytes(32))),
        ciphertext=b"c" * 32,
    )


def _a_rotation(draw: st.DrawFn, trust: Trust, who: Attacker) -> list[Grant]:
    """Return grants of a new key to its replacer, then to those who hold it now, and to others."""
    key = usually(draw, draw(st.sampled_from(sorted(who.held) or [DATABASE])), st.sampled_from(KEY_NAMES))
    state, commitment = trust.keys[key], secrets.token_bytes(32)
    left_out = usually(draw, set(), st.sets(st.sampled_from(list(trust.members)), min_size=1, max_size=2))
    more = usually(draw, [], st.lists(st.sampled_from(list(trust.members)), min_size=1, max_size=2))
    to = [who.id, *(one for one in state.holders if one != who.id and one not in left_out), *more]
    lasting = {one: grant.until for one, grant in state.holders.items()}
    return [
        Grant(key, state.generation + 1, one, usually(draw, lasting.get(one, ""), DAYS), commitment, b"c" * 32)
        for one in to
    ]


def attack(cast: Cast, who: Attacker, data: st.DataObject) -> Trust:
    """Return the chain after up to four entries of *who*, of which it took what it takes."""
    trust, pair = cast.trust, (who.keys, MemberKeys(new_payload(cast.fingerprint)))
    for _ in range(data.draw(st.integers(1, 4))):
        entry = data.draw(an_entry(cast, trust, who, pair))
        tried = copy.deepcopy(trust)
        try:
            tried.admit(entry)
        except Forged:
            continue
        trust = tried
        if who.id in trust.members and trust.members[who.id].sign_public == pair[1].sign_public:
            pair = (pair[1], pair[0])
    return trust


def nothing_at_all(before: Trust, after: Trust, _who: Attacker) -> None:
    """Who is not here, or not any more, changes nothing."""
    assert after.head == before.head


def only_oneself(before: Trust, after: Trust, who: Attacker) -> None:
    """Whoever manages nobody changes nothing but the own keys, and lets nobody in."""
    assert after.fingerprint == before.fingerprint
    assert list(after.members) == list(before.members)
    for member, entry in after.members.items():
        known = before.members[member]
        if member != who.id:
            assert entry == known
        else:
            same = ("recovery", "user_name", "roles", "standing")
            assert [getattr(entry, name) for name in same] == [getattr(known, name) for name in same]
            assert entry.temporary <= known.temporary


def only_held_keys(before: Trust, after: Trust, who: Attacker) -> None:
    """What one does not hold stays as it is; what one holds is passed on for no longer than one has it."""
    recovery = after.recovery()
    assert recovery is not None
    for key, state in after.keys.items():
        old = before.keys[key]
        if key not in who.held:
            assert (state.generation, state.commitment, state.holders) == (old.generation, old.commitment, old.holders)
            continue
        own = old.holders[who.id].last_day
        assert recovery.member in state.holders
        for member, grant in state.holders.items():
            mine = member in old.holders and grant.last_day <= old.holders[member].last_day
            assert mine or member == recovery.member or grant.last_day <= own
        if not before.members[who.id].manages_people:
            for member, grant in old.holders.items():
                assert member == who.id or state.holders[member].last_day >= min(grant.last_day, own)


def no_key_one_does_not_hold(before: Trust, after: Trust, who: Attacker) -> None:
    """Whoever manages people but lacks a key can take it away from somebody, and give it to nobody."""
    assert after.fingerprint == before.fingerprint
    assert any(
        one.manages_people and not one.recovery and one.standing is Standing.ACTIVE for one in after.members.values()
    )
    for key, state in after.keys.items():
        if key not in who.held:
            old = before.keys[key]
            assert (state.generation, state.commitment) == (old.generation, old.commitment)
            assert state.holders.items() <= old.holders.items()


Rule = Callable[[Trust, Trust, Attacker], None]
RULES: dict[str, tuple[Rule, ...]] = {
    "stranger": (nothing_at_all,),
    "leaver": (nothing_at_all,),
    "absent": (nothing_at_all,),
    "newcomer": (only_oneself,),
    "nurse": (only_oneself, only_held_keys),
    "deputy": (only_oneself, only_held_keys),
    "clerk": (no_key_one_does_not_hold,),
}


@pytest.mark.parametrize("examples", [pytest.param(40, id="few"), pytest.param(400, id="many", marks=pytest.mark.long)])
@pytest.mark.parametrize("name", RULES)
def test_no_series_of_entries_gives_more_than_the_rules(cast: Cast, name: str, examples: int) -> None:
    who = cast.people[name]
    taken: list[int] = []

    def look(data: st.DataObject) -> None:
        after = attack(cast, who, data)
        taken.append(len(after.heads) - len(cast.trust.heads))
        for rule in RULES[name]:
            rule(cast.trust, after, who)

    given(data=st.data())(settings(max_examples=examples, suppress_health_check=list(HealthCheck))(look))()
    assert any(taken) or RULES[name] == (nothing_at_all,), "some of what is tried is within the rules"
