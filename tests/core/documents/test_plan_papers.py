from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from shelterdesk.documents import blocks as b
from shelterdesk.documents.plan import PaperGoal, PaperStep, PlanPaper, Wording, plan_for_the_file
from shelterdesk.documents.recovery_sheet import qr_png, recovery_sheet
from shelterdesk.documents.sheet_for_her import NEUTRAL_GOALS, NEUTRAL_STEPS, her_sheet
from shelterdesk.documents.tonight import TonightRow, tonight_list
from tests.papers import empty_plan, example_plan


def words_of(value: object) -> list[str]:
    """Every text anywhere in a document, whatever block it stands in."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple):
        return [word for part in value for word in words_of(part)]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return [w for f in dataclasses.fields(value) for w in words_of(getattr(value, f.name))]
    return []


def only(document: b.Document, kind: type) -> list:
    return [block for block in document.blocks if isinstance(block, kind)]


def test_her_sheet_tells_nothing_that_could_endanger_her() -> None:
    said = "\n".join(words_of(her_sheet(example_plan(), "en")))
    for secret in (
        "R-2026-014", "Leyla", "Nigar", "Rəşad", "Orxan", "sister", "shop", "identity card", "Trial week", "rent",
        "10:00", "09:15", "eintegration", "onfidential", "worker", "Worker", "sign", "Interpreter", "helter",
    ):  # fmt: skip
        assert secret not in said, secret


def test_her_sheet_holds_her_words_and_no_others() -> None:
    sheet = her_sheet(example_plan(), "en")
    (table,) = only(sheet, b.GoalTable)
    assert [goal.title for goal in table.goals][2:5] == ["My papers", "People I trust", "Learning"]
    assert table.goals[1].steps[1] == b.Step("Eight talks", "18 December")
    assert table.goals[5].steps[1].by == "monthly"
    assert not table.names_people
    assert sheet.title == "My plan"
    assert sheet.file_name == "my-plan"
    assert not sheet.foot.page_numbers
    assert sheet.key is None


@pytest.mark.parametrize("domain", list(NEUTRAL_GOALS))
def test_missing_words_become_the_neutral_phrase_of_the_domain(domain: str) -> None:
    step = PaperStep(Wording("Testify in court against N."), with_whom="Rəşad T.")
    goal = PaperGoal(domain, Wording("Win the case"), (step,))
    paper = dataclasses.replace(example_plan((goal,)), strengths=(Wording("brave in court"),))
    sheet = her_sheet(paper, "en")
    (table,) = only(sheet, b.GoalTable)
    assert table.goals[0].words == NEUTRAL_GOALS[domain]
    assert table.goals[0].steps[0].text == NEUTRAL_STEPS[domain]
    assert "ourt" not in "".join(words_of(sheet))
    assert not [block for block in only(sheet, b.Aside) if block.label == "What I am good at"]


def test_an_unknown_domain_still_gives_nothing_away() -> None:
    goal = PaperGoal("new_domain", Wording("Hide from N."), (PaperStep(Wording("Change the phone")),))
    (table,) = only(her_sheet(example_plan((goal,)), "en"), b.GoalTable)
    assert (table.goals[0].title, table.goals[0].words, table.goals[0].steps[0].text) == (
        "For me",
        "I know what I want",
        "One step for me",
    )


def test_the_hour_stands_on_her_sheet_only_when_asked_for() -> None:
    (boxed,) = only(her_sheet(example_plan(), "en"), b.Boxed)
    assert boxed.text == "Appointment, Thursday 19 November"
    (boxed,) = only(her_sheet(example_plan(), "en", with_hours=True), b.Boxed)
    assert boxed.text == "Appointment, Thursday 19 November, 10:00"


def test_days_are_written_in_the_language_of_the_paper() -> None:
    assert her_sheet(example_plan(), "ru").corner.startswith("12 октября 2026")
    (facts,) = only(plan_for_the_file(example_plan(), "az"), b.LabelledRow)
    assert "oktyabr" in facts.pairs[1][1]


def test_the_plan_for_the_file_names_staff_and_has_its_code_as_only_identifier() -> None:
    plan = plan_for_the_file(example_plan(), "en")
    assert plan.key == b.KeyBox("Code", "R-2026-014")
    assert plan.foot.page_numbers
    assert plan.file_name == "plan-for-the-file"
    (table,) = only(plan, b.GoalTable)
    assert table.goals[1].steps[1] == b.Step("Eight talks with Nigar", "18 December", "Nigar H.")
    (boxed,) = only(plan, b.Boxed)
    assert boxed.text == "Appointment on Thursday 19 November at 10:00. We leave together at 09:15."
    (signed,) = only(plan, b.Signatures)
    assert signed.fields[0].label == "Resident, sign or mark"


def test_somebody_without_a_stay_signs_as_person() -> None:
    (signed,) = only(plan_for_the_file(empty_plan(), "en"), b.Signatures)
    assert signed.fields[0].label == "Person, sign or mark"


def test_an_interpreter_is_named_only_when_there_was_one() -> None:
    paper: PlanPaper = dataclasses.replace(example_plan(), interpreter="Sona M.")
    assert ("Interpreter", "Sona M.") in only(plan_for_the_file(paper, "en"), b.LabelledRow)[0].pairs
    assert len(only(plan_for_the_file(example_plan(), "en"), b.LabelledRow)[0].pairs) == 4


def test_an_empty_plan_says_so() -> None:
    plan = plan_for_the_file(empty_plan(), "en")
    assert only(plan, b.Boxed)[0].text == "No next step has been agreed yet."
    assert only(plan, b.GoalTable)[0].empty == "No goals have been agreed yet."
    assert not only(her_sheet(empty_plan(), "en"), b.Boxed)


def test_tonights_list_holds_short_names_and_rooms() -> None:
    rows = [TonightRow("Aynur", "Room 2"), TonightRow("Murad", "Room 2")]
    tonight = tonight_list(rows, date(2026, 11, 21), "en")
    (table,) = only(tonight, b.Table)
    assert [row.cells for row in table.rows] == [(b.Tick(), "Aynur", "Room 2", ""), (b.Tick(), "Murad", "Room 2", "")]
    assert tonight.foot.mark == "Stays in the house, destroy at handover."
    assert "2 people" in words_of(tonight)


def test_the_recovery_sheet_hides_its_code_until_asked() -> None:
    groups = ["K7QM4", "A2XW9", "PB6TD", "ZN35C"]
    hidden = recovery_sheet(groups, "desk-7F3A", "3F2A 91C0", "en", hidden=True)
    assert not set(groups) & set(words_of(hidden))
    assert not only(hidden, b.Picture)
    shown = recovery_sheet(groups, "desk-7F3A", "3F2A 91C0", "en")
    assert only(shown, b.CodeGroups)[0].groups == tuple(groups)
    assert only(shown, b.Picture)[0].png == qr_png("K7QM4 A2XW9 PB6TD ZN35C")
    assert only(shown, b.Picture)[0].png.startswith(b"\x89PNG")
    assert shown.key == b.KeyBox("Vault", "desk-7F3A")


def test_shares_become_widths_that_add_up_exactly() -> None:
    for shares in ((1.0, 1.0, 1.0), (50.3, 10.7, 54.8, 32.4, 21.8), (0.1, 99.0), (7.0,)):
        assert sum(b.shares_to_widths(shares, 9638)) == 9638
