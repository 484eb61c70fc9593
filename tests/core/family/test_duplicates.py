"""Who may already be on file: three scripts, partial dates, numbers; and finding by phone and paper."""

from __future__ import annotations

from typing import Any

import pytest

from shelterdesk import contacts, duplicates, identity_documents, people, search
from shelterdesk.access import Role
from shelterdesk.desk import Desk
from shelterdesk.partial_date import PartialDate
from tests.core.seats import seat


@pytest.fixture
def index(desk: Desk) -> search.Index:
    """Two people who are not alike."""
    ay = people.add_person(
        desk,
        short_name="Xədi",
        given_names="Xədicə",
        family_name="Quliyeva",
        other_names="Хадижа Кулиева\nKhadija Gulieva",
        birth=PartialDate(1994, 5, 21),
        gender="woman",
        phone="+994 50 123 45 67",
        document_number="AZE 1234567",
    )
    people.add_person(desk, short_name="Botir", given_names="Botir", family_name="Karimov", birth=PartialDate(1988))
    contacts.record_contact(desk, ay.id, kind="relative", phone="055 999 88 77")
    identity_documents.record_document(desk, ay.id, kind="passport", number="P-0099 887")
    return search.build_index(desk)


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ({"names": ["Khadija Guliyeva"]}, duplicates.SAME_NAME),
        ({"names": ["Хадиджа Кулиева"]}, duplicates.LIKE_NAME),
        ({"names": ["Xədicə Quliyeva"]}, duplicates.SAME_NAME),
        ({"names": ["Xədicə Quliyeva"], "birth": PartialDate(1994)}, duplicates.LIKE_BIRTH),
        ({"names": ["Xədicə Quliyeva"], "birth": PartialDate(1994, 5, 21)}, duplicates.SAME_DAY),
        ({"names": [], "paper": "aze1234567"}, duplicates.SAME_PAPER),
        ({"names": [None], "paper": "P0099887"}, duplicates.SAME_PAPER),
        ({"names": ["Nobody"], "phone": "050 123-45-67"}, duplicates.SAME_PHONE),
    ],
)
def test_who_may_be_on_file(desk: Desk, index: search.Index, asked: dict[str, Any], reason: str) -> None:
    found = duplicates.candidates(desk, index, **asked)
    assert [one.entry.name for one in found] == ["Xədi"]
    assert reason in found[0].reasons


@pytest.mark.parametrize(
    "asked",
    [
        {"names": ["Maryam Safarova"]},
        {"names": ["X"]},
        {"names": [], "phone": "123"},
        {"names": ["Khadija Gulieva"], "birth": PartialDate(1960), "gender": "man"},
    ],
)
def test_who_is_somebody_else(desk: Desk, index: search.Index, asked: dict[str, Any]) -> None:
    assert duplicates.candidates(desk, index, **asked) == []


def test_nobody_is_told_of_herself(desk: Desk, index: search.Index) -> None:
    ay = index.entries[-1]
    assert ay.name == "Xədi"
    assert duplicates.candidates(desk, index, names=["Xədicə Quliyeva"], but=[ay.id]) == []


@pytest.mark.parametrize("typed", ["999 88 77", "0559998877", "1234567", "aze1234", "P-0099", "хадижа", "gulieva"])
def test_everything_finds_her(index: search.Index, typed: str) -> None:
    assert [one.name for one in index.find(typed)] == ["Xədi"]


def test_the_night_is_told_of_short_names_only(desk: Desk, index: search.Index) -> None:
    night = seat(desk, Role.NIGHT_WORKER)
    held = search.build_index(night)
    assert duplicates.candidates(night, held, names=["Quliyeva"], paper="AZE1234567", phone="0501234567") == []
    assert [one.entry.name for one in duplicates.candidates(night, held, names=["Xedi"])] == ["Xədi"]
    assert held.find("9998877") == []
    assert index.entries
