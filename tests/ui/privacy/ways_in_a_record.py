"""Every way a form is opened within one record."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from shelterdesk import (
    approvals,
    consents,
    deadlines,
    leaving,
    needs,
    notes,
    referrals,
    referrals_out,
    safety_plan,
    stays,
)
from shelterdesk.milestones import Milestone
from shelterdesk.person_history import RiskSince, history_of
from tests.ui.privacy.way_steps import Found, Way, say_why, section_of, some_placement
from ui.window import Window


def _plan(window: Window, found: Found) -> Any:
    return section_of(window, found.aysel, "plan")


def _goal(window: Window, found: Found) -> None:
    _plan(window, found).edit_goal("work")


def _scan(window: Window, found: Found) -> None:
    section = section_of(window, found.aysel, "documents")
    section.edit(section.files[0].id)


def _edit_milestone(window: Window, found: Found) -> None:
    section = _plan(window, found)
    section.edit_milestone(_some_milestone(section))


def _move_milestone(window: Window, found: Found) -> None:
    section = _plan(window, found)
    section.move_milestone(_some_milestone(section))


def _some_milestone(section: Any) -> UUID:
    with section.seat.desk.read() as db:
        rows = db.query(Milestone).filter(Milestone.plan_id == section.plan.id).all()
        return next(one.id for one in rows if one.status not in ("done", "dropped") and one.due_on is not None)


def _give_back(window: Window, found: Found) -> None:
    section = _plan(window, found)
    desk = section.seat.desk
    approvals.ask(desk, "plan", found.aysel, section.plan.id, request="Look at the second goal")
    section = _plan(window, found)
    section.give_plan_back()


def _ask(window: Window, found: Found) -> None:
    _plan(window, found).ask_for_approval()


def _stay(window: Window, found: Found) -> None:
    section = section_of(window, found.aysel, "stay")
    section.correct(stays.stays_of(section.seat.desk, found.aysel)[0].id)


def _consent(window: Window, found: Found) -> None:
    section = section_of(window, found.aysel, "consents")
    section.correct(consents.consents_of(section.seat.desk, found.aysel)[0].id)


def _referral(window: Window, found: Found) -> None:
    section = section_of(window, found.aysel, "consents")
    desk = section.seat.desk
    made = referrals.record_referral(desk, found.aysel, referred_on=desk.today())
    section_of(window, found.aysel, "consents").correct_referral(made.id)


def _referral_out(window: Window, found: Found) -> None:
    section = section_of(window, found.aysel, "consents")
    desk = section.seat.desk
    made = referrals_out.record_referral_out(desk, found.aysel, service="legal", organisation="Law clinic")
    section_of(window, found.aysel, "consents").go_on_with(made, "")


def _risk(window: Window, found: Found) -> None:
    section = section_of(window, found.aysel, "needs")
    section.risk.opened.emit(history_of(section.seat.desk, RiskSince, found.aysel)[0].id)


def _episode_goal(window: Window, found: Found) -> None:
    section = section_of(window, found.aysel, "psychology")
    section.edit_goal(section.goals[0].id)


def _screening(window: Window, found: Found) -> None:
    section = section_of(window, found.aysel, "psychology")
    section.edit_screening(section.scales.scores[0].screening.id)


def _need(window: Window, found: Found) -> None:
    desk = window.seat.desk
    needs.record_need(desk, found.aysel, kind="child_care")
    section = section_of(window, found.aysel, "needs")
    section.edit_need(needs.needs_of(desk, found.aysel)[0].id)


def _safety_plan(window: Window, found: Found) -> None:
    section = section_of(window, found.aysel, "needs")
    section.edit_plan(safety_plan.safety_plans_of(section.seat.desk, found.aysel)[0])


def _date(window: Window, found: Found) -> None:
    section = section_of(window, found.aysel, "dates")
    section.edit(deadlines.deadlines_of(section.seat.desk, found.aysel)[0].id)


def _extension(window: Window, found: Found) -> None:
    section = section_of(window, found.aysel, "dates")
    papers = [one for one in deadlines.deadlines_of(section.seat.desk, found.aysel) if one.kind == "protection_order"]
    section.extend(papers[0])


def _in_stay(card: str) -> Way:
    return lambda window, found: getattr(section_of(window, found.aysel, "stay"), card).add_wanted.emit()


def _ask_leaving(window: Window, found: Found) -> None:
    section_of(window, found.aysel, "stay").ask_approval()


def _give_leaving_back(window: Window, found: Found) -> None:
    desk = section_of(window, found.aysel, "stay").seat.desk
    leaving.ask_approval(desk, stays.stays_of(desk, found.aysel)[0], "All is packed")
    section_of(window, found.aysel, "stay").give_back()


def _note(window: Window, found: Found) -> None:
    section = section_of(window, found.aysel, "notes")
    section.edit(notes.notes_of(section.seat.desk, found.aysel)[0].id)


def _new_plan(window: Window, found: Found) -> None:
    _plan(window, found).begin_plan()


def _doing(section: str, doing: str) -> Way:
    return lambda window, found: section_of(window, found.aysel, section, doing)


def _calling(section: str, act: str, *values: Any) -> Way:
    return lambda window, found: getattr(section_of(window, found.aysel, section), act)(*values)


def _happened(act: str, *values: Any) -> Way:
    def way(window: Window, found: Found) -> None:
        section = section_of(window, found.aysel, "happened")
        say_why(window)
        getattr(section, act)(*values)

    return way


def _of_a_resident(act: str) -> Way:
    def way(window: Window, _found: Found) -> None:
        one = some_placement(window.seat.desk)
        getattr(section_of(window, one.person_id, "work"), act)(one.id)

    return way


IN_A_RECORD: dict[str, Way] = {
    "personal details": _doing("personal", "edit"),
    "identity document": _doing("personal", "new_document"),
    "contact": _doing("personal", "new_contact"),
    "relative": _doing("family", "new_relative"),
    "child with a record": _doing("family", "new_child"),
    "care of a child": _doing("family", "edit_care"),
    "next step": _doing("overview", "next_step"),
    "appointment": _calling("overview", "edit_appointment", None),
    "strengths": _calling("overview", "edit_strengths"),
    "leaving": _doing("stay", "leave"),
    "another bed": _doing("stay", "move"),
    "stay": _stay,
    "new stay": lambda window, found: section_of(window, found.gone, "stay", "new_stay"),
    "nights away": _in_stay("absence_card"),
    "visitor": _in_stay("visit_card"),
    "belongings": _in_stay("belonging_card"),
    "follow-up": _in_stay("after_card"),
    "asking for approval of a leaving": _ask_leaving,
    "giving a leaving back": _give_leaving_back,
    "safety": _doing("needs", "edit"),
    "kinds of exploitation": _happened("edit_kinds"),
    "circumstances": _happened("edit_circumstances"),
    "place and time": _happened("add_event"),
    "signs of forced labour": _happened("edit_signs"),
    "incident of violence": _happened("add_incident"),
    "person who caused harm": _happened("add_who_harmed"),
    "how a topic stands": _happened("say_how_it_stands", "signs"),
    "status": _happened("add_status"),
    "alert": _doing("needs", "new_alert"),
    "risk": _doing("needs", "new_risk"),
    "risk level that stands": _risk,
    "safety plan": _safety_plan,
    "new safety plan": _doing("needs", "new_safety_plan"),
    "date": _date,
    "new date": _doing("dates", "new_protection_order"),
    "extension of a date": _extension,
    "phase": _doing("needs", "new_phase"),
    "worker": _doing("needs", "new_worker"),
    "new referral": _doing("consents", "new_referral"),
    "referral": _referral,
    "new referral to somebody else": _doing("consents", "new_referral_out"),
    "referral to somebody else": _referral_out,
    "new consent": _doing("consents", "new_consent"),
    "consent": _consent,
    "new note of a record": _doing("notes", "new_note"),
    "new scan or photo": _doing("documents", "new_scan"),
    "scan or photo": _scan,
    "note of a record": _note,
    "goal": _goal,
    "new milestone": _doing("plan", "new_milestone"),
    "milestone": _edit_milestone,
    "milestone moved": _move_milestone,
    "next step of the plan": _doing("plan", "next_step"),
    "plan": _calling("plan", "edit_plan"),
    "new plan": _new_plan,
    "wellbeing": _doing("plan", "add_round"),
    "asking for approval": _ask,
    "giving back": _give_back,
    "check-in of a record": _of_a_resident("begin_check_in"),
    "stage of a record": _of_a_resident("begin_move"),
    "psychological work": _doing("psychology", "new_episode"),
    "psychological work that stands": _calling("psychology", "edit"),
    "end of psychological work": _calling("psychology", "end"),
    "new goal of psychological work": _doing("psychology", "new_goal"),
    "goal of psychological work": _episode_goal,
    "new scale": _doing("psychology", "new_screening"),
    "scale": _screening,
    "new legal matter": _doing("legal", "new_matter"),
    "legal matter": _calling("legal", "edit"),
    "end of a legal matter": _calling("legal", "end"),
    "stage of a legal matter": _calling("legal", "next_stage"),
    "date of a legal matter": _calling("legal", "add_date"),
    "note of a legal matter": _calling("legal", "write_note"),
    "new need": _doing("needs", "new_need"),
    "need": _need,
    "asking for a reason": lambda window, found: section_of(window, found.aysel, "needs").opens.ask_why(),
    "closing to a colleague": lambda window, found: section_of(window, found.aysel, "needs").opens.close_to_somebody(),
    "request by an authority": lambda window, found: section_of(window, found.aysel, "consents").requests.begin(),
}
