"""``python -m tests.journeys.typing_when_it_stops VAULT``: unlock, begin a note, and go on until somebody ends this.

«kept» on standard output says that the draft was kept by the clock, as it is while somebody types.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QTimer

from shelterdesk.settings import Settings
from tests.journeys.hands import reads, wait
from tests.journeys.walk import Walk, leave_a_note_unfinished, unlock
from ui import theme
from ui.app import make_app
from ui.session import Session


def main() -> int:
    """Type, say so, and stay."""
    app = make_app()
    theme.apply(app, "light")
    session = Session(app, Settings())
    session.start(Path(sys.argv[1]))
    walk = Walk(session, Path(sys.argv[1]).parent)

    def go() -> None:
        unlock(walk)
        leave_a_note_unfinished(walk)
        wait(lambda: reads(walk.window, "Draft kept"), "the draft to be kept")
        print("kept", flush=True)

    QTimer.singleShot(0, session, go)
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
