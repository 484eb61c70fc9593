"""Why a vault was locked: in a few words for the log, in a sentence for whoever comes back to the unlock page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from shelterdesk.i18n import N_, text


@dataclass(frozen=True)
class LockReason:
    """A reason as the log keeps it by its code."""

    code: str
    label: str
    sentence: str = ""
    """What the unlock page says; empty where the person locked it and knows."""


ASKED: Final = LockReason("asked", N_("somebody locked it"))
CLOSED: Final = LockReason("closed", N_("the program was closed"))
IDLE: Final = LockReason(
    "idle",
    N_("nobody used the computer"),
    N_("Locked because nobody used the computer for a while. What was typed is kept as a draft."),
)
SCREEN: Final = LockReason(
    "screen",
    N_("the screen was locked"),
    N_("Locked because the screen of this computer was locked. What was typed is kept as a draft."),
)
SLEEP: Final = LockReason(
    "sleep",
    N_("the computer went to sleep"),
    N_("Locked because the computer went to sleep. What was typed is kept as a draft."),
)
USER_SWITCHED: Final = LockReason(
    "user",
    N_("somebody else used the computer"),
    N_("Locked because the computer was handed to another user. What was typed is kept as a draft."),
)
ENDING: Final = LockReason(
    "ending",
    N_("the computer was being switched off"),
    N_("Locked because the computer was about to be switched off. What was typed is kept as a draft."),
)
MINIMISED: Final = LockReason(
    "minimised",
    N_("the window was minimised"),
    N_("Locked because the window was minimised. What was typed is kept as a draft."),
)
PERSON: Final = LockReason(
    "person",
    N_("another person took over"),
    N_("Locked to change the person. Sign in with your own name; what was typed waits for whoever typed it."),
)
PIN: Final = LockReason(
    "pin",
    N_("the PIN was wrong three times"),
    N_("Locked because the PIN was wrong three times. What was typed is kept as a draft."),
)
PASSPHRASE: Final = LockReason(
    "passphrase",
    N_("the passphrase was wrong several times"),
    N_("Locked because the passphrase was wrong several times. What was typed is kept as a draft."),
)
FAILURE: Final = LockReason(
    "failure",
    N_("an unexpected error"),
    N_("Locked after an unexpected error. What was typed is kept as a draft; nothing that was saved is lost."),
)
RESTORED: Final = LockReason("restored", N_("a backup was put in its place"))
DAMAGED: Final = LockReason("damaged", N_("something in it was damaged"))
EVERY: Final = (
    ASKED, CLOSED, IDLE, SCREEN, SLEEP, USER_SWITCHED, ENDING, MINIMISED, PERSON, PIN, PASSPHRASE, FAILURE, RESTORED,
    DAMAGED,
)  # fmt: skip
BY_CODE: Final = {reason.code: reason for reason in EVERY}


def in_words(code: str, language: str | None = None) -> str:
    """Return what the log says for *code*; one from a newer program stands for itself."""
    reason = BY_CODE.get(code)
    return text(reason.label, language) if reason else code


def sentence_for(code: str, language: str | None = None) -> str:
    """Return what the unlock page says, «» where nothing needs to be said."""
    reason = BY_CODE.get(code)
    return text(reason.sentence, language) if reason and reason.sentence else ""
