"""The safety card of the overview: how much danger there is, what to heed, and values that are dots until asked for."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtGui import QHideEvent

from shelterdesk import alerts, formats, risk
from shelterdesk.fields import CLOSED
from shelterdesk.folding import fold
from shelterdesk.i18n import _, ngettext
from shelterdesk.people import Person
from shelterdesk.schema.base import declared, text_of
from ui.later import once
from ui.pages.resident.overview_cards import closed_words, lines_of
from ui.place import Place
from ui.safety_words import alert_icon, alert_words, risk_chip
from ui.seat import Seat
from ui.widgets.card import Card
from ui.widgets.masked_value import SHOWN_FOR_SECONDS
from ui.widgets.rows import Row, RowList, RowShape
from ui.widgets.text import Words

_MASKED: Final = {"phone": "phone", "family_lives_in": "map-pin", "emergency_contact": "user-round"}
"""Sensitive values, with their icons."""
_MOST: Final = 7
"""Lines to heed that are shown; the section tells the rest."""


class SafetyCard(Card):
    """The risk level, what every shift must know, what to heed, and values that are dots until somebody asks."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(_("Safety"), size="body")
        self.seat = seat
        self.rows = RowList(_("Safety"), RowShape(height=28, inset=10))
        self.rows.setObjectName("safety")
        self.empty = Words(_("Nothing to heed is written down."), tone="muted", wrap=True)
        self.add(self.empty)
        self.add(self.rows, inset=8)
        self.end(12)
        self._person: Person | None = None
        self._shown: set[str] = set()
        self._timer = once(self, self.mask, SHOWN_FOR_SECONDS * 1000)
        self.rows.acted.connect(self._reveal)
        self.rows.opened.connect(self._open)

    def show_person(self, person: Person) -> None:
        """Show what keeps a person safe, sensitive values masked."""
        if self._person is None or self._person.id != person.id:
            self._shown.clear()
        self._person = person
        reviewed = person.safety_reviewed_on
        words = _("reviewed {day}").format(day=formats.day(reviewed, style="day_month")) if reviewed else ""
        self.set_aside(words)
        self._show()

    def mask(self) -> None:
        """Show dots again."""
        self._timer.stop()
        if self._shown:
            self._shown.clear()
            self._show()

    def reveal_all(self) -> None:
        """Show all masked values for a while."""
        self._shown |= set(_MASKED)
        self._timer.start()
        self._show()

    def hideEvent(self, event: QHideEvent) -> None:
        self.mask()
        super().hideEvent(event)

    def _show(self) -> None:
        person = self._person
        assert person is not None
        safety = declared(Person, "safety").read(person)
        lines = lines_of(safety)
        when = text_of(person, "phone_when")
        if when and not any(fold(when) in fold(line) for line in lines):
            label = _(declared(Person, "phone_when").label)
            lines.append(_("{label}: {value}").format(label=label, value=when))
        told = lines_of(declared(Person, "must_know").read(person))
        heed = self._alert_rows(person) + [
            Row(
                self.seat.masked(line),
                ("line", number),
                icon="triangle-alert",
                icon_tint="attention",
                lines=3,
                sensitive=True,
            )
            for number, line in enumerate((*told, *lines))
        ]
        rows = self._risk_rows(person) + heed[:_MOST]
        if len(heed) > _MOST:
            more = len(heed) - _MOST
            rows.append(Row(ngettext("and {n} more", "and {n} more", more), ("more", 0), quiet=True))
        rows += self._masked_rows(person)
        self.rows.set_rows(rows)
        self.rows.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.empty.setText(closed_words() if safety is CLOSED else _("Nothing to heed is written down."))

    def _risk_rows(self, person: Person) -> list[Row]:
        """Return the level that holds. Who visits reads no level from the screen."""
        now = risk.risk_of(self.seat.desk, person.id)
        if now is None or self.seat.visitor:
            return []
        chip, today = risk_chip(now.level), self.seat.desk.today()
        past = now.review_on is not None and now.review_on < today
        again = ""
        if now.review_on is not None:
            day = formats.relative_day(now.review_on, today)
            again = _("look again: {day}").format(day=day[:1].lower() + day[1:])
        row = Row(
            chip.words,
            ("risk", 0),
            icon=chip.icon,
            icon_tint=chip.tone if chip.tone in ("attention", "info") else "muted",
            detail=again,
            detail_tint="attention" if past else "muted",
            sensitive=True,
        )
        return [row]

    def _alert_rows(self, person: Person) -> list[Row]:
        return [
            Row(
                alert_words(one, self.seat),
                ("alert", number),
                icon=alert_icon(one.kind),
                icon_tint="attention",
                lines=3,
                sensitive=True,
            )
            for number, one in enumerate(alerts.alerts_of(self.seat.desk, person.id))
        ]

    def _open(self, key: Any) -> None:
        """Go to the section that tells more; a value that is masked is shown instead."""
        if isinstance(key, tuple) and self._person is not None:
            self.seat.go(Place("residents", person_id=self._person.id, section="needs"))
        elif not isinstance(key, tuple) and not self.seat.visitor:
            self._reveal(key)

    def _masked_rows(self, person: Person) -> list[Row]:
        rows: list[Row] = []
        for attribute, icon in (
            ("phone", "phone"),
            ("family_lives_in", "map-pin"),
            ("emergency_contact", "user-round"),
        ):
            field = declared(Person, attribute)
            value = field.read(person)
            if not value:
                continue
            label = _(field.label)
            shown = attribute in self._shown and not self.seat.visitor
            rows.append(
                Row(
                    f"{label}  {value}" if shown else f"{label}  •••••••••",
                    attribute,
                    icon=icon,
                    action="" if self.seat.visitor else (_("Hide") if shown else _("Show")),
                    sensitive=True,
                    spoken=f"{label} {value}" if shown else _("{name}, hidden").format(name=label),
                )
            )
        return rows

    def _reveal(self, key: Any) -> None:
        if key in self._shown:
            self._shown.discard(key)
        else:
            self._shown.add(key)
            self._timer.start()
        self._show()
