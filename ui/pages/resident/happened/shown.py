"""What is shown inside each topic: only what somebody said, in tables and short facts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from shelterdesk import exploitation, formats, vocab, what_happened
from shelterdesk.exploitation import Exploitation, HarmEvent, LabourSigns
from shelterdesk.fields import Field, Kind, says
from shelterdesk.gbv_incidents import GbvIncident
from shelterdesk.i18n import _, ngettext
from shelterdesk.people import Person
from shelterdesk.person_history import StatusSince
from shelterdesk.schema.base import Record, declared
from shelterdesk.who_harmed import WhoHarmed
from ui.pages.resident.field_facts import fact_of
from ui.pages.resident.happened.topic import TopicCard
from ui.seat import Seat
from ui.widgets.buttons import LinkButton
from ui.widgets.facts import Fact, Facts
from ui.widgets.table_view import Cell, Column, TableRow, TableView
from ui.widgets.text import Words


class Topic(QObject):
    """A topic with its card. ``opened`` hands back the id of a row, ``take_back_wanted`` the row itself."""

    opened = Signal(object)
    add_wanted = Signal()
    take_back_wanted = Signal(object)

    def __init__(self, seat: Seat, topic: str, *, may_write: bool) -> None:
        card = TopicCard(seat, topic, may_write=may_write)
        super().__init__(card)
        self.seat, self.card, self.may_write = seat, card, may_write
        self._rows: dict[Any, Record] = {}

    def rows(self) -> Sequence[Record]:
        """Return the records that may be corrected one by one."""
        return tuple(self._rows.values())

    def recorded(self) -> str:
        """Return what there is, without any detail; «» for nothing."""
        count = len(self._rows)
        return ngettext("{n} entry", "{n} entries", count) if count else ""

    def forget(self) -> None:
        """Leave nothing in widgets that are hidden."""
        self._rows = {}

    # --- parts -----------------------------------------------------------------------------------------------------

    def _table(self, name: str, columns: Sequence[Column], add: str, back: str = "") -> TableView:
        table = TableView(name, fits=True)
        table.set_columns(columns)
        table.opened.connect(self.opened)
        self.card.column.addWidget(table)
        acts: list[LinkButton] = []
        if self.may_write:
            button = self._act(add, "plus", self.add_wanted.emit)
            acts.append(button)
            if back:
                taken = self._act(back, "undo-2", lambda: self._take_back(table))
                taken.hide()
                table.chosen.connect(lambda key: taken.setVisible(key in self._rows))
                acts.append(taken)
        self.card.add_acts(*acts)
        return table

    def _act(self, words: str, icon: str, act: Any) -> LinkButton:
        button = LinkButton(words, icon, slim=True)
        button.clicked.connect(lambda _checked=False: act())
        return button

    def _take_back(self, table: TableView) -> None:
        record = self._rows.get(table.current_key())
        if record is not None:
            self.take_back_wanted.emit(record)

    def _fill(self, table: TableView, records: Sequence[Record], row: Any) -> None:
        self._rows = {one.id: one for one in records}
        table.set_content([row(one) for one in records])
        table.setVisible(bool(records))

    def _words(self, record: Record, attribute: str) -> str:
        field = declared(type(record), attribute)
        value = field.read(record)
        if not says(value):
            code = record.unanswered.get(field.id)
            return vocab.YES_NO.label(code) if code else ""
        if self.seat.visitor and field.kind in (Kind.TEXT, Kind.LONG_TEXT):
            return self.seat.masked(str(value))
        return field.show(value)

    def _facts(self, record: Record, fields: Sequence[Field]) -> list[Fact]:
        """Return what somebody answered, in words; what nobody asked is not listed."""
        answered = [one for one in fields if says(one.read(record)) or record.unanswered.get(one.id)]
        return [fact for one in answered if (fact := fact_of(one, record, self.seat)) is not None]


class Statuses(Topic):
    """The history of the identification status, with who decided."""

    def __init__(self, seat: Seat, *, may_write: bool) -> None:
        super().__init__(seat, "status", may_write=may_write)
        columns = [Column(_("Since"), width=116), Column(_("Identification status"), 1.4), Column(_("Decided by"), 1.6)]
        self.table = self._table(_("Identification status"), columns, _("Add a status"))

    def show(self, found: Sequence[StatusSince]) -> None:
        """Show the rows, the newest first."""
        self._fill(self.table, found, self._row)

    def recorded(self) -> str:
        """Return the status that holds now."""
        newest = next(iter(self._rows.values()), None)
        return self._words(newest, "status") if newest is not None else ""

    def forget(self) -> None:
        """Leave nothing behind."""
        self.show(())

    def _row(self, one: StatusSince) -> TableRow:
        decided = Cell(self._words(one, "decided_by"), detail=self._words(one, "organisation"))
        return TableRow(
            one.id, (Cell(formats.day(one.since, style="short")), Cell(self._words(one, "status")), decided)
        )


class Exploited(Topic):
    """Kinds and circumstances of exploitation, and the places and times of it."""

    kinds_wanted = Signal()
    circumstances_wanted = Signal()

    def __init__(self, seat: Seat, *, may_write: bool) -> None:
        super().__init__(seat, "exploitation", may_write=may_write)
        self.circumstances: Exploitation | None = None
        self._known = False
        self.facts = Facts()
        self.card.column.addWidget(self.facts)
        if may_write:
            self.card.add_acts(
                self._act(_("Kinds of exploitation"), "pencil", self.kinds_wanted.emit),
                self._act(_("Circumstances"), "pencil", self.circumstances_wanted.emit),
            )
        columns = [
            Column(_("Part of"), width=132),
            Column(_("When"), 1.2),
            Column(_("Where"), 1.2),
            Column(_("What happened there"), 2),
        ]
        self.table = self._table(
            _("Places and times"), columns, _("Add a place and time"), _("Take this place and time back")
        )

    def show(self, person: Person | None, circumstances: Exploitation | None, events: Sequence[HarmEvent]) -> None:
        """Show what is known."""
        self.circumstances = circumstances
        facts: list[Fact] = []
        if person is not None:
            hers = [one for one in self.seat.desk.fields(Person) if one.group == what_happened.GROUP]
            facts += self._facts(person, hers)
        if circumstances is not None:
            facts += self._facts(circumstances, self.seat.desk.fields(Exploitation))
        self.facts.set_facts(facts)
        self.facts.setVisible(bool(facts))
        self._known = bool(facts)
        self._fill(self.table, events, self._row)

    def recorded(self) -> str:
        """Say that there is something, and nothing of it."""
        return _("recorded") if self._known or self._rows else ""

    def forget(self) -> None:
        """Leave nothing behind."""
        self.show(None, None, ())

    def _row(self, one: HarmEvent) -> TableRow:
        when = " – ".join(formats.partial(day) for day in (one.since, one.until) if day is not None)
        where = self._words(one, "country")
        town = ", ".join(filter(None, (self._words(one, "city"), self._words(one, "region"))))
        return TableRow(
            one.id,
            (
                Cell(self._words(one, "kind")),
                Cell(when),
                Cell(where, detail=town) if where else Cell(town),
                Cell(self._words(one, "description").partition("\n")[0]),
            ),
        )


class Signs(Topic):
    """Which of the eleven signs were answered «yes», and the notes beside them."""

    edit_wanted = Signal()

    def __init__(self, seat: Seat, *, may_write: bool) -> None:
        super().__init__(seat, "signs", may_write=may_write)
        self.signs: LabourSigns | None = None
        self.summary = Words("", wrap=True)
        self.facts = Facts()
        self.card.column.addWidget(self.summary)
        self.card.column.addWidget(self.facts)
        if may_write:
            self.card.add_acts(self._act(_("Look at the signs"), "pencil", self.edit_wanted.emit))

    def show(self, signs: LabourSigns | None) -> None:
        """Show the answers."""
        self.signs = signs
        if signs is None:
            self.summary.setText("")
            self.facts.set_facts(())
        else:
            self.summary.setText(self._summary(signs))
            self.facts.set_facts(self._lines(signs))
        self.summary.setVisible(signs is not None)
        self.facts.setVisible(signs is not None)

    def recorded(self) -> str:
        """Return how many were answered."""
        asked = exploitation.counted(self.signs)[1] if self.signs is not None else 0
        return ngettext("{n} of 11 looked at", "{n} of 11 looked at", asked) if asked else ""

    def forget(self) -> None:
        """Leave nothing behind."""
        self.show(None)

    def _summary(self, signs: LabourSigns) -> str:
        yes, asked = exploitation.counted(signs)
        if not yes:
            return _("None of the signs looked at was answered «yes».") if asked else _("No sign was looked at yet.")
        return ngettext(
            "{n} sign is there. One may suffice; a body in charge decides.",
            "{n} signs are there. One may suffice; a body in charge decides.",
            yes,
        )

    def _lines(self, signs: LabourSigns) -> list[Fact]:
        found: list[Fact] = []
        placed = {*exploitation.SIGNS, *(f"{sign}_note" for sign in exploitation.SIGNS)}
        labels = {one.attribute: one.label for one in (*LabourSigns.declared, *self.seat.desk.fields(LabourSigns))}
        for sign in exploitation.SIGNS:
            answer, note = self._words(signs, sign), self._words(signs, f"{sign}_note")
            if answer or note:
                found.append(Fact(_(labels[sign]), "   ·   ".join(filter(None, (answer, note))), "", sign))
        return found + self._facts(signs, self.seat.desk.rest(LabourSigns, placed))


class Incidents(Topic):
    """The incidents, each with its one type."""

    def __init__(self, seat: Seat, *, may_write: bool) -> None:
        super().__init__(seat, "incidents", may_write=may_write)
        columns = [
            Column(_("When"), width=132),
            Column(_("Type of violence"), 1.8),
            Column(_("Kind of place"), 1.4),
            Column(_("Told on"), width=116),
        ]
        self.table = self._table(_("Incidents"), columns, _("Add an incident"), _("Take this incident back"))

    def show(self, found: Sequence[GbvIncident]) -> None:
        """Show the rows, the latest first."""
        self._fill(self.table, found, self._row)

    def forget(self) -> None:
        """Leave nothing behind."""
        self.show(())

    def _row(self, one: GbvIncident) -> TableRow:
        violence = self._words(one, "violence")
        return TableRow(
            one.id,
            (
                Cell(formats.partial(one.happened) if one.happened else "–"),
                Cell(violence or _("type not decided yet"), tint="text" if violence else "muted"),
                Cell(self._words(one, "place_kind")),
                Cell(formats.day(one.reported_on, style="short") if one.reported_on else ""),
            ),
        )


class Harming(Topic):
    """The persons who caused harm, and whether she has to be kept from being found."""

    def __init__(self, seat: Seat, *, may_write: bool) -> None:
        super().__init__(seat, "who_harmed", may_write=may_write)
        columns = [
            Column(_("Who, to her"), 1.6),
            Column(_("Knows where she is"), width=160),
            Column(_("Looks for her"), width=132),
            Column(_("What this person did"), 1.6),
        ]
        self.table = self._table(
            _("Persons who caused harm"), columns, _("Add a person who caused harm"), _("Take this person back")
        )

    def show(self, found: Sequence[WhoHarmed]) -> None:
        """Show the rows, who caused most of the harm first."""
        self._fill(self.table, found, self._row)

    def forget(self) -> None:
        """Leave nothing behind."""
        self.show(())

    def _row(self, one: WhoHarmed) -> TableRow:
        main = _("most of the harm") if one.main else ""
        return TableRow(
            one.id,
            (
                Cell(self._words(one, "relationship") or _("not said"), detail=main),
                self._known(one, "knows_where"),
                self._known(one, "looks_for_her"),
                Cell(self._words(one, "roles")),
            ),
        )

    def _known(self, one: WhoHarmed, attribute: str) -> Cell:
        words = self._words(one, attribute)
        return Cell(
            words or _("not known"), tint="attention" if getattr(one, attribute) in ("yes", "perhaps") else "text"
        )
