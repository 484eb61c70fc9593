"""``python -m tests.journeys.looking_around VAULT``: unlock, look at every page and every record, and lock.

The passphrase is read from standard input, which also says when to go on; «open» and «locked» say how far it is. No
word of the vault stands in this file, because the memory of the process is searched for them.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from sqlalchemy import select

from shelterdesk import memory
from shelterdesk.people import Person
from shelterdesk.settings import Settings
from tests.journeys.hands import rest, wait, write_into
from ui import theme
from ui.app import make_app
from ui.pages.unlock import UnlockPage
from ui.place import Place
from ui.session import Session

PAGES = ("today", "residents", "house_book", "services", "work", "plans", "summaries", "settings", "help")
SECTIONS = ("overview", "notes", "services", "stay", "plan", "consents")
LOOK = 120


def main() -> int:
    """Look around, lock, and stay."""
    app = make_app()
    theme.apply(app, "light")
    session = Session(app, Settings())
    memory.settle()
    session.start(Path(sys.argv[1]))

    def go() -> None:
        unlock(session)
        look_around(session)
        say("open")
        session.lock("asked")
        for _ in range(20):
            rest(100)
        say("locked")
        app.quit()

    QTimer.singleShot(0, session, go)
    return app.exec()


def unlock(session: Session) -> None:
    """Type what standard input says."""
    page = session.front
    assert isinstance(page, UnlockPage)
    write_into(page.by_passphrase.user_name, "leyla")
    write_into(page.by_passphrase.passphrase.line, sys.stdin.readline().strip())
    QTest.keyClick(page.by_passphrase.passphrase.line, Qt.Key.Key_Return)
    wait(lambda: session.window is not None, "the window", 60)


def look_around(session: Session) -> None:
    """Open every page, and every section of every record."""
    window = session.window
    assert window is not None
    wait(lambda: not window.seat.worker.is_busy(), "the search index", 60)
    with window.seat.desk.read() as db:
        people = list(db.scalars(select(Person.id)))
    places = [Place(page) for page in PAGES]
    places += [Place("residents", person_id=one, section=section) for one in people for section in SECTIONS]
    for place in places:
        window.go(place)
        rest(LOOK)


def say(words: str) -> None:
    """Say how far it is, and wait."""
    print(words, flush=True)
    sys.stdin.readline()


if __name__ == "__main__":
    sys.exit(main())
