"""Code lists as a shelter uses them: choices of its own, choices it no longer offers, and their order.

A choice of its own is a kind of one of the list's, which its code says for ever (``court.own_2``): counted, exported
and put on paper as that, whatever becomes of the shelter's words. What is no longer offered stays readable.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from sqlalchemy import Boolean, Integer, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from shelterdesk.access import Right, require
from shelterdesk.errors import Problem, Problems
from shelterdesk.i18n import N_
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Base
from shelterdesk.schema.collecting import will_have_changed
from shelterdesk.vocab import CodeList, every_list
from shelterdesk.vocab.lists import OWN_MARK, base_of, plain

if TYPE_CHECKING:
    from shelterdesk.desk import Desk

LABEL: Final = "choice.label"
"""The place of a Problem with the words of a choice."""
_LONGEST: Final = 60
"""Characters a code may have, as long as the columns that hold it."""


class ListChoice(Base):
    """What a shelter says about one choice of a list: its words if it is an own one, its place, whether it is used."""

    __tablename__ = "list_choice"

    list_name: Mapped[str] = mapped_column(String(80), primary_key=True)
    code: Mapped[str] = mapped_column(String(_LONGEST), primary_key=True)
    label: Mapped[str | None] = mapped_column(String)
    """NULL for a choice of the standard list, whose words are translated."""
    position: Mapped[int] = mapped_column(Integer)
    retired: Mapped[bool] = mapped_column(Boolean, default=False)


def open_lists(desk: Desk) -> tuple[CodeList, ...]:
    """Return the lists a shelter may add to, as it uses them, those of its own fields last."""
    ours = (field.choices for fields in desk.own_fields.values() for field in fields if field.choices is not None)
    return (*(desk.choices(one) for one in every_list() if one.open), *(desk.choices(one) for one in ours))


def add_choice(desk: Desk, codes: CodeList, label: str, counts_as: str = "") -> str:
    """Add a choice to a list and return its code. *counts_as* is what it is a kind of. Raises Problems."""
    require(desk, Right.CHANGE_SETTINGS)
    used = _open(desk, codes.name)
    words = _new_words(used, label)
    own = is_of_own_field(codes.name)
    if not own and (counts_as not in used or OWN_MARK in counts_as or counts_as in {one.code for one in used.reserved}):
        raise Problems([Problem("choice.counts_as", N_("Choose what it is counted as"))])
    # The number goes on over the whole list, so that a code never comes back with another meaning.
    number = 1 + sum(OWN_MARK in entry.code for entry in used.codes)
    code = f"{'' if own else counts_as}{OWN_MARK}{number}"
    if len(code) > _LONGEST:
        raise ValueError("the code of what it counts as is too long for one of its own")
    with desk.write(Act.CHANGE_SETTINGS, facts=_facts(codes.name, {"added": words})) as db:
        row = ListChoice(list_name=codes.name, code=code, label=words, position=len(used.codes))
        db.add(row)
        will_have_changed(db, "list_choice")
    _reload(desk)
    return code


def rename_choice(desk: Desk, codes: CodeList, code: str, label: str) -> None:
    """Give a choice of one's own other words. Those of the standard lists are reworded nowhere. Raises Problems."""
    require(desk, Right.CHANGE_SETTINGS)
    used = _open(desk, codes.name)
    if OWN_MARK not in code or code not in used:
        raise ValueError("only a choice of one's own has words of one's own")
    words = _new_words(used, label, except_for=code)
    with desk.write(Act.CHANGE_SETTINGS, facts=_facts(codes.name, {"label": words})) as db:
        db.get_one(ListChoice, (codes.name, code)).label = words
        will_have_changed(db, "list_choice")
    _reload(desk)


def retire_choice(desk: Desk, codes: CodeList, code: str, *, retired: bool = True) -> None:
    """Offer a choice no longer, or again. Records that hold it keep it. Raises Problems for the last one offered."""
    require(desk, Right.CHANGE_SETTINGS)
    used = _open(desk, codes.name)
    if code not in {entry.code for entry in used.codes}:
        raise ValueError("only a choice of the list can be retired")
    if retired and {entry.code for entry in used} == {code}:
        raise Problems([Problem(LABEL, N_("This is the last choice the list offers. Add another first."))])
    with desk.write(Act.CHANGE_SETTINGS, facts=_facts(codes.name, {"hidden": retired, "what": used.label(code)})) as db:
        _row(db, used, code).retired = retired
        will_have_changed(db, "list_choice")
    _reload(desk)


def order_choices(desk: Desk, codes: CodeList, order: Sequence[str]) -> None:
    """Offer the choices in the order of *order*, which names each of them once."""
    require(desk, Right.CHANGE_SETTINGS)
    used = _open(desk, codes.name)
    if sorted(order) != sorted(entry.code for entry in used.codes):
        raise ValueError("an order names every choice once")
    with desk.write(Act.CHANGE_SETTINGS, facts=_facts(codes.name, {"order": True})) as db:
        for position, code in enumerate(order):
            _row(db, used, code).position = position
        will_have_changed(db, "list_choice")
    _reload(desk)


def begin_list(db: Session, name: str, words: Sequence[str]) -> None:
    """Give the list of a field of one's own its first choices, inside a running write."""
    for number, label in enumerate(words):
        db.add(ListChoice(list_name=name, code=f"{OWN_MARK}{number + 1}", label=label, position=number))


def is_own(code: str) -> bool:
    """Tell whether the shelter added this choice."""
    return OWN_MARK in code


def counts_as(code: str) -> str:
    """Return what a choice is counted as; empty for one of a list that is the shelter's own as a whole."""
    return base_of(code)


def is_of_own_field(list_name: str) -> bool:
    """Tell whether a list belongs to a field of the shelter's own, so that nothing outside knows its choices."""
    return OWN_MARK in list_name


def load(desk: Desk, db: Session) -> None:
    """Read the lists the shelter changed."""
    rows: dict[str, list[ListChoice]] = {}
    for row in db.scalars(select(ListChoice).order_by(ListChoice.list_name, ListChoice.position, ListChoice.code)):
        rows.setdefault(row.list_name, []).append(row)
    declared = {one.name: one for one in every_list()}
    desk.code_lists = {
        name: as_used(declared.get(name) or CodeList(name, (), open=True), of_list)
        for name, of_list in rows.items()
        if name in declared or is_of_own_field(name)
    }


def as_used(codes: CodeList, rows: Sequence[ListChoice]) -> CodeList:
    """Return *codes* with what *rows* say about them."""
    own = {row.code: row.label for row in rows if row.label and OWN_MARK in row.code}
    return codes.as_used(own, [row.code for row in rows if row.retired], {row.code: row.position for row in rows})


def _reload(desk: Desk) -> None:
    """Read the lists anew after a change."""
    with desk.read() as db:
        load(desk, db)


def _open(desk: Desk, name: str) -> CodeList:
    for codes in open_lists(desk):
        if codes.name == name:
            return codes
    raise ValueError("this list follows a standard and takes no choices of one's own")


def _row(db: Session, used: CodeList, code: str) -> ListChoice:
    row = db.get(ListChoice, (used.name, code))
    if row is None:
        position = next(number for number, entry in enumerate(used.codes) if entry.code == code)
        row = ListChoice(list_name=used.name, code=code, position=position)
        db.add(row)
    return row


def _new_words(used: CodeList, label: str, except_for: str = "") -> str:
    words = " ".join(label.split())
    if not words:
        raise Problems([Problem(LABEL, N_("Enter the words of the choice"))])
    same = (entry.code for entry in (*used.codes, *used.reserved) if plain(used.label(entry.code)) == plain(words))
    if any(code != except_for for code in same):
        raise Problems([Problem(LABEL, N_("The list has a choice with these words already"))])
    return words


def _facts(name: str, changed: Mapping[str, object]) -> dict[str, str]:
    return {"log.what": name, "log.how": json.dumps(changed, ensure_ascii=False, sort_keys=True)}
