"""How alerts, risk levels and days that come near are shown wherever they are: words, icons, chips."""

from __future__ import annotations

from datetime import date
from typing import Final

from shelterdesk import formats, vocab
from shelterdesk.alerts import Alert
from shelterdesk.i18n import _
from shelterdesk.schema.base import text_of
from ui.seat import Seat
from ui.theme.tokens import Tone
from ui.widgets.chip import ChipText

ALERT_ICONS: Final = {
    "doctor_needed": "stethoscope",
    "hurt": "bandage",
    "pregnant": "baby",
    "takes_medicine": "pill",
    "allergy": "wheat-off",
    "phone_followed": "smartphone",
    "may_harm_herself": "heart-pulse",
    "special_food": "utensils",
    "looked_for": "eye",
    "must_not_know": "lock",
}
_LEVELS: Final[dict[str, tuple[Tone, str]]] = {
    "high": ("attention", "triangle-alert"),
    "medium": ("info", "shield-check"),
    "low": ("neutral", "shield-check"),
    "none": ("neutral", "shield-check"),
}


def alert_icon(kind: str) -> str:
    """Return the icon of a kind of alert."""
    return ALERT_ICONS.get(kind, "triangle-alert")


def alert_words(alert: Alert, seat: Seat) -> str:
    """Return «Allergy: penicillin»; what was written is masked where somebody visits."""
    what = vocab.ALERT_KINDS.label(alert.kind)
    written = text_of(alert, "words")
    if not written:
        return what
    return _("{what}: {words}").format(what=what, words=seat.masked(written))


def risk_chip(level: str) -> ChipText:
    """Return a risk level as a chip. None of them is red: it is a fact about danger, not about her."""
    tone, icon = _LEVELS.get(level, ("neutral", "shield-check"))
    return ChipText(vocab.RISK_LEVELS.label(level), tone, icon)


def day_chip(on: date, today: date) -> ChipText:
    """Return how near a day is: past, today, in so many days, or the day itself."""
    if on < today:
        return ChipText(formats.days_past((today - on).days), "attention", "clock")
    return ChipText(formats.relative_day(on, today), "info" if on == today else "neutral", "clock")
