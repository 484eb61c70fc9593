"""Stages, placements by stage in a table, and a partner; all invented."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets.buttons import Button, PrimaryButton
from ui.widgets.card import Card
from ui.widgets.chip import Chip, ChipText
from ui.widgets.facts import Fact, Facts
from ui.widgets.page import Page
from ui.widgets.rows import Row, RowList, RowShape
from ui.widgets.stage_strip import StageStrip
from ui.widgets.table_view import Cell, Column, TableGroup, TableRow, TableView
from ui.widgets.text import IconLabel, Words


def person(key: int, name: str, code: str, work: str, partner: str, since: str, check: Cell) -> TableRow:
    """Return the row of one placement."""
    where = Cell(partner, tint="muted" if partner == "not yet" else "text")
    return TableRow(key, (Cell(name, code), Cell(work), where, Cell(since), check))


GROUPS = (
    TableGroup(
        "Looking",
        "3",
        "looking",
        rows=(
            person(1, "Jun R.", "R-2026-016", "Kitchen or bakery", "not yet", "9 Nov", Cell("Skills talk, 19 Nov")),
            person(2, "Olha K.", "R-2026-012", "Bookkeeping, online", "not yet", "2 Nov", Cell("24 Nov")),
            person(3, "Sevda", "R-2026-008", "Child care", "not yet", "28 Oct", Cell("no date yet", tint="attention")),
        ),
    ),
    TableGroup(
        "Applied",
        "2",
        "applied",
        rows=(
            person(4, "Marisol", "R-2026-015", "Florist’s assistant", "Çinar Gül Evi", "5 Nov", Cell("by 20 Nov")),
            person(5, "Nərmin", "R-2026-013", "Reception course", "Mavi Körpü Courses", "10 Nov", Cell("23 Nov")),
        ),
    ),
    TableGroup(
        "Trial",
        "2",
        "trial",
        rows=(
            person(
                6, "Aysel M.", "R-2026-014", "Sewing, mornings", "Göy Palıd Textiles", "from 25 Nov", Cell("25 Nov")
            ),
            person(
                7,
                "Iryna",
                "R-2026-007",
                "Sewing, full day",
                "Göy Palıd Textiles",
                "11 Nov",
                Cell(chip=ChipText("2 days past", "attention", "clock")),
            ),
        ),
    ),
    TableGroup("Ended", "2", "ended", open=False),
)


def partner() -> Card:
    """Return the card of a partner."""
    card = Card()
    title = QHBoxLayout()
    title.setSpacing(10)
    title.addWidget(IconLabel("building", 20, "accent"))
    title.addWidget(Words("Göy Palıd Textiles", "group"), 1)
    card.add_layout(title, above=14)
    card.add(Words("Clothing workshop, 38 staff, 25 minutes by bus", tone="muted"), above=6)
    chips = QHBoxLayout()
    chips.setSpacing(8)
    chips.addWidget(Chip("Vetted 4 March 2026", "done", "check"))
    chips.addWidget(Chip("2 there now", "neutral", "user-round"))
    chips.addStretch(1)
    card.add_layout(chips, above=8)
    card.add_line(above=10, below=8)
    facts = Facts(28)
    facts.set_facts(
        [
            Fact("Agreement", "until 31 March 2027"),
            Fact("Visit again", "by 4 March 2027, Orxan S."),
            Fact("Contact", key="contact", reveal=lambda: "055 000 00 00"),
        ]
    )
    card.add(facts)
    card.add_line(above=8, below=10)
    card.add(Words("Seen at the last visit", strong=True))
    rows = RowList("Seen at the last visit", RowShape(height=26, inset=10))
    seen = ("Paid in full and on time", "Papers stay with the worker", "Free to leave at any time")
    rows.set_rows([Row(one, one, icon="check", icon_tint="done") for one in seen])
    card.add(rows, inset=8, above=4)
    card.end(12)
    return card


def work_page() -> QWidget:
    """Return the page."""
    page = Page("Work & training")
    page.add_act(Button("Print list", "printer"))
    page.add_act(Button("New partner", "building"))
    page.add_act(PrimaryButton("New placement", "plus"))
    strip = StageStrip("Stages")
    strip.set_stages([(1, "Looking", 3), (2, "Applied", 2), (3, "Trial", 2), (4, "Working", 3), (5, "Ended", 2)])
    table = TableView(
        "Placements",
        (
            Column("Resident", 180),
            Column("Work or course", 152),
            Column("Partner", 152),
            Column("Since", 92),
            Column("Next check-in", 170),
        ),
    )
    table.set_content(GROUPS)
    table.go_to(7)
    card = Card()
    card.add(table, inset=0, stretch=1)
    left = QVBoxLayout()
    left.setSpacing(12)
    left.addWidget(strip)
    left.addWidget(card, 1)
    columns = QHBoxLayout()
    columns.setSpacing(16)
    columns.addLayout(left, 750)
    columns.addWidget(partner(), 344)
    page.content.addLayout(columns, 1)
    return page
