"""Rooms, beds and projects, each row edited in place."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from shelterdesk import follow_ups, house_settings, room_beds, rooms, vocab
from shelterdesk.errors import ShelterDeskError
from shelterdesk.follow_ups import MOST_MONTHS
from shelterdesk.i18n import _, ngettext
from ui.seat import Seat
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.choice_field import ChoiceField
from ui.widgets.inline_editor import InlineEditor
from ui.widgets.row import Row
from ui.widgets.rows import RowList
from ui.widgets.text import Words

_DIGITS = 2
"""A room holds fewer than a hundred beds; more is a slip of the key."""


class HouseSection(QWidget):
    """The rooms of the first site with their beds, and the projects."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self.rooms = RowList(_("Rooms"))
        self.projects = RowList(_("Projects"))
        self.add_room = Button(_("Add a room"), "plus")
        self.add_project = Button(_("Add a project"), "plus")
        self.problem = Words("", tone="error", wrap=True)
        self._editor: InlineEditor | None = None
        self._first: QLineEdit | None = None
        self._typed = False
        self._came_from: QWidget | None = None
        self.room_card = Card(_("Rooms and beds"))
        self.room_card.add(self.rooms, inset=8)
        self.room_card.add_row(self.add_room, above=8)
        self._room_place = QVBoxLayout()
        self.room_card.add_layout(self._room_place, inset=0, above=8)
        self.room_card.end()
        project_card = Card(_("Projects that pay"))
        project_card.add(self.projects, inset=8)
        project_card.add_row(self.add_project, above=8)
        self._project_place = QVBoxLayout()
        project_card.add_layout(self._project_place, inset=0, above=8)
        project_card.end()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.problem)
        layout.addWidget(self.room_card)
        layout.addWidget(project_card)
        layout.addWidget(self._make_after_card())
        self.problem.hide()
        self.add_room.clicked.connect(lambda: self._edit_room(None))
        self.add_project.clicked.connect(self._new_project)
        self.rooms.opened.connect(self._edit_room)

    def _make_after_card(self) -> Card:
        card = Card(_("After leaving"))
        words = _("After how many months she is asked how she is. The days go into the calendar when somebody leaves.")
        card.add(Words(words, "small", "muted", wrap=True))
        self.months = QLineEdit()
        self.months.setObjectName("follow_up_months")
        self.months.setAccessibleName(_("Months after leaving to ask"))
        self.months.setFixedWidth(160)
        self.save_months = Button(_("Save months"), "check")
        card.add_row(self.months, self.save_months, above=8)
        self.months_problem = Words("", tone="error", wrap=True)
        self.months_problem.hide()
        card.add(self.months_problem, above=4)
        card.end()
        self.save_months.clicked.connect(self._keep_months)
        self.months.returnPressed.connect(self._keep_months)
        return card

    def _keep_months(self) -> None:
        typed = self.months.text().replace(";", ",").split(",")
        months = [one.strip() for one in typed if one.strip()]
        wrong = [one for one in months if not (one.isascii() and one.isdigit() and 0 < int(one) <= MOST_MONTHS)]
        self.months_problem.setVisible(bool(wrong))
        if wrong:
            words = _("Enter whole numbers of months up to {most}, with commas between: 1, 3, 6, 12")
            self.months_problem.setText(words.format(most=MOST_MONTHS))
            self.months.setFocus()
            return
        desk = self.seat.desk
        before = house_settings.get(desk, "follow_up_months")
        try:
            house_settings.put(desk, "follow_up_months", sorted({int(one) for one in months}))
        except ShelterDeskError as error:
            self.months_problem.setText(error.text())
            self.months_problem.show()
            return
        self._show_months()
        self.seat.say(_("The months are saved."), lambda: house_settings.put(desk, "follow_up_months", before))

    def _show_months(self) -> None:
        self.months.setText(", ".join(str(one) for one in follow_ups.months_asked(self.seat.desk)))

    def show_now(self) -> None:
        """Read rooms and projects."""
        desk = self.seat.desk
        self._show_months()
        beds: dict[UUID, int] = {}
        for bed in rooms.beds_of(desk):
            beds[bed.room_id] = beds.get(bed.room_id, 0) + 1
        found = rooms.rooms_of(desk)
        self.rooms.set_rows(
            [
                Row(
                    room.name or "",
                    room.id,
                    icon="bed",
                    second=vocab.ROOM_KINDS.label(room.kind) if room.kind else "",
                    trailing=ngettext("{n} bed", "{n} beds", beds.get(room.id, 0)),
                )
                for room in found
            ]
            or [Row(_("No room yet. Add the first one, so that arrivals get a bed."), header=True)]
        )
        self.projects.set_rows(
            [
                Row(project.name or project.code, project.id, icon="wallet", trailing=project.code)
                for project in rooms.projects_of(desk)
            ]
            or [Row(_("No project yet."), header=True)]
        )

    def _edit_room(self, room_id: UUID | None) -> None:
        desk = self.seat.desk
        room = next((one for one in rooms.rooms_of(desk) if one.id == room_id), None)
        name = QLineEdit(room.name or "" if room else "")
        count = QLineEdit(str(sum(bed.room_id == room_id for bed in rooms.beds_of(desk)) if room else 2))
        kind = ChoiceField(_("For whom"), [(code.code, vocab.ROOM_KINDS.label(code.code)) for code in vocab.ROOM_KINDS])
        kind.set_value(room.kind if room else "women")
        editor = InlineEditor(_("Save room"))
        editor.add_field(_("Room"), name)
        editor.add_field(_("Beds"), count, beside=True)
        editor.add_field(_("For whom"), kind)
        kinds = self._kinds_of_beds(editor, room_id)
        if room is not None:
            give_up = Button(_("Give the room up"), "archive")
            give_up.clicked.connect(lambda: self._give_up(room))
            editor.add_field("", give_up)
        editor.end()

        def save() -> None:
            typed = count.text().strip()
            if not (typed.isascii() and typed.isdigit() and len(typed) <= _DIGITS):
                self._say(_("«Beds»: enter a whole number up to 99"))
                count.setFocus()
                return
            beds = int(typed)
            try:
                if room is None:
                    site = rooms.sites_of(desk)[0]
                    rooms.add_room(desk, site.id, beds, name=name.text(), kind=kind.value())
                else:
                    rooms.change_house(desk, room, name=name.text(), kind=kind.value())
                    room_beds.set_beds(desk, room, beds)
                for bed, chosen in kinds:
                    if chosen.value() != (bed.kind or ""):
                        room_beds.change_bed(desk, bed, kind=chosen.value() or None)
            except ShelterDeskError as error:
                self._say(error.text())
                return
            self._close_editor()
            self.show_now()

        self._open_editor(editor, save, self._room_place, name)

    def _give_up(self, room: rooms.Room) -> None:
        desk = self.seat.desk
        try:
            room_beds.give_up_room(desk, room)
        except ShelterDeskError as error:
            self._say(error.text())
            return
        self._close_editor()
        self.show_now()

        def undo() -> None:
            room_beds.open_room_again(desk, room)
            self.show_now()

        self.seat.say(_("The room is no longer in use. Its past nights still count."), undo)

    def _kinds_of_beds(self, editor: InlineEditor, room_id: UUID | None) -> list[tuple[rooms.Bed, ChoiceField]]:
        """Ask of each bed of a room that stands already what kind it is."""
        found: list[tuple[rooms.Bed, ChoiceField]] = []
        codes = [("", _("As the room")), *((code.code, vocab.BED_KINDS.label(code.code)) for code in vocab.BED_KINDS)]
        for number, bed in enumerate(one for one in rooms.beds_of(self.seat.desk) if one.room_id == room_id):
            chosen = ChoiceField(_("Kind of bed {bed}").format(bed=bed.name or number + 1), codes)
            chosen.set_value(bed.kind or "")
            editor.add_field(_("Bed {bed}").format(bed=bed.name or number + 1), chosen, beside=number % 2 == 1)
            found.append((bed, chosen))
        return found

    def _new_project(self) -> None:
        code, name = QLineEdit(), QLineEdit()
        editor = InlineEditor(_("Save project"))
        editor.add_field(_("Short code"), code)
        editor.add_field(_("Project"), name, beside=True)
        editor.end()

        def save() -> None:
            try:
                rooms.add_project(self.seat.desk, code=code.text(), name=name.text())
            except ShelterDeskError as error:
                self._say(error.text())
                return
            self._close_editor()
            self.show_now()

        self._open_editor(editor, save, self._project_place, code)

    def _open_editor(self, editor: InlineEditor, save: object, place: QVBoxLayout, first: QLineEdit) -> None:
        if self._editor is not None and self._typed and self._first is not None:
            editor.deleteLater()
            self._say(_("Save or cancel what is open before you begin with something else."))
            self._first.setFocus()
            return
        self._close_editor()
        self._came_from = self.window().focusWidget()
        self._editor, self._first, self._typed = editor, first, False
        for line in editor.findChildren(QLineEdit):
            line.textEdited.connect(self._note_typing)
        for choice in editor.findChildren(ChoiceField):
            choice.chosen.connect(self._note_typing)
        editor.save_pressed.connect(save)  # pyright: ignore[reportArgumentType]
        editor.cancel_pressed.connect(self._close_editor)
        place.addWidget(editor)
        editor.show()
        first.setFocus()

    def _note_typing(self, _value: object) -> None:
        self._typed = True

    def _close_editor(self) -> None:
        self._say("")
        editor, self._editor = self._editor, None
        if editor is None:
            return
        focused = self.window().focusWidget()
        if focused is not None and editor.isAncestorOf(focused) and self._came_from is not None:
            self._came_from.setFocus()
        editor.hide()
        editor.deleteLater()

    def _say(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
