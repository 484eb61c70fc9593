"""The paper folder of nine months typed in completely, each fact in its own field; then looked for everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelterdesk import absences, follow_ups, milestones, placements, plans, referrals_out, rooms, services, stays
from shelterdesk.desk import Desk
from shelterdesk.integrity import verify_desk
from shelterdesk.opening import create_desk
from shelterdesk.people import Person
from shelterdesk.person_history import PhaseSince, RiskSince, history_of
from shelterdesk.settings import Settings
from shelterdesk.vault import KdfCost
from tests.desks import PASSPHRASE, ROLES, Clock
from tests.journeys import folder_arrival, folder_autumn, folder_february, folder_spring, folder_winter, hands
from tests.journeys.folder import CHANGED_LATER, DAUGHTER, MOTHER, SON, in_order
from tests.journeys.found_again import ON_PAPER, in_the_export, in_the_history, missing, on_papers, people_by_name
from tests.journeys.nine_months import Typist
from tests.journeys.reading import SECTIONS_OF, read_section
from ui import theme
from ui.seat import Seat
from ui.window import Window

pytestmark = [pytest.mark.long, pytest.mark.timeout(900)]
"""Five minutes alone on a quiet computer are enough; beside other tests it takes longer."""
FOLDER = in_order(
    folder_arrival.FIRST_DAY,
    folder_winter.FIRST_WEEKS,
    folder_february.FEBRUARY,
    folder_spring.TO_JUNE,
    folder_spring.SERVICES,
    folder_autumn.SUMMER,
    folder_autumn.AFTERWARDS,
    folder_autumn.SERVICES,
    folder_autumn.DONE,
)


def lay_papers(folder: Path) -> None:
    """Put pictures of papers where the person keeps what was scanned."""
    for number, name in enumerate(sorted({str(one.answers["file"]) for one in FOLDER if "file" in one.answers})):
        page = QImage(420, 594, QImage.Format.Format_RGB32)
        page.fill(QColor(250 - number, 250, 244))
        page.save(str(folder / name))


NOT_ON_PAPER: Final = frozenset({"safe, envelope 4", "Work & education", "Housing & money"})
"""Where a thing lies is nobody's business outside; a part of the plan without a goal has no heading on paper."""


@pytest.fixture
def house(tmp_path: Path) -> Iterator[tuple[Desk, Clock]]:
    """A shelter with a family room, on the night she comes."""
    clock = Clock(FOLDER[0].at)
    desk, _code = create_desk(
        tmp_path / "desk-7F3A.vault",
        user_name="leyla",
        shown_as="Leyla A.",
        passphrase=PASSPHRASE,
        shelter="House",
        roles=ROLES,
        cost=KdfCost.for_tests(),
        clock=clock,
    )
    site = rooms.sites_of(desk)[0].id
    rooms.add_room(desk, site, 4, name="Family", kind="family")
    rooms.add_room(desk, site, 3, name="Room 2", kind="women")
    yield desk, clock
    desk.close()


@pytest.fixture
def typist(qtbot: QtBot, qapp: QApplication, house: tuple[Desk, Clock], tmp_path: Path) -> Iterator[Typist]:
    """Somebody at the window of that shelter."""
    desk, clock = house
    theme.apply(qapp, "light")
    seat = Seat(desk)
    window = Window(seat, Settings(tmp_path / "settings.toml"))
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: not seat.worker.is_busy())
    lay_papers(tmp_path)
    yield Typist(window, clock, tmp_path)
    hands.rest(50)
    seat.close()
    window.hide()
    window.deleteLater()
    seat.deleteLater()
    hands.rest(50)


def test_the_folder_is_typed_in_and_found_again(typist: Typist, house: tuple[Desk, Clock]) -> None:
    desk, _clock = house

    typist.type_in(FOLDER)

    assert typist.typed == len(FOLDER) >= 150
    named = people_by_name(desk)
    mother = named[MOTHER]
    assert missing(FOLDER, in_the_history(desk, mother)) == []
    assert missing(FOLDER, in_the_export(desk), CHANGED_LATER) == []
    of_papers = [one for one in FOLDER if one.form in ON_PAPER and one.who == MOTHER]
    assert missing(of_papers, on_papers(desk, mother), CHANGED_LATER | NOT_ON_PAPER) == []
    for who in (MOTHER, SON, DAUGHTER):
        check_the_record(typist, who)
    check_what_is_counted(desk, named)
    assert verify_desk(desk).whole


def check_the_record(typist: Typist, who: str) -> None:
    """Find every sheet of somebody in the section it belongs to, on screen."""
    sheets = [one for one in FOLDER if one.who == who and one.form in SECTIONS_OF]
    titles = dict.fromkeys(title for one in sheets for title in SECTIONS_OF[one.form])
    told = {title: read_section(typist, who, title) for title in titles}
    for one in sheets:
        lost = missing([one], "\n".join(told[title] for title in SECTIONS_OF[one.form]), CHANGED_LATER)
        assert not lost, f"{SECTIONS_OF[one.form]}: {lost}"


def check_what_is_counted(desk: Desk, named: dict[str, Person]) -> None:
    """Look at the facts that are counted, as they stand after nine months."""
    mother = named[MOTHER]
    (stay,) = stays.stays_of(desk, mother.id)
    assert (stay.arrived_on, stay.left_on) == (date(2026, 1, 14), date(2026, 10, 12))
    assert [stays.stays_of(desk, named[who].id)[0].left_on for who in (SON, DAUGHTER)] == [stay.left_on] * 2
    typed = sum(one.form == "service" for one in FOLDER)
    assert sum(len(services.services_of(desk, one.id)) for one in named.values()) == typed
    assert [one.level for one in history_of(desk, RiskSince, mother.id)] == [
        "none",
        "low",
        "low",
        "medium",
        "medium",
        "high",
        "high",
    ]
    assert history_of(desk, PhaseSince, mother.id)[0].phase == "closed"
    (plan,) = plans.plans_of(desk, mother.id)
    assert {one.status for one in milestones.milestones_of(desk, plan.id)} == {"done"}
    assert [one.state for one in referrals_out.referrals_out_of(desk, mother.id)] == ["done"]
    assert len(follow_ups.follow_ups_of(desk, mother.id)) == 2
    (away,) = absences.absences_of(desk, named[DAUGHTER].id)
    assert (away.since, away.back_on) == (date(2026, 2, 27), date(2026, 3, 1))
    assert [step.stage for _one, step in placements.placements_of(desk, mother.id) if step] == [
        "working",
        "ended",
        "ended",
    ]
