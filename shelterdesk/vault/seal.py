"""Sealed values: one AES-256-GCM box per cell, which opens only in its own place.

A sealed value is ``version (1) | key generation (4) | nonce (12) | ciphertext and tag``. Vault, field, row,
compartment and generation are bound as associated data, each preceded by its length, so that a value moved to
another row, field, compartment or vault does not open. What is bound is the permanent field id, never the name of
a column: a migration moves sealed values as bytes. A letter, written by somebody without the key, is
``version (2) | key generation (4) | HPKE ciphertext`` and is bound to its place in the same way.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from typing import Self
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shelterdesk.errors import NoKey
from shelterdesk.i18n import N_
from shelterdesk.vault.compartments import Compartment
from shelterdesk.vault.encoding import number, pack, wipe
from shelterdesk.vault.errors import SealBroken
from shelterdesk.vault.letters import close_letter, open_letter

FOLD_KEY = "vault_state.fold_key"
"""Field id of the secret behind the keyed hashes of imported rows; its row id is that of the vault."""

_VERSION = b"\x01"
_LETTER = b"\x02"
_NONCE = slice(5, 17)
_SHORTEST = 1 + 4 + 12 + 16

CellSealer = Callable[[str, bytes, bytes], bytes | None]
"""Takes field id, id of the row and sealed value; answers the value sealed anew, None where it does not open."""


class KeyRing:
    """The compartment keys of whoever is signed in. Usable from any thread; empty after :meth:`wipe`.

    *letter_boxes* are generation and public key of compartments that take letters from who lacks their key.
    """

    def __init__(
        self,
        vault: UUID,
        keys: Mapping[Compartment, tuple[int, bytearray]],
        letter_boxes: Mapping[Compartment, tuple[int, bytes]] | None = None,
    ) -> None:
        self._vault = vault
        self._letter_boxes = dict(letter_boxes or {})
        self._keys = dict(keys)
        self._boxes = {compartment: AESGCM(key) for compartment, (_, key) in self._keys.items()}

    @classmethod
    def for_tests(cls, *compartments: Compartment) -> Self:
        """Return a ring with fresh random keys that belong to no vault."""
        return cls(uuid4(), {c: (1, bytearray(secrets.token_bytes(32))) for c in compartments})

    @property
    def compartments(self) -> frozenset[Compartment]:
        """Return the compartments this ring opens."""
        return frozenset(self._boxes)

    def holds(self, compartment: Compartment) -> bool:
        """Say whether values of *compartment* can be read and written."""
        return compartment in self._boxes

    def seal(self, compartment: Compartment, field_id: str, row_id: UUID, plain: bytes) -> bytes:
        """Seal *plain* for one field of one row. Raises NoKey."""
        box, generation = self._box(compartment)
        nonce = secrets.token_bytes(12)
        place = self._place(field_id, row_id, compartment, generation)
        return _VERSION + number(generation) + nonce + box.encrypt(nonce, plain, place)

    def takes(self, compartment: Compartment) -> bool:
        """Say whether something can be written for the holders of *compartment*, be it only as a letter."""
        return self.holds(compartment) or compartment in self._letter_boxes

    def post(self, compartment: Compartment, field_id: str, row_id: UUID, plain: bytes) -> bytes:
        """Seal *plain* for the holders of *compartment*, whether one is among them or not. Raises NoKey."""
        if self.holds(compartment) or compartment not in self._letter_boxes:
            return self.seal(compartment, field_id, row_id, plain)
        generation, public = self._letter_boxes[compartment]
        place = self._place(field_id, row_id, compartment, generation)
        return _LETTER + number(generation) + close_letter(public, plain, place)

    def open(self, compartment: Compartment, field_id: str, row_id: UUID, sealed: bytes) -> bytes:
        """Open what was sealed for exactly this place. Raises NoKey or SealBroken."""
        box, generation = self._box(compartment)
        if sealed[:5] == _LETTER + number(generation):
            place = self._place(field_id, row_id, compartment, generation)
            letter = open_letter(self._vault, self._keys[compartment][1], sealed[5:], place)
            if letter is None:
                raise SealBroken
            return letter
        if len(sealed) < _SHORTEST or sealed[:1] != _VERSION or sealed[1:5] != number(generation):
            raise SealBroken
        try:
            return box.decrypt(sealed[_NONCE], sealed[17:], self._place(field_id, row_id, compartment, generation))
        except InvalidTag:
            raise SealBroken from None

    def key_of(self, compartment: Compartment) -> tuple[int, bytearray]:
        """Return generation and key, for granting it to somebody: within the vault package only. Raises NoKey."""
        self._box(compartment)
        return self._keys[compartment]

    def sealer_to(self, new: KeyRing, compartment: Compartment) -> CellSealer:
        """Return what seals one cell after the other under the key *new* has for *compartment*. Raises NoKey.

        It does what :meth:`open` and then :meth:`seal` do, without asking again for each of millions of cells.
        """
        (old_box, old_generation), (new_box, new_generation) = self._box(compartment), new._box(compartment)
        old_head, new_head = _VERSION + number(old_generation), _VERSION + number(new_generation)
        old_letter, old_key = _LETTER + number(old_generation), self._keys[compartment][1]
        old_end = pack(compartment.value.encode(), number(old_generation))
        new_end = pack(compartment.value.encode(), number(new_generation))
        decrypt, encrypt, random = old_box.decrypt, new_box.encrypt, secrets.token_bytes
        beginnings: dict[str, bytes] = {}

        def seal_anew(field_id: str, row_id: bytes, sealed: bytes) -> bytes | None:
            beginning = beginnings.get(field_id)
            if beginning is None:
                beginning = pack(b"ShelterDesk value", self._vault.bytes, field_id.encode()) + number(16)
                beginnings[field_id] = beginning
            if sealed[:5] not in (old_head, old_letter) or len(sealed) < _SHORTEST or len(row_id) != 16:
                return None
            beginning += row_id
            if sealed[:1] == _LETTER:
                plain = open_letter(self._vault, old_key, sealed[5:], beginning + old_end)
                if plain is None:
                    return None
            else:
                try:
                    plain = decrypt(sealed[_NONCE], sealed[17:], beginning + old_end)
                except InvalidTag:
                    return None
            nonce = random(12)
            return new_head + nonce + encrypt(nonce, plain, beginning + new_end)

        return seal_anew

    def drop(self, compartment: Compartment) -> None:
        """Forget one key, because it was handed over or its time is over."""
        self._boxes.pop(compartment, None)
        if compartment in self._keys:
            wipe(self._keys.pop(compartment)[1])

    def wipe(self) -> None:
        """Forget every key."""
        self._boxes = {}
        for _, key in self._keys.values():
            wipe(key)
        self._keys = {}

    def _box(self, compartment: Compartment) -> tuple[AESGCM, int]:
        box, held = self._boxes.get(compartment), self._keys.get(compartment)
        if box is None or held is None:
            raise NoKey(N_("You do not hold the key this text is sealed with."))
        return box, held[0]

    def _place(self, field_id: str, row_id: UUID, compartment: Compartment, generation: int) -> bytes:
        return pack(
            b"ShelterDesk value",
            self._vault.bytes,
            field_id.encode(),
            row_id.bytes,
            compartment.value.encode(),
            number(generation),
        )
