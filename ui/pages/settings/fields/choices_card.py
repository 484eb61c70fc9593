"""The choices of one list: those that are offered, their order, and those of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QLineEdit

from shelterdesk import own_choices
from shelterdesk.i18n import _
from shelterdesk.log_words import kind_words
from shelterdesk.schema.base import RECORDS
from shelterdesk.vocab import CodeList
from ui.pages.settings.fields.ordered_card import OrderedCard
from ui.seat import Seat
from ui.widgets.check_box import CheckBox
from ui.widgets.choice_field import ChoiceField
from ui.widgets.inline_editor import InlineEditor
from ui.widgets.row import Row


class ChoicesCard(OrderedCard):
    """Enter opens the editor of a choice."""

    def __init__(self, seat: Seat) -> None:
        explained = _(
            "A choice of your own is counted and exported as the one it belongs to. What is no longer offered stays "
            "readable where it was chosen."
        )
        super().__init__(seat, _("Choices"), _("Add a choice"), explained)
        self.rows.setObjectName("choices")
        self.add_one.setObjectName("add-choice")
        self._list: CodeList | None = None

    def titles(self) -> dict[str, str]:
        """Return what the lists are called, by their names: the form and the field that show each of them first."""
        found: dict[str, str] = {}
        for record, kind in RECORDS.items():
            for field in self.seat.desk.fields(kind, hidden=True):
                if field.choices is not None and field.choices.name not in found:
                    found[field.choices.name] = f"{kind_words(record)}: {_(field.label)}"
        return found

    def show_list(self, codes: CodeList) -> None:
        """Show the choices of a list."""
        if self._list is not None and self._list.name != codes.name:
            self.close_editor()
        self._list = codes
        self.set_title(self.titles().get(codes.name, ""))
        self.show_rows([self._row(codes, entry.code) for entry in codes.codes])

    def order(self, keys: Sequence[Any]) -> None:
        assert self._list is not None
        own_choices.order_choices(self.seat.desk, self._list, keys)

    def _row(self, codes: CodeList, code: str) -> Row:
        own = own_choices.is_own(code)
        belongs = codes.label(own_choices.counts_as(code)) if own and own_choices.counts_as(code) else ""
        said = [_("your own")] if own else []
        said += [_("not offered")] if code in codes.retired else []
        return Row(
            codes.label(code),
            code,
            detail=", ".join(said),
            second=_("counts as {choice}").format(choice=belongs) if belongs else "",
            action=_("Change"),
            quiet=code in codes.retired,
        )

    def edit(self, key: Any) -> None:
        assert self._list is not None
        if key is None:
            self._add(self._list)
        else:
            self._change(self._list, key)

    def _add(self, codes: CodeList) -> None:
        label = QLineEdit()
        bases = [(one.code, codes.label(one.code)) for one in codes if not own_choices.is_own(one.code)]
        counts_as = ChoiceField(_("Counts as"), [(None, _("Choose…")), *bases])
        counts_as.setObjectName("counts-as")
        editor = InlineEditor(_("Add choice"), indent=16)
        editor.add_field(_("Words"), label)
        if not own_choices.is_of_own_field(codes.name):
            editor.add_field(_("Counts as"), counts_as, beside=True)
        else:
            counts_as.deleteLater()
        self.open_editor(
            editor,
            label,
            lambda: own_choices.add_choice(
                self.seat.desk, codes, label.text(), (counts_as.value() if bases else "") or ""
            ),
        )

    def _change(self, codes: CodeList, code: str) -> None:
        label, offered = QLineEdit(codes.label(code)), CheckBox(_("Is offered"))
        own = own_choices.is_own(code)
        label.setReadOnly(not own)
        label.setToolTip(
            "" if own else _("The words of the standard stay as they are, so that all understand the same.")
        )
        offered.setChecked(code not in codes.retired)
        editor = InlineEditor(_("Save choice"), indent=16)
        editor.add_field(_("Words"), label)
        editor.add_field("", offered, beside=True)

        def save() -> None:
            if own and label.text().strip() != codes.label(code):
                own_choices.rename_choice(self.seat.desk, codes, code, label.text())
            if offered.isChecked() == (code in codes.retired):
                own_choices.retire_choice(self.seat.desk, codes, code, retired=not offered.isChecked())

        self.open_editor(editor, label if own else offered, save)
