"""The folder of February: school, the plan, the long-term order, a decision on her status."""

from __future__ import annotations

from typing import Final

from tests.journeys.folder import DAUGHTER, MOTHER, SON, sheets

FEBRUARY: Final = sheets(
    (
        "02.02.2026 09:00",
        SON,
        "service",
        {"Service": "Enrolment in school", "Duration": "60", "For the team": "Third class, lessons from 9 February"},
    ),
    (
        "02.02.2026 09:20",
        SON,
        "care of a child",
        {
            "School": "Goes to school",
            "School or kindergarten, class": "School 41, third class",
            "Who at school knows, and how much": "Only the head teacher; no address was given",
            "Arranged without our address": "Yes",
            "There since": "09.02.2026",
            "Who brings and collects": "His mother, with one of us",
        },
    ),
    (
        "03.02.2026 10:00",
        DAUGHTER,
        "care of a child",
        {
            "School": "Goes to nursery or kindergarten",
            "School or kindergarten, class": "Kindergarten 7, small group",
            "Arranged without our address": "Yes",
            "There since": "10.02.2026",
        },
    ),
    (
        "04.02.2026 11:00",
        MOTHER,
        "risk",
        {
            "Risk level": "Medium risk",
            "What it rests on": "No car was seen for two weeks; the order was handed to him.",
            "Look again on": "04.03.2026",
        },
    ),
    (
        "05.02.2026 12:00",
        MOTHER,
        "consent",
        {"Purpose": "Sharing with health services", "Answer": "Given", "How she answered": "Spoken"},
    ),
    (
        "06.02.2026 09:30",
        MOTHER,
        "service",
        {"Service": "Medical tests", "Duration": "45", "For the team": "Iron is low, tablets for three months"},
    ),
    (
        "06.02.2026 10:00",
        MOTHER,
        "alert",
        {"What to heed": "Takes medicine", "In words": "iron tablet after breakfast", "Until": "06.05.2026"},
    ),
    (
        "09.02.2026 15:00",
        DAUGHTER,
        "service",
        {"Service": "Health check", "Duration": "20", "For the team": "Vaccinations are made up for"},
    ),
    ("10.02.2026 10:00", MOTHER, "plan", {"Review": "10.05.2026"}),
    (
        "10.02.2026 10:10",
        MOTHER,
        "milestone",
        {
            "Domain": "Safety",
            "Milestone": "Long-term order in her hands",
            "Due": "15.03.2026",
            "On her sheet": "One paper more",
        },
    ),
    (
        "10.02.2026 10:15",
        MOTHER,
        "milestone",
        {
            "Domain": "Legal",
            "Milestone": "New passport from the consulate",
            "Due": "30.04.2026",
            "On her sheet": "My own papers",
        },
    ),
    (
        "10.02.2026 10:20",
        MOTHER,
        "milestone",
        {
            "Domain": "Work & education",
            "Milestone": "Finish the pattern-making course",
            "Due": "30.06.2026",
            "On her sheet": "Finish what I began",
        },
    ),
    (
        "10.02.2026 10:25",
        MOTHER,
        "milestone",
        {
            "Domain": "Housing & money",
            "Milestone": "Rent a flat near the school",
            "Due": "30.09.2026",
            "On her sheet": "A door of my own",
        },
    ),
    (
        "10.02.2026 10:30",
        MOTHER,
        "strengths",
        {
            "Strengths": "Sews without a pattern\nCounts quickly in her head\nTells her children the truth",
        },
    ),
    (
        "10.02.2026 10:40",
        MOTHER,
        "service",
        {"Service": "Plan made or looked at together", "Duration": "45", "For the team": "Work first, then the flat"},
    ),
    ("10.02.2026 10:50", MOTHER, "wellbeing", {"Mood": "2", "Feeling safe": "2"}),
    (
        "11.02.2026 11:00",
        MOTHER,
        "next step",
        {
            "Next step": "Photograph for the passport",
            "Kind": "Visit to an office",
            "Day": "13.02.2026",
            "Time": "10:00",
            "With whom, and how": "By taxi from the back gate",
        },
    ),
    (
        "13.02.2026 12:00",
        MOTHER,
        "identity document",
        {
            "Kind of document": "Passport",
            "Country": "Uzbekistan",
            "Issued by": "Consulate in Baku",
            "Where it is now": "Applied for",
            "Note": "receipt 5518 lies in the safe",
        },
    ),
    (
        "16.02.2026 09:00",
        MOTHER,
        "incident in the house",
        {
            "What happened": "Quarrel",
            "In one line": "loud words about the washing machine, settled at supper",
            "Hour": "18:30",
            "Whom it concerns": MOTHER,
        },
    ),
    (
        "20.02.2026 10:00",
        MOTHER,
        "request by an authority",
        {
            "How it came": "By letter",
            "Who asks": "Prosecution",
            "Office or unit": "District prosecutor’s office",
            "Legal paper": "Decision of a prosecutor",
            "Number of the paper": "17-K/2026",
            "What they ask for": "Whether she can be heard as a witness in February.",
            "Answer by": "25.02.2026",
            "Answer": "Given",
            "Answered on": "20.02.2026",
            "What was given, or why not": "Her answer through the advocate; nothing from the record.",
            "How it was answered": "By letter",
            "Was she told?": "She was told",
            "What obliges without her consent": "the decision of the prosecutor named above",
        },
    ),
    (
        "23.02.2026 14:00",
        MOTHER,
        "service",
        {"Service": "Going along to a statement", "Duration": "120", "For the team": "Two hours, with a break"},
    ),
    (
        "24.02.2026 09:00",
        MOTHER,
        "extension",
        {
            "How it stands": "Stands",
            "Decided by": "Court",
            "Court or office": "Sumgait city court",
            "Decided on": "24.02.2026",
            "Number of the paper": "2-301/2026",
            "It is a long-term order": "Yes",
            "Holds from": "28.02.2026",
            "Holds until": "28.08.2026",
        },
        "Protection order",
    ),
    (
        "25.02.2026 10:00",
        MOTHER,
        "status",
        {
            "Identification status": "Identified",
            "Decided by": "Police, anti-trafficking unit",
            "Organisation": "Decision of the department",
        },
    ),
    ("26.02.2026 10:00", MOTHER, "phase", {"Phase": "Transition"}),
    (
        "27.02.2026 19:00",
        DAUGHTER,
        "night away",
        {"Why away": "In hospital", "Expected back on": "01.03.2026", "In words": "fever, children’s hospital, ward 2"},
    ),
    ("01.03.2026 12:00", DAUGHTER, "back", {}),
)
