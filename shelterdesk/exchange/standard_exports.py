"""Tables in the words of HTCDS and GBVIMS that leave the program: for somebody named, with consent, and logged.

With names a table goes to one recipient, and who is in it agreed to share with this recipient. Coded, without names,
it is a statistic, and who is in it agreed to that. Whoever did not is left out, or taken in with a reason that the
log keeps beside every one of them.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from sqlalchemy import select

from shelterdesk import i18n
from shelterdesk.access import Right, require
from shelterdesk.consents import Consent
from shelterdesk.desk import Desk
from shelterdesk.documents.protect import protect_office
from shelterdesk.documents.sheets import Sheet, SheetColumn, Workbook, write_csv, write_xlsx
from shelterdesk.errors import ShelterDeskError
from shelterdesk.exchange import standard_sheets
from shelterdesk.i18n import N_, _
from shelterdesk.person_reading import codes_by_person
from shelterdesk.same_person import current_id
from shelterdesk.schema import history
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import whole
from shelterdesk.schema.history import Collected
from shelterdesk.sharing import Standing, State, require_reason, standing_in

SHARING: Final = ("share_authority", "share_partner")
"""Purposes whose consent lets a table with names go to a recipient: whichever this one is."""
STATISTICS: Final = "statistics"
FORMATS: Final = ("xlsx", "csv")
_BIRTHS: Final = frozenset({"prs_Birthdate", "date_of_birth"})
_CODES: Final = frozenset({"code", "survivor_code"})
_MONTH: Final = len("2026-05")
_NO_RECIPIENT: Final = N_("Enter for whom the table is. Nothing left.")
_NOBODY: Final = N_("Nobody is in this table: nobody agreed to it. Nothing left. Ask first, or say why it has to be.")
_NO_PASSWORD: Final = N_("Only an Excel file can have a password. Nothing left. Choose Excel, or no password.")


class What(StrEnum):
    """The tables that are offered; the value is what the log calls them."""

    HTCDS_NAMED = "htcds_named"
    HTCDS_CODED = "htcds_coded"
    GBVIMS_CODED = "gbvims_coded"

    @property
    def named(self) -> bool:
        """Tell whether it says who somebody is."""
        return self is What.HTCDS_NAMED


class NotReady(ShelterDeskError):
    """Something is missing before the table may leave."""


@dataclass(frozen=True)
class Gathered:
    """One table as it was read, with whose each row is and what these people answered."""

    what: What
    titles: tuple[str, ...]
    rows: tuple[tuple[UUID, tuple[str, ...]], ...]
    codes: Mapping[UUID, str]
    consents: Mapping[UUID, tuple[Consent, ...]]

    def people(self) -> list[UUID]:
        """Return who is in it, each once, in the order of the rows."""
        return list(dict.fromkeys(whose for whose, _row in self.rows))


def gather(desk: Desk, what: What) -> Gathered:
    """Read a table and the consents of who is in it; takes a moment where many are on file. Raises NotAllowed."""
    require(desk, Right.SEE_RECORDS)
    require(desk, Right.EXPORT_EXACT)
    is_gbvims = what is What.GBVIMS_CODED
    titles, rows = standard_sheets.gbvims_table(desk) if is_gbvims else standard_sheets.htcds_table(desk)
    if not what.named:
        titles, rows = _without_names(titles, rows)
    with desk.read() as db:
        codes = codes_by_person(db)
        found = db.scalars(select(Consent).where(Consent.archived_at.is_(None)).options(*whole(Consent))).all()
    whose = {code: person_id for person_id, code in codes.items()}
    at = next(place for place, title in enumerate(titles) if title in _CODES)
    kept = tuple((whose[row[at]], row) for row in rows if row[at] in whose)
    people = {person_id for person_id, _row in kept}
    consents: dict[UUID, list[Consent]] = defaultdict(list)
    for one in found:
        person_id = current_id(desk, one.person_id)
        if person_id in people:
            consents[person_id].append(one)
    return Gathered(
        what, titles, kept, {one: codes[one] for one in people}, {one: tuple(said) for one, said in consents.items()}
    )


def standings(desk: Desk, gathered: Gathered, recipient: str) -> dict[UUID, Standing]:
    """Return for everybody in the table how her consent stands today, in the order of the rows."""
    purposes = SHARING if gathered.what.named else (STATISTICS,)
    return {
        one: _weightiest(
            [standing_in(gathered.consents.get(one, ()), desk, purpose, recipient) for purpose in purposes]
        )
        for one in gathered.people()
    }


def export_table(
    desk: Desk,
    gathered: Gathered,
    *,
    recipient: str,
    how: str,
    why: str,
    password: str | None = None,
    everybody: bool = False,
) -> bytes:
    """Return the file, after it was logged as a whole and with everybody in it; *how* is one of :data:`FORMATS`.

    *everybody* takes in who has not agreed as well. Raises NotAllowed, NotReady, ReasonMissing, PasswordUnfit; then
    nothing is logged and nothing may leave.
    """
    require(desk, Right.SEE_RECORDS)
    require(desk, Right.EXPORT_EXACT)
    if not recipient.strip():
        raise NotReady(_NO_RECIPIENT)
    require_reason(why)
    if password is not None and how != "xlsx":
        raise NotReady(_NO_PASSWORD)
    asked = standings(desk, gathered, recipient)
    taken = {one: standing for one, standing in asked.items() if everybody or standing.given}
    if not taken:
        raise NotReady(_NOBODY)
    made = _file(desk, gathered, taken, how, recipient.strip())
    if password is not None:
        made = protect_office(made, password)
    said = {"log.what": gathered.what.value, "log.for_whom": recipient.strip(), "log.why": why.strip(), "log.how": how}
    with desk.write(Act.EXPORT, facts=said | {"log.people": len(taken)}) as db:
        for person_id, standing in taken.items():
            # A person's own part of the log says that she was in it.
            facts = said | {"log.consent": standing.state.value}
            history.append(db, Act.EXPORT, Collected(), facts=facts, about=person_id)
    return made


def _without_names(
    titles: tuple[str, ...], rows: tuple[tuple[str, ...], ...]
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Leave out what is sealed, and the day from dates of birth."""
    sealed = standard_sheets.sealed_columns()
    kept = [place for place, title in enumerate(titles) if title not in sealed]
    return tuple(titles[place] for place in kept), tuple(
        tuple(row[place][:_MONTH] if titles[place] in _BIRTHS else row[place] for place in kept) for row in rows
    )


def _weightiest(found: list[Standing]) -> Standing:
    """Return the answer that decides of several purposes: a «no» outweighs a «yes», any answer outweighs none."""
    refused = [one for one in found if one.state in (State.DECLINED, State.WITHDRAWN)]
    given = [one for one in found if one.given]
    answered = [one for one in found if one.state is not State.NOT_ASKED]
    return next(iter([*refused, *given, *answered, *found]))


def _file(desk: Desk, gathered: Gathered, taken: Collection[UUID], how: str, recipient: str) -> bytes:
    rows = tuple(row for whose, row in gathered.rows if whose in taken)
    name = "GBVIMS" if gathered.what is What.GBVIMS_CODED else "HTCDS 2.0"
    sheet = Sheet(name, tuple(SheetColumn(title) for title in gathered.titles), rows)
    stream = io.BytesIO()
    if how == "csv":
        write_csv(sheet, stream)
    else:
        write_xlsx(
            Workbook(i18n.language(), desk.vault.name, (sheet,), (_("For {name}").format(name=recipient),)), stream
        )
    return stream.getvalue()
