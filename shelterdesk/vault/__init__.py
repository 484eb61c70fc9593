"""The vault: bytes, not records. Header, members and their keys, sealed values, the encrypted file, backups.

This package is the only user of cryptography and SQLCipher. What it promises, and what it cannot, is described in
the «Security» section of the README. The tables above it ignore ``vault_state``, which belongs to it.
"""

from shelterdesk.vault.archive import BackupOutline
from shelterdesk.vault.backup import copy_backup, make_backup
from shelterdesk.vault.backup_opening import (
    OpenBackup,
    Unlock,
    by_keys_of,
    by_passphrase,
    by_recovery_code,
    check_backup,
    open_backup,
    open_own_backup,
    open_restored,
    outline_of,
    restore_backup,
)
from shelterdesk.vault.compartments import Compartment
from shelterdesk.vault.course import Course, Progress, Stopped
from shelterdesk.vault.creation import create_vault, neutral_name
from shelterdesk.vault.errors import (
    BackupDamaged,
    BackupOfAnotherVault,
    BackupOfOthers,
    BackupUnreadable,
    DiskFull,
    NotAVault,
    NotEnoughMemory,
    RecoveryCodeMistyped,
    SealBroken,
    SetupCodeRunOut,
    VaultDamaged,
    VaultExists,
    VaultForged,
    VaultInUse,
    VaultNewer,
    VaultNotWritable,
    VaultOnNetwork,
    WrongPassphrase,
    WrongRecoveryCode,
    WrongSetupCode,
)
from shelterdesk.vault.failures import FailedSignIn
from shelterdesk.vault.kdf import KdfCost
from shelterdesk.vault.members import Member
from shelterdesk.vault.opening import open_vault, open_with_recovery
from shelterdesk.vault.outline import VaultOutline, inspect_vault, repair_header
from shelterdesk.vault.seal import KeyRing
from shelterdesk.vault.store import OpenVault
from shelterdesk.vault.verify import Damage, verify_vault

__all__ = [
    "BackupDamaged",
    "BackupOfAnotherVault",
    "BackupOfOthers",
    "BackupOutline",
    "BackupUnreadable",
    "Compartment",
    "Course",
    "Damage",
    "DiskFull",
    "FailedSignIn",
    "KdfCost",
    "KeyRing",
    "Member",
    "NotAVault",
    "NotEnoughMemory",
    "OpenBackup",
    "OpenVault",
    "Progress",
    "RecoveryCodeMistyped",
    "SealBroken",
    "SetupCodeRunOut",
    "Stopped",
    "Unlock",
    "VaultDamaged",
    "VaultExists",
    "VaultForged",
    "VaultInUse",
    "VaultNewer",
    "VaultNotWritable",
    "VaultOnNetwork",
    "VaultOutline",
    "WrongPassphrase",
    "WrongRecoveryCode",
    "WrongSetupCode",
    "by_keys_of",
    "by_passphrase",
    "by_recovery_code",
    "check_backup",
    "copy_backup",
    "create_vault",
    "inspect_vault",
    "make_backup",
    "neutral_name",
    "open_backup",
    "open_own_backup",
    "open_restored",
    "open_vault",
    "open_with_recovery",
    "outline_of",
    "repair_header",
    "restore_backup",
    "verify_vault",
]
