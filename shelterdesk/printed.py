"""Papers that leave the program: told to the log, and read from it, which cannot be told otherwise."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.schema.acts import Act
from shelterdesk.schema.history import SALT_BYTES, LogContent, LogRow

FOR_THE_FILE = "plan_for_the_file"
HER_SHEET = "her_sheet"
"""What the log calls the two papers of a plan."""


@dataclass(frozen=True)
class Paper:
    """One paper that left: ``what`` as the log calls it, and the day in the vault's time zone."""

    what: str
    on: date


def papers_of(desk: Desk, people: Iterable[UUID]) -> dict[UUID, dict[str, Paper]]:
    """Return for each person the newest printing or saving of each of her papers."""
    require(desk, Right.SEE_RECORDS)
    query = (
        select(LogRow.person_id, LogRow.at, LogContent.plain)
        .join(LogContent, LogContent.number == LogRow.number)
        .where(
            LogRow.act.in_((Act.PRINT.code, Act.EXPORT.code)),
            LogRow.person_id.in_(list(people)),
            LogContent.field_id == "log.what",
        )
        .order_by(LogRow.number)
    )
    found: dict[UUID, dict[str, Paper]] = {}
    with desk.read() as db:
        for person_id, at, plain in db.execute(query):
            if person_id is None or plain is None:
                continue
            what = str(json.loads(plain[SALT_BYTES:])[1])
            found.setdefault(person_id, {})[what] = Paper(what, at.astimezone(desk.zone).date())
    return found


def leaving(how: str) -> Act:
    """Return the act of a paper that leaves; *how* is ``print`` or the kind of file, e.g. ``pdf``."""
    return Act.PRINT if how == "print" else Act.EXPORT


def log_paper(desk: Desk, what: str, *, how: str, about: UUID | None = None, **more: object) -> None:
    """Log that a paper leaves the program; *more* are facts of the log, e.g. ``for_whom`` and ``why``.

    The caller has asked for the right, and for the reach of the person it is *about*.
    """
    facts = {"log.what": what, "log.how": how} | {f"log.{name}": value for name, value in more.items()}
    with desk.write(leaving(how), about=about, facts=facts):
        pass
