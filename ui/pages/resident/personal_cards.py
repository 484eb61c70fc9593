"""The identity documents and the contacts of a person as entries; the first of each stand in her own record."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from shelterdesk import contacts, formats, identity_documents, vocab
from shelterdesk.contacts import Contact
from shelterdesk.i18n import _
from shelterdesk.identity_documents import NO_LONGER, SAID_BEFORE, IdentityDocument
from shelterdesk.people import Person
from ui.pages.resident.entry_card import Entry, answered
from ui.pages.resident.field_facts import fact_of
from ui.seat import Seat
from ui.theme.tokens import Tone
from ui.widgets.chip import ChipText
from ui.widgets.facts import Fact

FIRST_DOCUMENT: Final = ("document_number",)
OWN_PHONE: Final = ("phone", "phone_when")
EMERGENCY: Final = ("emergency_contact",)
SHOWN_HERE: Final = frozenset({*FIRST_DOCUMENT, *OWN_PHONE, *EMERGENCY})
"""Fields of the person that stand first in these two cards."""
_SAFE: Final[dict[str, tuple[Tone, str]]] = {
    "yes": ("done", "check"),
    "at_times": ("attention", "clock"),
    "ask_first": ("attention", "message-square"),
    "message": ("attention", "message-square-text"),
    "no": ("attention", "triangle-alert"),
}


def document_entries(seat: Seat, person: Person, found: list[IdentityDocument], *, may: bool) -> list[Entry]:
    """Return the number in her own record first, then every document."""
    own = _own_entry(seat, person, FIRST_DOCUMENT, _("Identity document"), may=may, asked=not found)
    return own + [_document(seat, one, may=may) for one in found]


def contact_entries(seat: Seat, person: Person, found: list[Contact], *, may: bool) -> list[Entry]:
    """Return her own number and whom to call in an emergency first, then every contact."""
    of_herself = any(one.kind == "herself" for one in found)
    entries = _own_entry(seat, person, OWN_PHONE, _("Herself"), may=may, asked=not of_herself)
    somebody = any(one.emergency for one in found)
    entries += _own_entry(seat, person, EMERGENCY, _("In an emergency"), may=may, asked=not somebody)
    return entries + [_contact(seat, one, may=may) for one in found]


def _own_entry(
    seat: Seat, person: Person, attributes: tuple[str, ...], title: str, *, may: bool, asked: bool
) -> list[Entry]:
    """Return what her own record says; *asked* is False where an entry of its own answers it already."""
    used = {one.attribute: one for one in seat.desk.fields(Person)}
    fields = [used[name] for name in attributes if name in used]
    facts: list[Fact] = []
    for number, one in enumerate(fields):
        known = one.read(person) is not None or one.id in person.unanswered
        # The first is also said where nobody asked yet: a record without a number has to show it.
        fact = fact_of(one, person, seat) if known or (asked and number == 0) else None
        if fact is not None:
            facts.append(fact)
    acts = (("edit", _("Edit")),) if may else ()
    return [Entry(attributes[0], title, "", (), facts, acts)] if facts else []


def _acts(*, may: bool) -> tuple[tuple[str, str], ...]:
    return (("edit", _("Edit")), ("archive", _("Take off"))) if may else ()


def _document(seat: Seat, one: IdentityDocument, *, may: bool) -> Entry:
    today = seat.desk.today()
    chips: list[ChipText] = []
    if one.place in ("taken", "lost"):
        chips.append(ChipText(vocab.DOCUMENT_PLACES.label(one.place), "attention", "triangle-alert"))
    if one.expires_on is not None and one.place not in NO_LONGER:
        day = formats.day(one.expires_on, style="short")
        if one.expires_on < today:
            chips.append(ChipText(_("ended {day}").format(day=day), "attention", "clock"))
        elif one.expires_on <= today + timedelta(days=SAID_BEFORE.days):
            chips.append(ChipText(_("ends {day}").format(day=day), "attention", "clock"))
    country = vocab.COUNTRIES.label(one.country) if one.country else ""
    facts = answered(seat, one, identity_documents.IN_ORDER, ("kind", "country"))
    return Entry(one.id, vocab.DOCUMENT_KINDS.label(one.kind), country, chips, facts, _acts(may=may))


def _contact(seat: Seat, one: Contact, *, may: bool) -> Entry:
    kind = vocab.CONTACT_KINDS.label(one.kind)
    chips: list[ChipText] = []
    if one.emergency:
        chips.append(ChipText(_("in an emergency"), "neutral", "phone"))
    if one.safe in _SAFE:
        tone, icon = _SAFE[one.safe]
        chips.append(ChipText(vocab.SAFE_TO_CALL.label(one.safe), tone, icon))
    name = fact_of(seat.desk.field(Contact, "name"), one, seat) if one.name else None
    title = seat.masked(one.name) if name is not None else kind
    facts = answered(seat, one, contacts.IN_ORDER, ("kind", "name", "safe", "emergency"))
    return Entry(one.id, title, kind if title != kind else "", chips, facts, _acts(may=may))
