"""What is measured with the real window: a process of its own starts, unlocks, and types into the filter.

``python -m tests.benchmarks.window VAULT STARTED`` prints JSON; STARTED is the ``time.time()`` of who started it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from tests.benchmarks.replay import Times
from tests.benchmarks.stock import Stock

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QLineEdit

    from ui.window import Window

ROOT = Path(__file__).resolve().parents[2]
_PATIENCE = 120
_LETTERS = "aysel"


def measure_window(stock: Stock, rounds: int) -> list[Times]:
    """Return the times of start, unlock and typing, from *rounds* processes."""
    found = {
        "start": Times("Start to unlock page"),
        "unlock": Times("Unlock to Today, key stretching included"),
        "list": Times("Everybody, the list in the window"),
        "open": Times("Opening a record in the window", aim="under 150 ms"),
        "key": Times("Filter, one keystroke in the window", aim="under 50 ms"),
        "section": Times("Another section of a record, first visit", aim="under 150 ms"),
        "again": Times("Another section of a record, next person", aim="under 150 ms"),
        "today": Times("Today, shown anew", aim="under 150 ms"),
        "arrival": Times("The arrival page", aim="under 150 ms"),
        "arrival_key": Times("Arrival, one keystroke in the name", aim="under 50 ms"),
        "calendar": Times("The calendar, another week", aim="under 100 ms"),
        "register": Times("The register, another day", aim="under 150 ms"),
        "table": Times("Everybody, the table in the window"),
        "table_key": Times("Table of people, one keystroke", aim="under 50 ms"),
        "table_sort": Times("Table of people, sorted by another column"),
    }
    for _round in range(rounds):
        with tempfile.TemporaryDirectory(prefix="shelterdesk-benchmarks-home-") as home:
            environment = os.environ | {"SHELTERDESK_HOME": home, "PYTHONPATH": str(ROOT)}
            environment.setdefault("QT_QPA_PLATFORM", "offscreen")
            done = subprocess.run(
                [sys.executable, "-m", "tests.benchmarks.window", str(stock.vault), repr(time.time())],
                env=environment, stdout=subprocess.PIPE, text=True, timeout=600, check=True,
            )  # fmt: skip
        for name, values in json.loads(done.stdout).items():
            found[name].ours += values
    return list(found.values())


def main(vault: Path, started: float) -> None:
    """Start as the program does and print what took how long."""
    from PySide6.QtTest import QTest

    from shelterdesk import memory, sample
    from shelterdesk.settings import Settings
    from ui import theme
    from ui.app import make_app
    from ui.pages.residents import ResidentsPage
    from ui.pages.unlock import UnlockPage
    from ui.place import Place
    from ui.session import Session
    from ui.widgets.people_list import PeopleModel

    app = make_app()
    theme.apply(app, "light", 1.0)
    session = Session(app, Settings())
    memory.settle()
    session.start(vault)

    def wait(ready: Callable[[], bool]) -> float:
        begun = time.perf_counter()
        while not ready():
            app.processEvents()
            time.sleep(0.001)
            if time.perf_counter() - begun > _PATIENCE:
                raise TimeoutError
        app.processEvents()
        return (time.perf_counter() - begun) * 1000

    page = session.front
    assert isinstance(page, UnlockPage)
    wait(page.isVisible)
    times: dict[str, list[float]] = {"start": [(time.time() - started) * 1000]}
    page.by_passphrase.user_name.setText(sample.USER_NAME)
    page.by_passphrase.passphrase.line.setText(sample.PASSPHRASE)
    page.by_passphrase.unlock.click()
    times["unlock"] = [wait(lambda: session.window is not None and session.window.isVisible())]
    window = session.window
    assert window is not None
    begun = time.perf_counter()
    window.go(Place("residents", list_id="everybody"))
    people = window.page()
    assert isinstance(people, ResidentsPage)
    wait(lambda: bool(people.pane.people.model().rowCount()))
    times["list"] = [(time.perf_counter() - begun) * 1000]
    times["key"] = []
    people.pane.filter.setFocus()
    for letter in _LETTERS:
        begun = time.perf_counter()
        QTest.keyClicks(people.pane.filter, letter)
        people.pane.people.viewport().repaint()
        app.processEvents()
        times["key"].append((time.perf_counter() - begun) * 1000)
    model = people.pane.people.model()
    assert isinstance(model, PeopleModel)
    people.pane.filter.clear()
    app.processEvents()
    times["open"] = []
    for number, key in enumerate(list(model.keys())[:6]):
        begun = time.perf_counter()
        window.go(Place("residents", list_id="everybody", person_id=key))
        app.processEvents()
        if number:
            times["open"].append((time.perf_counter() - begun) * 1000)
    times |= _sections(app, window, list(model.keys())[:2])
    times |= _pages(app, window)
    session.lock("asked")
    print(json.dumps(times))


def _took(app: QApplication, act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    app.processEvents()
    return (time.perf_counter() - begun) * 1000


def _sections(app: QApplication, window: Window, people: Sequence[UUID]) -> dict[str, list[float]]:
    """Go through the sections of one record, then of another."""
    from ui.place import Place
    from ui.record_sections import SECTIONS

    found: dict[str, list[float]] = {}
    for visit, person_id in zip(("section", "again"), people, strict=True):
        places = [Place("residents", "everybody", person_id, kind.id) for kind in SECTIONS]
        window.go(places[0])
        app.processEvents()
        found[visit] = [_took(app, lambda place=place: window.go(place)) for place in places[1:]]
    return found


def _pages(app: QApplication, window: Window) -> dict[str, list[float]]:
    from PySide6.QtTest import QTest

    from ui.pages.arrival.page import ArrivalPage
    from ui.pages.people_table.page import PeopleTablePage
    from ui.pages.services.page import ServicesPage
    from ui.place import Place

    def type_into(field: QLineEdit) -> list[float]:
        return [_took(app, lambda letter=letter: QTest.keyClicks(field, letter)) for letter in _LETTERS]

    window.go(Place("today"))
    found = {"today": [_took(app, lambda: window.go(Place("today"))) for _round in range(3)]}
    found["arrival"] = [_took(app, lambda: window.go(Place("arrival")))]
    arrival = window.page()
    assert isinstance(arrival, ArrivalPage)
    found["arrival_key"] = type_into(arrival.form.name)
    arrival.form.name.clear()

    for list_id in ("calendar", "register"):
        window.go(Place("services", list_id=list_id))
        app.processEvents()
        page = window.page()
        assert isinstance(page, ServicesPage)
        shown = page.pages[list_id]
        found[list_id] = [_took(app, lambda turn=shown.step: turn(-1)) for _round in range(3)]

    def show_everybody() -> None:
        window.go(Place("people_table", "everybody"))
        page = window.page()
        assert isinstance(page, PeopleTablePage)
        until = time.perf_counter() + _PATIENCE
        while page.grid.model() is None or not page.grid.model().rowCount():
            app.processEvents()
            if time.perf_counter() > until:
                raise TimeoutError

    found["table"] = [_took(app, show_everybody)]
    table = window.page()
    assert isinstance(table, PeopleTablePage)
    found["table_key"] = type_into(table.filters.words)
    table.filters.words.clear()
    sort = table.sort_by
    found["table_sort"] = [_took(app, lambda one=one: sort(one)) for one in ("code", "worker", "days_here")]
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]))
