"""When backups are made by themselves."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from shelterdesk import backup_schedule, backups, people, person_reading
from shelterdesk.access import Role, rights_of
from shelterdesk.backup_schedule import When, due, due_on_leaving
from shelterdesk.backup_targets import add_target, targets
from shelterdesk.desk import Desk
from shelterdesk.errors import NotAllowed
from shelterdesk.opening import lock_desk, open_desk
from tests.desks import PASSPHRASE, Clock


def test_a_backup_is_due_at_the_first_sign_in_of_a_day_for_anybody(desk: Desk, clock: Clock) -> None:
    desk.rights = rights_of([Role.NIGHT_WORKER.value])
    assert due(desk) == targets(desk)
    (outcome,) = backup_schedule.run(desk, due(desk))
    assert outcome.file
    assert due(desk) == ()
    clock.now += timedelta(hours=13)
    assert due(desk) == (), "23:00 in Baku"
    clock.now += timedelta(hours=2)
    assert due(desk) == targets(desk)


def test_a_place_that_was_away_is_due_when_it_is_back(desk: Desk, tmp_path: Path) -> None:
    backup_schedule.run(desk, due(desk))
    second = add_target(desk, tmp_path / "second")
    assert due(desk) == (second,)


def test_leaving_makes_one_only_if_something_changed_since(desk: Desk, clock: Clock, vault_folder: Path) -> None:
    backup_schedule.run(desk, due(desk))
    assert due_on_leaving(desk, "closed") == ()
    lock_desk(desk, "asked")
    again = open_desk(vault_folder, "leyla", PASSPHRASE, clock=clock)
    person = people.add_person(again, short_name="Aysel M.")
    assert due_on_leaving(again, "closed") == targets(again)
    backup_schedule.run(again, due_on_leaving(again, "asked"))
    person_reading.open_person(again, person.id)
    assert due_on_leaving(again, "closed") == (), "looking changes nothing"
    lock_desk(again, "asked")
    third = open_desk(vault_folder, "leyla", PASSPHRASE, clock=clock)
    assert due_on_leaving(third, "idle") == (), "signing in and locking change nothing"
    third.close()


@pytest.mark.parametrize("why", ["sleep", "screen", "user", "ending", "failure", "minimised"])
def test_what_leaves_no_time_makes_none(desk: Desk, why: str) -> None:
    assert due_on_leaving(desk, why) == ()


def test_it_can_be_made_less_often_or_by_hand(desk: Desk) -> None:
    backup_schedule.set_when(desk, When.ONCE)
    assert due(desk) == targets(desk)
    assert due_on_leaving(desk, "closed") == ()
    backup_schedule.set_when(desk, When.BY_HAND)
    assert due(desk) == ()
    assert backups.backup_is_due(desk), "it is told all the same"
    desk.rights = rights_of([Role.SOCIAL_WORKER.value])
    with pytest.raises(NotAllowed):
        backup_schedule.set_when(desk, When.DAILY)


def test_a_clock_set_back_makes_one_due(desk: Desk, clock: Clock) -> None:
    backup_schedule.run(desk, due(desk))
    clock.now -= timedelta(days=2)
    assert due(desk) == targets(desk)
