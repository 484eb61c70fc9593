"""Today, with invented people."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from ui.widgets.bed_strip import BedRoom, BedState, BedStrip
from ui.widgets.buttons import Button, PrimaryButton
from ui.widgets.card import Card
from ui.widgets.chip import ChipText
from ui.widgets.page import Page
from ui.widgets.rows import Row, RowList, RowShape
from ui.widgets.text import Words

NEXT = (
    Row("Today", header=True),
    Row(
        "Psychological session", 1, "10:00", "hand-heart", second="Aysel M.", trailing="Nigar H. · Room 2", current=True
    ),
    Row("Appointment", 2, "11:30", "calendar", second="Olha K.", trailing="Rəşad T. · interpreter"),
    Row("Clinic visit", 3, "14:00", "stethoscope", second="Marisol", trailing="Leyla A. goes along"),
    Row("Placement check-in", 4, "16:30", "briefcase", second="Sherzod", trailing="Orxan S. · by phone"),
    Row("Tomorrow, Wednesday 18 November", header=True),
    Row("First assessment", 5, "09:30", "notebook-pen", second="Əminə", trailing="Leyla A. · Room 1"),
    Row("Group session: sleep and rest", 6, "13:00", "users-round", second="6 residents", trailing="Nigar H. · Hall"),
)


def past(days: str) -> ChipText:
    return ChipText(days, "attention", "clock")


WAITING = (
    Row("Visit the college about a place", 1, checked=False, second="Nərmin", chip=past("8 days past")),
    Row("Ask the office about the document", 2, checked=False, second="Sherzod", chip=past("5 days past")),
    Row("Bank account: bring the second document", 3, checked=False, second="Botir", chip=past("3 days past")),
    Row("Call back the sewing workshop", 4, checked=False, second="Iryna", chip=past("2 days past")),
    Row("Write the follow-up after the clinic", 5, checked=False, second="Marisol", chip=past("1 day past")),
)
PEOPLE = (
    Row("Əminə arrived on Thursday", 1, icon="log-in", detail="5 days here"),
    Row("Arriving Friday 20 November", 2, icon="log-in", detail="family room is held"),
    Row("Botir is away tonight", 3, icon="moon", detail="back tomorrow"),
    Row("Jun R.", 4, icon="flag", detail="no next step yet", action="Add"),
    Row("Sevda", 5, icon="flag", detail="no next step yet", action="Add"),
)
DESK = (
    Row("2 unfinished drafts", 1, icon="file-pen", detail="latest 09:31", action="Continue"),
    Row("1 plan to print, 2 to review", 2, icon="printer", action="Open"),
    Row("1 consent ends in 12 days", 3, icon="file-check", detail="Olha K.", action="Review"),
    Row("3 records due for removal", 4, icon="archive", detail="by 30 Nov", action="Look"),
    Row("Last backup yesterday 18:10", 5, icon="hard-drive", chip=ChipText("Up to date", "done", "check")),
)
ROOMS = (
    BedRoom("Room 1", ("used", "used", "used", "used")),
    BedRoom("Room 2", ("used", "used", "used", "free")),
    BedRoom("Room 3", ("used", "used", "free", "free")),
    BedRoom("Family", ("used", "used", "held", "free")),
)


def today_page() -> QWidget:
    """Return the start page."""
    page = Page("Today", "Tuesday 17 November 2026")
    page.add_act(Button("New note", "notebook-pen"))
    page.add_act(Button("New service", "plus"))
    page.add_act(PrimaryButton("New resident", "plus"))
    coming = Card("Next")
    rows = RowList("Next", RowShape(rule=True))
    rows.set_rows(NEXT)
    coming.add(rows, inset=8)
    coming.end(8)
    waiting = Card("Waiting", "Space: done     M: move to another day")
    waiting.aside.setProperty("type", "small")
    waiting.beside_title(Words("oldest first", "small", "muted"))
    tasks = RowList("Waiting")
    tasks.set_rows(WAITING)
    tasks.setObjectName("waiting")
    waiting.add(tasks, inset=8)
    waiting.end()
    people = Card("People", "11 of 16 beds used")
    beds = BedStrip()
    legend: list[tuple[BedState, str]] = [("used", "11 used"), ("held", "1 held for Friday"), ("free", "4 free")]
    beds.set_rooms(ROOMS, legend, "11 of 16 beds used, 1 held for Friday, 4 free")
    people.add(beds)
    arrivals = RowList("People")
    arrivals.set_rows(PEOPLE)
    people.add(arrivals, inset=8, above=9)
    people.end()
    desk = Card("Desk")
    matters = RowList("Desk")
    matters.set_rows(DESK)
    desk.add(matters, inset=8)
    desk.end()
    grid = QGridLayout()
    grid.setSpacing(16)
    for number, card in enumerate((coming, people, waiting, desk)):
        grid.addWidget(card, number // 2, number % 2)
    grid.setColumnStretch(0, 674)
    grid.setColumnStretch(1, 420)
    page.content.addLayout(grid)
    page.content.addStretch(1)
    return page
