"""``python -m tests.journeys.pictures``: make the pictures of the README anew, from invented people on a fixed day.

They go to ``resources/pictures``, or to the folder given: 1366 × 768 at a ratio of 1, below 200 kB each.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_SCALE_FACTOR"] = "1"

from PIL import Image
from PySide6.QtWidgets import QApplication, QWidget

from shelterdesk import backups, residents, sample
from shelterdesk.desk import Desk
from shelterdesk.i18n import set_language
from shelterdesk.settings import Settings
from shelterdesk.vault import KdfCost
from tests.journeys.hands import rest, wait
from ui import theme
from ui.app import make_app
from ui.pages.unlock import UnlockPage
from ui.place import TODAY, Place
from ui.seat import Seat
from ui.window import Window

FOLDER = Path(__file__).parents[2] / "resources" / "pictures"
MOMENT = datetime(2026, 11, 17, 6, 0, tzinfo=UTC)
"""Ten o'clock in Baku on a Tuesday with something overdue and something due."""
SIZE = (1366, 768)
LARGEST = 200_000
_COLOURS = 256
_WHO = "Aysel M."


def main() -> int:
    """Make all pictures; return 0 when each is small enough."""
    parser = argparse.ArgumentParser(prog="python -m tests.journeys.pictures", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER)
    folder: Path = parser.parse_args().folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="desk-") as place:
        os.environ["SHELTERDESK_HOME"] = os.fspath(Path(place) / "home")
        set_language("en")
        app = make_app()
        made = take_all(app, Path(place), folder)
    for file in made:
        print(f"{file.name}  {file.stat().st_size / 1000:.0f} kB")
    return 0 if all(file.stat().st_size < LARGEST for file in made) else 1


def take_all(app: QApplication, place: Path, folder: Path) -> list[Path]:
    """Take the unlock page, then the pages of an open desk in the light, then Today in the dark."""
    vault = place / "desk-7F3A.vault"
    desk, _passphrase = sample.create_demo(vault, cost=KdfCost.lowest(), clock=lambda: MOMENT)
    backups.back_up(desk, place / "backups")
    settings = Settings(place / "settings.toml")
    theme.apply(app, "light")
    made = [take_unlock(settings, vault, folder / "unlock.png")]
    with window_of(desk, settings) as window:
        her = next(row.id for row in residents.list_rows(desk, residents.HERE_NOW.id) if row.name == _WHO)
        record = Place("residents", list_id=residents.HERE_NOW.id, person_id=her)
        places = {
            "today": TODAY,
            "record": record,
            "plan": record.with_(section="plan"),
            "summary": Place("summaries"),
            "house-book": Place("house_book"),
            "arrival": Place("arrival"),
            "calendar": Place("services", list_id="calendar"),
            "register": Place("services", list_id="register"),
        }
        made += [take(window, where, folder / f"{name}.png") for name, where in places.items()]
    made.append(take_in(app, desk, settings, "dark", folder / "today-dark.png"))
    desk.close()
    return made


def take_unlock(settings: Settings, vault: Path, target: Path) -> Path:
    """Take the page before anybody has signed in."""
    page = UnlockPage(settings, vault)
    page.resize(*SIZE)
    page.show()
    rest(200)
    made = keep(page, target)
    page.hide()
    page.deleteLater()
    return made


def take_in(app: QApplication, desk: Desk, settings: Settings, scheme: Literal["dark"], target: Path) -> Path:
    """Take Today in another scheme."""
    theme.apply(app, scheme)
    with window_of(desk, settings) as window:
        return take(window, TODAY, target)


@contextmanager
def window_of(desk: Desk, settings: Settings) -> Iterator[Window]:
    """Open the window of the signed-in person."""
    seat = Seat(desk)
    window = Window(seat, settings)
    window.resize(*SIZE)
    window.show()
    yield window
    seat.close()
    window.hide()
    window.deleteLater()
    rest()


def take(window: Window, where: Place, target: Path) -> Path:
    """Go to *where*, let everything be counted and drawn, and take the picture."""
    window.go(where)
    _settle(lambda: not window.seat.worker.is_busy())
    return keep(window, target)


def _settle(calm: Callable[[], bool]) -> None:
    for _time in range(5):
        rest(100)
        wait(calm, "the worker to be done")


def keep(widget: QWidget, target: Path) -> Path:
    """Save a picture of *widget* in few colours."""
    widget.grab().save(os.fspath(target))
    with Image.open(target) as picture:
        few = picture.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
    few.save(target, optimize=True)
    return target


if __name__ == "__main__":
    sys.exit(main())
