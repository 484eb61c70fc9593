"""A small house whose October can be counted on the fingers."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from shelterdesk.desk import Desk
from shelterdesk.people import Person, add_person
from shelterdesk.person_history import StatusSince
from shelterdesk.schema.acts import Act
from shelterdesk.services import Service
from shelterdesk.stays import Stay


class House:
    """Writes records without the checks of forms, which are not what is tested here."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def person(self, gender: str | None = "woman", birth: str | None = "1990", **values: Any) -> UUID:
        from shelterdesk.partial_date import PartialDate

        born = PartialDate.parse(birth) if birth else None
        return add_person(self.desk, gender=gender, birth=born, registered_on=date(2026, 1, 2), **values).id

    def put(self, *records: Any) -> None:
        with self.desk.write(Act.ADD_STAY) as db:
            db.add_all(records)

    def stay(self, person: UUID, arrived: date, left: date | None = None, **values: Any) -> None:
        self.put(Stay(person_id=person, arrived_on=arrived, left_on=left, **values))

    def service(self, person: UUID, given_on: date, kind: str = "social_talk", **values: Any) -> None:
        self.put(
            Service(**({"person_id": person, "given_on": given_on, "kind": kind, "outcome": "took_place"} | values))
        )

    def status(self, person: UUID, since: date, status: str) -> None:
        self.put(StatusSince(person_id=person, since=since, status=status))

    def merge(self, person: UUID, into: UUID) -> None:
        with self.desk.write(Act.CHANGE_PERSON) as db:
            db.get_one(Person, person).merged_into_id = into


@pytest.fixture
def house(desk: Desk) -> House:
    return House(desk)
