"""Rows of «Legal»: the matters, and what one of them consists of, in the order of days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from shelterdesk import formats, vocab
from shelterdesk.appointments import Appointment
from shelterdesk.deadlines import Deadline
from shelterdesk.fields import CLOSED
from shelterdesk.files import StoredFile, words_field
from shelterdesk.help_given import money_words
from shelterdesk.i18n import _
from shelterdesk.legal_matters import AMOUNTS, LegalMatter, MatterStage, subject_of
from shelterdesk.legal_threads import NamedHearing, Thread
from shelterdesk.notes import Note, text_field
from shelterdesk.readers import readable_by
from shelterdesk.schema.base import Record, declared
from shelterdesk.vault.compartments import Compartment
from shelterdesk.vocab.lists import base_of
from ui.pages.resident.field_facts import fact_of
from ui.safety_words import day_chip
from ui.seat import Seat
from ui.theme.tokens import Tone
from ui.widgets.chip import ChipText
from ui.widgets.facts import Fact
from ui.widgets.masked_value import DOTS
from ui.widgets.rows import Row

KIND_ICONS: Final = {
    "criminal_injured": "scale",
    "compensation": "wallet",
    "labour_claim": "briefcase",
    "residence": "id-card",
    "documents": "file-text",
    "family": "users-round",
    "guardianship": "baby",
    "protection_order": "shield-check",
}
_RESULT_TONES: Final[dict[str, tuple[Tone, str]]] = {
    "in_favour": ("done", "check"),
    "partly": ("done", "check"),
    "settled": ("done", "check"),
    "given": ("done", "check"),
}
_IN_THE_TITLE: Final = frozenset({"kind", "subject", "opened_on", "ended_on", "currency"})
_NEAR: Final = timedelta(days=14)


def matter_row(thread: Thread, seat: Seat, *, shown: bool) -> Row:
    """Return a matter as a row: what it is, where it stands, and what comes next or how it ended."""
    matter = thread.matter
    return Row(
        seat.desk.choices(vocab.LEGAL_MATTERS).label(matter.kind),
        matter.id,
        icon=icon_of(matter),
        icon_tint="accent" if matter.is_open else "muted",
        detail=seat.masked(subject_of(matter)),
        trailing=_next_words(thread, seat),
        chip=standing_chip(thread, seat),
        strong=shown,
        quiet=not matter.is_open,
        sensitive=True,
    )


def icon_of(matter: LegalMatter) -> str:
    """Return the icon of a kind of matter."""
    return KIND_ICONS.get(base_of(matter.kind), "scale")


def standing_chip(thread: Thread, seat: Seat) -> ChipText | None:
    """Return the stage of a matter as a chip, or its result once it has ended."""
    matter = thread.matter
    if not matter.is_open:
        tone, icon = _RESULT_TONES.get(matter.result or "", ("neutral", "circle"))
        return ChipText(vocab.LEGAL_RESULTS.label(matter.result) if matter.result else _("Ended"), tone, icon)
    stage = thread.stage
    if stage is None:
        return None
    return ChipText(seat.desk.choices(vocab.LEGAL_STAGES).label(stage.stage), "info", "circle-dot")


def _next_words(thread: Thread, seat: Seat) -> str:
    matter, coming = thread.matter, thread.next_date()
    if matter.ended_on is not None:
        return formats.day(matter.ended_on, style="short")
    if coming is None or coming.until is None:
        return ""
    return _with_hour(formats.relative_day(coming.until, seat.desk.today()), coming)


def _with_hour(day: str, one: Deadline | Appointment) -> str:
    return _("{day}, {time}").format(day=day, time=f"{one.at:%H:%M}") if one.at else day


# --- one matter -----------------------------------------------------------------------------------------------------


def facts_of(matter: LegalMatter, seat: Seat) -> list[Fact]:
    """Return what is known of a matter beside its name, as far as the reader's keys go."""
    found: list[Fact] = []
    for field in seat.desk.fields(LegalMatter):
        if field.attribute in _IN_THE_TITLE:
            continue
        value = field.read(matter)
        if value in (None, "", frozenset()):
            continue
        if field.attribute in AMOUNTS and value is not CLOSED:
            words = money_words(value, matter.currency)
            found.append(Fact(_(field.label), seat.masked(words, DOTS), "", field.id))
            continue
        fact = fact_of(field, matter, seat)
        if fact is not None:
            found.append(fact)
    return found


def thread_rows(thread: Thread, seat: Seat) -> list[Row]:
    """Return what is ahead, the nearest first, then what was, the newest first."""
    ahead = thread.ahead()
    rows: list[Row] = []
    if ahead:
        rows.append(Row(_("Ahead"), header=True))
        rows += [_date_row(one, seat, ahead=True) for one in ahead]
    past = [one for one in thread.dates if one not in ahead]
    found: list[tuple[date, datetime, Row]] = [
        *((one.since, one.created_at, _stage_row(one, thread, seat)) for one in thread.stages),
        *((_day_of(one), one.created_at, _date_row(one, seat, ahead=False)) for one in past),
        *((one.written_on, one.created_at, _note_row(one, seat)) for one in thread.notes),
        *((_day_of_paper(one), one.created_at, _paper_row(one, seat)) for one in thread.papers),
    ]
    found.sort(key=lambda one: one[:2], reverse=True)
    if found:
        rows.append(Row(_("So far"), header=True))
        rows += [row for _on, _at, row in found]
    return rows


def meeting_rows(meetings: Sequence[Appointment], seat: Seat) -> list[Row]:
    """Return planned appointments with a lawyer, a court or the police."""
    today = seat.desk.today()
    return [
        Row(
            vocab.APPOINTMENT_KINDS.label(one.kind),
            one.id,
            icon="calendar",
            detail=seat.masked(_first_line(one, "words")),
            trailing=_with_hour(formats.relative_day(one.on, today), one),
            sensitive=True,
        )
        for one in meetings
    ]


def hearing_rows(hearings: Sequence[NamedHearing], *, may_add: bool) -> list[Row]:
    """Return the hearings that only a note names."""
    words = _("A note names a hearing on {day}. It is not among her dates yet.")
    return [
        Row(
            words.format(day=formats.day(one.on)),
            one.record_id,
            icon="triangle-alert",
            icon_tint="attention",
            action=_("Add it") if may_add else "",
            lines=2,
            sensitive=True,
        )
        for one in hearings
    ]


def _stage_row(stage: MatterStage, thread: Thread, seat: Seat) -> Row:
    holds = stage is thread.stage and thread.matter.is_open
    said = declared(MatterStage, "words").read(stage)
    closed = said is CLOSED
    return Row(
        seat.desk.choices(vocab.LEGAL_STAGES).label(stage.stage),
        stage.id,
        icon="circle-dot",
        icon_tint="accent" if holds else "muted",
        day=formats.day(stage.since, style="day_month_short"),
        detail=_("sealed") if closed else seat.masked(_first_line(stage, "words")),
        strong=holds,
        sensitive=True,
    )


def _date_row(one: Deadline, seat: Seat, *, ahead: bool) -> Row:
    words = _first_line(one, "words" if one.kind == "other" else "organisation")
    on, today = one.until or one.since, seat.desk.today()
    day = formats.day(on, style="day_month_short") if on is not None else ""
    title = vocab.DEADLINE_KINDS.label(one.kind)
    chip: ChipText | None = None
    if ahead and one.prepared_on is not None:
        chip = ChipText(_("Seen to"), "done", "check")
    elif ahead and on is not None and on - today < _NEAR:
        chip = day_chip(on, today)
    return Row(
        _("{what}, {time}").format(what=title, time=f"{one.at:%H:%M}") if one.at else title,
        one.id,
        icon="scale" if one.kind == "court_date" else "calendar-clock",
        icon_tint="accent" if ahead else "muted",
        day=day,
        detail=seat.masked(words),
        trailing="" if ahead or one.state is None else vocab.DEADLINE_STATES.label(one.state),
        chip=chip,
        sensitive=True,
    )


def _note_row(note: Note, seat: Seat) -> Row:
    text = text_field(seat.desk, note.kind)
    # A note may be written in its parts alone.
    closed = text.read(note) is CLOSED or not seat.desk.holds(text.compartment)
    by = seat.names("member").get(note.created_by, "") if note.created_by else ""
    return Row(
        vocab.NOTE_KINDS.label(note.kind),
        note.id,
        icon="lock" if closed else "notebook-pen",
        icon_tint="muted",
        day=formats.day(note.written_on, style="day_month_short"),
        detail=_("sealed") if closed else readable_by(Compartment.LEGAL),
        trailing=by,
        quiet=closed,
        sensitive=True,
    )


def _paper_row(one: StoredFile, seat: Seat) -> Row:
    words = words_field(seat.desk, one.readable_by)
    closed = not seat.desk.holds(words.compartment)
    return Row(
        vocab.FILE_KINDS.label(one.kind),
        one.id,
        icon="lock" if closed else "file-text",
        icon_tint="muted",
        day=formats.day(_day_of_paper(one), style="day_month_short"),
        detail=_("sealed") if closed else seat.masked(_first_line(one, words.attribute)),
        quiet=closed,
        sensitive=True,
    )


def _day_of_paper(one: StoredFile) -> date:
    return one.dated_on or one.created_at.date()


def _day_of(one: Deadline) -> date:
    """Return the day under which a date that is over stands in the thread."""
    return one.until or one.since or one.issued_on or one.asked_on or one.created_at.date()


def _first_line(record: Record, attribute: str) -> str:
    said = declared(type(record), attribute).read(record)
    return str(said).splitlines()[0] if said and said is not CLOSED else ""
