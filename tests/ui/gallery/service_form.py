"""A form with a restricted note, a problem, and the save strip."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from tests.ui.gallery.plan import day_field, shown_day, typed_day
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.choice_field import ChoiceField
from ui.widgets.date_field import DateField
from ui.widgets.form_row import FormRow, FormRows
from ui.widgets.page import Page
from ui.widgets.progress_segments import ProgressSegments
from ui.widgets.restricted_note import RestrictedNote
from ui.widgets.rows import Row, RowList, RowShape
from ui.widgets.save_strip import SaveStrip
from ui.widgets.segmented import Segmented
from ui.widgets.text import IconLabel, Words
from ui.widgets.text_area import TextArea

PROBLEM = "Next session must be after 17 November 2026"


def beside(*widgets: QWidget, stretch: bool = True) -> QWidget:
    """Return several fields in one line; the first takes the keyboard."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget)
    if stretch:
        row.addStretch(1)
    holder.setFocusProxy(widgets[0])
    return holder


def form() -> FormRows:
    """Return the rows of the form."""
    rows = FormRows()
    rows.add_heading("What was done")
    service = ChoiceField("Service", [(1, "Psychological session"), (2, "Social session")], 1)
    service.setFixedWidth(320)
    rows.add_row(FormRow("&Service", beside(service), editor=service))
    given = day_field("Date given")
    given.set_value(date(2026, 11, 17))
    rows.add_row(FormRow("Date &given", given))
    by = ChoiceField("Given by", [(1, "Nigar H., psychologist")], 1)
    by.setFixedWidth(320)
    rows.add_row(FormRow("Given &by", beside(by), editor=by))
    minutes = QLineEdit("50")
    minutes.setFixedWidth(64)
    who = Segmented("Who took part", [("one", "One person"), ("group", "Group")], "one")
    unit = Words("minutes", tone="muted")
    unit.setContentsMargins(0, 0, 16, 0)
    rows.add_row(FormRow("&Duration", beside(minutes, unit, who), editor=minutes))
    outcomes = [(1, "Took place"), (2, "Shorter"), (3, "Declined"), (4, "Not held")]
    rows.add_row(FormRow("&Outcome", Segmented("Outcome", outcomes, 1), fill=False))
    rows.add_heading("Notes")
    team = TextArea("For the team", lines=1)
    team.set_text("Came on time. Would like to keep Tuesday mornings.")
    rows.add_row(FormRow("For the &team", team))
    note = RestrictedNote("Clinical notes", "Readable by psychologists only", "you and 1 other")
    note.set_text(
        "Slept five nights out of seven. The grounding exercise before court helps; she would like "
        "to repeat it on Wednesday. Agreed to stop there for today."
    )
    rows.add_row(FormRow("&Restricted", note))
    rows.add_heading("Follow-up")
    following = DateField("Next session", typed_day, shown_day, lambda: date(2026, 11, 17))
    following.set_value(date(2026, 11, 10))
    following.line.setObjectName("next-session")
    purpose = QLineEdit("Session 8, then look at the plan together")
    purpose.setAccessibleName("for")
    line = beside(following, Words("for", tone="muted"), purpose, stretch=False)
    row = rows.add_row(FormRow("&Next session", line, editor=following.line))
    row.set_problem(PROBLEM)
    return rows


def service_page() -> QWidget:
    """Return the page."""
    page = Page("New service")
    page.beside_title(Words("for Aysel M.", tone="muted"))
    page.beside_title(Chip("R-2026-014", "outline"))
    page.banner.say("One thing to change before saving:", kind="error", links=(("next", PROBLEM),))
    main = Card()
    rows = form()
    main.add_space(12)
    main.add(rows, inset=20)
    main.end(8)
    earlier = Card("Earlier sessions", "6 so far", size="body")
    past = RowList("Earlier sessions", RowShape(height=48, inset=8))
    past.set_rows(
        [
            Row("10 November", 1, below="Took place · sleep and rest", trailing="50 min"),
            Row("3 November", 2, below="Took place · before the hearing", trailing="50 min"),
            Row("27 October", 3, below="Shorter, at her wish", trailing="30 min"),
            Row("20 October", 4, below="Declined", trailing="–"),
        ]
    )
    earlier.add(past, inset=8)
    earlier.end(8)
    plan = Card("In the plan", size="body")
    flag = QHBoxLayout()
    flag.setSpacing(8)
    flag.addWidget(IconLabel("flag", 16, "accent"))
    flag.addWidget(Words("Eight psychological sessions"), 1)
    plan.add_layout(flag)
    plan.add(ProgressSegments(6, 1, 8, "6 of 8"), above=8)
    plan.add(Words("With this one 7 of 8. Due 18 December.", "small", "muted"), above=8)
    plan.end(14)
    right = QVBoxLayout()
    right.setSpacing(12)
    right.addWidget(earlier)
    right.addWidget(plan)
    right.addStretch(1)
    columns = QHBoxLayout()
    columns.setSpacing(16)
    columns.addWidget(main, 793)
    columns.addLayout(right, 300)
    page.content.addLayout(columns)
    page.content.addStretch(1)
    strip = SaveStrip("Save service", "Save and add another", indent=197)
    strip.say_draft("Draft kept 10:58")
    page.set_strip(strip)
    return page
