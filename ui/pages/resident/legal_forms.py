"""Forms of «Legal»: a matter, its end, the stage it has reached."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from shelterdesk import legal_matters, providers, vocab
from shelterdesk.drafts import Draft
from shelterdesk.fields import CLOSED, Field, Kind
from shelterdesk.i18n import N_, _
from shelterdesk.legal_matters import ENDING, LegalMatter, MatterStage
from shelterdesk.records import UNANSWERED
from shelterdesk.vocab.lists import base_of
from ui.forms.chosen import ChosenEditor, StaffEditor
from ui.forms.editors import Editor
from ui.forms.inline_form import InlineForm
from ui.forms.part_form import PartForm
from ui.forms.record_form import RecordForm
from ui.seat import Seat

FIRST_STAGE: Final = Field(
    "legal_matter.first_stage",
    N_("Stage it is at"),
    Kind.CHOICE,
    "first_stage",
    choices=vocab.LEGAL_STAGES,
    help=N_("Later stages are added to the thread, and this one stays in it."),
)
OF_MATTER: Final = Field("matter_stage.of_matter", N_("Legal matter"), Kind.LINK, "matter_id", target="legal_matter")
EXTRA: Final = (FIRST_STAGE, OF_MATTER)
"""What the forms ask beyond their columns; drafts are read with it."""
_USUAL_SERVICE: Final = "legal_representation"
"""Whoever in the directory gives this stands first among the lawyers from outside."""
_WIDTH: Final = 320
_ORDER: Final = (
    "kind", "subject", "first_stage", "opened_on", "body", "body_name", "number", "words", "member_id", "provider_id",
    "lawyer", "claimed", "currency",
)  # fmt: skip
_ALL: Final = (*_ORDER[:-1], "awarded", "received", "currency", "ended_on", "result", "result_words")


class MatterForm(RecordForm):
    """A new matter also asks at which stage it is; one that has ended, how it ended."""

    def __init__(self, seat: Seat, attributes: Sequence[str], matter: LegalMatter | None = None) -> None:
        self._matter = matter
        everything = {field.attribute for field in LegalMatter.declared}
        super().__init__(seat, LegalMatter, attributes, headings=False, extra=(FIRST_STAGE,), elsewhere=everything)
        if self.has("first_stage"):
            self.editor("kind").on_change(self._offer_stages)

    def make_editor(self, field: Field) -> Editor:
        desk = self.seat.desk
        match field.attribute:
            case "first_stage":
                return ChosenEditor(field, stage_choices(self.seat, None), _("Not said yet"), width=_WIDTH)
            case "member_id":
                return StaffEditor(field, self.seat, _("Nobody"), width=_WIDTH)
            case "provider_id":
                standing = self._matter.provider_id if self._matter is not None else None
                named = providers.to_choose(desk, _USUAL_SERVICE, standing)
                shown = [(one, self.seat.masked(name)) for one, name in named]
                return ChosenEditor(field, shown, _("Nobody"), width=_WIDTH)
            case _:
                return super().make_editor(field)

    def load_draft(self, draft: Draft) -> None:
        # The stages offered follow the kind, which comes with the draft.
        kind = draft.values.get("kind")
        if self.has("first_stage") and isinstance(kind, str):
            self._offer(kind)
        super().load_draft(draft)

    def _offer_stages(self) -> None:
        self._offer(self.editor("kind").value())

    def _offer(self, kind: str | None) -> None:
        editor = self.editor("first_stage")
        assert isinstance(editor, ChosenEditor)
        editor.offer(stage_choices(self.seat, kind))


class StageForm(PartForm):
    """The stages of the kind of matter; the matter itself is the thread the form stands in."""

    def __init__(self, seat: Seat, matter: LegalMatter) -> None:
        self._matter = matter
        name = legal_matters.name_of(matter)
        super().__init__(seat, MatterStage, ("stage", "since", "words"), OF_MATTER, matter.id, name)
        self.person_id = matter.person_id

    def make_editor(self, field: Field) -> Editor:
        if field.attribute == "stage":
            return ChosenEditor(field, stage_choices(self.seat, self._matter.kind), width=_WIDTH)
        return super().make_editor(field)


def stage_choices(seat: Seat, kind: str | None) -> list[tuple[Any, str]]:
    """Return the stages offered for a kind of matter in their usual order, those the shelter added included."""
    codes = seat.desk.choices(vocab.LEGAL_STAGES)
    usual = vocab.stages_for(kind)
    offered = [code.code for code in codes if base_of(code.code) in usual]
    offered.sort(key=lambda code: usual.index(base_of(code)))
    return [(code, codes.label(code)) for code in offered]


def matter_form(seat: Seat, person_id: UUID, matter: LegalMatter | None = None) -> InlineForm:
    """Return the form of a matter, new or standing."""
    desk = seat.desk
    form = MatterForm(seat, _ORDER if matter is None else _attributes_of(matter), matter)
    form.person_id = person_id
    if matter is None:
        form.load_values({"opened_on": desk.today(), "member_id": desk.me.id})
    else:
        form.load(matter, person_id)

    def store(form: RecordForm) -> LegalMatter:
        if matter is not None:
            return legal_matters.change_matter(desk, matter, **form.changed_values())
        values = form.values()
        stage = values.pop("first_stage", None)
        return legal_matters.record_matter(desk, person_id, record_id=form.target_id, stage=stage, **values)

    kinds = desk.choices(vocab.LEGAL_MATTERS)
    title = _("New legal matter") if matter is None else kinds.label(matter.kind)
    return InlineForm(seat, form, _("Save matter"), store, title=title)


def _attributes_of(matter: LegalMatter) -> tuple[str, ...]:
    """Return what is asked about a standing matter: its end only where it has ended."""
    names = _ALL if not matter.is_open else _ORDER
    return tuple(name for name in names if name != "first_stage")


def end_form(seat: Seat, matter: LegalMatter) -> InlineForm:
    """Return the form with which a matter ends."""
    desk = seat.desk
    form = MatterForm(seat, ENDING, matter)
    form.load(matter, matter.person_id)
    if matter.is_open:
        form.set("ended_on", desk.today())

    def store(form: RecordForm) -> LegalMatter:
        given = {name: value for name, value in form.values().items() if name != UNANSWERED and value is not CLOSED}
        return legal_matters.change_matter(desk, matter, **given)

    return InlineForm(seat, form, _("End the matter"), store, title=_("How it ended"))


def stage_form(seat: Seat, matter: LegalMatter, stage: MatterStage | None = None) -> InlineForm:
    """Return the form of the stage a matter has reached, or of one that stands."""
    desk = seat.desk
    form = StageForm(seat, matter)
    if stage is None:
        form.load_values({"since": desk.today()})
    else:
        form.load(stage, stage.person_id)

    def store(form: RecordForm) -> MatterStage:
        if stage is not None:
            return legal_matters.change_stage(desk, stage, **form.changed_values())
        return legal_matters.record_stage(desk, matter, record_id=form.target_id, **form.values())

    return InlineForm(seat, form, _("Save stage"), store, title=_("Stage of the matter"))
