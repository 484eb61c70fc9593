"""The directory of providers: found by service, by place and by words, with a card and a form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from shelterdesk import catalogue, drafts, formats, providers, vocab
from shelterdesk.access import Right
from shelterdesk.errors import ShelterDeskError
from shelterdesk.folding import fold
from shelterdesk.i18n import _, ngettext
from shelterdesk.providers import DirectoryRow
from ui import theme
from ui.dialogs.print_contacts import PrintContactsDialog
from ui.draft_places import draft_for
from ui.pages.services.provider_card import ProviderCard
from ui.pages.services.provider_form import ProviderFormPage
from ui.place import Place
from ui.seat import Seat
from ui.theme import tokens
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button, PrimaryButton
from ui.widgets.card import Card
from ui.widgets.chip import ChipText
from ui.widgets.choice_field import ChoiceField
from ui.widgets.empty_state import EmptyState
from ui.widgets.page import Page
from ui.widgets.search_field import SearchField
from ui.widgets.table_parts import BesideTable, hint_line, stacked
from ui.widgets.table_view import Cell, Column, TableGroup, TableRow, TableView

LIST_ID = "providers"
_CARD_BELOW = 1060
_NAMED_SERVICES = 1
_ROWS_IN_SIGHT = 8
_KINDS = frozenset({"provider", "service", "service_kind", "list_choice", "colleague", "setting"})
"""Kinds of record the directory shows something of."""


class ProvidersPage(QStackedWidget):
    """The directory, or the form of a provider over it."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self.list = ProviderList(seat)
        self.form: ProviderFormPage | None = None
        self.addWidget(self.list)
        seat.bus.changed.connect(self._changed)

    @property
    def banner(self) -> Banner:
        """The banner of what is shown."""
        return self._shown().banner

    def show_place(self, place: Place) -> None:
        """Show the directory, with the keyboard on the provider the place names, or a form."""
        self._drop_form()
        if place.doing and self.seat.desk.may(Right.GIVE_SERVICES):
            self._show_form(place)
        else:
            self.list.show_provider(place.about)

    def refresh(self) -> None:
        """Read everything anew. A form keeps what was typed."""
        if self.form is None:
            self.list.refresh()

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what is answered to at this moment."""
        return self._shown().commands()

    def keep_drafts(self) -> None:
        """Keep what was typed."""
        self._shown().keep_drafts()

    def _shown(self) -> ProviderList | ProviderFormPage:
        return self.list if self.form is None else self.form

    def _show_form(self, place: Place) -> None:
        draft = draft_for(drafts.my_drafts(self.seat.desk), place.about)
        wanted = draft.target_id if draft is not None else place.about
        row = next((one for one in providers.directory(self.seat.desk) if one.id == wanted), None)
        self.form = ProviderFormPage(self.seat, row=row, draft=draft)
        self.addWidget(self.form)
        self.setCurrentWidget(self.form)
        self.form.finished.connect(lambda saved: self._finish(place, saved=saved))
        self.form.begin()

    def _finish(self, place: Place, *, saved: bool) -> None:
        form = self.form
        assert form is not None
        self.seat.go(Place("services", list_id=LIST_ID, about=form.saved_id if saved else place.about))
        if saved:
            self.seat.say(form.done_words, form.undo)

    def _drop_form(self) -> None:
        if self.form is not None:
            self.removeWidget(self.form)
            self.form.deleteLater()
            self.form = None
        self.setCurrentWidget(self.list)

    def _changed(self, kinds: frozenset[str]) -> None:
        # A visit reads everything anew, so only what is on screen has to follow.
        if kinds & _KINDS and self.isVisible():
            self.refresh()


class ProviderList(Page):
    """The table with the card of the chosen provider beside it."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(_("Providers"))
        self.seat = seat
        self.rows: list[DirectoryRow] = []
        self.gone: list[DirectoryRow] = []
        """Who was taken out and can be put back."""
        self._gone_open = False
        self._may = seat.desk.may(Right.GIVE_SERVICES)
        sheet = Button(_("Contact sheet…"), "printer")
        sheet.setObjectName("contact-sheet")
        sheet.clicked.connect(self.print_sheet)
        self.add_act(sheet)
        if self._may:
            new = PrimaryButton(_("New provider"), "plus")
            new.setObjectName("new-provider")
            new.clicked.connect(self.add)
            self.add_act(new)
        self.content.addLayout(self._make_filters())
        self.table = TableView(
            _("Providers"),
            (
                Column(_("Provider"), 222),
                Column(_("Services"), 176),
                Column(_("Town or district"), 128),
                Column(_("Agreement"), 134),
                Column(_("Last used"), 104),
            ),
        )
        self.table.setObjectName("providers")
        self.empty = EmptyState("", "", "building")
        self.hint = hint_line(_("Enter: edit"))
        listed = Card()
        listed.add(stacked(self.table, self.empty, self.hint), inset=1, stretch=1)
        self.card = ProviderCard(seat)
        self._grid = BesideTable(listed, self.card, (764, 340), _CARD_BELOW)
        self.content.addLayout(self._grid, 1)
        self._lay_out()
        self.table.chosen.connect(lambda _key: self._show_card())
        self.table.opened.connect(self.edit)
        self.table.folded.connect(self._fold)
        self.card.back_wanted.connect(self._put_back)
        self.card.edit_wanted.connect(self.edit)
        self.empty.pressed.connect(self.add)
        seat.visitor_changed.connect(lambda _on: self._show())

    def _make_filters(self) -> QHBoxLayout:
        self.words = SearchField(_("Name, place, language"))
        self.words.setObjectName("find-provider")
        self.wanted = ChoiceField(_("Service"), [], fold=fold)
        self.wanted.setObjectName("find-by-service")
        self.wanted.setMinimumWidth(theme.px(260))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        row.addWidget(self.wanted)
        self.words.textChanged.connect(lambda _text: self._show())
        self.words.left_downwards.connect(self._to_table)
        self.wanted.chosen.connect(lambda _wanted: self._show())
        return row

    def _to_table(self) -> None:
        self.table.setFocus()

    # --- reading and showing -------------------------------------------------------------------------------------

    def show_provider(self, provider_id: UUID | None) -> None:
        """Show the directory, with the keyboard on a provider; one that the filters hide takes them away."""
        self.refresh()
        if provider_id is not None:
            if provider_id not in {row.id for row in self.shown()}:
                self.words.clear()
                self.wanted.set_value("")
                self._show()
            self.table.go_to(provider_id)
            self._show_card()

    def refresh(self) -> None:
        """Read everything anew."""
        desk = self.seat.desk
        families = [(one.code, _("{family}: all").format(family=_(one.label))) for one in vocab.SERVICE_FAMILIES]
        # «Other» is a family of one kind, which is offered as a kind.
        families = [one for one in families if vocab.SERVICE_KINDS.get(one[0]) is None]
        kinds = [(one.kind, one.label) for one in catalogue.offered(desk)]
        self.wanted.set_choices([("", _("Every service")), *families, *kinds], self.wanted.value() or "")
        self.rows, self.gone = providers.directory(desk), providers.taken_out(desk)
        self._show()

    def shown(self) -> list[DirectoryRow]:
        """Return the rows that the filters leave."""
        return self._filtered(self.rows)

    def _filtered(self, rows: list[DirectoryRow]) -> list[DirectoryRow]:
        return providers.found(rows, words=self.words.text(), wanted=self.wanted.value() or "")

    def _fold(self, _key: Any) -> None:
        self._gone_open = not self._gone_open
        self._show()

    def current(self) -> DirectoryRow | None:
        """Return the chosen row."""
        return next((row for row in (*self.rows, *self.gone) if row.id == self.table.current_key()), None)

    def _show(self) -> None:
        found = self.shown()
        outside = tuple(self._row(row) for row in found if not row.is_own)
        own = tuple(self._row(row) for row in found if row.is_own)
        groups = [
            TableGroup(title, formats.number(len(rows)), rows=rows)
            for title, rows in ((_("Outside"), outside), (_("Works here"), own))
            if rows
        ]
        gone = tuple(self._row(row) for row in self._filtered(self.gone))
        if gone:
            count = formats.number(len(gone))
            groups.append(TableGroup(_("Archived"), count, key="archived", open=self._gone_open, rows=gone))
        self.table.set_content(groups)
        if self.current() is None and found:
            self.table.go_to((outside or own)[0].key)
        self.table.setVisible(bool(groups))
        self.hint.setVisible(bool(groups) and self._may)
        self.empty.setVisible(not groups)
        searched = bool(self.words.text().strip() or self.wanted.value())
        if searched:
            self.empty.say(_("Nobody in the directory gives this there."), _("New provider") if self._may else "")
        else:
            self.empty.say(_("Nobody is in the directory yet."), _("New provider") if self._may else "")
        count = sum(not row.is_own for row in self.rows)
        self.set_title(_("Providers"), ngettext("{n} outside the house", "{n} outside the house", count))
        self._show_card()

    def _row(self, row: DirectoryRow) -> TableRow:
        seat = self.seat
        used = formats.day(row.last_used, style="short") if row.last_used is not None else "–"
        return TableRow(
            row.id,
            (
                Cell(seat.masked(row.name)),
                Cell(self._services(row), tint="muted"),
                Cell(seat.masked(row.place) or "–", tint="muted"),
                self._agreement(row),
                Cell(used, tint="muted"),
            ),
        )

    def _agreement(self, row: DirectoryRow) -> Cell:
        until = row.provider.agreement_until if row.provider is not None else None
        if until is None:
            return Cell("–", tint="muted")
        today = self.seat.desk.today()
        if until < today:
            return Cell("", chip=ChipText(_("ended"), "attention", "calendar-clock"))
        day = formats.day(until, style="short")
        if until <= today + providers.REMIND:
            return Cell("", chip=ChipText(day, "attention", "calendar-clock"))
        return Cell(day, tint="muted")

    def _services(self, row: DirectoryRow) -> str:
        codes = self.seat.desk.choices(vocab.SERVICE_KINDS)
        words = [codes.label(code.code) for code in codes.codes if code.code in row.services]
        more = len(words) - _NAMED_SERVICES
        said = ", ".join(words[:_NAMED_SERVICES])
        return _("{services} +{n}").format(services=said, n=more) if more > 0 else said or "–"

    def _show_card(self) -> None:
        row = self.current()
        if row is None or not self.table.isVisibleTo(self):
            self.card.show_nothing(_("Choose a provider to see more."))
        else:
            self.card.show_row(row)

    # --- acts ----------------------------------------------------------------------------------------------------

    def add(self) -> None:
        """Go to the form of a new provider."""
        self.seat.go(Place("services", list_id=LIST_ID, doing="new_provider"))

    def edit(self, provider_id: Any) -> None:
        """Go to the form of a provider, or of what is known of a colleague."""
        if self._may and all(row.id != provider_id for row in self.gone):
            self.seat.go(Place("services", list_id=LIST_ID, doing="edit_provider", about=provider_id))

    def archive_current(self) -> None:
        """Take the chosen provider out of the directory; the banner undoes it."""
        row, desk = self.current(), self.seat.desk
        if row is None or row.provider is None or row.is_archived:
            return
        provider_id = row.provider.id
        try:
            providers.archive_provider(desk, provider_id)
        except ShelterDeskError as error:
            self.seat.complain(error)
            return
        self.seat.say(
            _("Provider archived"), undo=lambda: providers.archive_provider(desk, provider_id, archived=False)
        )

    def _put_back(self, provider_id: Any) -> None:
        try:
            providers.archive_provider(self.seat.desk, provider_id, archived=False)
        except ShelterDeskError as error:
            self.seat.complain(error)
            return
        desk = self.seat.desk
        self.seat.say(_("Provider put back"), undo=lambda: providers.archive_provider(desk, provider_id))

    def print_sheet(self) -> PrintContactsDialog:
        """Open the contact sheet of the providers that the filters leave."""
        dialog = PrintContactsDialog(self.seat, self.words.text(), self.wanted.value() or "", self)
        dialog.open()
        return dialog

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the page answers to."""
        found: dict[str, Callable[[], object]] = {"print": self.print_sheet}
        row = self.current()
        if self._may and row is not None and not row.is_archived:
            found["edit"] = lambda: self.edit(row.id)
            if row.provider is not None:
                found["archive"] = self.archive_current
        return found

    def keep_drafts(self) -> None:
        """Nothing is typed here that is worth keeping."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        if self._grid.fit(self.width()):
            # Below one another the page scrolls, so the table need not be squeezed to a few rows.
            rows = _ROWS_IN_SIGHT if self._grid.columns == 1 else 3
            self.table.setMinimumHeight(theme.px(tokens.TABLE_ROW) * rows)
