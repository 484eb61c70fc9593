"""A new recovery sheet, or pieces of the code for different people: what it does, and the present code where needed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelterdesk.desk import Desk
from shelterdesk.i18n import _
from shelterdesk.recovery import PIECES, RecoveryState
from shelterdesk.staff import compartment_words
from shelterdesk.vault.compartments import Compartment
from ui.forms.code_field import CodeField
from ui.pages.settings.people.act_panel import ActPanel
from ui.widgets.segmented import Segmented
from ui.widgets.text import Words

_SHEET_GROUPS = 8
_PIECE_GROUPS = 9
_WAYS = ((2, 3), (2, 4), (3, 5))


class RecoveryPanel(ActPanel):
    """Asks for the present code only where somebody else's key would be missing without it."""

    def __init__(self, title: str, save: str, desk: Desk, state: RecoveryState) -> None:
        super().__init__(title, save)
        self._old: list[CodeField] = []
        self._lacks = frozenset(one for one in Compartment if not desk.holds(one))
        self._needs_old = bool(self._lacks) and not desk.me.is_recovery
        self._state = state
        self.at_hand = Segmented(
            _("The present code"), [(True, _("I have it here")), (False, _("It is not here"))], value=True
        )

    def old_code(self) -> str | list[str] | None:
        """Return the present code: of the sheet, its pieces, or None where it is not needed or not here."""
        if not self._needs_old or not self.at_hand.value():
            return None
        typed = [field.text() for field in self._old if field.text().strip()]
        return typed if self._state.kind == PIECES else typed[0]

    def is_complete(self) -> bool:
        """Tell whether the present code was typed whole where it is asked for; says so where not."""
        if not self._needs_old or not self.at_hand.value():
            return True
        wanted = self._state.needed or 1
        whole = sum(field.is_complete() for field in self._old)
        if whole >= wanted:
            return True
        next(field for field in self._old if not field.is_complete()).setFocus()
        self.say_problem(_("Type the present code whole, or choose «It is not here»."))
        return False

    def ask_old(self) -> None:
        """Ask for the present code, if it is needed."""
        if not self._needs_old:
            return
        keys = compartment_words(self._lacks)
        words = _("You do not hold: {keys}. With the present code, the new one opens these at once.")
        self.tell(words.format(keys=keys))
        self.add_labelled(_("The present code"), self.at_hand)
        self._holder = QWidget()
        column = QVBoxLayout(self._holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        in_pieces = self._state.kind == PIECES
        for number in range(1, (self._state.needed or 1) + 1):
            name = _("Piece {n}").format(n=number) if in_pieces else _("Code on the sheet")
            field = CodeField(name, _PIECE_GROUPS if in_pieces else _SHEET_GROUPS)
            label = Words(name)
            label.setBuddy(field.line)
            column.addWidget(label)
            column.addWidget(field)
            self._old.append(field)
        self.column.addWidget(self._holder)
        without = _("Without it, a holder has to add on this page: {keys}. Until then nobody recovers it.")
        self._without = self.tell(without.format(keys=keys), muted=True)
        self._without.hide()
        self.at_hand.chosen.connect(self._show_old)

    def _show_old(self, here: bool) -> None:
        self._holder.setVisible(here)
        self._without.setVisible(not here)
        self.say_problem("")


class PiecesPanel(RecoveryPanel):
    """How many pieces, and how many of them open the vault."""

    def __init__(self, desk: Desk, state: RecoveryState) -> None:
        super().__init__(_("Make pieces of the recovery code"), _("Make the pieces"), desk, state)
        self.ways = Segmented(
            _("How many"),
            [((n, of), _("{needed} of {pieces}").format(needed=n, pieces=of)) for n, of in _WAYS],
            (2, 3),
        )
        self.tell(
            _(
                "Each piece goes to another person, on paper. One alone opens nothing; the chosen number together "
                "opens everything. Somebody outside the shelter may keep one, such as the board or a notary."
            )
        )
        self.tell_with("printer", before_it_begins(state))
        self.ask("pieces", _("Needed together, of all pieces"), self.ways, fill=False)
        self.ask_old()
        self.finish()

    def way(self) -> tuple[int, int]:
        """Return how many are needed, and how many there are."""
        chosen: Sequence[int] = self.ways.value()
        return chosen[0], chosen[1]


class SheetPanel(RecoveryPanel):
    """A new code on one sheet."""

    def __init__(self, desk: Desk, state: RecoveryState) -> None:
        super().__init__(_("Make a new recovery sheet"), _("Make the sheet"), desk, state)
        self.tell(_("For a sheet that was used, seen or lost. Whoever holds the new one can open everything."))
        self.tell_with("printer", before_it_begins(state))
        self.ask_old()
        self.finish()


def before_it_begins(state: RecoveryState) -> str:
    """Return what to have ready, because the old papers open nothing from then on."""
    if state.kind == PIECES:
        return _("Have the printer ready: the pieces made before open nothing from this moment.")
    return _("Have the printer ready: the sheet made before opens nothing from this moment.")
