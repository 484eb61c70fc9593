"""What can go wrong with a vault, in words for the person in front of it."""

from __future__ import annotations

from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import N_


class NotAVault(ShelterDeskError):
    """The folder holds no vault."""

    def __init__(self, folder: object) -> None:
        super().__init__(N_("There is no vault in {folder}."), folder=folder)


class VaultExists(ShelterDeskError):
    """Something already lies where a new vault should go; nothing was changed."""

    def __init__(self, folder: object) -> None:
        super().__init__(
            N_("{folder} is not empty. Choose a new folder, so that nothing is overwritten."), folder=folder
        )


class WrongPassphrase(ShelterDeskError):
    """The name and passphrase open no slot. ``wait_seconds`` is how long the next attempt will be held back."""

    def __init__(self, wait_seconds: int, message: str = N_("This name and passphrase do not open the vault.")) -> None:
        super().__init__(message)
        self.wait_seconds = wait_seconds


class WrongRecoveryCode(WrongPassphrase):
    """The recovery code is typed without error but belongs to another vault, or to an older recovery sheet."""

    def __init__(self, wait_seconds: int) -> None:
        super().__init__(wait_seconds, N_("This recovery code is complete, but it does not open this vault."))


class WrongSetupCode(WrongPassphrase):
    """The set-up code is typed without error but was used already, replaced, or belongs to another name."""

    def __init__(self, wait_seconds: int) -> None:
        super().__init__(
            wait_seconds,
            N_(
                "This set-up code does not belong to this name, or it was used already. Check the name, or ask for a "
                "new code."
            ),
        )


class SetupCodeRunOut(ShelterDeskError):
    """The last day of a set-up code is over."""

    def __init__(self) -> None:
        super().__init__(
            N_("This set-up code has run out. Nothing is lost: ask the person who manages people for a new one.")
        )


class RecoveryCodeMistyped(ShelterDeskError):
    """The check characters of a code on paper do not fit, be it for recovery or for setting up.

    ``groups`` counts the groups to look at from 1; empty: wrong length.
    """

    def __init__(self, message: str, groups: tuple[int, ...] = (), **values: object) -> None:
        super().__init__(message, **values)
        self.groups = groups


class PiecesUnfit(ShelterDeskError):
    """Pieces of the recovery code are too few, or do not belong together."""


class VaultDamaged(ShelterDeskError):
    """A file of the vault is not what was written.

    ``file`` names it; ``readable`` says whether the records may still be read; ``copy_usable`` whether
    ``header-copy.json`` can stand in for the header.
    """

    def __init__(
        self,
        file: str,
        *,
        readable: bool = False,
        copy_usable: bool = False,
        message: str = N_("The file {file} of this vault is damaged. Nothing was changed."),
        **values: object,
    ) -> None:
        super().__init__(message, file=file, **values)
        self.file = file
        self.readable = readable
        self.copy_usable = copy_usable


class VaultForged(VaultDamaged):
    """The file is whole, but something in it was not made by somebody who may make it.

    ``reason`` is for the log and for support, in English.
    """

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(
            file,
            message=N_("The file {file} was changed by somebody who is not entitled to. The vault was not opened."),
        )
        self.reason = reason


class VaultNewer(ShelterDeskError):
    """A newer program wrote this file."""

    def __init__(self, file: str, version: int) -> None:
        super().__init__(
            N_("{file} was written by a newer ShelterDesk (format {version}). Update the program to open it."),
            file=file,
            version=version,
        )
        self.file = file
        self.version = version


class VaultInUse(ShelterDeskError):
    """Another window or command has the vault open."""

    def __init__(self) -> None:
        super().__init__(N_("This vault is already open in another window or by another program on this computer."))


class VaultOnNetwork(ShelterDeskError):
    """The folder lies on a network share, where the database cannot be kept safe."""

    def __init__(self, folder: object) -> None:
        super().__init__(
            N_(
                "{folder} lies on a network drive. There, two computers can destroy each other's records without "
                "noticing. Keep the vault on this computer's own disk and put backups on the network drive."
            ),
            folder=folder,
        )


class VaultNotWritable(ShelterDeskError):
    """The folder, disk or stick does not let the program write; nothing half-written was left in place."""

    def __init__(
        self,
        folder: object,
        message: str = N_("{folder} cannot be written to. It may be read-only, unplugged or owned by somebody else."),
        **values: object,
    ) -> None:
        super().__init__(message, folder=folder, **values)


class DiskFull(VaultNotWritable):
    """There is no room left."""

    def __init__(self, folder: object) -> None:
        super().__init__(folder, N_("There is no room left on the disk of {folder}. What was saved before is safe."))


class NoRoomToRotate(VaultNotWritable):
    """Replacing keys writes the records anew beside the old ones, and the disk is too full for that."""

    def __init__(self, folder: object, needed: int, free: int) -> None:
        super().__init__(
            folder,
            N_(
                "Replacing keys writes all records anew and needs {needed} MB on the disk of {folder}; {free} MB are "
                "free. Nothing was changed. Make room, then try again."
            ),
            needed=-(-needed // 1_000_000),
            free=free // 1_000_000,
        )


class RotationUnderWay(ShelterDeskError):
    """Who belongs to the vault and who holds which key cannot change while keys are being replaced."""

    def __init__(self) -> None:
        super().__init__(N_("Keys are being replaced just now. Nothing was changed. Try again when that is done."))


class NotEnoughMemory(ShelterDeskError):
    """Key stretching needs more memory than the computer gives."""

    def __init__(self, mebibytes: int) -> None:
        super().__init__(
            N_("Opening the vault needs {mebibytes} MiB of free memory. Close other programs and try again."),
            mebibytes=mebibytes,
        )


class SealBroken(ShelterDeskError):
    """A sealed value was altered, moved from elsewhere, or sealed under a key that was replaced."""

    def __init__(self) -> None:
        super().__init__(N_("A sealed text does not fit its place. It was altered or moved outside ShelterDesk."))


class BackupOfAnotherVault(ShelterDeskError):
    """The backup is whole, but it was made of another vault."""

    def __init__(self, file: object) -> None:
        super().__init__(N_("{file} is a backup of another vault."), file=file)


class BackupOfOthers(ShelterDeskError):
    """The backup is whole as far as anybody can tell without a key, and none of the reader's keys opens it."""

    def __init__(self, file: object, names: str) -> None:
        super().__init__(
            N_("{file} was made under other keys than yours. It can be opened by: {names}."), file=file, names=names
        )


class BackupDamaged(ShelterDeskError):
    """The file is no whole backup. ``reason`` is for the log and for support, in English."""

    def __init__(
        self, file: object, reason: str, message: str = N_("{file} is not a whole ShelterDesk backup. Use another one.")
    ) -> None:
        super().__init__(message, file=file)
        self.reason = reason


class BackupUnreadable(BackupDamaged):
    """The disk or stick did not give the whole file."""

    def __init__(self, file: object, reason: str) -> None:
        super().__init__(
            file,
            reason,
            N_("{file} cannot be read to its end. Its stick may be unplugged or worn out. Use another one."),
        )
