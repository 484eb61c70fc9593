"""Member entries: who belongs to the vault, with which keys and roles, and who vouches for it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self
from uuid import UUID

from shelterdesk.errors import Problem
from shelterdesk.i18n import N_
from shelterdesk.vault.encoding import (
    only,
    take_flag,
    take_hex,
    take_id,
    take_list,
    take_moment,
    take_number,
    take_text,
)

# Signed roles that entitle to sign other people's entries. Everything else about roles is decided above the vault.
ROLES_THAT_MANAGE_PEOPLE = frozenset({"director", "administrator"})

LONGEST_NAME = 64


class Standing(StrEnum):
    """Whether a member may sign in. Entries of former members stay, because what they signed stays."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Member:
    """A person of the vault as the verified chain describes them.

    The holder of the recovery sheet is represented by a member without a name whose ``is_recovery`` is true.
    """

    id: UUID
    user_name: str
    roles: tuple[str, ...]
    sign_public: bytes
    seal_public: bytes
    standing: Standing
    is_recovery: bool = False
    temporary: bool = False
    """The set-up code was not used yet: nobody has these keys for themselves."""

    @property
    def active(self) -> bool:
        """Say whether this member may sign in."""
        return self.standing is Standing.ACTIVE


@dataclass(frozen=True, slots=True)
class MemberEntry:
    """One statement about one member, signed by ``by``. The newest entry of a member counts.

    ``generation`` counts the entries of this member. ``temporary`` marks keys that lie behind a set-up code and
    are replaced at first use. ``recovery`` marks the key pair of the recovery secret, which is no person.
    """

    member: UUID
    generation: int
    recovery: bool
    user_name: str
    roles: tuple[str, ...]
    sign_public: bytes
    seal_public: bytes
    standing: Standing
    temporary: bool
    by: UUID
    at: str
    previous: bytes
    signature: bytes = b""

    @property
    def manages_people(self) -> bool:
        """Say whether this entry entitles to sign entries of others. The recovery secret always does."""
        return self.recovery or bool(ROLES_THAT_MANAGE_PEOPLE.intersection(self.roles))

    def document(self) -> dict[str, Any]:
        """Return what is signed, as it stands in the header."""
        return {
            "kind": "member",
            "member": self.member.hex,
            "generation": self.generation,
            "recovery": self.recovery,
            "user_name": self.user_name,
            "roles": list(self.roles),
            "sign_public": self.sign_public.hex(),
            "seal_public": self.seal_public.hex(),
            "standing": self.standing.value,
            "temporary": self.temporary,
            "by": self.by.hex,
            "at": self.at,
            "previous": self.previous.hex(),
        }

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> Self:
        """Read an entry from a header; ValueError if it is not one."""
        roles = take_list(document, "roles")
        if len(roles) > 20 or not all(isinstance(role, str) and 0 < len(role) <= LONGEST_NAME for role in roles):
            raise ValueError("roles are not a short list of names")
        entry = cls(
            member=take_id(document, "member"),
            generation=take_number(document, "generation"),
            recovery=take_flag(document, "recovery"),
            user_name=take_text(document, "user_name", LONGEST_NAME),
            roles=tuple(roles),
            sign_public=take_hex(document, "sign_public", 32),
            seal_public=take_hex(document, "seal_public", 32),
            standing=Standing(take_text(document, "standing")),
            temporary=take_flag(document, "temporary"),
            by=take_id(document, "by"),
            at=take_moment(document, "at"),
            previous=take_hex(document, "previous", 32),
            signature=take_hex(document, "signature", 64),
        )
        only(document, "signature", *entry.document())
        return entry

    def as_member(self) -> Member:
        """Return the member this entry describes."""
        return Member(
            self.member,
            self.user_name,
            self.roles,
            self.sign_public,
            self.seal_public,
            self.standing,
            self.recovery,
            self.temporary,
        )


def tidy_name(user_name: str) -> str:
    """Return *user_name* as it is stored. Raises Problem for a name nobody could type again."""
    tidied = " ".join(unicodedata.normalize("NFC", user_name).split())
    if not tidied:
        raise Problem("user_name", N_("Write the name you will sign in with."))
    if len(tidied) > LONGEST_NAME or not tidied.isprintable():
        raise Problem("user_name", N_("Choose a sign-in name of at most {longest} letters."), longest=LONGEST_NAME)
    return tidied


def same_name(one: str, other: str) -> bool:
    """Say whether two sign-in names mean the same person: case and spaces do not count."""
    return _folded(one) == _folded(other)


def _folded(user_name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", user_name).split()).casefold()
