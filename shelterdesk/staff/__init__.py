"""The people who work with the vault: inviting them, their roles, the keys they hold, suspending and removing them.

Signed entries and keys live in the vault's header; names, reasons and what happened when live in the records. Changing
people takes a right, passing a key on takes holding it.
"""

from shelterdesk.staff.inviting import Invitation, invite, new_setup_code, what_a_new_code_leaves_out
from shelterdesk.staff.keys import deputise, give, hand_over, take_back
from shelterdesk.staff.leaving import remove, resume, suspend
from shelterdesk.staff.listing import (
    KeyHeld,
    StaffMember,
    compartment_words,
    compartments_of,
    everybody,
    held_by_one,
    holders,
    note_sign_in,
)
from shelterdesk.staff.roles import change_roles, rename

__all__ = [
    "Invitation",
    "KeyHeld",
    "StaffMember",
    "change_roles",
    "compartment_words",
    "compartments_of",
    "deputise",
    "everybody",
    "give",
    "hand_over",
    "held_by_one",
    "holders",
    "invite",
    "new_setup_code",
    "note_sign_in",
    "remove",
    "rename",
    "resume",
    "suspend",
    "take_back",
    "what_a_new_code_leaves_out",
]
