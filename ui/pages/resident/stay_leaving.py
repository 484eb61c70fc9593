"""Before she leaves: what is gone through together, and whether somebody has said yes to it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk import vocab
from shelterdesk.approvals import Standing
from shelterdesk.i18n import N_, _
from shelterdesk.stays import Stay
from ui.pages.resident.plan_approval import ApprovalNotice, approval_fact
from ui.seat import Seat
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.check_box import CheckBox
from ui.widgets.facts import Facts
from ui.widgets.fold_row import FoldRow
from ui.widgets.text import Words

_GROUPS = {
    "together": N_("Together with her"),
    "hand_over": N_("Handed over"),
    "others": N_("With others"),
}
LEAVING_WORDS = (
    N_("{who} gave this leaving back"),
    N_("{who} asks you to approve this leaving"),
)


class ClosingCard(Card):
    """A checklist that folds. ``ticked`` hands back all that is done; the other signals are those of the approval."""

    ticked = Signal(object)
    ask_wanted = Signal()

    def __init__(self, seat: Seat, *, may_change: bool) -> None:
        super().__init__()
        self.setObjectName("closing")
        self.seat, self._may_change = seat, may_change
        self.fold = FoldRow(
            _("Before she leaves"), _("a list to go through together, in any order"), progress=(0, 0, 0)
        )
        self.fold.setObjectName("closing-fold")
        self.add(self.fold, inset=1)
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.approval = ApprovalNotice(seat, may_ask=may_change, said=LEAVING_WORDS)
        column.addWidget(self.approval)
        self.boxes: dict[str, CheckBox] = {}
        column.addLayout(self._make_list())
        self.facts = Facts()
        column.addWidget(self.facts)
        line = QHBoxLayout()
        self.ask_button = Button(_("Ask for approval…"), "file-check")
        self.ask_button.clicked.connect(self.ask_wanted)
        line.addWidget(self.ask_button)
        line.addStretch(1)
        column.addLayout(line)
        self.place = QVBoxLayout()
        column.addLayout(self.place)
        self.add(self._inside, inset=40)
        self.end(4)
        self._inside.hide()
        self.fold.toggled.connect(self._inside.setVisible)

    def _make_list(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(12)
        for number, (group, words) in enumerate(_GROUPS.items()):
            column = QVBoxLayout()
            column.setSpacing(4)
            column.addWidget(Words(_(words), "small", "muted"))
            for code in vocab.CLOSING_CHECKS.of_group(group):
                box = CheckBox(_(code.label))
                box.setObjectName(f"closing.{code.code}")
                box.setEnabled(self._may_change)
                box.clicked.connect(self._tell)
                self.boxes[code.code] = box
                column.addWidget(box)
            column.addStretch(1)
            grid.addLayout(column, number // 2, number % 2)
        grid.setColumnStretch(2, 1)
        return grid

    def show_stay(self, stay: Stay, standing: Standing, *, may_ask: bool) -> None:
        """Show what is done of the list, and how the approval stands."""
        done = stay.closing
        for code, box in self.boxes.items():
            box.setChecked(code in done)
        ticked = len(done & self.boxes.keys())
        self.fold.set_progress((ticked, 0, len(self.boxes)), f"{ticked}/{len(self.boxes)}")
        self.approval.show_standing(standing)
        self.facts.set_facts([approval_fact(self.seat, standing)])
        self.facts.setVisible(standing.approval is not None)
        self.ask_button.setVisible(may_ask and self._may_change and standing.state in ("", "withdrawn"))
        if standing.state in ("asked", "returned"):
            self.fold.setChecked(True)

    def _tell(self) -> None:
        self.ticked.emit(frozenset(code for code, box in self.boxes.items() if box.isChecked()))
