"""Words of the house book: shifts, what is handed over, where somebody is, medicine, incidents and feedback."""

from __future__ import annotations

from shelterdesk.i18n import N_
from shelterdesk.vocab.lists import Code, CodeList

# ``listed`` is the word inside a sentence: «Saturday 21 November, day».
SHIFTS = CodeList(
    "shifts",
    (
        Code("early", N_("Early shift"), listed=N_("early")),
        Code("day", N_("Day shift"), listed=N_("day")),
        Code("late", N_("Late shift"), listed=N_("late")),
        Code("night", N_("Night shift"), listed=N_("night")),
        Code("whole_day", N_("24 hours"), listed=N_("24 hours")),
    ),
)

LINE_KINDS = CodeList(
    "line_kinds",
    (
        Code("know", N_("To know")),
        Code("do", N_("To do")),
        Code("visit", N_("Visit")),
        Code("key", N_("Key or thing lent")),
    ),
)

LINE_TOPICS = CodeList(
    "line_topics",
    (
        Code("arrival", N_("Arrival or leaving")),
        Code("care", N_("Take care")),
        Code("language", N_("Language")),
        Code("health", N_("Health")),
        Code("food", N_("Food")),
        Code("child", N_("Child")),
        Code("repair", N_("Repair")),
        Code("phone", N_("Call or message")),
        Code("other", N_("Other")),
    ),
    open=True,
)

WHEREABOUTS = CodeList(
    "whereabouts",
    (
        Code("in_house", N_("In the house")),
        Code("out", N_("Out")),
        Code("night_away", N_("Night away")),
        Code("not_back", N_("Not back yet")),
    ),
)

MEDICINE_RHYTHMS = CodeList(
    "medicine_rhythms",
    (
        Code("every_day", N_("Every day")),
        Code("every_other_day", N_("Every other day")),
        Code("weekly", N_("Once a week")),
        Code("once", N_("On the first day only")),
    ),
)

DOSE_OUTCOMES = CodeList(
    "dose_outcomes",
    (
        Code("given", N_("Given")),
        Code("by_herself", N_("Took it herself")),
        Code("declined", N_("Declined")),
        Code("not_here", N_("Was not here")),
    ),
)

INCIDENT_KINDS = CodeList(
    "house_incident_kinds",
    (
        Code("asked_for_her", N_("Somebody asked for a resident")),
        Code("threat", N_("Threat")),
        Code("at_the_gate", N_("Stranger at the house")),
        Code("missing", N_("Somebody is missing")),
        Code("injury", N_("Injury or accident")),
        Code("illness", N_("Sudden illness")),
        Code("self_harm", N_("Somebody harmed herself or wanted to")),
        Code("violence", N_("Violence in the house")),
        Code("quarrel", N_("Quarrel")),
        Code("fire", N_("Fire or smoke")),
        Code("damage", N_("Damage, theft or loss")),
        Code("address_known", N_("Our address became known")),
        Code("other", N_("Other")),
    ),
    open=True,
)

TOLD_OF_INCIDENT = CodeList(
    "told_of_incident",
    (
        Code("director", N_("Director")),
        Code("colleague", N_("Colleague")),
        Code("police", N_("Police")),
        Code("ambulance", N_("Ambulance")),
        Code("fire_brigade", N_("Fire brigade")),
        Code("guardianship", N_("Guardianship body")),
        Code("other", N_("Somebody else")),
    ),
    open=True,
)

FEEDBACK_KINDS = CodeList(
    "feedback_kinds",
    (
        Code("complaint", N_("Complaint")),
        Code("idea", N_("Idea")),
        Code("thanks", N_("Thanks")),
    ),
)

FEEDBACK_ABOUT = CodeList(
    "feedback_about",
    (
        Code("colleague", N_("Somebody who works here")),
        Code("resident", N_("Somebody who lives here")),
        Code("rules", N_("The rules of the house")),
        Code("food", N_("Food")),
        Code("rooms", N_("Rooms and beds")),
        Code("help", N_("The help she gets")),
        Code("other", N_("Something else")),
    ),
)
