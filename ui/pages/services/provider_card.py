"""The card beside the directory: how to reach a provider, what they give, what was agreed, how it goes."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from shelterdesk import formats, providers, vocab
from shelterdesk.access import Right
from shelterdesk.fields import says
from shelterdesk.i18n import _, ngettext
from shelterdesk.providers import DirectoryRow, Provider
from shelterdesk.schema.base import declared, text_of
from ui.seat import Seat
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.facts import Fact, Facts
from ui.widgets.notice import Notice
from ui.widgets.panel_lines import add_chips, add_part, add_rule, add_title
from ui.widgets.text import ElidedWords, Words

_PLACED = frozenset(
    {
        "kind", "member_id", "name", "services", "languages", "cost", "cost_words", "place", "way", "hours",
        "at_any_hour", "contact", "phone", "email", "agreement_from", "agreement_until", "told", "quality",
    }
)  # fmt: skip
_REACHED_BY = ("contact", "phone", "email", "place", "way", "hours")


class ProviderCard(Card):
    """``edit_wanted`` hands back the id of the row, ``back_wanted`` that of one to be put back."""

    edit_wanted = Signal(object)
    back_wanted = Signal(object)

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self._body: QWidget | None = None
        self.edit: Button | None = None
        self.facts = Facts(28)
        self.setMinimumWidth(300)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def show_nothing(self, words: str) -> None:
        """Say what to do where nothing is chosen."""
        body = self._begin("")
        note = Words(words, tone="muted", wrap=True)
        note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        body.addStretch(1)
        body.addWidget(note)
        body.addStretch(1)

    def show_row(self, row: DirectoryRow) -> None:
        """Show a line of the directory."""
        seat, provider = self.seat, row.provider
        body = self._begin(row.name)
        add_title(body, "user-round" if row.is_own else "building", seat.masked(row.name))
        kinds = seat.desk.choices(vocab.PROVIDER_KINDS)
        add_part(body, ElidedWords(kinds.label(row.kind), tone="muted"), above=6)
        add_chips(body, self._chips_of(row))
        if provider is not None:
            add_rule(body)
            self.facts = Facts(28)
            self.facts.set_facts(self._facts_of(provider))
            add_part(body, self.facts)
        self._services(body, row)
        if provider is not None:
            self._said(body, provider, "quality")
            self._said(body, provider, "told")
        elif seat.desk.may(Right.GIVE_SERVICES):
            words = _("Services follow from the roles. Hours, languages and other services can be added.")
            add_part(body, Words(words, "small", "muted", wrap=True), above=10)
        body.addStretch(1)
        if seat.desk.may(Right.GIVE_SERVICES):
            wanted = self.edit_wanted
            self.edit = Button(_("Edit") if provider is not None else _("Add hours and more"), "pencil")
            if row.is_archived:
                wanted = self.back_wanted
                self.edit.set_words(_("Put back"), "undo-2")
            self.edit.setObjectName("edit-provider")
            self.edit.clicked.connect(lambda: wanted.emit(row.id))
            holder = QHBoxLayout()
            holder.setContentsMargins(16, 14, 16, 0)
            holder.addWidget(self.edit)
            holder.addStretch(1)
            body.addLayout(holder)

    # --- parts ---------------------------------------------------------------------------------------------------

    def _begin(self, name: str) -> QVBoxLayout:
        if self._body is not None:
            self._layout.removeWidget(self._body)
            self._body.hide()
            self._body.deleteLater()
        self.edit = None
        self._body = QWidget(self)
        self._layout.addWidget(self._body, 1)
        self.setAccessibleName(self.seat.masked(name) or _("Provider"))
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 14, 0, 14)
        body.setSpacing(0)
        return body

    def _chips_of(self, row: DirectoryRow) -> list[Chip]:
        chips: list[Chip] = []
        if row.last_used is None and not row.is_own:
            chips.append(Chip(_("Not used yet"), "neutral", "clock"))
        elif row.last_used is not None:
            day = formats.day(row.last_used, style="short")
            chips.append(Chip(_("Last used {day}").format(day=day), "neutral", "clock"))
        if row.times:
            times = ngettext("{n} time in a year", "{n} times in a year", row.times)
            chips.append(Chip(times, "neutral", "hand-heart"))
        provider = row.provider
        if provider is not None and provider.at_any_hour:
            chips.append(Chip(_("At any hour"), "info", "phone"))
        until = provider.agreement_until if provider is not None else None
        today = self.seat.desk.today()
        if until is not None and until <= today + providers.REMIND:
            words = _("Agreement ended {day}") if until < today else _("Agreement ends {day}")
            chips.append(Chip(words.format(day=formats.day(until, style="short")), "attention", "calendar-clock"))
        return chips

    def _facts_of(self, provider: Provider) -> list[Fact]:
        seat, found = self.seat, list[Fact]()
        for attribute in _REACHED_BY:
            words = text_of(provider, attribute)
            if words:
                found.append(Fact(_(seat.desk.field(Provider, attribute).label), seat.masked(words)))
        if not found:
            found.append(Fact(_("How to reach them"), _("not recorded yet"), "muted"))
        if provider.languages:
            found.append(Fact(_("Languages"), self._shown(provider, "languages")))
        cost = [self._shown(provider, "cost"), seat.masked(text_of(provider, "cost_words"))]
        if any(cost):
            found.append(Fact(_("Cost"), ", ".join(filter(None, cost))))
        if provider.agreement_from is not None or provider.agreement_until is not None:
            found.append(Fact(_("Agreement"), _agreement(provider)))
        for field in seat.desk.rest(Provider, _PLACED):
            value = field.read(provider)
            if says(value):
                found.append(Fact(_(field.label), seat.masked(field.show(value))))
        return found

    def _services(self, body: QVBoxLayout, row: DirectoryRow) -> None:
        if not row.services:
            return
        codes = self.seat.desk.choices(vocab.SERVICE_KINDS)
        add_rule(body)
        add_part(body, Words(_("Services"), strong=True))
        body.addSpacing(2)
        words = ", ".join(codes.label(code.code) for code in codes.codes if code.code in row.services)
        add_part(body, Words(words, wrap=True), above=2)

    def _said(self, body: QVBoxLayout, provider: Provider, attribute: str) -> None:
        words = text_of(provider, attribute)
        if words:
            label = _(declared(Provider, attribute).label)
            icon = "shield-check" if attribute == "told" else "message-square-text"
            add_part(body, Notice(label, self.seat.masked(words), "info", icon), above=12)

    def _shown(self, provider: Provider, attribute: str) -> str:
        field = self.seat.desk.field(Provider, attribute)
        return field.show(field.read(provider))


def _agreement(provider: Provider) -> str:
    first, last = provider.agreement_from, provider.agreement_until
    if first is not None and last is not None:
        return formats.span(first, last)
    if last is not None:
        return _("until {day}").format(day=formats.day(last))
    assert first is not None
    return _("from {day}").format(day=formats.day(first))
