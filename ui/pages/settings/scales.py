"""Settings → Screening scales: those the program brings, those the shelter loaded, and which are in use."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk import scales
from shelterdesk.errors import Problems, ShelterDeskError
from shelterdesk.i18n import _, ngettext
from shelterdesk.instrument_files import LARGEST_FILE
from shelterdesk.instruments import said
from shelterdesk.scales import Scale
from ui import theme
from ui.file_windows import choose_file
from ui.seat import Seat
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button, LinkButton
from ui.widgets.card import Card
from ui.widgets.chip import ChipText
from ui.widgets.facts import Fact, Facts
from ui.widgets.table_view import Cell, Column, TableRow, TableView
from ui.widgets.text import Words

_FILES: Final = "(*.json)"


class ScalesSection(QWidget):
    """Enter opens what a scale is and where it is from; what is loaded or taken out of use holds at once."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self.scales: list[Scale] = []
        self._may = scales.may_load(seat.desk)
        self.banner = Banner(parent=self)
        self.load_button = Button(_("Load a scale…"), "upload")
        self.load_button.setObjectName("load_scale")
        self.load_button.clicked.connect(self.choose)
        if not self._may:
            # Shown before it stands in its place, it would be a window of its own for a moment.
            self.load_button.hide()
        self.table = TableView(
            _("Screening scales"),
            (
                Column(_("Scale"), 1),
                Column(_("About"), 2.4),
                Column(_("Version"), width=96),
                Column(_("Questions"), width=104, number=True),
                Column("", width=124),
            ),
            fits=True,
        )
        self.table.setObjectName("scales")
        self.table.opened.connect(self.toggle)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.banner)
        layout.addWidget(self._make_card())

    def _make_card(self) -> Card:
        card = Card(_("Screening scales"))
        card.at_right(self.load_button)
        words = _(
            "Only scales that anybody may reproduce come with the program, in their English wording. Load others as a "
            "file, or these in another language, once you have the right to use them and a checked translation. "
            "A scale is a help for talking and no diagnosis."
        )
        card.add(Words(words, tone="muted", wrap=True))
        card.add(self.table, inset=1, above=8)
        card.end(8)
        return card

    def show_now(self) -> None:
        """Read which scales there are."""
        self.scales = scales.every_scale(self.seat.desk)
        self.table.close_editor()
        self.table.set_content([_row(one) for one in self.scales])

    def toggle(self, code: Any) -> None:
        """Show what a scale is below its row, or close it again."""
        opened = self.table.editor()
        scale = next((one for one in self.scales if one.code == code), None)
        same = isinstance(opened, ScalePanel) and opened.scale.code == code
        self.table.close_editor()
        if same or scale is None:
            return
        panel = ScalePanel(scale, may_change=self._may)
        panel.close_wanted.connect(self.table.close_editor)
        panel.use_wanted.connect(lambda: self.use(scale.code, in_use=not scale.in_use))
        self.table.open_editor(code, panel)

    def use(self, code: str, *, in_use: bool) -> None:
        """Offer a scale no longer, or again."""
        try:
            scales.use_scale(self.seat.desk, code, in_use=in_use)
        except ShelterDeskError as error:
            self.seat.complain(error)
            return
        self.seat.saved.emit()
        self.show_now()
        self.table.go_to(code)
        self.table.setFocus()

    def choose(self) -> None:
        """Ask for the file of a scale."""
        chosen = choose_file(self.window(), _("Load a scale"), _("Scales {kinds}").format(kinds=_FILES))
        if chosen is not None:
            self.load(chosen)

    def load(self, path: Path) -> None:
        """Take the scale of a file, or say what is wrong in it and take nothing."""
        try:
            with path.open("rb") as stream:
                # One byte more than is taken says that the file is too large, however large it is.
                data = stream.read(LARGEST_FILE + 1)
            made = scales.load_scale(self.seat.desk, data)
        except OSError:
            self.banner.say(_("The file could not be read. Nothing was taken."), kind="error")
        except Problems as problems:
            told = "\n".join(one.text() for one in problems.problems)
            self.banner.say(_("Nothing was taken. This has to be changed in the file:"), told, kind="error")
        except ShelterDeskError as error:
            self.banner.say(error.text(), kind="error")
        else:
            self.banner.say(_("«{title}» is in use").format(title=made.title()), kind="done")
            self.seat.saved.emit()
            self.show_now()
            self.table.go_to(made.code)


class ScalePanel(QFrame):
    """What a scale is: how far back it asks, who may use it, its licence and source."""

    use_wanted = Signal()
    close_wanted = Signal()

    def __init__(self, scale: Scale, *, may_change: bool) -> None:
        super().__init__()
        self.scale = scale
        self.setObjectName("scale_panel")
        theme.mark(self, surface="editor")
        one = scale.instrument
        facts = Facts()
        facts.set_facts(
            [
                Fact(_("How far back"), said(one.period)),
                Fact(_("Totals"), _totals(scale)),
                Fact(_("Who may use it"), said(one.who)),
                Fact(_("Licence"), one.licence),
                Fact(_("Source"), one.source),
                Fact(_("Wording in"), ", ".join(_language(code) for code in one.languages)),
            ]
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 10, 16, 10)
        column.setSpacing(8)
        column.addWidget(facts)
        row = QHBoxLayout()
        row.setSpacing(8)
        use = Button(_("Take out of use") if scale.in_use else _("Use again"), "eye-off" if scale.in_use else "check")
        use.setObjectName("use_scale")
        use.clicked.connect(self.use_wanted)
        close = LinkButton(_("Close"), slim=True)
        close.clicked.connect(self.close_wanted)
        row.addWidget(use)
        if not may_change:
            use.hide()
        row.addWidget(close)
        row.addStretch(1)
        column.addLayout(row)

    def sizeHint(self) -> QSize:
        # Its height follows from the width: lines that wrap would ask for more than they need in a wide window.
        return QSize(super().sizeHint().width(), 0)


def _row(one: Scale) -> TableRow:
    tint = "text" if one.in_use else "muted"
    chip = ChipText(_("In use"), "done", "check") if one.in_use else ChipText(_("Not in use"), "neutral", "circle")
    return TableRow(
        one.code,
        (
            Cell(one.title(), tint=tint, strong=one.in_use),
            Cell(said(one.instrument.about), tint=tint),
            Cell(one.instrument.version, tint=tint),
            Cell(str(sum(item.counts for item in one.instrument.items)), tint=tint),
            Cell(chip=chip),
        ),
    )


def _totals(scale: Scale) -> str:
    """Return the bands with where each begins: «0 Minimal · 5 Mild · 10 Moderate»."""
    bands = " · ".join(f"{band.start} {said(band.words)}" for band in scale.instrument.bands)
    highest = ngettext("at most {n}", "at most {n}", scale.instrument.highest)
    return f"{bands} ({highest})"


def _language(code: str) -> str:
    return {"az": "Azərbaycanca", "en": "English", "ru": "Русский"}[code]
