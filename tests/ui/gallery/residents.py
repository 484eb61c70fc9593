"""The list of residents with the overview of one record; everybody here is invented."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets.buttons import Button, LinkButton, PrimaryButton
from ui.widgets.card import Card, Line
from ui.widgets.chip import Chip
from ui.widgets.page import PageScroll
from ui.widgets.people_list import PersonRow
from ui.widgets.people_pane import PeoplePane
from ui.widgets.progress_segments import ProgressSegments
from ui.widgets.rows import Row, RowList, RowShape
from ui.widgets.section_list import SectionList
from ui.widgets.text import ElidedWords, IconLabel, Words

PEOPLE = (
    PersonRow(1, "Aysel M.", "47 days", "R-2026-014", "Appointment, Thu 19 Nov"),
    PersonRow(2, "Botir", "96 days", "R-2026-010", "Bank account, today"),
    PersonRow(3, "Dilnoza", "118 days", "R-2026-009", "Review meeting, Wed 18 Nov"),
    PersonRow(4, "Əminə", "5 days", "R-2026-017", "First assessment, Wed 18 Nov"),
    PersonRow(5, "Iryna", "141 days", "R-2026-007", "Trial week at the workshop"),
    PersonRow(6, "Jun R.", "12 days", "R-2026-016", "No next step yet", "attention"),
    PersonRow(7, "Marisol", "33 days", "R-2026-015", "Appointment, today 14:00"),
    PersonRow(8, "Nərmin", "61 days", "R-2026-013", "College visit"),
    PersonRow(9, "Olha K.", "74 days", "R-2026-012", "Appointment, today 11:30"),
    PersonRow(10, "Sevda", "129 days", "R-2026-008", "No next step yet", "attention"),
    PersonRow(11, "Sherzod", "88 days", "R-2026-011", "Check-in, today 16:30"),
)
SECTIONS = tuple(
    (title.lower(), title)
    for title in (
        "Overview",
        "Personal details",
        "Stay",
        "Needs & safety",
        "Plan & milestones",
        "Services",
        "Work & training",
        "Notes",
        "Consents & sharing",
        "History",
    )
)
PROGRESS = (
    ("Safety", 3, 0, 3),
    ("Health & wellbeing", 1, 1, 3),
    ("Legal", 2, 1, 3),
    ("Family & social", 1, 1, 2),
    ("Work & education", 1, 1, 3),
    ("Housing & money", 0, 0, 2),
)


def header() -> QVBoxLayout:
    """Return name, code, phase and acts of the record."""
    box = QVBoxLayout()
    box.setSpacing(0)
    first = QHBoxLayout()
    first.setSpacing(8)
    first.addWidget(Words("Aysel M.", "title"))
    first.addSpacing(4)
    first.addWidget(Chip("R-2026-014", "outline"))
    first.addStretch(1)
    first.addWidget(Button("Edit", "pencil"))
    first.addWidget(Button("Print plan", "printer"))
    first.addWidget(PrimaryButton("New service", "plus"))
    box.addLayout(first)
    box.addSpacing(4)
    box.addWidget(Words("47 days here, since 1 October 2026   ·   worker Leyla A.   ·   bed 1-3", tone="muted"))
    box.addSpacing(8)
    chips = QHBoxLayout()
    chips.setSpacing(7)
    chips.addWidget(Chip("Transition", "info", "route"))
    chips.addWidget(Chip("No consent yet: employer", "attention", "file-question-mark"))
    chips.addStretch(1)
    box.addLayout(chips)
    return box


def next_step() -> Card:
    """Return the card with the next step."""
    card = Card()
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addWidget(IconLabel("flag", 20, "accent"))
    words = QVBoxLayout()
    words.setSpacing(4)
    words.addWidget(Words("Next step", "small", "muted"))
    words.addWidget(ElidedWords("Go to court together, Thursday 19 November, 10:00", strong=True))
    words.addWidget(ElidedWords("With Rəşad T. and Leyla A.  Leave at 09:15.", tone="muted"))
    row.addLayout(words, 1)
    row.addWidget(LinkButton("Change"))
    row.addWidget(Button("Mark done", "check"))
    card.add_layout(row, above=13)
    card.add_space(12)
    return card


def progress() -> Card:
    """Return the card with one line of segments for each domain."""
    card = Card("Plan progress", size="body")
    card.set_aside("8 of 16 milestones")
    card.aside.setProperty("type", "body")
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(0)
    for number, (title, done, begun, total) in enumerate(PROGRESS):
        grid.addWidget(Words(title), number, 0)
        grid.addWidget(ProgressSegments(done, begun, total, f"{title}: {done} of {total}"), number, 1)
        grid.addWidget(Words(f"{done} of {total}", tone="muted"), number, 2)
        grid.setRowMinimumHeight(number, 28)
    grid.setColumnStretch(1, 1)
    holder = QWidget()
    holder.setLayout(grid)
    card.add(holder)
    card.end(14)
    return card


def coming() -> Card:
    """Return the card with what comes up."""
    card = Card("Coming up", size="body")
    rows = RowList("Coming up", RowShape(height=32, day_column=60, inset=10))
    rows.set_rows(
        [
            Row("Psychological session, 10:00", 1, icon="hand-heart", day="Today"),
            Row("Court, 10:00", 2, icon="scale", day="Thu 19"),
            Row("Dentist, 15:30", 3, icon="stethoscope", day="Mon 23"),
            Row("Visit to the workshop", 4, icon="briefcase", day="Wed 25"),
            Row("Plan review", 5, icon="list-checks", day="12 Dec"),
        ]
    )
    card.add(rows, inset=8)
    card.end()
    return card


def strengths() -> Card:
    """Return the card with what she is good at."""
    card = Card("Strengths", size="body")
    card.at_right(LinkButton("Add", slim=True))
    rows = RowList("Strengths", RowShape(height=28, inset=10))
    titles = (
        "Sews very well, finished a course",
        "Close to her younger sister",
        "Speaks Azerbaijani and Russian",
        "Wants a small shop of her own",
    )
    rows.set_rows([Row(title, title, icon="sprout", icon_tint="done") for title in titles])
    card.add(rows, inset=8)
    card.end()
    return card


def safety() -> Card:
    """Return the card with what keeps her safe; sensitive values are dots."""
    card = Card("Safety", "reviewed 9 November", size="body")
    rows = RowList("Safety", RowShape(height=28, inset=10))
    rows.set_rows(
        [
            Row("Call only after 18:00", 1, icon="triangle-alert", icon_tint="attention"),
            Row("No visits without asking her first", 2, icon="triangle-alert", icon_tint="attention"),
            Row("Phone  ••• ••• •• ••", 3, icon="phone", action="Show", sensitive=True, spoken="Phone"),
            Row("Family lives in  •••••••••", 4, icon="map-pin", action="Show", sensitive=True, spoken="Family"),
        ]
    )
    card.add(rows, inset=8)
    card.end()
    return card


def residents_page() -> QWidget:
    """Return the page."""
    page = QWidget()
    pane = PeoplePane("Here now", "Filter by name, code or worker", "New")
    pane.set_heading("Here now", "11")
    pane.people.set_rows(PEOPLE)
    pane.people.go_to(1)
    record = QVBoxLayout()
    record.setContentsMargins(20, 16, 0, 0)
    record.setSpacing(0)
    top = QVBoxLayout()
    top.setContentsMargins(0, 0, 20, 0)
    top.setSpacing(0)
    top.addLayout(header())
    top.addSpacing(12)
    top.addWidget(Line())
    record.addLayout(top)
    sections = SectionList("Sections of the record")
    sections.set_sections(SECTIONS, "overview")
    content = QWidget()
    cards = QGridLayout(content)
    cards.setContentsMargins(0, 12, 20, 16)
    cards.setSpacing(12)
    cards.addWidget(next_step(), 0, 0, 1, 2)
    cards.addWidget(progress(), 1, 0)
    cards.addWidget(coming(), 1, 1)
    cards.addWidget(strengths(), 2, 0)
    cards.addWidget(safety(), 2, 1)
    cards.setColumnStretch(0, 1)
    cards.setColumnStretch(1, 1)
    missing = QHBoxLayout()
    missing.setSpacing(8)
    missing.addWidget(IconLabel("info", 16, "muted"))
    missing.addWidget(
        ElidedWords("Not recorded yet: preferred interpreter, person to call in an emergency", tone="muted")
    )
    missing.addWidget(LinkButton("Add", slim=True))
    missing.addStretch(1)
    cards.addLayout(missing, 3, 0, 1, 2)
    cards.setRowStretch(4, 1)
    scroll = PageScroll()
    scroll.setWidget(content)
    lower = QHBoxLayout()
    lower.setSpacing(16)
    left = QVBoxLayout()
    left.setContentsMargins(0, 12, 0, 0)
    left.addWidget(sections, 1)
    lower.addLayout(left)
    lower.addWidget(scroll, 1)
    record.addLayout(lower, 1)
    whole = QHBoxLayout(page)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.setSpacing(0)
    whole.addWidget(pane)
    whole.addWidget(Line(upright=True))
    whole.addLayout(record, 1)
    return page
