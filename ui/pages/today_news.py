"""What stands on top of the start page when there is news: a welcome, a used recovery code, keys being replaced."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk import notices, recovery, retention, rotation, staff
from shelterdesk.access import Right
from shelterdesk.i18n import _, ngettext
from shelterdesk.notices import Notice, NoticeKind
from shelterdesk.vault.compartments import Compartment
from ui.pages.keys_card import KeysCard
from ui.place import Place
from ui.seat import Seat
from ui.theme import tokens
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.row import Row
from ui.widgets.text import IconLabel, Words

PEOPLE = Place("settings", section="people")
REMOVAL = Place("settings", section="removal")
REPLACE_KEYS = "replace_keys"
_NEWS = (NoticeKind.RECOVERY_USED, NoticeKind.RECOVERY_MADE)
_WAITING_SHOWN = 2
_MOST_ROWS = 3


class TodayNews(QWidget):
    """Takes no room while there is nothing. Each card goes away when it has been read."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self.told: tuple[Notice, ...] = ()
        self.keys: KeysCard | None = None
        self.welcome: _LinesCard | None = None
        self._looked_for_keys = False
        self.recovery: _LinesCard | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(tokens.CARD_GAP)
        self.hide()

    def refresh(self) -> None:
        """Read the news anew; the first time, keys that are due begin to be replaced."""
        self.told = notices.notices(self.seat.desk)
        self._show_recovery_news()
        if not self._looked_for_keys:
            self._looked_for_keys = True
            if not self.seat.desk.me.is_recovery:
                # After the window is there, and after the search has been told to begin.
                QTimer.singleShot(0, self, self.replace_keys)
        self._fit()

    def greet(self) -> None:
        """Welcome somebody who has just chosen a passphrase: what they read, what waits, how to hide the screen."""
        self._away(self.welcome)
        me = next((one for one in staff.everybody(self.seat.desk) if one.is_me), None)
        if me is None:
            return
        self.welcome = card = _LinesCard(
            _("Welcome, {name}").format(name=self.seat.masked(me.name)), self._what_opens(me), _("Begin")
        )
        card.setObjectName("welcome")
        card.closed.clicked.connect(self._begin)
        self._layout.insertWidget(0, card)
        self._fit()
        card.closed.setFocus()

    def replace_keys(self) -> None:
        """Replace what is due here and show how far it is."""
        if self.keys is not None and self.keys.is_at_work():
            return
        if not rotation.due_here(self.seat.desk):
            return
        if self.keys is None:
            self.keys = KeysCard(self.seat)
            self.keys.finished.connect(self._keys_done)
            self._layout.addWidget(self.keys)
        self._fit()
        self.keys.begin()

    def rows(self) -> list[Row]:
        """Return what lies on the desk about colleagues and keys, the most pressing first, a few lines at most."""
        found = [*self._key_rows(), *self._waiting_rows(), *self._holder_rows(), *self._removal_rows()]
        if len(found) <= _MOST_ROWS:
            return found
        more = len(found) - _MOST_ROWS + 1
        words = ngettext("{n} more about colleagues and keys", "{n} more about colleagues and keys", more)
        return [*found[: _MOST_ROWS - 1], Row(words, PEOPLE, icon="key-round", quiet=True, action=_("Look"))]

    # --- rows ------------------------------------------------------------------------------------------------

    def _removal_rows(self) -> Iterator[Row]:
        if not self.seat.desk.may(Right.REMOVE_RECORDS):
            return
        due = retention.count_due(self.seat.desk)
        if due:
            words = ngettext("{n} record is due for removal", "{n} records are due for removal", due)
            yield Row(words, REMOVAL, icon="archive", action=_("Look"))

    def _key_rows(self) -> Iterator[Row]:
        for one in self._of(NoticeKind.REPLACE_KEYS):
            if not one.can_act:
                words = _("Keys wait until a holder signs in")
                detail = staff.compartment_words(one.compartments)
                yield Row(words, PEOPLE, icon="refresh-cw", detail=detail)
            elif self.keys is None or not self.keys.is_at_work():
                yield Row(_("Keys to be replaced"), REPLACE_KEYS, icon="refresh-cw", action=_("Replace"))
        if self._of(NoticeKind.RECOVERY_LACKS):
            yield Row(_("Recovery code lacks keys"), PEOPLE, icon="shield-check", action=_("Look"))
        for one in self._of(NoticeKind.HELD_BY_NOBODY):
            words = _("Nobody here opens: {keys}").format(keys=staff.compartment_words(one.compartments))
            yield Row(words, PEOPLE, icon="triangle-alert", icon_tint="attention", action=_("Look"))

    def _waiting_rows(self) -> Iterator[Row]:
        waiting = [row for one in self._of(NoticeKind.WAITS_FOR_KEYS) if (row := self._waiting(one)) is not None]
        if len(waiting) > _WAITING_SHOWN:
            words = ngettext("{n} colleague waits for keys", "{n} colleagues wait for keys", len(waiting))
            waiting = [Row(words, PEOPLE, icon="key-round", action=_("Look"))]
        yield from waiting
        for one in self._of(NoticeKind.CODE_RAN_OUT):
            words, name = _("Set-up code ran out"), self._name(one)
            yield Row(words, _about(one), icon="clock", detail=name, action=_("Renew"), sensitive=True)

    def _holder_rows(self) -> Iterator[Row]:
        alone = frozenset[Compartment]().union(*(one.compartments for one in self._of(NoticeKind.HELD_BY_ONE)))
        if alone:
            words = ngettext("{n} key has one holder only", "{n} keys have one holder only", len(alone))
            yield Row(words, PEOPLE, icon="key-round", detail=staff.compartment_words(alone), action=_("Look"))
        if self.seat.desk.may(Right.MANAGE_PEOPLE) and recovery.is_from_one_person_alone(self.seat.desk):
            place = PEOPLE.with_(doing="pieces")
            yield Row(_("One recovery sheet opens all"), place, icon="shield-check", action=_("Make pieces"))

    # --- parts -----------------------------------------------------------------------------------------------

    def _waiting(self, one: Notice) -> Row | None:
        # Whoever handed a key over waits for nothing.
        ending = {key.compartment for key in one.member.keys if key.ending} if one.member else set[Compartment]()
        if not one.compartments - ending:
            return None
        act = _("Give") if one.can_act else _("Look")
        # The name stands last: a long one may be cut, what is to be done may not.
        words, detail = _("Waits for keys"), self._name(one)
        if one.member is not None and one.member.is_me:
            words, detail = _("You wait for keys"), staff.compartment_words(one.compartments - ending)
        return Row(words, _about(one), icon="key-round", detail=detail, action=act, sensitive=True)

    def _what_opens(self, me: staff.StaffMember) -> list[tuple[str, str]]:
        opens = staff.compartment_words(me.opens)
        reads = _("You can read and write: {keys}.").format(keys=opens) if opens else _("You hold no key yet.")
        lines = [("key-round", reads)]
        if me.waits_for:
            keys = staff.compartment_words(me.waits_for)
            lines.append(("clock", _("Still waits for a colleague who holds it: {keys}.").format(keys=keys)))
        lines.append(("eye-off", _("Somebody comes to the desk: Ctrl+H hides everything. You leave: Ctrl+L locks.")))
        return lines

    def _show_recovery_news(self) -> None:
        card, self.recovery = self.recovery, None
        self._away(card)
        news = [one for one in self.told if one.kind in _NEWS]
        if not news:
            return
        lines = [("shield-check", one.text()) for one in news]
        self.recovery = card = _LinesCard(_("The recovery code"), lines, _("I have read it"))
        card.setObjectName("recovery-news")
        # Whatever is older counts as read with the newest.
        newest = max(news, key=lambda one: one.number)
        card.closed.clicked.connect(lambda: self._understood(newest))
        self._layout.addWidget(card)

    def _understood(self, one: Notice) -> None:
        notices.understood(self.seat.desk, one)
        self.refresh()

    def _begin(self) -> None:
        card, self.welcome = self.welcome, None
        self._away(card)
        self._fit()
        self.focusNextChild()

    def _keys_done(self) -> None:
        card, self.keys = self.keys, None
        self._away(card)
        self.told = notices.notices(self.seat.desk)
        self._fit()

    def _of(self, kind: NoticeKind) -> Sequence[Notice]:
        return [one for one in self.told if one.kind is kind]

    def _name(self, one: Notice) -> str:
        return self.seat.masked(", ".join(one.names))

    def _fit(self) -> None:
        self.setVisible(any(card is not None for card in (self.recovery, self.keys, self.welcome)))

    @staticmethod
    def _away(card: QWidget | None) -> None:
        if card is not None:
            card.hide()
            card.deleteLater()


class _LinesCard(Card):
    """A card of sentences with one button that puts it away."""

    def __init__(self, title: str, lines: Sequence[tuple[str, str]], close: str) -> None:
        super().__init__(title)
        self.closed = Button(close)
        column = QVBoxLayout()
        column.setSpacing(6)
        for icon, words in lines:
            row = QHBoxLayout()
            row.setSpacing(10)
            row.addWidget(IconLabel(icon, 16, "accent"))
            row.addWidget(Words(words, wrap=True), 1)
            column.addLayout(row)
        self.add_layout(column)
        self.add_row(self.closed, above=12)
        self.end()


def _about(one: Notice) -> Place:
    """Return where something can be done about the colleague a notice is about."""
    return PEOPLE.with_(about=one.member.id if one.member else None)
