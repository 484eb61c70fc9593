"""The recovery sheet: the code that opens the vault when the passphrase is lost, for a sealed envelope."""

from __future__ import annotations

import io
from collections.abc import Sequence

import segno

from shelterdesk.documents.blocks import (
    Aside,
    Block,
    Check,
    Checks,
    CodeGroups,
    Document,
    Field,
    FieldRow,
    Foot,
    KeyBox,
    Picture,
)
from shelterdesk.i18n import N_, text

_DOTS = "••••"


def recovery_sheet(
    groups: Sequence[str], vault_name: str, fingerprint: str, language: str, *, hidden: bool = False
) -> Document:
    """Return the sheet with the code in *groups*, the same code as a square to scan, and lines to fill in.

    *hidden* covers the code with dots and leaves the square out: that is what the screen shows unless asked.
    """

    def say(message: str) -> str:
        return text(message, language)

    shown = tuple(_DOTS for _ in groups) if hidden else tuple(groups)
    blocks: list[Block] = [CodeGroups(say(N_("Recovery code")), shown, columns=4 if len(shown) % 4 == 0 else 3)]
    if not hidden:
        blocks.append(
            Picture(
                qr_png(" ".join(groups)),
                say(N_("The recovery code as a square to scan")),
                width_mm=38.0,
                caption=say(N_("The same code, to scan with a device that belongs to the shelter.")),
            )
        )
    blocks += [
        Aside(say(N_("First key")), fingerprint),
        FieldRow((Field(say(N_("Kept at"))),)),
        FieldRow((Field(say(N_("Printed by"))), Field(say(N_("Date"))))),
        Checks(
            (
                Check(say(N_("Put it in a sealed envelope."))),
                Check(say(N_("Keep it in the safe, not at this desk."))),
                Check(say(N_("Used once? Print a new one."))),
            ),
            stacked=True,
        ),
    ]
    return Document(
        title=say(N_("Recovery sheet")),
        subtitle=say(N_("Opens the vault if the passphrase is lost")),
        language=language,
        file_name="sheet",
        key=KeyBox(say(N_("Vault")), vault_name),
        blocks=tuple(blocks),
        foot=Foot(mark=say(N_("Whoever holds this sheet can open everything."))),
    )


def qr_png(content: str) -> bytes:
    """Return *content* as a QR code, black on white with its quiet zone, ten dots to a module."""
    stream = io.BytesIO()
    segno.make(content, error="m", micro=False).save(stream, kind="png", scale=10, border=4)
    return stream.getvalue()
