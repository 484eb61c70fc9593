"""Complaints, ideas and thanks, with or without a name, sealed to the people they are for and to nobody else.

Each is a letter to every one of its readers, closed with that reader's own public key: no key of a compartment and
no recovery secret opens it, so the colleague it is about cannot read it, whatever keys they hold. What is not sealed
is that a letter was written on a day, and to whom. It stands in no log: the log would say who sat there. Whoever
holds the key of the database can delete a letter unread; and a letter is lost with its reader's private key.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Date, LargeBinary, String, select
from sqlalchemy.orm import Mapped, mapped_column

from shelterdesk.access import Right, Role, require
from shelterdesk.desk import Desk
from shelterdesk.errors import Problem, Problems
from shelterdesk.i18n import N_
from shelterdesk.members import Who, colleagues
from shelterdesk.schema.base import Base
from shelterdesk.schema.types import Id, new_id
from shelterdesk.vocab.house_book import FEEDBACK_ABOUT, FEEDBACK_KINDS

COLLEAGUE: Final = "colleague"
"""What a complaint is about where it must not reach the person it is about."""
_WORDS, _ANSWER = "words", "answer"
_LONGEST: Final = 20_000


class FeedbackLetter(Base):
    """One letter to one reader. ``feedback_id`` is the same for all readers, and for what was done about it."""

    __tablename__ = "feedback_letter"

    id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    feedback_id: Mapped[UUID] = mapped_column(Id, index=True)
    reader_id: Mapped[UUID] = mapped_column(Id, index=True)
    part: Mapped[str] = mapped_column(String(12))
    """``words``, or ``answer`` for what was done."""
    on: Mapped[date] = mapped_column(Date)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


@dataclass(frozen=True)
class Feedback:
    """What somebody said, as one of its readers opens it."""

    id: UUID
    on: date
    kind: str
    about: str
    about_member: UUID | None
    words: str
    wants: str
    name: str
    """Who said it, empty where she gave no name."""
    readers: tuple[UUID, ...] = ()
    answer: str = ""
    answered_on: date | None = None

    @property
    def waits(self) -> bool:
        """Tell whether nobody has written yet what was done about it."""
        return self.answered_on is None


def possible_readers(desk: Desk, about_member: UUID | None = None) -> list[Who]:
    """Return who can be written to: everybody with keys of their own but the person it is about, directors first."""
    require(desk, Right.KEEP_HOUSE_BOOK)
    reached = {one.id for one in desk.vault.members if one.active and not one.temporary and one.id != about_member}
    found = [one for one in colleagues(desk) if one.id in reached]
    return sorted(found, key=lambda one: (Role.DIRECTOR.value not in one.roles, one.name.casefold()))


def usual_readers(desk: Desk, about_member: UUID | None = None) -> list[Who]:
    """Return who reads it unless somebody else is chosen: the directors, as far as it is not about them."""
    return [one for one in possible_readers(desk, about_member) if Role.DIRECTOR.value in one.roles]


def write_feedback(
    desk: Desk,
    *,
    kind: str | None,
    about: str | None,
    words: str,
    about_member: UUID | None = None,
    wants: str = "",
    name: str = "",
    readers: Collection[UUID] | None = None,
) -> UUID:
    """Seal what was said to its readers, the usual ones unless *readers* are named. Returns its id. Raises Problems.

    Nothing of it is kept but the letters: no draft, no row in the log, not who was signed in.
    """
    require(desk, Right.KEEP_HOUSE_BOOK)
    problems: list[Problem] = []
    if FEEDBACK_KINDS.get(kind) is None:
        problems.append(Problem("feedback.kind", N_("Choose what it is")))
    if FEEDBACK_ABOUT.get(about) is None:
        problems.append(Problem("feedback.about", N_("Choose what it is about")))
    if about == COLLEAGUE and about_member is None:
        problems.append(Problem("feedback.about_member", N_("Choose who it is about, so that it does not reach them")))
    if not words.strip():
        problems.append(Problem("feedback.words", N_("Write what she says")))
    elif len(words) + len(wants) > _LONGEST:
        problems.append(Problem("feedback.words", N_("This is too long for one letter. Shorten it, or write two.")))
    concerned = about_member if about == COLLEAGUE else None
    allowed = {one.id for one in possible_readers(desk, concerned)}
    chosen = {one.id for one in usual_readers(desk, concerned)} if readers is None else set(readers) & allowed
    if not chosen:
        problems.append(Problem("feedback.readers", N_("Choose at least one colleague who may read it")))
    if problems:
        raise Problems(problems)
    feedback_id = new_id()
    said = {
        "kind": kind,
        "about": about,
        "about_member": concerned.hex if concerned else "",
        "words": words.strip(),
        "wants": wants.strip(),
        "name": name.strip(),
        "readers": sorted(one.hex for one in chosen),
    }
    _post(desk, feedback_id, _WORDS, said, sorted(chosen))
    return feedback_id


def my_feedback(desk: Desk) -> list[Feedback]:
    """Return what was written to the signed-in person, what waits first, then the newest. Whoever else asks gets none.

    A letter that does not open any more, or was put here by somebody, is left out.
    """
    require(desk, Right.SEE_HOUSE)
    with desk.read() as db:
        rows = db.scalars(
            select(FeedbackLetter)
            .where(FeedbackLetter.reader_id == desk.me.id)
            .order_by(FeedbackLetter.on.desc(), FeedbackLetter.id.desc())
        ).all()
    answers = {row.feedback_id: row for row in rows if row.part == _ANSWER}
    found: list[Feedback] = []
    for row in rows:
        said = _open(desk, row) if row.part == _WORDS else None
        if said is None:
            continue
        answered = answers.get(row.feedback_id)
        answer = (_open(desk, answered) or {}).get("words", "") if answered is not None else ""
        found.append(_feedback(row, said, answer, answered.on if answered is not None else None))
    return sorted(found, key=lambda one: not one.waits)


def waiting_feedback(desk: Desk) -> int:
    """Return how many letters wait for the signed-in person."""
    return sum(one.waits for one in my_feedback(desk))


def answer_feedback(desk: Desk, feedback: Feedback, words: str) -> None:
    """Write down what was done about it, for the same readers. Raises Problems."""
    require(desk, Right.KEEP_HOUSE_BOOK)
    if not words.strip():
        raise Problems([Problem("feedback.answer", N_("Write what was done, or why nothing"))])
    still = {one.id for one in possible_readers(desk, feedback.about_member)}
    readers = [one for one in feedback.readers if one in still]
    _post(desk, feedback.id, _ANSWER, {"words": words.strip()}, readers)


def _post(desk: Desk, feedback_id: UUID, part: str, said: dict[str, Any], readers: Sequence[UUID]) -> None:
    plain = json.dumps(said, ensure_ascii=False).encode()
    letters = [
        FeedbackLetter(
            id=new_id(),
            feedback_id=feedback_id,
            reader_id=reader,
            part=part,
            on=desk.today(),
            sealed=desk.vault.letter_to(reader, _place(feedback_id, part), plain),
        )
        for reader in readers
    ]
    with desk.quietly() as db:
        db.add_all(letters)


def _open(desk: Desk, letter: FeedbackLetter) -> dict[str, Any] | None:
    plain = desk.vault.open_own_letter(_place(letter.feedback_id, letter.part), letter.sealed)
    if plain is None:
        return None
    said: dict[str, Any] = json.loads(plain)
    return said


def _place(feedback_id: UUID, part: str) -> bytes:
    return f"feedback.{part}".encode() + feedback_id.bytes


def _feedback(row: FeedbackLetter, said: dict[str, Any], answer: str, answered_on: date | None) -> Feedback:
    about_member = said["about_member"]
    return Feedback(
        row.feedback_id,
        row.on,
        said["kind"],
        said["about"],
        UUID(about_member) if about_member else None,
        said["words"],
        said["wants"],
        said["name"],
        tuple(UUID(one) for one in said["readers"]),
        answer,
        answered_on,
    )
