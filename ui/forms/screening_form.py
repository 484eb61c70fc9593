"""A screening scale as a form: which scale, its questions with their total, and what she said beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final
from uuid import UUID

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from shelterdesk import instruments, scales, screenings, vocab
from shelterdesk.drafts import Draft
from shelterdesk.fields import Field
from shelterdesk.i18n import _, language
from shelterdesk.instruments import Instrument, said
from shelterdesk.note_flags import FLAG_WORDS, FLAGS
from shelterdesk.scales import Scale
from shelterdesk.screenings import Screening
from ui.forms.chosen import ChosenEditor, StaffEditor
from ui.forms.editors import Editor
from ui.forms.flag_rows import FlagRows, flags_in
from ui.forms.inline_form import InlineForm
from ui.forms.record_form import RecordForm
from ui.seat import Seat
from ui.widgets.buttons import Button
from ui.widgets.notice import Notice
from ui.widgets.page import bring_into_view
from ui.widgets.question_rows import Question, QuestionRows
from ui.widgets.text import Words

EXTRA: Final = (FLAGS, FLAG_WORDS)
"""What the form asks beyond the columns of a screening; drafts are read with it."""
_ORDER: Final = ("scale", "held_on", "member_id", "answers")
_ELSEWHERE: Final = ("total", "words")
_WIDTH: Final = 320


class AnswersEditor:
    """The questions of one scale. Which one it is may change; what was answered stays with each of them."""

    fills = True

    def __init__(self, field: Field) -> None:
        self._instrument: Instrument | None = None
        self._kept: dict[str, dict[str, int | None]] = {}
        self.widget: QWidget = QWidget()
        self.intro = Words("", strong=True, wrap=True)
        self.hint = Words("", "small", "muted", wrap=True)
        self.questions = QuestionRows(_(field.label))
        column = QVBoxLayout(self.widget)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(4)
        for part in (self.intro, self.hint, self.questions):
            column.addWidget(part)
        self.widget.setFocusProxy(self.questions)
        self.questions.changed.connect(self._ask)

    def ask(self, scale: Scale | None) -> None:
        """Ask the questions of *scale*; of nothing, none."""
        if self._instrument is not None:
            self._kept[self._instrument.id] = self.questions.answers()
        self._instrument = instrument = scale.instrument if scale is not None else None
        items = instrument.items if instrument is not None else ()
        self.questions.set_questions([_question(item) for item in items])
        self.intro.setText(said(instrument.intro) if instrument is not None else "")
        self.intro.setVisible(bool(self.intro.text()))
        self.hint.setText(_hint(instrument))
        self.hint.setVisible(instrument is not None)
        if instrument is not None:
            self.questions.set_answers(self._kept.get(instrument.id, {}))
        self._ask()

    def answers(self) -> dict[str, int | None]:
        """Return what was answered so far, by the id of the question."""
        return self.questions.answers()

    def value(self) -> Any:
        return instruments.spell(self._instrument, self.answers()) if self._instrument is not None else None

    def set_value(self, value: Any) -> None:
        self.questions.set_answers(instruments.read_answers(value))
        self._ask()

    def on_change(self, listener: Callable[[], None]) -> None:
        self.questions.changed.connect(listener)

    def _ask(self) -> None:
        if self._instrument is not None:
            self.questions.show_only({item.id for item in self._instrument.asked(self.answers())})


class ScreeningForm(RecordForm):
    """Answers go on by themselves; the total is shown while they are given and counted by the core when saved."""

    def __init__(self, seat: Seat, person_id: UUID, screening: Screening | None = None, scale: str = "") -> None:
        self._screening = screening
        self._scales = {one.code: one for one in _scales(seat, screening)}
        super().__init__(seat, Screening, _ORDER, headings=False, extra=EXTRA, elsewhere=_ELSEWHERE)
        self.person_id = person_id
        self.notice = Notice("", "", "attention", parent=self)
        self.raise_button = Button(_("Raise the flag"), "flag", parent=self)
        self.raise_button.setObjectName("raise_from_answer")
        self.raise_button.clicked.connect(self.raise_flags)
        self.rows.add(self.notice)
        self.flags = FlagRows(self)
        if self.flags.offered:
            self.notice.layout().addWidget(self.raise_button)  # pyright: ignore[reportOptionalMemberAccess]
        else:
            self.raise_button.hide()
        words = seat.desk.field(Screening, "words")
        self.add_editor(words, self.make_editor(words))
        editor = self.editor("answers")
        assert isinstance(editor, AnswersEditor)
        self.answers = editor
        # The questions are as high as their width makes them.
        self.row("answers").setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.editor("scale").on_change(self._follow_scale)
        editor.on_change(self._tell)
        if screening is not None:
            # A scale that was asked stays the one it was.
            self.editor("scale").widget.setEnabled(False)
            self.editor("scale").set_value(screening.scale)
            self._follow_scale()
            self.load(screening, person_id)
        else:
            chosen = scale if scale in self._scales else next(iter(self._scales), None)
            self.editor("scale").set_value(chosen)
            self._follow_scale()
            self.load_values({"scale": chosen, "held_on": seat.desk.today(), "member_id": seat.desk.me.id})
        self._tell()

    def make_editor(self, field: Field) -> Editor:
        match field.attribute:
            case "scale":
                codes = self.seat.desk.choices(vocab.SCREENING_SCALES)
                return ChosenEditor(field, [(code, codes.label(code)) for code in self._scales], width=_WIDTH)
            case "member_id":
                return StaffEditor(field, self.seat, _("Nobody"), width=_WIDTH)
            case "answers":
                return AnswersEditor(field)
            case _:
                return super().make_editor(field)

    def first_stop(self) -> QWidget:
        # The scale was chosen on the way here and the day is today; what is to be done are the questions.
        return self.answers.questions

    def load_draft(self, draft: Draft) -> None:
        scale = draft.values.get("scale")
        if isinstance(scale, str) and scale in self._scales:
            self.editor("scale").set_value(scale)
            self._follow_scale()
        super().load_draft(draft)
        self.flags.unfold_if_written()
        self._tell()

    def scale(self) -> Scale | None:
        """Return the scale that is asked now."""
        return self._scales.get(self.editor("scale").value())

    def raise_flags(self) -> None:
        """Choose the flags the answers make one think of; they are raised when the form is saved."""
        scale = self.scale()
        if scale is not None and self.flags.offered:
            chosen = frozenset(self.editor("flags").value() or ()) | set(scale.instrument.flags(self.answers.answers()))
            self.set("flags", chosen)
            self.flags.unfold()
            words = self.row("flag_words").editor
            words.setFocus()
            bring_into_view(words)
            self._changed(FLAGS)

    def store(self) -> Screening:
        """Save the screening. Raises Problems or StaleRecord."""
        desk = self.seat.desk
        self.flags.about_to_save()
        if self._screening is not None:
            changed = self.changed_values()
            changed.pop("scale", None)
            return screenings.change_screening(desk, self._screening, **flags_in(changed), **changed)
        assert self.person_id is not None
        values = self.values()
        given = flags_in(values)
        return screenings.record_screening(desk, self.person_id, record_id=self.target_id, **given, **values)

    def _follow_scale(self) -> None:
        self.answers.ask(self.scale())
        self._tell()

    def _tell(self) -> None:
        """Say what the answers come to so far, and whether a flag is to be thought of."""
        scale = self.scale()
        if scale is None:
            # Known by its total only: there is nothing to ask.
            self.row("answers").hide()
            self.notice.hide()
            return
        self.row("answers").show()
        instrument, given = scale.instrument, self.answers.answers()
        self.row("answers").set_help(_so_far(instrument, given))
        flags = instrument.flags(given)
        if flags:
            named = ", ".join(vocab.ALERT_KINDS.label(flag) for flag in flags)
            self.notice.say(
                _("Talk about this answer with her now"),
                _(
                    "It may call for «{flags}», which every shift reads. The flag says nothing of the scale, and you "
                    "choose."
                ).format(flags=named),
            )
        if flags and self.notice.isHidden():
            # The keyboard stays at the questions; what has to be talked about now must not lie below the screen.
            bring_into_view(self.notice)
        self.notice.setVisible(bool(flags))


def screening_form(seat: Seat, person_id: UUID, screening: Screening | None = None, *, scale: str = "") -> InlineForm:
    """Return the form of a screening, new with *scale* chosen, or standing."""
    form = ScreeningForm(seat, person_id, screening, scale)
    return InlineForm(seat, form, _("Save scale"), lambda _form: form.store(), title=_("Screening scale"))


def _scales(seat: Seat, screening: Screening | None) -> Sequence[Scale]:
    return [
        one
        for one in scales.every_scale(seat.desk)
        if (one.in_use if screening is None else one.code == screening.scale)
    ]


def _question(item: instruments.Item) -> Question:
    answers = tuple((one.score, said(one.words)) for one in item.answers)
    return Question(item.id, said(item.words), answers, said(item.intro))


def _hint(instrument: Instrument | None) -> str:
    if instrument is None:
        return ""
    parts = [
        _("{period}. A digit answers and goes on; - for «prefers not to say».").format(period=said(instrument.period))
    ]
    if language() not in instrument.languages:
        parts.append(_("The wording is not in your language: read it from a checked translation, or load one."))
    return " ".join(parts)


def _so_far(instrument: Instrument, given: dict[str, int | None]) -> str:
    missing = len(instrument.missing(given))
    if not given:
        return _("A help for talking, no diagnosis.")
    total = instrument.total(given)
    if missing:
        asked = len(instrument.asked(given))
        return _("{done} of {all} answered. What is answered is kept as a draft.").format(
            done=asked - missing, all=asked
        )
    if total is None:
        return _("There is no total, because she prefers not to answer everything.")
    band = instrument.band(total)
    return _("Total {total} of {highest} · {band}. A help for talking, no diagnosis.").format(
        total=total, highest=instrument.highest, band=said(band.words) if band is not None else "–"
    )
