"""The contact sheet of providers: for the wall of the office and the bag of the night shift. It names no resident."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from shelterdesk import formats, vocab
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.documents.blocks import Column, Document, Foot, Paragraph, Row, RowKind, Table, Tone
from shelterdesk.i18n import N_, ngettext, text
from shelterdesk.printed import log_paper
from shelterdesk.providers import OWN_STAFF, DirectoryRow, Provider, directory, found
from shelterdesk.schema.base import text_of
from shelterdesk.vocab.lists import base_of

CONTACT_SHEET: Final = "contact_sheet"
"""What the log calls it."""
_AT_ANY_HOUR: Final = "at_any_hour"
_AT_ANY_HOUR_WORDS: Final = N_("At any hour")
_OTHERS: Final = "other"


def contact_sheet(
    desk: Desk, language: str, *, words: str = "", wanted: str = "", colleagues: bool = False, costs: bool = True
) -> Document:
    """Return the sheet of the providers that *words* and *wanted* find, as the directory does.

    Whom one reaches at any hour stands first, then each under the help they mostly give, colleagues last. What the
    shelter says of how working with them goes is on no paper.
    """
    require(desk, Right.SEE_RECORDS)
    rows = [row for row in found(directory(desk), words=words, wanted=wanted) if colleagues or not row.is_own]

    def say(message: str) -> str:
        return text(message, language)

    return Document(
        title=say(N_("Contact sheet")),
        subtitle=formats.day(desk.today(), language, style="long"),
        language=language,
        file_name="contacts",
        blocks=(
            Paragraph(ngettext("{n} provider", "{n} providers", len(rows), language), Tone.MUTED),
            Table(
                columns=(
                    Column(say(N_("Provider")), 52),
                    Column(say(N_("Ask for, phone, e-mail")), 44),
                    Column(say(N_("Place and hours")), 44),
                    Column(say(N_("Languages and cost") if costs else N_("Languages")), 30),
                ),
                rows=_grouped(desk, rows, language, costs=costs),
                empty=say(N_("Nobody in the directory fits this choice.")),
            ),
        ),
        foot=Foot(mark=say(N_("Names no resident. Destroy it when a new one is printed.")), page_numbers=True),
        size_pt=9.5,
    )


def note_contact_sheet(desk: Desk, count: int, *, how: str) -> None:
    """Log that the sheet leaves the program; *how* is ``print``, ``pdf`` or ``docx``."""
    require(desk, Right.SEE_RECORDS)
    log_paper(desk, CONTACT_SHEET, how=how, count=count)


def count_of(document: Document) -> int:
    """Return how many providers a sheet names."""
    tables = [block for block in document.blocks if isinstance(block, Table)]
    return sum(row.kind is not RowKind.GROUP for table in tables for row in table.rows)


def _grouped(desk: Desk, rows: Sequence[DirectoryRow], language: str, *, costs: bool) -> tuple[Row, ...]:
    titles = [(_AT_ANY_HOUR, text(_AT_ANY_HOUR_WORDS, language))]
    titles += [(family.code, vocab.SERVICE_FAMILIES.label(family.code, language)) for family in vocab.SERVICE_FAMILIES]
    titles.append((OWN_STAFF, vocab.PROVIDER_KINDS.label(OWN_STAFF, language)))
    made: list[Row] = []
    for group, title in titles:
        of_group = [row for row in rows if _group_of(row) == group]
        if of_group:
            made.append(Row((title, "", "", ""), RowKind.GROUP))
            made += [_row(desk, row, language, costs=costs) for row in of_group]
    return tuple(made)


def _group_of(row: DirectoryRow) -> str:
    """Return under which help a provider stands: at any hour, else the family most of its services are of."""
    if row.is_own:
        return OWN_STAFF
    if row.provider is not None and (row.provider.at_any_hour or row.kind == "emergency"):
        return _AT_ANY_HOUR
    families = [vocab.SERVICE_KINDS.group(base_of(kind)) for kind in row.services]
    order = [family.code for family in vocab.SERVICE_FAMILIES]
    known = [family for family in order if family in families]
    return max(known, key=families.count, default=_OTHERS)


def _row(desk: Desk, row: DirectoryRow, language: str, *, costs: bool) -> Row:
    codes = desk.choices(vocab.SERVICE_KINDS)
    services = ", ".join(codes.label(code.code, language) for code in codes.codes if code.code in row.services)
    one = row.provider
    if one is None:
        return Row((_lines(row.name, services), "", "", ""))
    languages = desk.field(Provider, "languages").show(one.languages, language)
    paid = [desk.field(Provider, "cost").show(one.cost, language), text_of(one, "cost_words")] if costs else []
    return Row(
        (
            _lines(row.name, services),
            _lines(*(text_of(one, name) for name in ("contact", "phone", "email"))),
            _lines(*(text_of(one, name) for name in ("place", "way", "hours"))),
            _lines(languages, *paid),
        )
    )


def _lines(*words: str) -> str:
    return "\n".join(filter(None, words))
