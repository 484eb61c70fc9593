"""The screening scales a shelter uses: those the program brings, and those it loaded itself.

Only scales anybody may reproduce are brought, each with its source. The words of a scale say nothing about people, so
they are not sealed; answers are (``screenings``).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, mapped_column

from shelterdesk import folding, own_choices, vocab
from shelterdesk.access import Right
from shelterdesk.errors import NotAllowed, Problem, Problems
from shelterdesk.i18n import N_, text
from shelterdesk.instrument_files import FILE, Placed, read_instrument
from shelterdesk.instruments import Instrument, said
from shelterdesk.own_choices import ListChoice
from shelterdesk.paths import resources
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Base
from shelterdesk.schema.collecting import will_have_changed
from shelterdesk.vault.compartments import Compartment
from shelterdesk.vocab.lists import OWN_MARK

if TYPE_CHECKING:
    from shelterdesk.desk import Desk

BROUGHT: Final = ("phq9", "gad7", "pcptsd5", "pcl5")
"""The scales the program brings, in the order they are offered."""
_COUNTS_AS: Final = "other"
_THERE: Final = N_("This scale is there already, in this version. Nothing was changed.")
_TITLE_OF_OURS: Final = N_(
    "is the title of a scale that comes with the program: «{title}». Give the scale another title; where it is the "
    "same one, give it the id {id} and a version of its own."
)
_MAY_NOT: Final = N_(
    "Scales are loaded by people who change settings, or who hold the key for psychological work. Nothing was changed."
)


class OwnInstrument(Base):
    """A scale the shelter loaded, as its file says it."""

    __tablename__ = "instrument"

    code: Mapped[str] = mapped_column(String(60), primary_key=True)
    content: Mapped[str] = mapped_column(String)


@dataclass(frozen=True)
class Scale:
    """One scale as this shelter uses it."""

    code: str
    """What a screening keeps."""
    instrument: Instrument
    in_use: bool
    own: bool

    def title(self, language: str | None = None) -> str:
        """Return the name of the scale."""
        return said(self.instrument.title, language)


@cache
def _brought() -> dict[str, Instrument]:
    folder = resources() / "instruments"
    return {name: read_instrument((folder / f"{name}.json").read_bytes()) for name in BROUGHT}


def every_scale(desk: Desk) -> list[Scale]:
    """Return all scales, those no longer in use included, the program's own first."""
    used = {code.code for code in desk.choices(vocab.SCREENING_SCALES)}
    with desk.read() as db:
        rows = list(db.scalars(select(OwnInstrument)))
    known = {code.code: number for number, code in enumerate(desk.choices(vocab.SCREENING_SCALES).codes)}
    rows.sort(key=lambda row: known.get(row.code, len(known)))
    found = [Scale(code, one, code in used, own=False) for code, one in _brought().items()]
    return found + [Scale(row.code, read_instrument(row.content.encode()), row.code in used, own=True) for row in rows]


def offered(desk: Desk) -> list[Scale]:
    """Return the scales that may be asked now."""
    return [scale for scale in every_scale(desk) if scale.in_use]


def scale_of(desk: Desk, code: str | None) -> Scale | None:
    """Return the scale of a screening; None for one that is known by its total only."""
    return next((scale for scale in every_scale(desk) if scale.code == code), None)


def may_load(desk: Desk) -> bool:
    """Tell whether the signed-in person may load scales and take them out of use."""
    return desk.may(Right.CHANGE_SETTINGS) or (desk.may(Right.CASE_WORK) and desk.holds(Compartment.CLINICAL))


def load_scale(desk: Desk, data: bytes) -> Scale:
    """Take a scale from a file. Raises NotAllowed, WrongInstrument, Problems; then nothing was taken."""
    _require(desk)
    made = read_instrument(data)
    every = every_scale(desk)
    if any((one.instrument.id, one.instrument.version) == (made.id, made.version) for one in every):
        raise Problems([Problem(FILE, _THERE)])
    _require_own_title(made)
    codes = desk.choices(vocab.SCREENING_SCALES).codes
    code = f"{_COUNTS_AS}{OWN_MARK}{1 + sum(OWN_MARK in one.code for one in codes)}"
    label = text(N_("{title}, version {version}"), title=said(made.title), version=made.version)
    with desk.write(Act.CHANGE_SETTINGS, facts=_facts({"added": label})) as db:
        db.add(OwnInstrument(code=code, content=data.decode("utf-8-sig")))
        db.add(
            ListChoice(
                list_name=vocab.SCREENING_SCALES.name, code=code, label=label, position=len(codes), retired=False
            )
        )
        will_have_changed(db, "instrument")
    _reload(desk)
    return Scale(code, made, in_use=True, own=True)


def use_scale(desk: Desk, code: str, *, in_use: bool) -> None:
    """Offer a scale no longer, or again. What was asked with it stays readable."""
    _require(desk)
    scale = scale_of(desk, code)
    if scale is None:
        raise ValueError("no such scale")
    codes = desk.choices(vocab.SCREENING_SCALES)
    with desk.write(Act.CHANGE_SETTINGS, facts=_facts({"hidden": not in_use, "what": codes.label(code)})) as db:
        row = db.get(ListChoice, (codes.name, code))
        if row is None:
            place = next(number for number, one in enumerate(codes.codes) if one.code == code)
            row = ListChoice(list_name=codes.name, code=code, position=place)
            db.add(row)
        row.retired = not in_use
        will_have_changed(db, "instrument")
    _reload(desk)


def _require_own_title(made: Instrument) -> None:
    """Refuse a scale that would be taken for one of the program by what it is called."""
    ours = {_called(words): one for one in _brought().values() for words in one.title.values()}
    wrong: list[Problem] = [
        Placed("title" if len(made.title) == 1 else f"title.{language}", _TITLE_OF_OURS, title=words, id=same.id)
        for language, words in made.title.items()
        if (same := ours.get(_called(words))) is not None and same.id != made.id
    ]
    if wrong:
        raise Problems(wrong)


def _called(title: str) -> str:
    """Return a title as it is compared: «PHQ-9», «phq 9» and «PHQ9» are one."""
    return folding.fold(title).replace(" ", "")


def _require(desk: Desk) -> None:
    if not may_load(desk):
        raise NotAllowed(_MAY_NOT)


def _facts(changed: dict[str, object]) -> dict[str, str]:
    said_so = json.dumps(changed, ensure_ascii=False, sort_keys=True)
    return {"log.what": "scales", "log.how": said_so}


def _reload(desk: Desk) -> None:
    with desk.read() as db:
        own_choices.load(desk, db)
