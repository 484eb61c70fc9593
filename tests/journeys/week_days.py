"""What six people did from Monday to Saturday, as it would stand in their diaries.

A line of the register reads «name kind number», with what became of it where it did not simply take place; the number
is minutes, or money for things and money. A line of the diary reads «day hour kind name minutes» and what became of it.
"""

from __future__ import annotations

from typing import Final

DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat")
KINDS: Final = {
    "talk": ("social_talk", "Social work talk"),
    "plan": ("plan_talk", "Plan made"),
    "benefit": ("benefit_application", "Application"),
    "skills": ("life_skills", "Life"),
    "child": ("child_care", "Child care"),
    "going": ("accompaniment", "Going along"),
    "call": ("follow_up_contact", "Contact after"),
    "family": ("family_contact", "Contact with f"),
    "work": ("job_search", "Help with looking for w"),
    "school": ("tutoring", "Help with school"),
    "paper": ("identity_document", "Identity card"),
    "check": ("health_check", "Health check"),
    "pills": ("medicine", "Medicine"),
    "dentist": ("dental_care", "Dental"),
    "tests": ("tests", "Medical t"),
    "doctor": ("doctor_visit", "Visit to a doc"),
    "legal": ("legal_advice", "Legal advice"),
    "claim": ("compensation_claim", "Claim for w"),
    "psych": ("psychological_session", "Psychological session"),
    "aid": ("psychological_first_aid", "Psychological first"),
    "group": ("psychological_group", "Group s"),
    "outing": ("leisure", "Leis"),
    "bus": ("transport_costs", "Travel c"),
    "cash": ("cash_help", "Cash h"),
    "clothes": ("clothing", "Clothing"),
    "phone": ("phone", "Phone or"),
    "safety": ("safety_plan", "Safety plan"),
}
"""Short word → kind of service, and what is typed to find it."""
MONEY: Final = frozenset({"bus", "cash", "clothes", "phone"})
UNTIMED: Final = frozenset({"pills"})

REGISTER: Final = {
    ("Mon", "sevinc"): """Aysel talk 30, Botir talk 20, Dilnoza plan 45, Iryna talk 25, Jun talk 30 short,
        Lala benefit 60, Vusala call 15, Botir bus 4.60, Dilnoza child 60, Jun phone 10, Iryna child 40""",
    ("Mon", "gunel"): """Marisol plan 45, Nermin talk 30, Olena talk 35, Sabina talk 20 declined, Tamar benefit 55,
        Umida talk 30, Zarina call 20, Umida clothes 35, Nermin school 30""",
    ("Mon", "aytac"): "Iryna check 20, Olena pills 0, Tamar pills 0, Botir check 15, Dilnoza check 10",
    ("Tue", "sevinc"): """Aysel work 40, Botir talk 30, Jun going 110, Jun bus 2.40, Iryna paper 50, Lala talk 25,
        Dilnoza talk 30, Vusala cash 80, Aysel family 15, Botir paper 35""",
    ("Tue", "gunel"): """Marisol work 45, Nermin family 20, Olena plan 50, Sabina talk 30, Tamar talk 20,
        Umida school 40, Zarina bus 6, Olena family 20, Tamar child 45""",
    ("Tue", "aytac"): "Olena pills 0, Tamar pills 0, Sabina dentist 70, Aysel check 20",
    ("Wed", "sevinc"): """Aysel talk 30, Botir work 45, Dilnoza benefit 65, Iryna talk 20 not held, Jun talk 30,
        Lala plan 40, Aysel phone 20, Iryna child 45, Vusala talk 30""",
    ("Wed", "gunel"): """Marisol talk 25, Nermin plan 45, Olena going 90, Olena bus 3.20, Sabina paper 60,
        Tamar talk 30, Umida talk 30, Zarina talk 20, Marisol phone 20""",
    ("Wed", "aytac"): "Olena pills 0, Tamar pills 0, Jun tests 45, Lala check 20, Umida check 20",
    ("Thu", "sevinc"): """Aysel plan 50, Botir talk 25, Dilnoza talk 30, Iryna work 40, Jun family 15, Lala talk 30,
        Vusala call 20, Iryna clothes 42.50, Aysel child 30, Jun school 40""",
    ("Thu", "gunel"): """Marisol talk 30, Nermin talk 30, Olena talk 20, Sabina work 45, Tamar going 120,
        Tamar bus 5, Umida talk 25 short, Zarina call 15, Nermin bus 1.80, Sabina family 15""",
    ("Thu", "aytac"): "Olena pills 0, Tamar pills 0, Nermin check 15, Dilnoza check 20",
    ("Thu", "leyla"): "Nermin safety 40, Aysel talk 20, Olena talk 15",
    ("Fri", "sevinc"): """Aysel talk 30, Botir plan 45, Dilnoza work 35, Iryna talk 30, Jun talk 20, Lala family 20,
        Jun cash 50, Botir bus 4.60, Vusala call 10""",
    ("Fri", "gunel"): """Marisol talk 20, Nermin talk 25, Olena benefit 60, Sabina talk 30, Tamar talk 30,
        Umida plan 45, Zarina call 15, Nermin clothes 28, Sabina bus 2.40""",
    ("Fri", "aytac"): "Olena pills 0, Tamar pills 0, Marisol check 15, Marisol bus 2",
    ("Tue", "nigar"): "Nermin aid 30, Zarina psych 50",
    ("Thu", "nigar"): "Sabina aid 20, Vusala psych 45, Lala aid 15",
    ("Fri", "rena"): "Aysel claim 60, Tamar legal 40, Zarina legal 30",
    ("Sat", "sevinc"): "Aysel talk 20, Lala child 90, Dilnoza child 90, Botir talk 15, Jun skills 60",
}  # fmt: skip
LATE: Final = ("Sat", "sevinc", "Fri", "Iryna child 45")
"""On Saturday it comes to mind that something of Friday is not written down yet."""

DIARY: Final = {
    "nigar": """
        Mon 10:00 psych Aysel 50 at once
        Mon 11:30 psych Iryna 50 with a note
        Mon 14:00 psych Marisol 50 at once
        Tue 10:00 psych Tamar 50 at once
        Tue 13:00 psych Umida 50 did not come
        Wed 09:30 psych Botir 45 at once
        Wed 11:00 psych Lala 50 with a note
        Wed 14:00 psych Sabina 50 at once
        Thu 10:00 psych Olena 50 moved to Fri 11:00
        Thu 13:30 psych Aysel 50 at once
        Fri 09:30 psych Jun 50 at once
        Fri 13:00 psych Umida 60 at once
    """,
    "rena": """
        Mon 09:30 legal Tamar 45 at once
        Mon 13:00 legal Olena 60 with a note
        Wed 10:30 legal Aysel 45 at once
        Wed 13:00 legal Dilnoza 30 did not come
        Thu 09:30 legal Nermin 45 at once
    """,
    "aytac": """
        Mon 15:00 doctor Lala 60 at once
        Tue 12:00 doctor Marisol 80 at once
        Thu 11:00 doctor Botir 60 at once
        Fri 15:00 doctor Sabina 60 at once
        Mon 16:00 doctor Vusala 45 at once
    """,
}
"""What each of them plans on Monday morning for the week, and what became of it."""

SHARED: Final = ("Tue 15:00", 90, "Aysel Botir Dilnoza Iryna Jun Lala Marisol Nermin", "Dilnoza declined")
"""The group of the psychologist: planned on Monday, and what became of it for one of them."""
SKILLS: Final = ("Wed", "sevinc", 60, "Aysel Botir Dilnoza Iryna Jun Lala Olena Tamar")
OUTING: Final = ("Fri", "gunel", 150, "Marisol Nermin Olena Sabina Tamar Umida Iryna Lala Jun")
"""Groups nobody planned, written down afterwards."""
NEXT_WEEK: Final = {
    "nigar": ("Mon 10:00 psych Aysel 50", "Tue 10:00 psych Tamar 50"),
    "rena": ("Sun 10:00 legal Tamar 45",),
    "sevinc": ("Sun 12:00 social Jun 30", "Mon 12:00 social Botir 30"),
}
"""What is planned at the end for the days that follow: the first Sunday is tomorrow."""
