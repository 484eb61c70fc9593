"""The numbers of the week, looked for wherever the program shows them: each of them says what the diaries say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from io import BytesIO
from uuid import UUID

import openpyxl
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from shelterdesk import formats, vocab
from shelterdesk.caseload import read_caseload
from shelterdesk.documents.sheets import write_xlsx
from shelterdesk.documents.summary_sheets import summary_workbook
from shelterdesk.service_history import history_of
from shelterdesk.services import services_of
from shelterdesk.summaries.period import month
from shelterdesk.summaries.summary import summarise
from tests.journeys import hands
from tests.journeys.hands import reads, wait
from tests.journeys.week_days import DIARY, NEXT_WEEK, SHARED
from tests.journeys.week_house import LIVE_ELSEWHERE, MONDAY, STAFF, WITH_GUNEL
from tests.journeys.week_keys import Keyboard
from tests.journeys.week_sums import Given, by_family, by_kind, diary_of, minutes_by
from ui.pages.services.calendar.page import CalendarPage
from ui.pages.services.caseload import CaseloadPage
from ui.widgets.table_cells import CELL_ROLE, Cell
from ui.widgets.table_view import TableView


def look_at_everything(keyboard: Keyboard, people: dict[str, UUID], given: Sequence[Given]) -> None:
    """Compare what every page says to who is signed in, the director."""
    look_at_the_register(keyboard, given)
    look_at_the_calendar(keyboard, given)
    look_at_today(keyboard)
    look_at_the_caseload(keyboard, people, given)
    for name, person_id in people.items():
        look_at_a_record(keyboard, name, person_id, [one for one in given if one.who == name])
    look_at_the_summary(keyboard, given)
    look_at_the_workbook(keyboard, given)


def look_at_the_register(keyboard: Keyboard, given: Sequence[Given]) -> None:
    """The week as a whole, and by the filter of each who gave something."""
    page = keyboard.open_register()
    assert page.length.value() == "week"
    assert len(page._services) == len(given)
    assert keyboard.reads(f"{_held(given)} services given")
    assert keyboard.reads(_money(given))
    for user, (name, _role) in STAFF.items():
        theirs = [one for one in given if one.by == user]
        while QApplication.focusWidget() is not page.filter:
            keyboard.key(Qt.Key.Key_Tab)
        keyboard.combine("Ctrl+A")
        keyboard.type(name)
        wait(lambda theirs=theirs: keyboard.reads(f"{_held(theirs)} service"), f"what {name} gave")
    keyboard.combine("Ctrl+A")
    keyboard.key(Qt.Key.Key_Delete)


def look_at_the_calendar(keyboard: Keyboard, given: Sequence[Given]) -> None:
    """What was planned stands there as it became, and each worker's row says how long it was."""
    page = keyboard.open_calendar()
    assert isinstance(page, CalendarPage)
    states = Counter(block.state for cell in page.view.grid.cells.values() for block in cell.blocks)
    planned = [one for user in DIARY for one in diary_of(user)]
    missed = sum(one.then == "did not come" for one in planned)
    tomorrow = sum(line.startswith("Sun") for lines in NEXT_WEEK.values() for line in lines)
    # Of the group one did not want to; who took part and who did not stand apart.
    assert states == {"done": len(planned) - missed + 1, "missed": missed, "planned": tomorrow + 1}
    for row in page.view.grid.rows:
        user = next(one for one, (name, _role) in STAFF.items() if name == row.title)
        minutes = sum(int(one.minutes) for one in planned if one.by == user and one.then != "did not come")
        minutes += 2 * SHARED[1] * (user == "nigar")
        minutes += sum(int(line.split()[-1]) for line in NEXT_WEEK.get(user, ()) if line.startswith("Sun"))
        said = f"{formats.duration(minutes)} planned" if minutes else "nothing planned"
        assert said in row.lines, f"{row.title}: {row.lines}, not {said}"


def look_at_today(keyboard: Keyboard) -> None:
    """Next shows what the calendar has of today and tomorrow."""
    keyboard.combine("Alt+1")
    page = keyboard.window.page()
    ahead = [line for lines in NEXT_WEEK.values() for line in lines if line.startswith("Sun")]
    assert len(page.today.next) + page.today.more_next == len(ahead)
    for line in ahead:
        _on, at, _word, typed, *_rest = line.split()
        assert any(at in words and typed in words for _index, words in hands.cells(page.next.rows)), line


def look_at_the_caseload(keyboard: Keyboard, people: dict[str, UUID], given: Sequence[Given]) -> None:
    """People, notes to write and hours of everybody, on the page and in the core."""
    keyboard.command("caseload")
    page = keyboard.page
    assert isinstance(page, CaseloadPage)
    minutes, desk = minutes_by(given), keyboard.window.seat.desk
    loads = {one.name: one for one in read_caseload(desk).loads}
    shown = _table(page.table)
    for user, (name, _role) in STAFF.items():
        theirs = [one for one in given if one.by == user]
        load, row = loads[name], shown[name]
        notes = sum(one.wants_note for one in theirs)
        assert (load.minutes_this_week, load.minutes_this_month) == (minutes[user], minutes[user]), name
        assert load.notes == notes, name
        assert row[3] == (formats.number(notes) if notes else "–"), row
        assert row[4] == row[5] == formats.duration(minutes[user]), row
        with_them = {"sevinc": len(people) - len(WITH_GUNEL), "gunel": len(WITH_GUNEL)}.get(user, 0)
        assert (load.people, row[1]) == (with_them, formats.number(with_them)), name


def look_at_a_record(keyboard: Keyboard, name: str, person_id: UUID, given: Sequence[Given]) -> None:
    """The section of services: how many, how long by kind, and what was paid."""
    window = keyboard.window
    keyboard.combine("Ctrl+K")
    keyboard.type(name)
    wait(lambda: any(name in row.title for row in window.box.rows()), f"«{name}» among what is found")
    keyboard.key(Qt.Key.Key_Return)
    wait(lambda: reads(window, "Sections of the record"), "the record")
    kinds = next((one for one in window.findChildren(TableView, "kinds") if one.isVisible()), None)
    for _step in range(20):
        if kinds is not None:
            break
        keyboard.combine("Ctrl+PgDown")
        kinds = next((one for one in window.findChildren(TableView, "kinds") if one.isVisible()), None)
    assert kinds is not None, "the section of services"
    assert keyboard.reads(f"{_held(given)} given"), name
    expected = by_kind(given)
    assert _table(kinds) == {
        vocab.SERVICE_KINDS.label(kind): (
            vocab.SERVICE_KINDS.label(kind), formats.number(times), formats.duration(minutes) if minutes else "–",
        )
        for kind, (times, minutes) in expected.items()
    }  # fmt: skip
    if any(one.cents for one in given):
        assert keyboard.reads(_money(given)), name
    desk = window.seat.desk
    history = history_of(desk, person_id)
    assert {one.kind: (one.times, one.minutes) for one in history.kinds} == expected
    assert (history.given, history.minutes) == (_held(given), sum(one.minutes for one in given))
    assert len(services_of(desk, person_id)) == len(given)


def look_at_the_summary(keyboard: Keyboard, given: Sequence[Given]) -> None:
    """The page of November, figure by figure."""
    keyboard.combine("Alt+7")
    page = keyboard.window.page()
    wait(lambda: page.summary is not None and not keyboard.window.seat.worker.is_busy(), "November to be counted")
    if page.period != month(MONDAY):
        # It begins with the last month that is over.
        keyboard.tab_to("Later period")
        keyboard.key(Qt.Key.Key_Space)
        wait(lambda: page.summary.period == month(MONDAY), "November")
    rows = page.summary.rows()
    for row_id, (value, people) in _expected(given).items():
        figure = rows[row_id].figures[0]
        assert (round(figure.value, 6), figure.people) == (round(value, 6), people), row_id
    said = _table(page.table)
    assert said["Services given"][1:3] == (formats.number(_held(given)), f"{len(_served(given))} people")


def look_at_the_workbook(keyboard: Keyboard, given: Sequence[Given]) -> None:
    """The same figures in the file, read by another program."""
    stream = BytesIO()
    write_xlsx(summary_workbook(summarise(keyboard.window.seat.desk, month(MONDAY)), "en"), stream)
    sheet = openpyxl.load_workbook(stream).worksheets[0]
    rows = {str(row[-1]): row for row in sheet.iter_rows(values_only=True) if row[-1]}
    for row_id, (value, people) in _expected(given).items():
        written = value / 100 if row_id.startswith("paid.") else round(value, 1)
        # Beside people no people are told.
        assert rows[row_id][3:5] == (written, None if row_id.startswith("supported") else people), row_id


def _expected(given: Sequence[Given]) -> dict[str, tuple[float, int]]:
    """Return id of a row → figure and people behind it."""
    paid = [one for one in given if one.cents]
    found: dict[str, tuple[float, int]] = {
        "services": (_held(given), len(_served(given))),
        "hours": (sum(one.minutes for one in given) / 60, len({one.who for one in given if one.minutes})),
        "paid": (len(paid), len({one.who for one in paid})),
        "paid.azn": (sum(one.cents for one in paid), len({one.who for one in paid})),
        "supported.not_stayed": (len(LIVE_ELSEWHERE), len(LIVE_ELSEWHERE)),
    }
    for family, (times, people, minutes) in by_family(given).items():
        timed = {one.who for one in given if one.family == family and one.minutes}
        found[f"services.{family}"] = (times, people)
        found[f"hours.{family}"] = (minutes / 60, len(timed))
    return found


def _held(given: Sequence[Given]) -> int:
    return sum(one.counts for one in given)


def _served(given: Sequence[Given]) -> set[str]:
    return {one.who for one in given if one.counts}


def _money(given: Sequence[Given]) -> str:
    return formats.amount(sum(one.cents for one in given))


def _table(table: TableView) -> dict[str, tuple[str, ...]]:
    """Return the rows of a table by their first cell; of several that begin alike the first."""
    model = table.model()
    rows = [
        tuple(_cell(model.index(row, column).data(CELL_ROLE)) for column in range(model.columnCount()))
        for row in range(model.rowCount())
    ]
    return {row[0]: row for row in reversed(rows)}


def _cell(cell: Cell | None) -> str:
    return cell.words if cell is not None else ""
