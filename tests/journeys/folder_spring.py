"""The folder from March to June: papers, the course, the court again; and what was given in the first half year."""

from __future__ import annotations

from typing import Final

from tests.journeys.folder import DAUGHTER, MOTHER, SON, Sheet, sheets

TO_JUNE: Final = sheets(
    (
        "02.03.2026 10:00",
        MOTHER,
        "residence permit",
        {
            "How it stands": "Asked for, no answer yet",
            "Asked for on": "02.03.2026",
            "Decided by": "Migration service",
            "Court or office": "State Migration Service, window 9",
            "What to know about it": "The decision of the department lies with the application.",
            "Who sees to it": "Leyla A.",
        },
    ),
    (
        "04.03.2026 11:00",
        MOTHER,
        "risk",
        {
            "Risk level": "Medium risk",
            "What it rests on": "He wrote to her sister once; the number is blocked.",
            "Look again on": "04.05.2026",
        },
    ),
    (
        "05.03.2026 16:00",
        MOTHER,
        "visitor",
        {
            "Visitor": "Advocate S. Quliyeva",
            "Who that is": "Lawyer",
            "Came at": "15:00",
            "Went at": "16:00",
            "Did she agree to see them?": "Yes",
            "How it went": "Met in the house",
        },
    ),
    (
        "09.03.2026 09:00",
        MOTHER,
        "partner",
        {
            "Name": "Vocational college 2",
            "Kind": "School, college or course",
            "Contact": "Head of courses, ask for Mrs Nəzrin",
            "What we tell this partner": "That she learns on a grant; nothing else.",
        },
    ),
    (
        "09.03.2026 09:20",
        MOTHER,
        "consent",
        {
            "Purpose": "Sharing with a named employer or school",
            "For whom": "Vocational college 2",
            "Answer": "Given",
            "How she answered": "Signed",
            "Only this may be shared": ("Name",),
        },
    ),
    (
        "09.03.2026 09:30",
        MOTHER,
        "placement",
        {
            "Kind": "Vocational course",
            "Work or course": "Pattern making, mornings",
            "Partner": "Vocational college 2",
            "Stage": "Applied",
            "Next check-in": "23.03.2026",
            "What for": "whether the group suits her",
        },
    ),
    ("16.03.2026 09:00", MOTHER, "stage: Working", {}, "Pattern making"),
    (
        "23.03.2026 14:00",
        MOTHER,
        "check-in",
        {
            "How it went": "Sits in front, lends her scissors, asks for more homework.",
            "Next check-in": "30.04.2026",
            "What for": "before the examination",
        },
        "Pattern making",
    ),
    (
        "25.03.2026 10:00",
        MOTHER,
        "service",
        {"Service": "Identity card or passport", "Duration": "150", "For the team": "Consulate, finger prints taken"},
    ),
    (
        "01.04.2026 10:00",
        MOTHER,
        "appointment",
        {
            "Kind": "Court",
            "Day": "14.04.2026",
            "Time": "10:30",
            "Place": "district court, room 3",
            "In words": "claim for the unpaid work, first hearing",
        },
    ),
    (
        "14.04.2026 15:00",
        MOTHER,
        "service",
        {"Service": "Legal representation", "Duration": "180", "For the team": "Put off to 19 May, he did not come"},
    ),
    (
        "15.04.2026 10:00",
        MOTHER,
        "court date",
        {
            "Day": "19.05.2026",
            "Hour": "10:30",
            "How it stands": "Stands",
            "Court or office": "Khatai district court",
            "Where": "room 3, ask for the clerk",
            "What to know about it": "Claim for wages of ten years, witnesses come too.",
        },
    ),
    (
        "17.04.2026 10:00",
        MOTHER,
        "identity document",
        {
            "Kind of document": "Passport",
            "Number": "FA 3301187",
            "Country": "Uzbekistan",
            "Issued by": "Consulate in Baku",
            "Issued on": "17.04.2026",
            "Valid until": "17.04.2036",
            "Where it is now": "In our safe",
        },
    ),
    (
        "17.04.2026 10:10",
        MOTHER,
        "scan",
        {
            "file": "passport.png",
            "Kind of scan or photo": "Identity document or passport",
            "Day of the scan or photo": "17.04.2026",
            "What it is, in words": "New passport, page with the picture",
        },
    ),
    (
        "20.04.2026 09:00",
        MOTHER,
        "belongings",
        {"Kind": "Identity document", "What it is": "Passport, green cover", "Where it is kept": "safe, envelope 4"},
    ),
    (
        "04.05.2026 11:00",
        MOTHER,
        "risk",
        {
            "Risk level": "Low risk",
            "What it rests on": "Nobody was seen or heard since March; she goes to the course alone.",
            "Look again on": "04.08.2026",
        },
    ),
    (
        "06.05.2026 16:00",
        SON,
        "service",
        {"Service": "Help with school work", "Duration": "60", "For the team": "Reads aloud now, fractions next"},
    ),
    ("10.05.2026 10:00", MOTHER, "wellbeing", {"Mood": "3", "Feeling safe": "4"}),
    (
        "19.05.2026 16:00",
        MOTHER,
        "service",
        {
            "Service": "Going along to court",
            "Duration": "240",
            "For the team": "Two witnesses were heard, decision in June",
        },
    ),
    (
        "22.05.2026 17:00",
        MOTHER,
        "night away",
        {
            "Why away": "With family or friends",
            "Expected back on": "24.05.2026",
            "In words": "birthday of a friend from the course",
        },
    ),
    ("24.05.2026 18:00", MOTHER, "back", {}),
    (
        "05.06.2026 10:00",
        MOTHER,
        "date changed",
        {
            "How it stands": "Stands",
            "Decided on": "05.06.2026",
            "Number of the paper": "MX-20441",
            "Valid from": "05.06.2026",
            "Valid until": "05.06.2027",
        },
        "Residence permit",
    ),
    (
        "09.06.2026 12:00",
        MOTHER,
        "note",
        {
            "Kind of note": "Legal note",
            "Text": "The court awarded a part of the wages; the advocate asks whether to appeal.",
        },
    ),
    ("26.06.2026 15:00", MOTHER, "stage: Ended", {"Why it ended": "Completed"}, "Pattern making"),
    ("29.06.2026 10:00", MOTHER, "phase", {"Phase": "Reintegration"}),
)

_TALKS: Final = (
    ("05.02.2026", "Tired, came all the same", "Nightmares three times a week, wrote one down."),
    ("12.02.2026", "Laughed about the snow", "Practised grounding with the five senses."),
    ("19.02.2026", "Worried about her son at school", "Guilt about the evening he saw it; named whose fault it was."),
    ("05.03.2026", "Slept through one night", "Sleep diary: five hours at a stretch."),
    ("12.03.2026", "Wants to speak less today", "Drew the house of her childhood, kept the drawing."),
    ("19.03.2026", "Proud of the course", "First wish that reaches beyond this year."),
    ("02.04.2026", "Angry, and glad to be", "Anger at the stall, said aloud for the first time."),
    ("16.04.2026", "Calm before the hearing", "Went through the room in her mind, without shaking."),
    ("30.04.2026", "Spoke of her mother", "Grief for eleven years without seeing her."),
    ("21.05.2026", "Relieved after the court", "Nightmares once a week now."),
    ("11.06.2026", "Every other week from now on", "Agreed on what to do when a bad night returns."),
    ("25.06.2026", "Brought a dress she made", "Chose three sentences to keep."),
)


def _talks() -> list[Sheet]:
    """The weekly talks: the same form each time, other words."""
    return sheets(
        *(
            (
                f"{day} 15:50",
                MOTHER,
                "service",
                {
                    "Service": "Psychological session",
                    "Duration": "50",
                    "For the team": team,
                    "Clinical notes": clinical,
                },
            )
            for day, team, clinical in _TALKS
        )
    )


_GIVEN: Final = (
    ("15.01.2026 17:00", MOTHER, "Clothing and shoes", "20", "Winter coats for all three"),
    ("15.01.2026 17:10", DAUGHTER, "Things for a child", "10", "A bed rail and a grey rabbit"),
    ("16.01.2026 12:00", MOTHER, "Hygiene items", "10", "First set for three people"),
    ("19.01.2026 16:00", MOTHER, "Interpreting by phone", "40", "For the talk with the advocate"),
    ("06.02.2026 16:00", SON, "School supplies", "15", "School bag, shoes, two notebooks"),
    ("11.02.2026 16:00", MOTHER, "Language class", "60", "Azerbaijani, beginners, twice a week"),
    ("18.02.2026 16:00", MOTHER, "Language class", "60", "Can read the bus signs"),
    ("26.02.2026 16:00", SON, "Creative or body-based session", "60", "Clay, he made the whole street"),
    ("11.03.2026 16:00", MOTHER, "Language class", "60", "Filled in a form by herself"),
    ("18.03.2026 17:00", DAUGHTER, "Leisure and outings", "120", "Spring holiday, jumped over the fire"),
    ("24.03.2026 10:00", MOTHER, "Dental care", "60", "One filling, next in April"),
    ("08.04.2026 17:00", MOTHER, "Life skills", "60", "Bank account and a card of her own"),
    ("22.04.2026 10:00", MOTHER, "Dental care", "60", "Second filling, done"),
    ("29.04.2026 17:00", SON, "Creative or body-based session", "60", "Plays with the others after it"),
    ("13.05.2026 17:00", MOTHER, "Group session", "90", "First time in the group, listened"),
    ("27.05.2026 17:00", MOTHER, "Group session", "90", "Told how she passed the examination"),
    ("10.06.2026 17:00", MOTHER, "Skills and wishes talk", "45", "Workshop rather than a factory"),
    ("17.06.2026 11:00", MOTHER, "Eye care", "60", "Glasses for close work"),
)


def given(rows: tuple[tuple[str, str, str, str, str], ...]) -> list[Sheet]:
    """Return sheets of services: when, to whom, what, how long, a word for the team."""
    return sheets(
        *(
            (at, who, "service", {"Service": what, "Duration": minutes, "For the team": words})
            for at, who, what, minutes, words in rows
        )
    )


SERVICES: Final = [*_talks(), *given(_GIVEN)]
