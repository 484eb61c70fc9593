"""Papers that open the vault: the slip with a set-up code, and the pieces of the recovery code.

None of them names the shelter, a person or a role: whoever finds one learns that some vault exists, no more.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from shelterdesk import formats
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.documents.blocks import (
    Block,
    Boxed,
    Check,
    Checks,
    CodeGroups,
    Document,
    Field,
    FieldRow,
    Foot,
    KeyBox,
    Paragraph,
    Spacer,
    Tone,
)
from shelterdesk.i18n import N_, text
from shelterdesk.schema.acts import Act

SETUP_SLIP = "setup_slip"
RECOVERY_SHEET = "recovery_sheet"
RECOVERY_PIECE = "recovery_piece"
"""What the log calls the papers."""


def setup_slip(groups: Sequence[str], until: date, language: str) -> Document:
    """Return the slip for somebody's first sign-in, with the set-up code in *groups* and its last day."""

    def say(message: str, **values: object) -> str:
        return text(message, language, **values)

    blocks: list[Block] = [
        CodeGroups(say(N_("Set-up code")), tuple(groups), columns=3),
        FieldRow((Field(say(N_("User name (you are told it)"))),)),
        Paragraph(say(N_("What to do")), Tone.STRONG),
        Checks(
            tuple(
                Check(say(step))
                for step in (
                    N_("Start the program at the desk and choose «I have a set-up code»."),
                    N_("Type your user name and this code. Spaces and dashes do not matter."),
                    N_("Choose a passphrase of your own: four or more words that do not belong together."),
                    N_("Tell it to nobody. Nobody will ever need it to help you."),
                    N_("Tear this slip up. The code works once."),
                )
            ),
            stacked=True,
        ),
    ]
    return Document(
        title=say(N_("Your first sign-in")),
        subtitle=say(N_("Works once, until {day}"), day=formats.day(until, language)),
        language=language,
        file_name="slip",
        blocks=tuple(blocks),
        foot=Foot(mark=say(N_("Whoever holds this slip can sign in instead of you."))),
        roomy=True,
    )


def recovery_piece(
    groups: Sequence[str], number: int, pieces: int, needed: int, vault_name: str, language: str, *, keeper: str = ""
) -> Document:
    """Return one piece of the recovery code, for one keeper. *keeper* is put on the paper only and kept nowhere."""

    def say(message: str, **values: object) -> str:
        return text(message, language, **values)

    alone = N_("This piece alone opens nothing. Any {needed} of the {pieces} pieces together open the whole vault.")
    blocks: list[Block] = [
        CodeGroups(say(N_("Piece {number}"), number=number), tuple(groups), columns=3),
        Boxed(say(N_("What it is for")), say(alone, needed=needed, pieces=pieces)),
        FieldRow((Field(say(N_("Kept by")), value=keeper), Field(say(N_("Date"))))),
        FieldRow((Field(say(N_("Kept at"))),)),
        Spacer(2),
        Checks(
            tuple(
                Check(say(step))
                for step in (
                    N_("Put it in a sealed envelope and sign across the edge."),
                    N_("Keep it away from this desk and from the other pieces."),
                    N_("Hand it to nobody. Come in person when it is needed, and ask why."),
                    N_("Moving on? Say so, and give it back: new pieces are made then."),
                )
            ),
            stacked=True,
        ),
    ]
    return Document(
        title=say(N_("Piece {number} of {pieces}"), number=number, pieces=pieces),
        subtitle=say(N_("Opens the vault only together with others")),
        language=language,
        file_name="piece",
        key=KeyBox(say(N_("Vault")), vault_name),
        blocks=tuple(blocks),
        foot=Foot(mark=say(N_("Using pieces is written into the log and told to everybody who holds keys."))),
        roomy=True,
    )


def note_key_paper(desk: Desk, what: str) -> None:
    """Write into the log that one of these papers was printed; never what stands on it. Raises NotAllowed."""
    require(desk, Right.MANAGE_PEOPLE)
    with desk.write(Act.PRINT, facts={"log.what": what}):
        pass
