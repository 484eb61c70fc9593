"""What can be known and mended of a vault before anybody signs in."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from shelterdesk.errors import ShelterDeskError
from shelterdesk.vault.database import check_size
from shelterdesk.vault.errors import VaultDamaged
from shelterdesk.vault.header import COPY_FILE, HEADER_FILE, read_header
from shelterdesk.vault.locking import lock_vault
from shelterdesk.vault.opening import read_header_offering_copy, refuse_what_is_no_vault
from shelterdesk.vault.writing import put_in_place, told_plainly, write_atomically


@dataclass(frozen=True, slots=True)
class VaultOutline:
    """The public part of a vault, not verified: good for the unlock page, not for trusting it.

    ``user_names`` are the names that may sign in, ``invited`` those of them that need their set-up code first;
    ``pieces_needed`` how many pieces of the recovery code it takes, 0 where there is a whole sheet;
    ``copy_is_whole`` whether the second header file is readable.
    """

    folder: Path
    id: UUID
    name: str
    user_names: tuple[str, ...]
    generation: int
    copy_is_whole: bool
    invited: tuple[str, ...] = ()
    pieces_needed: int = 0


def inspect_vault(folder: Path, *, use_copy: bool = False) -> VaultOutline:
    """Return what needs no passphrase. Raises NotAVault, VaultOnNetwork, VaultDamaged, VaultNewer."""
    folder = Path(folder).absolute()
    refuse_what_is_no_vault(folder)
    header = read_header_offering_copy(folder, use_copy=use_copy)
    check_size(folder / header.database)
    copy_is_whole = False
    with suppress(ShelterDeskError):
        copy_is_whole = read_header(folder, COPY_FILE).vault == header.vault
    recovery = header.recovery_slot()
    return VaultOutline(
        folder,
        header.vault,
        header.name,
        header.sign_in_names(),
        header.generation,
        copy_is_whole,
        header.names_with_a_setup_code(),
        recovery.needed if recovery else 0,
    )


def repair_header(folder: Path) -> str | None:
    """Write the damaged one of the two header files anew from the whole one. Returns its name, None if both are whole.

    What was damaged is kept beside it under another name. Raises VaultDamaged if neither is whole, VaultInUse.
    """
    folder = Path(folder).absolute()
    refuse_what_is_no_vault(folder)
    lock = lock_vault(folder)
    try:
        for damaged, whole in ((HEADER_FILE, COPY_FILE), (COPY_FILE, HEADER_FILE)):
            with suppress(VaultDamaged):
                read_header(folder, damaged)
                continue
            header = read_header(folder, whole)
            _keep_aside(folder / damaged)
            write_atomically(folder / damaged, header.encoded())
            return damaged
        return None
    finally:
        lock.release()


def _keep_aside(path: Path) -> None:
    if not path.exists():
        return
    number = 1
    while (aside := path.with_name(f"{path.stem}-damaged-{number}{path.suffix}")).exists():
        number += 1
    with told_plainly(path.parent):
        put_in_place(path, aside)
