"""The card at a bed: what she is called, where she sleeps, and what every shift may read from across the room."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from shelterdesk import formats, vocab
from shelterdesk.access import Right, require
from shelterdesk.bed_use import beds_on
from shelterdesk.desk import Desk
from shelterdesk.documents.blocks import Aside, Boxed, Document, Foot, Paragraph, Tone
from shelterdesk.i18n import N_, text
from shelterdesk.names import names_for
from shelterdesk.people import Person
from shelterdesk.reach import require_reach
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import whole
from shelterdesk.stays import stays_of

BED_CARD = "bed_card"
"""What the log calls the card."""


@dataclass(frozen=True)
class BedCard:
    """What stands on it: nothing that says why she is here, where she comes from or what hurts."""

    name: str
    bed: str
    since: str
    languages: str
    sharing: tuple[str, ...] = ()


def bed_card(desk: Desk, person_id: UUID, language: str) -> Document:
    """Return the card of a person who lives here."""
    require(desk, Right.SEE_HOUSE)
    require_reach(desk, person_id, asks=False)
    return card_document(read_card(desk, person_id, language), language)


def read_card(desk: Desk, person_id: UUID, language: str) -> BedCard:
    """Read what the card shows."""
    require(desk, Right.SEE_HOUSE)
    require_reach(desk, person_id, asks=False)
    names = names_for(desk, "person")
    uses = beds_on(desk, desk.today())
    mine = next((use for use in uses if person_id == use.person_id or person_id in use.sharing), None)
    with desk.read(everybody=True) as db:
        person = db.get_one(Person, person_id, options=whole(Person))
    stays = stays_of(desk, person_id)
    together = () if mine is None else tuple(one for one in (mine.person_id, *mine.sharing) if one and one != person_id)
    return BedCard(
        names.get(person_id, person.code),
        "" if mine is None else text(N_("{room}, bed {bed}"), language).format(room=mine.room, bed=mine.bed),
        formats.day(stays[0].arrived_on, language, style="long") if stays else "",
        ", ".join(sorted(vocab.LANGUAGE_NAMES.label(code, language) for code in person.languages)),
        tuple(names.get(one, "") for one in together),
    )


def card_document(card: BedCard, language: str) -> Document:
    """Return *card* as a paper in *language*."""

    def say(message: str) -> str:
        return text(message, language)

    asides = (
        (say(N_("Together with")), ", ".join(card.sharing)),
        (say(N_("Here since")), card.since),
        (say(N_("Speaks")), card.languages),
    )
    return Document(
        title=card.name,
        language=language,
        file_name="bed-card",
        blocks=(
            Boxed(say(N_("Bed")), card.bed or say(N_("No bed of her own yet"))),
            *(Aside(label, words) for label, words in asides if words),
            Paragraph(say(N_("Let her sleep. Questions wait for the day.")), Tone.MUTED),
        ),
        foot=Foot(mark=say(N_("Stays in the house, destroy when she leaves the bed."))),
    )


def note_bed_card(desk: Desk, person_id: UUID, *, how: str) -> None:
    """Log that the card leaves the program; *how* is ``print``."""
    require(desk, Right.SEE_HOUSE)
    require_reach(desk, person_id, asks=False)
    with desk.write(Act.PRINT, about=person_id, facts={"log.what": BED_CARD, "log.how": how}):
        pass
