"""A record read field by field: label and value, sensitive values as dots, what nobody asked said as such."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from shelterdesk import vocab
from shelterdesk.fields import CLOSED, Field, Kind, says
from shelterdesk.i18n import _
from shelterdesk.people import Person
from shelterdesk.schema.base import Record, declared
from ui.seat import Seat
from ui.widgets.card import Card
from ui.widgets.facts import Fact, Facts
from ui.widgets.masked_value import DOTS, MaskedValue
from ui.widgets.text import Words

_MASKED_IN_COMPANY = (Kind.TEXT, Kind.LONG_TEXT)
_NAMED_IN_WORDS = frozenset({"person", "partner", "provider", "legal_matter"})
"""What a link may lead to whose name tells something about her; rooms, projects and colleagues tell nothing."""


def fact_of(field: Field, record: Record, seat: Seat) -> Fact | None:
    """Return one field in words; None where the reader lacks its key."""
    value = field.read(record)
    if value is CLOSED:
        held = seat.desk.holds(field.compartment)
        return Fact(_(field.label), _("damaged, a backup may hold it"), "attention", field.id) if held else None
    if field.attribute == "birth" and isinstance(record, Person):
        value = record.born
    label = _(field.label)
    if not says(value):
        code = record.unanswered.get(field.id)
        return Fact(label, vocab.YES_NO.label(code) if code else _(vocab.NOT_ASKED), "muted", field.id)
    words = field.show(value, None, seat.names(field.target) if field.kind is Kind.LINK else None)
    tells = field.sensitive or field.kind in _MASKED_IN_COMPANY or field.target in _NAMED_IN_WORDS
    if seat.visitor and tells:
        return Fact(label, DOTS, "muted", field.id)
    if field.sensitive:
        return Fact(label, "", "", field.id, _reveal(words))
    return Fact(label, words, "", field.id)


def words_of(seat: Seat, record: Record, attribute: str) -> str:
    """Return a field in words, masked where somebody visits, «» where nothing stands in it."""
    field = declared(type(record), attribute)
    value = field.read(record)
    if not says(value):
        return ""
    shown = field.show(value, None, seat.names(field.target) if field.target else None)
    return seat.masked(shown) if field.kind in _MASKED_IN_COMPANY else shown


def rest_of(record: Record, placed: Collection[str], seat: Seat) -> list[Fact]:
    """Return what *record* says in fields that its page did not place by hand, see :meth:`Desk.rest`."""
    answered = [field for field in seat.desk.rest(type(record), placed) if says(field.read(record))]
    return [fact for field in answered if (fact := fact_of(field, record, seat)) is not None]


def _reveal(words: str) -> Callable[[], str]:
    return lambda: words


class FieldsCard(Card):
    """The fields of one group. Nothing is shown where the reader holds no key to any of them."""

    def __init__(self, seat: Seat, title: str) -> None:
        super().__init__(title, size="body")
        self.seat = seat
        self.facts = Facts()
        closed = _("Some of this is only readable by those whose work needs it.")
        self.closed = Words(closed, "small", "muted", wrap=True)
        self.add(self.facts)
        self.add(self.closed)
        self.end(12)

    def show_fields(self, fields: Sequence[Field], record: Record) -> None:
        """Show *fields* of *record*."""
        facts = [fact_of(field, record, self.seat) for field in fields]
        readable = [fact for fact in facts if fact is not None]
        self.facts.set_facts(readable)
        self.closed.setVisible(len(readable) < len(facts))
        self.setVisible(bool(readable))

    def reveal(self) -> None:
        """Show all masked values of this card for a while."""
        for masked in self.findChildren(MaskedValue):
            if masked.is_masked():
                masked.toggle()


def by_group(fields: Sequence[Field]) -> dict[str, list[Field]]:
    """Return fields by their group, in the order the groups appear."""
    groups: dict[str, list[Field]] = {}
    for field in fields:
        groups.setdefault(field.group, []).append(field)
    return groups
