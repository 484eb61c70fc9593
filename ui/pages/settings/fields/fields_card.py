"""The fields of one form: their words, whether they are asked and needed, their order, and those of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtWidgets import QLineEdit

from shelterdesk import house_settings, vocab
from shelterdesk.fields import Field, Kind
from shelterdesk.house_settings import FREE_TEXT, OWN_KINDS, WITH_LIST
from shelterdesk.i18n import N_, _
from shelterdesk.log_words import kind_words
from shelterdesk.vault import Compartment
from ui.pages.settings.fields.ordered_card import OrderedCard
from ui.seat import Seat
from ui.widgets.buttons import LinkButton
from ui.widgets.check_box import CheckBox
from ui.widgets.choice_field import ChoiceField
from ui.widgets.inline_editor import InlineEditor
from ui.widgets.row import Row
from ui.widgets.text_area import TextArea

KIND_WORDS: Final = {
    Kind.TEXT: N_("A line of text"),
    Kind.LONG_TEXT: N_("Several lines of text"),
    Kind.CHOICE: N_("One choice of a list"),
    Kind.CHOICES: N_("Several choices of a list"),
    Kind.FLAG: N_("Yes or no"),
    Kind.DAY: N_("A day"),
    Kind.PARTIAL_DATE: N_("A year, month or day"),
    Kind.TIME: N_("A time of day"),
    Kind.NUMBER: N_("A number"),
    Kind.MINUTES: N_("Minutes"),
    Kind.MONEY: N_("An amount of money"),
    Kind.LINK: N_("Another record"),
}
_OPEN: Final = N_("Everybody who opens the record")


class FieldsCard(OrderedCard):
    """Enter opens the editor of a field."""

    def __init__(self, seat: Seat) -> None:
        explained = _("A field that is not asked keeps what it holds; nothing is lost when you hide one.")
        super().__init__(seat, _("Fields"), _("Add a field"), explained)
        self.rows.setObjectName("fields")
        self.add_one.setObjectName("add-field")
        self._record = "person"
        self._fields: tuple[Field, ...] = ()

    def show_record(self, record: str) -> None:
        """Show the fields of a kind of record."""
        if record != self._record:
            self.close_editor()
        self._record = record
        self._fields = house_settings.all_fields(self.seat.desk, record)
        self.set_title(kind_words(record))
        self.show_rows([self._row(field) for field in self._fields])

    def order(self, keys: Sequence[Any]) -> None:
        house_settings.order_fields(self.seat.desk, self._record, keys)

    def edit(self, key: Any) -> None:
        field = next((one for one in self._fields if one.id == key), None)
        if field is None:
            self._add()
        else:
            self._change(field)

    def _row(self, field: Field) -> Row:
        said = [_("your own")] if field.own else []
        said += [_("not asked")] if field.hidden else [_("needed")] if field.required else []
        kind = _(KIND_WORDS[field.kind])
        return Row(
            _(field.label),
            field.id,
            detail=", ".join(said),
            second=", ".join(filter(None, (_(field.group) if field.group else "", kind))),
            action=_("Change"),
            quiet=field.hidden,
        )

    def _groups(self) -> list[tuple[str, str]]:
        groups = dict.fromkeys(field.group for field in self._fields if field.group)
        return [("", _("None")), *((group, _(group)) for group in groups)]

    def _change(self, field: Field) -> None:
        desk = self.seat.desk
        declared_need = not field.own and house_settings.is_indispensable(field.id)
        label, advice = QLineEdit(_(field.label)), QLineEdit(_(field.help) if field.help else "")
        group = ChoiceField(_("Group"), self._groups(), field.group)
        asked, needed = CheckBox(_("Is asked")), CheckBox(_("Is needed before saving"))
        asked.setChecked(not field.hidden)
        needed.setChecked(field.required)
        for box in (asked, needed):
            box.setEnabled(not declared_need)
            box.setToolTip(_("A record cannot do without this field") if declared_need else "")
        editor = InlineEditor(_("Save field"), indent=16)
        editor.add_field(_("Name"), label)
        editor.add_field(_("Group"), group, beside=True)
        editor.add_field(_("Explanation"), advice, whole=True)
        editor.add_field("", asked)
        editor.add_field("", needed, beside=True)
        as_usual = LinkButton(_("As it came"))
        as_usual.setObjectName("as-it-came")
        as_usual.clicked.connect(lambda: self._restore(field))
        if field.id in desk.field_changes:
            editor.add_field("", as_usual)
        else:
            as_usual.deleteLater()

        def save() -> None:
            wanted = {
                "label": label.text().strip(),
                "help": advice.text().strip(),
                "group": group.value(),
                "hidden": not asked.isChecked(),
                "required": needed.isChecked(),
            }
            before = {
                "label": _(field.label),
                "help": _(field.help) if field.help else "",
                "group": field.group,
                "hidden": field.hidden,
                "required": field.required,
            }
            # What was left alone stays translated, and follows the program when it is reworded.
            changes = {name: value for name, value in wanted.items() if value != before[name]}
            if changes:
                house_settings.change_field(desk, field.id, **changes)

        self.open_editor(editor, label, save)

    def _restore(self, field: Field) -> None:
        self.close_editor()
        self.do(lambda: house_settings.restore_field(self.seat.desk, field.id))

    def _add(self) -> None:
        desk = self.seat.desk
        label, advice = QLineEdit(), QLineEdit()
        kind = ChoiceField(_("What it holds"), [(one, _(KIND_WORDS[one])) for one in OWN_KINDS], Kind.TEXT)
        kind.setObjectName("own-kind")
        held = [(one, vocab.COMPARTMENTS.label(one.value)) for one in Compartment if desk.holds(one)]
        reader = ChoiceField(_("Who reads it"), held, Compartment.CASE)
        reader.setObjectName("own-reader")
        group = ChoiceField(_("Group"), self._groups(), "")
        choices = TextArea(_("Choices"), _("One for each line"), lines=3)
        choices.setObjectName("own-choices")
        editor = InlineEditor(_("Add field"), indent=16)
        editor.add_field(_("Name"), label)
        editor.add_field(_("What it holds"), kind, beside=True)
        editor.add_field(_("Who reads it"), reader)
        editor.add_field(_("Group"), group, beside=True)
        editor.add_field(_("Explanation"), advice, whole=True)
        editor.add_field(_("Choices"), choices, whole=True)

        def fit(_kind: object = None) -> None:
            # Free text is always sealed; what is chosen or counted may also lie open to everybody who opens the record.
            offered = held if kind.value() in FREE_TEXT else [(None, _(_OPEN)), *held]
            values = [value for value, _words in offered]
            reader.set_choices(offered, reader.value() if reader.value() in values else values[0])
            choices.setEnabled(kind.value() in WITH_LIST)

        def save() -> None:
            house_settings.add_own_field(
                desk,
                self._record,
                label.text(),
                kind.value(),
                reader.value(),
                advice=advice.text(),
                group=group.value() or "",
                choices=choices.text().splitlines(),
            )

        kind.chosen.connect(fit)
        fit()
        self.open_editor(editor, label, save)
