"""``python -m tests.journeys FOLDER``: take the first week on this screen and save a picture of each station.

The vault, settings and papers of the walk go below FOLDER. With ``--watch`` everything Python opens for writing and
every socket is noted in FOLDER/seen.json.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import traceback
from pathlib import Path

from tests.journeys.watching import Watch


def main() -> int:
    """Take the walk; return 0 when it came to its end."""
    parser = argparse.ArgumentParser(prog="python -m tests.journeys", description=__doc__)
    parser.add_argument("folder", type=Path, help="where pictures, papers and the vault go")
    parser.add_argument("--watch", action="store_true", help="note what is opened for writing, and sockets")
    options = parser.parse_args()
    folder: Path = options.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("SHELTERDESK_HOME", str(folder / "home"))
    watch = Watch()
    outcome = take_the_walk(folder, watch if options.watch else None)
    if options.watch:
        (folder / "seen.json").write_text(json.dumps(watch.seen(), indent=1), encoding="utf-8")
    return outcome


def take_the_walk(folder: Path, watch: Watch | None) -> int:
    """Start the program as its own start does, and walk as soon as it is on screen."""
    from PySide6.QtCore import QTimer

    from shelterdesk import logs
    from shelterdesk.settings import SCHEME, TEXT_SCALE, Settings
    from tests.journeys import hands
    from tests.journeys.walk import Walk, have_a_workbook, picture_taker, take_the_whole_way
    from ui import theme
    from ui.app import make_app
    from ui.session import Session

    logs.start()
    app = make_app()
    settings = Settings()
    theme.apply(app, settings.value(SCHEME), settings.value(TEXT_SCALE))
    session = Session(app, settings)
    errors = hands.trouble
    sys.excepthook = lambda *error: errors.append("".join(traceback.format_exception(*error)))
    session.start()
    walk = Walk(session, folder / "papers", shoot=picture_taker(folder / "pictures"))
    have_a_workbook(walk)
    if watch is not None:
        sys.addaudithook(watch)

    def go() -> None:
        try:
            take_the_whole_way(walk)
        except Exception:  # noqa: BLE001 - whatever stops the walk is what it looks for
            errors.append(traceback.format_exc())
            walk.shoot("stopped-here")
        session.quit()

    QTimer.singleShot(0, session, go)
    app.exec()
    if watch is not None:
        watch.on = False
    (folder / "password.txt").write_text(walk.password, encoding="utf-8")
    for error in errors:
        print(error, file=sys.stderr)
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
