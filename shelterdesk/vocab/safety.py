"""What every shift must know of a person, how much danger she is in, and what a safety plan came to."""

from __future__ import annotations

from shelterdesk.i18n import N_
from shelterdesk.vocab.lists import Code, CodeList

# What every shift sees or is told, and acts on; nothing is asked beyond it.
ALERT_KINDS = CodeList(
    "alert_kinds",
    (
        Code("doctor_needed", N_("Doctor needed now"), group="health"),
        Code("hurt", N_("Hurt or in pain"), group="health"),
        Code("pregnant", N_("Pregnant"), group="health"),
        Code("takes_medicine", N_("Takes medicine"), group="health"),
        Code("looked_for", N_("Someone may look for her"), group="safety"),
        Code("phone_followed", N_("Phone can be followed"), group="safety"),
        Code("may_harm_herself", N_("May harm herself"), group="safety"),
        Code("allergy", N_("Allergy"), group="health"),
        Code("must_not_know", N_("Must not be told, or let in"), group="safety"),
        Code("long_illness", N_("Long-term illness"), group="health"),
        Code("infection", N_("Keep others from catching it"), group="health"),
        Code("help_to_move", N_("Needs help to move about"), group="health"),
        Code("special_food", N_("Needs special food"), group="health"),
        Code("no_visits", N_("No visits without asking her"), group="safety"),
        Code("not_alone", N_("Does not go out alone"), group="safety"),
        Code("other", N_("Other")),
    ),
    open=True,
)

# The three levels of the case management forms of GBVIMS+ and Primero.
RISK_LEVELS = CodeList(
    "risk_levels",
    (
        Code("high", N_("High risk"), aliases=("high", "yüksək", "высокий")),
        Code("medium", N_("Medium risk"), aliases=("medium", "orta", "средний")),
        Code("low", N_("Low risk"), aliases=("low", "aşağı", "низкий")),
        Code("none", N_("No danger seen now"), aliases=("none", "yoxdur", "нет")),
    ),
)

SAFETY_PLAN_STATES = CodeList(
    "safety_plan_states",
    (
        Code("made", N_("Made")),
        Code("begun", N_("Begun")),
        Code("later", N_("She wants to make one later")),
        Code("declined", N_("She does not want one")),
        Code("not_needed", N_("Not needed")),
    ),
)
