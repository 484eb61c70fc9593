"""The folder from July to the second follow-up: trial work, a job, a flat of her own, leaving, and how she is."""

from __future__ import annotations

from typing import Final

from tests.journeys.folder import DAUGHTER, MOTHER, SON, sheets
from tests.journeys.folder_spring import given

SUMMER: Final = sheets(
    (
        "01.07.2026 09:00",
        MOTHER,
        "partner",
        {
            "Name": "Ipək sewing workshop",
            "Kind": "Company",
            "Sector": "Manufacturing",
            "Number of staff": "14",
            "Contact": "Owner, Mrs Həcər",
            "Paid in full and on time": "Yes",
            "Papers stay with the worker": "Yes",
            "Free to leave at any time": "Yes",
            "What we tell this partner": "That she finished a course and is looking for work.",
        },
    ),
    (
        "01.07.2026 09:10",
        MOTHER,
        "consent",
        {
            "Purpose": "Sharing with a named employer or school",
            "For whom": "Ipək sewing workshop",
            "Answer": "Given",
            "How she answered": "Signed",
            "Only this may be shared": ("Name",),
        },
    ),
    (
        "01.07.2026 09:20",
        MOTHER,
        "placement",
        {
            "Kind": "Trial work",
            "Work or course": "Trial month at the machine",
            "Partner": "Ipək sewing workshop",
            "Stage": "Trial",
            "Next check-in": "15.07.2026",
            "What for": "hours and pay as agreed",
        },
    ),
    (
        "15.07.2026 17:30",
        MOTHER,
        "check-in",
        {
            "How it went": "Eight hours, paid each Friday, her papers are with her.",
            "Next check-in": "29.07.2026",
            "What for": "whether they take her on",
        },
        "Trial month",
    ),
    ("31.07.2026 17:00", MOTHER, "stage: Ended", {"Why it ended": "Taken on for good"}, "Trial month"),
    (
        "31.07.2026 17:10",
        MOTHER,
        "placement",
        {
            "Kind": "Work",
            "Work or course": "Seamstress, full time",
            "Partner": "Ipək sewing workshop",
            "Stage": "Working",
            "Next check-in": "31.08.2026",
            "What for": "contract and insurance",
        },
    ),
    (
        "03.08.2026 10:00",
        MOTHER,
        "scan",
        {
            "file": "contract.png",
            "Kind of scan or photo": "Work contract or payslip",
            "Day of the scan or photo": "01.08.2026",
            "What it is, in words": "Work contract, both pages signed",
        },
    ),
    (
        "04.08.2026 11:00",
        MOTHER,
        "risk",
        {
            "Risk level": "Low risk",
            "What it rests on": "He moved to another town, the police told the advocate.",
            "Look again on": "05.10.2026",
        },
    ),
    (
        "20.08.2026 10:00",
        MOTHER,
        "extension",
        {
            "How it stands": "Stands",
            "Decided by": "Court",
            "Court or office": "Sumgait city court",
            "Decided on": "20.08.2026",
            "Number of the paper": "2-899/2026",
            "It is a long-term order": "Yes",
            "Holds from": "28.08.2026",
            "Holds until": "28.02.2027",
        },
        "28 Aug 2026",
    ),
    (
        "31.08.2026 17:30",
        MOTHER,
        "check-in",
        {
            "How it went": "Contract and insurance are there; she trains a new girl.",
            "Next check-in": "30.09.2026",
            "What for": "how the way to work goes",
        },
        "Seamstress",
    ),
    ("01.09.2026 10:00", MOTHER, "wellbeing", {"Mood": "4", "Feeling safe": "4"}),
    (
        "07.09.2026 10:00",
        MOTHER,
        "other date",
        {
            "What it is": "First rent is due",
            "Day": "10.10.2026",
        },
    ),
    (
        "10.09.2026 11:00",
        MOTHER,
        "contact",
        {
            "Who it is to her": "Herself",
            "Phone": "+994 55 702 11 90",
            "Safe to call?": "Only a message that says nothing",
            "When, and what to say": "write «the dress is ready», she calls back",
        },
    ),
    (
        "11.09.2026 11:00",
        MOTHER,
        "consent",
        {
            "Purpose": "Contact after leaving",
            "Answer": "Given",
            "How she answered": "Signed",
            "Until": "12.10.2027",
        },
    ),
    (
        "30.09.2026 17:30",
        MOTHER,
        "check-in",
        {
            "How it went": "Twenty minutes by bus, she is never late.",
            "Next check-in": "30.11.2026",
            "What for": "after the move",
        },
        "Seamstress",
    ),
    (
        "05.10.2026 11:00",
        MOTHER,
        "risk",
        {
            "Risk level": "No danger seen now",
            "What it rests on": "Flat in another part of town, new number, order holds.",
        },
    ),
    ("08.10.2026 10:00", MOTHER, "checked: Plan gone through together", {}),
    ("08.10.2026 10:05", MOTHER, "checked: Safe way to reach her agreed", {}),
    ("12.10.2026 09:30", MOTHER, "handed back", {}),
    ("12.10.2026 09:40", MOTHER, "checked: Documents handed back", {}),
    (
        "12.10.2026 11:00",
        MOTHER,
        "leaving",
        {
            "Reason for leaving": "Plan reached",
            "Where to": "Rented room or flat",
            "May we ask afterwards how she is?": "Yes",
            "How and when it is safe": "a message about the dress, she calls back",
            "In words": "Two rooms near school 41, her name on the contract.",
        },
    ),
    ("12.10.2026 11:30", MOTHER, "phase", {"Phase": "Follow-up"}),
)

AFTERWARDS: Final = sheets(
    (
        "12.11.2026 18:00",
        MOTHER,
        "follow-up",
        {
            "Day": "12.11.2026",
            "How it went": "Spoke with her",
            "Where she lives now": "Rented room or flat",
            "Is she safe there?": "Yes",
            "Does she work or study?": "Yes",
            "Help she asks for": ("Legal",),
            "In words": "asks about the second half of the wages",
        },
        "after 1 month",
    ),
    (
        "12.01.2027 18:00",
        MOTHER,
        "follow-up",
        {
            "Day": "12.01.2027",
            "How it went": "Spoke with her",
            "Where she lives now": "Rented room or flat",
            "Is she safe there?": "Yes",
            "Does she work or study?": "Yes",
            "In words": "the wages came; she bought a machine of her own",
        },
        "after 3 months",
    ),
    ("12.01.2027 18:20", MOTHER, "phase", {"Phase": "Closed"}),
)

DONE: Final = sheets(
    ("29.01.2026 14:50", MOTHER, "seen to", {}, "29 Jan 2026"),
    ("13.02.2026 12:10", MOTHER, "step done", {}),
    ("24.02.2026 09:10", MOTHER, "milestone done", {}, "Long-term order in her hands"),
    ("17.04.2026 10:20", MOTHER, "milestone done", {}, "New passport from the consulate"),
    ("19.05.2026 16:20", MOTHER, "seen to", {}, "19 May 2026"),
    ("09.06.2026 12:20", MOTHER, "referral done", {}, "Legal help"),
    ("26.06.2026 15:10", MOTHER, "milestone done", {}, "Finish the pattern-making course"),
    ("16.09.2026 17:10", MOTHER, "milestone done", {}, "Rent a flat near the school"),
)

SERVICES: Final = given(
    (
        ("02.07.2026 15:50", MOTHER, "Psychological session", "50", "Nervous about the first day"),
        ("16.07.2026 15:50", MOTHER, "Psychological session", "50", "The machine is loud, she likes it"),
        ("30.07.2026 15:50", MOTHER, "Psychological session", "50", "Decided to stay in this town"),
        ("13.08.2026 15:50", MOTHER, "Psychological session", "50", "Two bad nights after his letter"),
        ("27.08.2026 15:50", MOTHER, "Psychological session", "50", "Back to sleeping well"),
        ("10.09.2026 15:50", MOTHER, "Psychological session", "50", "Speaks of the new flat only"),
        ("24.09.2026 15:50", MOTHER, "Psychological session", "50", "Last but one, she set the day"),
        ("08.10.2026 15:50", MOTHER, "Psychological session", "50", "Last talk, she brought tea"),
        ("05.07.2026 11:00", SON, "Leisure and outings", "240", "A day at the sea with the others"),
        ("20.07.2026 11:00", DAUGHTER, "Child care", "180", "While her mother works, twice a week"),
        ("25.08.2026 11:00", SON, "School supplies", "15", "Fourth class, new shoes"),
        ("02.09.2026 17:00", MOTHER, "Help with looking for housing", "90", "Three flats seen, one near the school"),
        ("16.09.2026 17:00", MOTHER, "Help with looking for housing", "60", "Contract read together, signed"),
        ("28.09.2026 17:00", MOTHER, "Help with rent", "20", "First month and the deposit"),
        ("06.10.2026 17:00", MOTHER, "Things for a first home", "60", "Two beds, pots, a lamp"),
        ("07.10.2026 16:00", SON, "Psychological first aid", "40", "Said goodbye to the room"),
    )
)
