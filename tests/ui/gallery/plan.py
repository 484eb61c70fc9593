"""The plan of one invented person, with one milestone edited in its place."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from tests.ui.gallery.residents import SECTIONS
from ui.widgets.buttons import Button, LinkButton
from ui.widgets.card import Card, Line
from ui.widgets.chip import Chip, ChipText
from ui.widgets.choice_field import ChoiceField
from ui.widgets.date_field import DateField
from ui.widgets.facts import Fact, Facts
from ui.widgets.fold_row import FoldRow
from ui.widgets.inline_editor import InlineEditor
from ui.widgets.page import PageScroll
from ui.widgets.rows import Row, RowList, RowShape
from ui.widgets.section_list import SectionList
from ui.widgets.text import Words

SHAPE = RowShape(height=32, inset=40, check=16, second_at=0.434, third_at=0.603, chip_at=0.789)
DONE = ChipText("Done", "done", "check")


def typed_day(text: str) -> date:
    """Read a day written as 30.11.2026."""
    day, month, year = text.split(".")
    return date(int(year), int(month), int(day))


def shown_day(day: date) -> str:
    """Write a day as 30.11.2026."""
    return f"{day:%d.%m.%Y}"


def day_field(name: str, width: int = 128) -> DateField:
    """Return a date field that reads and writes such days."""
    return DateField(name, typed_day, shown_day, lambda: date(2026, 11, 17), note=lambda day: f"{day:%A}", width=width)


def short_header() -> QHBoxLayout:
    """Return the short form of the header of a record."""
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(Button("Here now", "panel-left-open"))
    row.addSpacing(4)
    row.addWidget(Words("Aysel M.", "title"))
    row.addWidget(Chip("R-2026-014", "outline"))
    row.addWidget(Chip("Transition", "info", "route"))
    row.addWidget(Chip("No consent yet: employer", "attention", "file-question-mark"))
    row.addSpacing(4)
    row.addWidget(Words("47 days here", tone="muted"))
    row.addStretch(1)
    row.addWidget(Words("1 of 11", tone="muted"))
    row.addWidget(LinkButton("Previous", "chevron-up"))
    row.addWidget(LinkButton("Next", "chevron-down"))
    return row


def milestones(name: str, rows: list[Row]) -> RowList:
    """Return the milestones of one domain."""
    made = RowList(name, SHAPE)
    made.set_rows(rows)
    return made


def editor() -> InlineEditor:
    """Return the editor of one milestone."""
    made = InlineEditor("Save milestone")
    title = QLineEdit("Claim for unpaid wages")
    title.setObjectName("milestone")
    made.add_field("Milestone", title, whole=True)
    due = day_field("Due")
    due.set_value(date(2026, 11, 30))
    made.add_field("Due", due)
    made.add_field("Status", ChoiceField("Status", [(1, "Under way"), (2, "Done")], 1), beside=True)
    made.add_field("Who", ChoiceField("Who", [(1, "Rəşad T., lawyer")], 1))
    made.add_field("With", ChoiceField("With", [(1, "Labour inspection")], 1), beside=True)
    made.end()
    made.draft.say("Draft kept 09:48")
    return made


def goals() -> Card:
    """Return the card with domains, milestones and the open editor."""
    card = Card()
    health = [
        Row("First health check", 1, checked=True, quiet=True, second="Leyla A.", third="5 October", chip=DONE),
        Row(
            "Eight psychological sessions",
            2,
            checked=False,
            second="Nigar H.",
            third="18 December",
            chip=ChipText("Under way", "info", "circle-dot"),
        ),
        Row(
            "Eye test",
            3,
            checked=False,
            second="Leyla A.",
            third="12 November",
            chip=ChipText("5 days past", "attention", "clock"),
        ),
    ]
    legal = [
        Row("Speak with a lawyer", 4, checked=True, quiet=True, second="Rəşad T.", third="8 October", chip=DONE),
        Row("New identity card", 5, checked=True, quiet=True, second="Leyla A.", third="2 November", chip=DONE),
    ]
    card.add(
        FoldRow("Safety", "I feel safe where I live", "shield-check", progress=(3, 0, 3), number="3 of 3"), inset=0
    )
    card.add_line()
    heart = FoldRow(
        "Health & wellbeing", "I sleep well and feel stronger", "heart-pulse", progress=(1, 1, 3), number="1 of 3"
    )
    heart.setChecked(True)
    card.add(heart, inset=0)
    card.add(milestones("Health & wellbeing", health), inset=0)
    card.add_space(4)
    card.add_line()
    papers = FoldRow(
        "Legal", "My papers are mine and I am paid what I earned", "scale", progress=(2, 1, 3), number="2 of 3"
    )
    papers.setChecked(True)
    card.add(papers, inset=0)
    card.add(milestones("Legal", legal), inset=0)
    card.add(editor(), inset=0)
    rest = (
        FoldRow("Family & social", "I am close to my sister again", "users-round", progress=(1, 1, 2), number="1 of 2"),
        FoldRow("Work & education", "I earn my living by sewing", "briefcase", progress=(1, 1, 3), number="1 of 3"),
        FoldRow("Housing & money", "I have a room of my own", "house", progress=(0, 0, 2), number="0 of 2"),
    )
    for number, row in enumerate(rest):
        if number:
            card.add_line()
        card.add(row, inset=0)
    card.end(10)
    return card


def rail() -> QVBoxLayout:
    """Return the column at the right."""
    facts = Card("This plan", size="body")
    table = Facts()
    table.set_facts(
        [
            Fact("Agreed", "12 October 2026"),
            Fact("Review", "12 December 2026"),
            Fact("Her sheet", "offered, kept here"),
            Fact("For the file", "printed 13 October"),
        ]
    )
    facts.add(table)
    facts.end(12)
    wellbeing = Card("Wellbeing", size="body")
    wellbeing.at_right(LinkButton("Add round", slim=True))
    wellbeing.add(Words("Own rating, 1 low to 5 high", "small", "muted"))
    wellbeing.add_space(250)
    column = QVBoxLayout()
    column.setSpacing(12)
    column.addWidget(wellbeing)
    column.addWidget(facts)
    column.addStretch(1)
    return column


def plan_page() -> QWidget:
    """Return the page."""
    page = QWidget()
    outer = QVBoxLayout(page)
    outer.setContentsMargins(19, 11, 20, 0)
    outer.setSpacing(0)
    outer.addLayout(short_header())
    outer.addSpacing(12)
    outer.addWidget(Line())
    lower = QHBoxLayout()
    lower.setSpacing(16)
    sections = SectionList("Sections of the record")
    sections.set_sections(SECTIONS, "plan & milestones")
    left = QVBoxLayout()
    left.setContentsMargins(0, 12, 0, 0)
    left.addWidget(sections)
    lower.addLayout(left)
    content = QWidget()
    column = QVBoxLayout(content)
    column.setContentsMargins(0, 12, 0, 12)
    column.setSpacing(12)
    heading = QHBoxLayout()
    heading.setSpacing(8)
    heading.addWidget(Words("Plan & milestones", "group"))
    heading.addSpacing(8)
    heading.addWidget(Words("8 of 16 done", tone="muted"))
    heading.addStretch(1)
    heading.addWidget(Button("Add milestone", "plus"))
    heading.addWidget(Button("Print plan", "printer"))
    column.addLayout(heading)
    cards = QHBoxLayout()
    cards.setSpacing(12)
    side = QVBoxLayout()
    side.addWidget(goals())
    side.addStretch(1)
    cards.addLayout(side, 592)
    cards.addLayout(rail(), 326)
    column.addLayout(cards)
    scroll = PageScroll()
    scroll.setWidget(content)
    lower.addWidget(scroll, 1)
    outer.addLayout(lower, 1)
    return page
