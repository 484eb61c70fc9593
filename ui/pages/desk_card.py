"""The card of what lies on the desk: drafts, plans and consents, colleagues and their keys, the backup."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal

from shelterdesk import backups, formats
from shelterdesk.access import Right
from shelterdesk.drafts import Draft
from shelterdesk.i18n import _, ngettext, text
from shelterdesk.leaving import LEAVING
from shelterdesk.retention import REMOVAL
from shelterdesk.today import ROWS, Today
from ui.draft_places import place_of, words_for
from ui.forms.backup_words import trouble_words, when_words
from ui.pages.today_cards import TodayCard
from ui.place import Place
from ui.seat import Seat
from ui.widgets.chip import ChipText
from ui.widgets.rows import Row

_DRAFTS_SHOWN = 5


class DeskCard(TodayCard):
    """Unfinished drafts, plans to review, consents that end, colleagues and their keys, the age of the backup.

    ``keys_wanted`` fires where keys are to be replaced now.
    """

    keys_wanted = Signal()

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat, _("Desk"), "desk", "")
        self._drafts_open = False
        self._drafts: tuple[Draft, ...] = ()
        self._today: Today | None = None
        self._staff_rows: tuple[Row, ...] = ()
        self.finish()
        self.rows.acted.connect(self.open_row)

    def show_today(self, today: Today, staff_rows: Sequence[Row] = ()) -> None:
        """Show this part of *today*; *staff_rows* tell of colleagues and their keys."""
        self._today, self._staff_rows = today, tuple(staff_rows)
        self._drafts = tuple(draft for draft in today.drafts if place_of(draft) is not None)
        rows = self._draft_rows()
        if today.plans_to_review:
            words = ngettext("{n} plan to review", "{n} plans to review", today.plans_to_review)
            place = Place("residents", person_id=today.first_to_review, section="plan")
            target = place if today.plans_to_review == 1 else Place("plans")
            rows.append(Row(words, target, icon="list-checks", action=_("Open")))
        rows += self._approval_rows(today)
        rows += self._request_rows(today)
        rows += self._consent_rows(today)
        rows += _agreement_rows(today)
        rows += _stay_rows(today)
        # What belongs to residents comes first; the rest about colleagues stands in their settings.
        rows += self._staff_rows[: max(ROWS - 1 - len(rows), 1)]
        rows.append(self._backup_row(today))
        self.show_rows(rows)

    def _draft_rows(self) -> list[Row]:
        drafts: tuple[Draft, ...] = self._drafts
        if len(drafts) == 0:
            return []
        desk = self.seat.desk
        latest = formats.clock(drafts[0].kept_at, desk.zone)
        words = ngettext("{n} unfinished draft", "{n} unfinished drafts", len(drafts))
        key = "drafts" if len(drafts) > 1 else place_of(drafts[0])
        rows = [Row(words, key, icon="file-pen", detail=_("latest {time}").format(time=latest), action=_("Continue"))]
        if self._drafts_open and len(drafts) > 1:
            names = self.seat.names("person")
            rows += [
                Row(
                    text(words_for(draft)),
                    place_of(draft),
                    under=True,
                    detail=self.seat.masked(names.get(draft.person_id, "")) if draft.person_id else "",
                    action=_("Continue"),
                    sensitive=True,
                )
                for draft in drafts[:_DRAFTS_SHOWN]
            ]
        return rows

    def _approval_rows(self, today: Today) -> list[Row]:
        rows: list[Row] = []
        to_approve = [one for one in today.to_approve if one.approval.subject not in (REMOVAL, LEAVING)]
        given_back = [one for one in today.given_back if one.approval.subject not in (REMOVAL, LEAVING)]
        leave = [one for one in today.to_approve if one.approval.subject == LEAVING]
        stay_on = [one for one in today.given_back if one.approval.subject == LEAVING]
        removals = sum(one.approval.subject == REMOVAL for one in today.to_approve)
        if removals:
            words = ngettext("{n} removal to allow", "{n} removals to allow", removals)
            rows.append(Row(words, Place("settings", section="removal"), icon="archive", action=_("Look")))
        for asked, section, words in (
            (to_approve, "plan", ngettext("{n} plan to approve", "{n} plans to approve", len(to_approve))),
            (given_back, "plan", ngettext("{n} plan given back", "{n} plans given back", len(given_back))),
            # Nobody who sees the screen learns that somebody is about to leave.
            (leave, "stay", ngettext("{n} stay to approve", "{n} stays to approve", len(leave))),
            (stay_on, "stay", ngettext("{n} stay given back", "{n} stays given back", len(stay_on))),
        ):
            if asked:
                place = Place("residents", person_id=asked[0].approval.person_id, section=section)
                detail = self.seat.masked(asked[0].person) if len(asked) == 1 else ""
                rows.append(Row(words, place, icon="file-check", detail=detail, action=_("Open"), sensitive=True))
        return rows

    def _request_rows(self, today: Today) -> list[Row]:
        """Say that something is to be answered, and neither who asks nor about whom: a screen is seen by others."""
        rows: list[Row] = []
        waiting = [one.request for one in today.requests if one.request.waits]
        answered = [one.request for one in today.requests if not one.request.waits]
        if waiting:
            words = ngettext("{n} request to answer", "{n} requests to answer", len(waiting))
            due = waiting[0].due_on
            past = due is not None and due < today.on
            detail = formats.relative_day(due, today.on) if due is not None else ""
            tint = "attention" if past else "muted"
            rows.append(_to_requests(words, waiting[0].id, detail, tint))
        if answered:
            words = ngettext("{n} answer to approve", "{n} answers to approve", len(answered))
            rows.append(_to_requests(words, answered[0].id))
        return rows

    def _consent_rows(self, today: Today) -> list[Row]:
        if not today.consents_ending:
            return []
        first = today.consents_ending[0]
        place = Place("residents", person_id=first.person_id, section="consents")
        days, more = (first.until - today.on).days, len(today.consents_ending)
        words = (
            ngettext("1 consent ends in {n} day", "1 consent ends in {n} days", days)
            if more == 1
            else ngettext("{n} consent ends soon", "{n} consents end soon", more)
        )
        detail = self.seat.masked(first.person)
        return [Row(words, place, icon="file-check", detail=detail, action=_("Review"), sensitive=True)]

    def _backup_row(self, today: Today) -> Row:
        desk = self.seat.desk
        due, trouble = backups.backup_is_due(desk), trouble_words(desk)
        place = Place("settings", section="backup")
        words = _("No backup yet")
        if today.last_backup is not None:
            words = _("Last backup {when}").format(when=when_words(today.last_backup, desk))
        if due and desk.may(Right.BACK_UP):
            now = place.with_(doing="back_up")
            return Row(
                words,
                now,
                icon="hard-drive",
                detail=trouble or _("one is due"),
                detail_tint="attention",
                action=_("Back up"),
            )
        chip = ChipText(_("Due"), "attention", "clock") if due else ChipText(_("Up to date"), "done", "check")
        return Row(words, place, icon="hard-drive", chip=chip, detail=trouble, detail_tint="attention")

    def open_row(self, key: Any) -> None:
        if key == "drafts":
            self._drafts_open = not self._drafts_open
            if self._today is not None:
                self.show_today(self._today, self._staff_rows)
            self.rows.go_to("drafts")
        elif key == "replace_keys":
            self.keys_wanted.emit()
        else:
            super().open_row(key)


def _stay_rows(today: Today) -> list[Row]:
    """Say that something does not fit in stays and beds, and not whose: the board tells it."""
    if not today.stays_to_put_right:
        return []
    words = ngettext("{n} stay to put right", "{n} stays to put right", today.stays_to_put_right)
    return [Row(words, Place("beds"), icon="bed", action=_("Look"))]


def _agreement_rows(today: Today) -> list[Row]:
    """Say that an agreement ends, and not with whom: a name may say what kind of help residents look for."""
    if not today.agreements_ending:
        return []
    first, count = today.agreements_ending[0], len(today.agreements_ending)
    words = ngettext("{n} agreement with a provider ends", "{n} agreements with providers end", count)
    tint = "attention" if first.until < today.on else "muted"
    detail = formats.relative_day(first.until, today.on)
    place = Place("services", list_id="providers", about=first.provider_id)
    return [Row(words, place, icon="calendar-clock", detail=detail, detail_tint=tint, action=_("Open"))]


def _to_requests(words: str, first: UUID, detail: str = "", tint: str = "muted") -> Row:
    place = Place("settings", section="requests", about=first)
    return Row(words, place, icon="file-question-mark", detail=detail, detail_tint=tint, action=_("Open"))
