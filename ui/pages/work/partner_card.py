"""The card beside the table: the partner of the chosen placement, or the placement itself while it has none."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from shelterdesk import formats, vocab
from shelterdesk.access import Right
from shelterdesk.i18n import _, ngettext
from shelterdesk.partners import Partner
from shelterdesk.placement_cautions import SEEN
from shelterdesk.schema.base import declared, text_of
from shelterdesk.work import Work, WorkRow, posts_of
from ui.seat import Seat
from ui.tables.placements import short_day, work_words
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.facts import Fact, Facts
from ui.widgets.flow import Flow
from ui.widgets.masked_value import MaskedValue
from ui.widgets.notice import Notice
from ui.widgets.panel_lines import add_chips, add_part, add_rule, add_title
from ui.widgets.text import ElidedWords, IconLabel, Words

_POSTS_SHOWN = 6
_PEOPLE_SHOWN = 6


class PartnerCard(Card):
    """``check_in_wanted`` and ``partner_wanted`` hand back the id of the placement and of the partner."""

    check_in_wanted = Signal(object)
    partner_wanted = Signal(object)
    edit_wanted = Signal(object)

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self._body: QWidget | None = None
        self._may = seat.desk.may(Right.KEEP_PLACEMENTS)
        self.facts: Facts | None = None
        self.buttons: dict[str, Button] = {}
        self.setMinimumWidth(280)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def show_placement(self, row: WorkRow, work: Work) -> None:
        """Show the partner of a placement, or where else there is room while it has none."""
        partner = work.partners.get(row.placement.partner_id) if row.placement.partner_id else None
        body = self._begin(text_of(partner, "name") if partner else "")
        if partner is not None:
            self._partner(body, partner, work)
            self._posts(body, [("", *post) for post in posts_of(partner)])
            self._told(body, partner)
        else:
            self._placement(body, row, work)
            self._posts(body, self._all_posts(work))
        acts: list[tuple[str, str, str]] = []
        if self._may and row.is_open:
            acts.append(("check_in", _("Record a check-in"), "message-square-text"))
        if partner is not None:
            acts.append(("partner", _("Open partner"), ""))
        self._acts(body, acts)
        placement_id, partner_id = row.placement.id, row.placement.partner_id
        self._wire("check_in", lambda: self.check_in_wanted.emit(placement_id))
        self._wire("partner", lambda: self.partner_wanted.emit(partner_id))

    def show_partner(self, partner: Partner, work: Work) -> None:
        """Show a partner with who is there."""
        body = self._begin(text_of(partner, "name"))
        self._partner(body, partner, work)
        self._people(body, work.with_partner(partner.id))
        self._posts(body, [("", *post) for post in posts_of(partner)])
        self._told(body, partner)
        self._acts(body, [("edit", _("Edit"), "pencil")] if self._may else [])
        self._wire("edit", lambda: self.edit_wanted.emit(partner.id))

    def show_nothing(self, words: str) -> None:
        """Say what to do where nothing is chosen."""
        body = self._begin("")
        note = Words(words, tone="muted", wrap=True)
        note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        body.addStretch(1)
        body.addWidget(note)
        body.addStretch(1)

    def toggle_masked(self) -> None:
        """Show the masked values of the card for a while, or mask them again."""
        for value in self.findChildren(MaskedValue):
            value.toggle()

    # --- parts -----------------------------------------------------------------------------------------------

    def _begin(self, name: str) -> QVBoxLayout:
        if self._body is not None:
            self._layout.removeWidget(self._body)
            self._body.hide()
            self._body.deleteLater()
        self.buttons = {}
        self._body = QWidget(self)
        self._layout.addWidget(self._body, 1)
        self.setAccessibleName(self.seat.masked(name) or _("Placement"))
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 14, 0, 14)
        body.setSpacing(0)
        return body

    def _partner(self, body: QVBoxLayout, partner: Partner, work: Work) -> None:
        seat = self.seat
        add_title(body, "building", seat.masked(text_of(partner, "name")))
        what = vocab.SECTORS.label(partner.sector) if partner.sector else ""
        what = what or (vocab.PARTNER_KINDS.label(partner.kind) if partner.kind else "")
        staff = ngettext("{n} on the staff", "{n} on the staff", partner.staff) if partner.staff else ""
        way = seat.masked(text_of(partner, "way"), "")
        words = ", ".join(filter(None, (what, staff, way[:1].lower() + way[1:])))
        add_part(body, ElidedWords(words, tone="muted"), above=6)
        chips: list[Chip] = []
        if partner.vetted_on is not None:
            day = formats.day(partner.vetted_on, style="short")
            chips.append(Chip(_("Vetted {day}").format(day=day), "done", "check"))
        else:
            chips.append(Chip(_("Not vetted yet"), "attention", "triangle-alert"))
        there = len(work.at_partner(partner.id))
        if there:
            chips.append(Chip(ngettext("{n} there now", "{n} there now", there), "neutral", "user-round"))
        add_chips(body, chips)
        add_rule(body)
        self.facts = Facts(28)
        self.facts.set_facts(self._facts_of(partner, work))
        add_part(body, self.facts)
        add_rule(body)
        self._heading(body, _("Seen at the last visit"))
        for attribute in SEEN:
            self._seen(body, _(declared(Partner, attribute).label), getattr(partner, attribute))

    def _facts_of(self, partner: Partner, work: Work) -> list[Fact]:
        seat, today = self.seat, work.on
        until, visit = partner.agreement_until, partner.visit_by
        over = until is not None and until < today
        late = visit is not None and visit < today
        agreement = _("none recorded") if until is None else _("until {day}").format(day=formats.day(until))
        if over and until is not None:
            agreement = _("ended {day}").format(day=formats.day(until))
        again = _("no date yet") if visit is None else _("by {day}").format(day=formats.day(visit))
        found = [
            Fact(_("Agreement"), agreement, "attention" if over else "muted" if until is None else ""),
            Fact(_("Visit again"), again, "attention" if late or visit is None else ""),
        ]
        if text_of(partner, "contact"):
            found.append(Fact(_("Contact"), key="contact", reveal=lambda: seat.masked(text_of(partner, "contact"))))
        else:
            found.append(Fact(_("Contact"), _("not recorded yet"), "muted"))
        return found

    def _seen(self, body: QVBoxLayout, words: str, answer: bool | None) -> None:
        icon, tint = {True: ("check", "done"), False: ("x", "attention"), None: ("minus", "muted")}[answer]
        said = {
            True: words,
            False: _("{what}: no").format(what=words),
            None: _("{what}: not seen yet").format(what=words),
        }
        row = QHBoxLayout()
        row.setContentsMargins(16, 5, 16, 3)
        row.setSpacing(10)
        row.addWidget(IconLabel(icon, 16, tint))
        label = ElidedWords(said[answer], tone="" if answer else tint)  # pyright: ignore[reportArgumentType]
        row.addWidget(label, 1)
        body.addLayout(row)

    def _placement(self, body: QVBoxLayout, row: WorkRow, work: Work) -> None:
        seat, one = self.seat, row.placement
        add_title(body, "briefcase", work_words(seat, one))
        name = seat.masked(row.person) if row.has_name else ""
        add_part(body, ElidedWords("  ".join(filter(None, (name, row.code))), tone="muted", sensitive=True), above=6)
        add_chips(body, [Chip(vocab.PLACEMENT_STAGES.label(row.stage), "info", "route")])
        add_rule(body)
        keeper = seat.names("member").get(one.member_id, "") if one.member_id else ""
        facts = Facts(28)
        facts.set_facts(
            [
                Fact(_("Kind"), vocab.PLACEMENT_KINDS.label(one.kind)),
                Fact(_("Sector"), *_or_muted(vocab.SECTORS.label(one.sector) if one.sector else "")),
                Fact(_("Partner"), _("not yet"), "muted"),
                Fact(_("Since"), short_day(row.since, work.on)),
                Fact(
                    _("Looks after it"),
                    *_or_muted(keeper),
                ),
            ]
        )
        self.facts = facts
        add_part(body, facts)

    def _all_posts(self, work: Work) -> list[tuple[str, str, str]]:
        return [
            (self.seat.masked(text_of(partner, "name")), *post)
            for partner in work.partners_in_use()
            for post in posts_of(partner)
        ]

    def _people(self, body: QVBoxLayout, rows: Sequence[WorkRow]) -> None:
        if not rows:
            return
        add_rule(body)
        self._heading(body, _("Residents with this partner"))
        for row in rows[:_PEOPLE_SHOWN]:
            name = self.seat.masked(row.person) if row.has_name else ""
            words = "  ".join(filter(None, (name, row.code)))
            self._pair(body, words, vocab.PLACEMENT_STAGES.label(row.stage))
        self._more(body, len(rows) - _PEOPLE_SHOWN)

    def _posts(self, body: QVBoxLayout, posts: Sequence[tuple[str, str, str]]) -> None:
        if not posts:
            return
        add_rule(body)
        self._heading(body, _("Open posts"))
        for partner, what, places in posts[:_POSTS_SHOWN]:
            self._pair(body, self.seat.masked(what), partner or places)
        self._more(body, len(posts) - _POSTS_SHOWN)

    def _told(self, body: QVBoxLayout, partner: Partner) -> None:
        told = text_of(partner, "told")
        kind = "info" if told else "attention"
        words = self.seat.masked(told) or _("Nobody wrote this down yet. Agree on it before the first day.")
        add_part(body, Notice(_("What we tell this partner"), words, kind, "shield-check"), above=12)

    def _acts(self, body: QVBoxLayout, acts: Sequence[tuple[str, str, str]]) -> None:
        body.addStretch(1)
        if not acts:
            return
        holder = QWidget()
        flow = Flow(holder)
        for key, words, icon in acts:
            button = Button(words, icon)
            button.setObjectName(f"partner-{key}")
            self.buttons[key] = button
            flow.addWidget(button)
        add_part(body, holder, above=14)

    def _wire(self, key: str, act: object) -> None:
        if key in self.buttons:
            self.buttons[key].clicked.connect(act)  # pyright: ignore[reportArgumentType]

    # --- lines -----------------------------------------------------------------------------------------------

    def _heading(self, body: QVBoxLayout, words: str) -> None:
        add_part(body, Words(words, strong=True))
        body.addSpacing(2)

    def _pair(self, body: QVBoxLayout, left: str, right: str) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(16, 5, 16, 3)
        row.setSpacing(12)
        row.addWidget(ElidedWords(left, sensitive=True), 1)
        trailing: QLabel = Words(right, "small", "muted")
        row.addWidget(trailing)
        body.addLayout(row)

    def _more(self, body: QVBoxLayout, more: int) -> None:
        if more > 0:
            add_part(body, Words(ngettext("and {n} more", "and {n} more", more), "small", "muted"), above=4)


def _or_muted(words: str) -> tuple[str, str]:
    return (words, "") if words else (_("not recorded yet"), "muted")
