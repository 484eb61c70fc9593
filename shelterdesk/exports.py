"""Summaries that leave the program: for a named recipient exact, for anyone else protected, and always logged."""

from __future__ import annotations

import io
import json
from enum import StrEnum

from shelterdesk import i18n
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.documents.blocks import Document
from shelterdesk.documents.protect import protect_office
from shelterdesk.documents.sheets import write_csv, write_xlsx
from shelterdesk.documents.summary import summary_document
from shelterdesk.documents.summary_sheets import summary_csv, summary_json, summary_workbook
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import N_
from shelterdesk.printed import leaving
from shelterdesk.summaries.disclosure import months_needed, protect
from shelterdesk.summaries.summary import summarise
from shelterdesk.summaries.table import Summary


class Format(StrEnum):
    """Files a summary is exported to. PDF and printing go through pages: :func:`export_pages`."""

    DOCX = "docx"
    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"


WITH_PASSWORD = (Format.DOCX, Format.XLSX)
"""Formats that can be locked with a password."""


class NoRecipient(ShelterDeskError):
    """Exact figures without a name for whom they are."""


class NoPasswordThere(ShelterDeskError):
    """A password for a kind of file that cannot have one."""


class AlreadyProtected(ShelterDeskError):
    """Exact figures were wanted of a summary that has none any more."""


def for_recipient(desk: Desk, summary: Summary, recipient: str | None) -> Summary:
    """Return what *recipient* may get of an exact *summary*; None is anyone else.

    The earlier months of the year are counted as well, because whoever has their summaries could subtract them.
    Raises NotAllowed.
    """
    require(desk, Right.EXPORT_SUMMARIES)
    if recipient is None:
        if summary.protected:
            return summary
        return protect(summary, [summarise(desk, month, site_id=summary.site_id) for month in months_needed(summary)])
    require(desk, Right.EXPORT_EXACT)
    if not recipient.strip():
        raise NoRecipient(N_("Enter for whom the exact figures are."))
    if summary.protected:
        raise AlreadyProtected(N_("Exact figures can only be made from the summary as it was counted."))
    return summary


def summary_paper(desk: Desk, summary: Summary, *, recipient: str | None, language: str | None = None) -> Document:
    """Return the paper to look at before it is exported. Raises NotAllowed or NoRecipient."""
    given = for_recipient(desk, summary, recipient)
    return summary_document(given, language or i18n.language(), recipient=recipient)


def export_summary(
    desk: Desk,
    summary: Summary,
    *,
    recipient: str | None,
    format: Format | str,  # noqa: A002 - the word people use
    password: str | None = None,
    why: str = "",
    language: str | None = None,
) -> bytes:
    """Return the file of an exact *summary* and log that it leaves.

    With a *recipient* the figures are exact, without one small numbers are covered. *why* goes into the log. Raises
    NotAllowed, NoRecipient, NoPasswordThere or PasswordUnfit; then nothing is logged.
    """
    kind = Format(format)
    if password is not None and kind not in WITH_PASSWORD:
        raise NoPasswordThere(N_("Only Word and Excel files can have a password. Choose one of them, or no password."))
    given = for_recipient(desk, summary, recipient)
    made = _made(given, kind, language or i18n.language(), recipient)
    if password is not None:
        made = protect_office(made, password)
    _log(desk, given, recipient, kind.value, why)
    return made


def export_pages(
    desk: Desk,
    summary: Summary,
    *,
    recipient: str | None,
    how: str,
    why: str = "",
    language: str | None = None,
) -> Document:
    """Return the paper for the printer or a PDF and log that it leaves; *how* is ``print`` or ``pdf``."""
    given = for_recipient(desk, summary, recipient)
    paper = summary_document(given, language or i18n.language(), recipient=recipient)
    _log(desk, given, recipient, how, why)
    return paper


def _made(summary: Summary, kind: Format, language: str, recipient: str | None) -> bytes:
    stream = io.BytesIO()
    match kind:
        case Format.DOCX:
            from shelterdesk.documents.word import write_docx

            write_docx(summary_document(summary, language, recipient=recipient), stream)
        case Format.XLSX:
            write_xlsx(summary_workbook(summary, language, recipient=recipient), stream)
        case Format.CSV:
            write_csv(summary_csv(summary, language, recipient=recipient), stream)
        case Format.JSON:
            values = summary_json(summary, language, recipient=recipient)
            stream.write(json.dumps(values, ensure_ascii=False, indent=1).encode() + b"\n")
    return stream.getvalue()


def _log(desk: Desk, summary: Summary, recipient: str | None, how: str, why: str) -> None:
    facts = {
        "log.what": f"summary {summary.period.id} {'protected' if summary.protected else 'exact'}",
        "log.for_whom": recipient or "",
        "log.why": why,
        "log.how": how,
    }
    with desk.write(leaving(how), facts=facts):
        pass
