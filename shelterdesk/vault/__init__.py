"""The vault: bytes, not records. Header, members and their keys, sealed values, the encrypted file, backups.

This package is the only user of cryptography and SQLCipher. What it promises, and what it cannot, is described in
the «Security» section of the README. The tables above it ignore ``vault_state``, which belongs to it.
"""

from shelterdesk.vault.backup import BackupOutline, check_backup, make_backup, restore_backup
from shelterdesk.vault.compartments import Compartment
from shelterdesk.vault.creation import create_vault, neutral_name
from shelterdesk.vault.errors import (
    BackupDamaged,
    BackupOfAnotherVault,
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
from shelterdesk.vault.outline import VaultOutline, inspect_vault, repair_header
from shelterdesk.vault.seal import KeyRing
from shelterdesk.vault.store import OpenVault, open_vault, open_with_recovery
from shelterdesk.vault.verify import Damage, verify_vault

__all__ = [
    "BackupDamaged",
    "BackupOfAnotherVault",
    "BackupOutline",
    "Compartment",
    "Damage",
    "DiskFull",
    "FailedSignIn",
    "KdfCost",
    "KeyRing",
    "Member",
    "NotAVault",
    "NotEnoughMemory",
    "OpenVault",
    "RecoveryCodeMistyped",
    "SealBroken",
    "SetupCodeRunOut",
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
    "check_backup",
    "create_vault",
    "inspect_vault",
    "make_backup",
    "neutral_name",
    "open_vault",
    "open_with_recovery",
    "repair_header",
    "restore_backup",
    "verify_vault",
]
