"""Tables of HTCDS and GBVIMS that leave: who agreed is in them, the log says of everybody who was, and why."""

from __future__ import annotations

import csv
import io

import msoffcrypto
import pytest

from shelterdesk import consents, gbv_incidents, people, record_log, restrictions, what_happened
from shelterdesk.access import Role
from shelterdesk.desk import Desk
from shelterdesk.errors import NotAllowed, ShelterDeskError
from shelterdesk.exchange.standard_exports import NotReady, What, export_table, gather, standings
from shelterdesk.partial_date import PartialDate
from shelterdesk.people import Person
from shelterdesk.schema import log_reading
from shelterdesk.schema.acts import Act
from shelterdesk.sharing import ReasonMissing, State
from tests.core.seats import seat

AGENCY, WHY = "State agency", "Agreement of March"


def put(desk: Desk, name: str, **consent: str) -> Person:
    made = people.add_person(
        desk, given_names=name, family_name="Əliyeva", gender="woman", birth=PartialDate(1994, 5), birth_day=21
    )
    if consent:
        consents.record_consent(desk, made.id, answered_on=desk.today(), **consent)
    return made


@pytest.fixture
def agreed(desk: Desk) -> Person:
    return put(desk, "Aysel", purpose="share_authority", answer="given", recipient=AGENCY)


@pytest.fixture
def silent(desk: Desk) -> Person:
    return put(desk, "Nuray")


def exported(desk: Desk, what: What, **more: object) -> list[dict[str, str]]:
    given = {"recipient": AGENCY, "how": "csv", "why": WHY} | more
    data = export_table(desk, gather(desk, what), **given)  # type: ignore[arg-type]
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def exports_in(desk: Desk) -> list[dict[str, str | None]]:
    with desk.read() as db:
        rows = [row for row in log_reading.logged(db) if row.act == Act.EXPORT.code]
    return [{change.field_id: change.after for change in row.changes} for row in rows]


def test_with_names_it_holds_only_who_agreed_to_this_recipient(desk: Desk, agreed: Person, silent: Person) -> None:
    put(desk, "Leyla", purpose="share_authority", answer="given", recipient="Somebody else")
    put(desk, "Sona", purpose="share_partner", answer="declined", recipient=AGENCY)
    (row,) = exported(desk, What.HTCDS_NAMED)
    assert (row["code"], row["prs_FirstName"], row["prs_Birthdate"]) == (agreed.code, "Aysel", "1994-05-21")
    found = standings(desk, gather(desk, What.HTCDS_NAMED), AGENCY)
    assert [found[one].state for one in (agreed.id, silent.id)] == [State.GIVEN, State.NOT_ASKED]
    assert sorted(one.state for one in found.values()) == sorted(["given", "not_asked", "not_asked", "declined"])


def test_who_did_not_agree_comes_in_with_the_reason_beside_her(desk: Desk, agreed: Person, silent: Person) -> None:
    rows = exported(desk, What.HTCDS_NAMED, everybody=True, why="Order of the court")
    assert {row["code"] for row in rows} == {agreed.code, silent.code}
    newest = record_log.log_of(desk, silent.id)[0]
    assert "Order of the court" in str(newest)


def test_the_log_keeps_the_whole_and_everybody_in_it(desk: Desk, agreed: Person, silent: Person) -> None:
    before = len(exports_in(desk))
    exported(desk, What.HTCDS_NAMED)
    new = exports_in(desk)[: len(exports_in(desk)) - before]
    assert len(new) == 2, "the table, and her who is in it; not who was left out"
    assert all((one["log.for_whom"], one["log.why"], one["log.how"]) == (AGENCY, WHY, "csv") for one in new)
    assert {one.get("log.people") for one in new} == {"1", None}
    assert {one.get("log.consent") for one in new} == {"given", None}


def test_coded_it_names_nobody_and_tells_no_day_of_birth(desk: Desk, agreed: Person, silent: Person) -> None:
    for one in (agreed, silent):
        consents.record_consent(desk, one.id, purpose="statistics", answer="given", answered_on=desk.today())
        what_happened.open_it(desk, one.id, "I work with her on this today")
        gbv_incidents.record_incident(desk, one.id, reported_on=desk.today(), violence="rape", district="Gəncə")
    rows = exported(desk, What.HTCDS_CODED)
    assert {row["code"] for row in rows} == {agreed.code, silent.code}
    assert {row["prs_Birthdate"] for row in rows} == {"1994-05"}
    incidents = exported(desk, What.GBVIMS_CODED)
    assert {(row["gbv_type"], row["date_of_birth"]) for row in incidents} == {("Rape", "1994-05")}
    for said in (str(rows), str(incidents)):
        assert not [word for word in ("Aysel", "Nuray", "Əliyeva", "Gəncə") if word in said]


def test_statistics_ask_for_their_own_consent(desk: Desk, agreed: Person) -> None:
    with pytest.raises(NotReady):
        exported(desk, What.HTCDS_CODED)


@pytest.mark.parametrize(
    ("more", "error"),
    [({"recipient": " "}, NotReady), ({"why": " "}, ReasonMissing), ({"password": "x" * 12}, NotReady)],
)
def test_nothing_leaves_that_is_not_ready(
    desk: Desk, agreed: Person, more: dict[str, object], error: type[ShelterDeskError]
) -> None:
    before = exports_in(desk)
    with pytest.raises(error):
        exported(desk, What.HTCDS_NAMED, **more)
    assert exports_in(desk) == before


def test_an_excel_file_takes_a_password(desk: Desk, agreed: Person) -> None:
    gathered = gather(desk, What.HTCDS_NAMED)
    data = export_table(desk, gathered, recipient=AGENCY, how="xlsx", why=WHY, password="Dəniz-4711-Bulud")
    assert msoffcrypto.OfficeFile(io.BytesIO(data)).is_encrypted()


def test_only_who_leads_the_house_takes_tables_out(desk: Desk, agreed: Person) -> None:
    for role in Role:
        other = seat(desk, role)
        if role is Role.DIRECTOR:
            assert gather(other, What.HTCDS_NAMED).people() == [agreed.id]
            continue
        for what in What:
            with pytest.raises(NotAllowed):
                gather(other, what)


def test_a_record_that_asks_why_stays_out(desk: Desk, agreed: Person) -> None:
    restrictions.restrict(desk, agreed.id, "x")
    desk.opened_with_reason.clear()
    restrictions.opened(desk, people.add_person(desk).id)
    assert agreed.id not in gather(desk, What.HTCDS_NAMED).people()
