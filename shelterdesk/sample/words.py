"""What the invented people and their helpers write. Message ids, so that the demo speaks the language of the window."""

from __future__ import annotations

from shelterdesk.i18n import N_

TEAM_NOTES = (
    N_("Came on time. Would like to keep this day."),
    N_("Tired today, we kept it short. Tea and a walk helped."),
    N_("Asked for a quiet room. Room 2 in the mornings is good."),
    N_("Laughed a lot. Wants to help in the kitchen on Friday."),
    N_("The bus is late at this hour: leave ten minutes earlier."),
    N_("Needs the letter from the office before the next time."),
    N_("Would like to sit by the window and not be asked about work."),
    N_("Brought drawings and put them up in the hall."),
)

CLINICAL_NOTES = (
    N_("Slept five nights out of seven. The grounding exercise helps; would like to repeat it next week."),
    N_("Spoke about the plans for spring, less about the past. Agreed to stop there for today."),
    N_("Restless before the appointment with the office. Breathing exercise practised twice."),
    N_("Names three people to call. No thoughts of self-harm."),
    N_("Wants to write down reasons to be proud; began with two pages."),
)

MEDICAL_NOTES = (
    N_("Blood pressure normal. Iron tablets for four weeks, then a new test."),
    N_("Tooth filled, next visit in six months. No pain medicine needed."),
    N_("Glasses ordered: ready in ten days."),
    N_("Cough for three weeks: X-ray without findings, sent to the family doctor."),
    N_("Vaccination completed. The card lies in the file."),
)

LEGAL_NOTES = (
    N_("Claim for four months of unpaid wages prepared. Two witnesses are willing to write."),
    N_("Explained what happens in the hearing and how to ask for a break."),
    N_("Copy of the passport page certified. The request goes out this week."),
    N_("The office asks for one more paper. Deadline in fourteen days."),
)

CASE_NOTES = (
    N_("Talked about the week, and about when to call the family."),
    N_("Went through the budget together. Puts a little aside each week."),
    N_("Looked at two rooms. The second is nearer to work and has its own entrance."),
    N_("Called the school: a place is free after the holidays."),
    N_("Fewer appointments on one day are wished for. The calendar was changed together."),
    N_("The safety plan was looked at again; nothing changes for now."),
)

HOUSE_NOTES = (
    N_("Likes to be woken at seven. Coffee without sugar."),
    N_("Does not want to be called by the family name."),
    N_("Has a key to the small cupboard in the hall."),
)

REQUEST = N_("Are two court days in one month too much for her? Look at the dates of the legal steps.")

WORK_NOTES = (
    N_("Would rather work mornings, with other women, near a bus."),
    N_("The first week went well. Asks for a written contract before the second."),
    N_("Wants to finish the course before looking for work."),
)

MUST_KNOW = (
    N_("Allergy to penicillin."),
    N_("Eats no pork."),
    N_("Takes tablets at 08:00 and 20:00."),
    N_("Nobody outside may be told, relatives included."),
    N_("Sleeps with the light on."),
)

HEARS_LITTLE = N_("Speak slowly and face to face; ring the light, not the bell.")

SAFETY = (
    N_("Call only after 18:00"),
    N_("No visits without asking first"),
    N_("Does not go to the market alone"),
    N_("Phone stays switched off on the way"),
    N_("Deliveries are taken at the office, never at the door"),
)

STRENGTHS = (
    (N_("Cooks for many and stays calm"), N_("cooking for many")),
    (N_("Speaks three languages"), N_("several languages")),
    (N_("Learns quickly by doing"), N_("learning quickly")),
    (N_("Keeps a promise"), N_("keeping promises")),
    (N_("Is good with children"), N_("patience")),
    (N_("Repairs anything"), N_("repairing things")),
    (N_("Writes beautifully"), N_("writing")),
    (N_("Makes friends easily"), N_("making friends")),
)

WITH = (
    N_("the clinic in the next district"),
    N_("the employment centre"),
    N_("the school"),
    N_("the migration office"),
    N_("a friend"),
)

PROVIDERS = {
    "psychological": N_("{name}, psychologist"),
    "legal": N_("{name}, lawyer"),
    "vocational": N_("{name}, vocational officer"),
    "health": N_("Clinic in the next district"),
    "interpreting": N_("Interpreter by phone"),
    "education": N_("Evening school"),
}

REFERRERS = {
    "police": N_("District police"),
    "hotline": N_("National hotline"),
    "ngo": N_("Women’s centre in another town"),
    "shelter": N_("Shelter in another town"),
    "social_protection": N_("Social protection centre"),
    "migration_service": N_("Migration service"),
    "embassy": N_("Embassy"),
    "health": N_("Regional hospital"),
    "school": N_("School in the village"),
}

REFERRAL_DETAILS = (
    N_("Came with one bag and no papers. Asks that the village is not told."),
    N_("Spoke to the hotline three times before deciding to come."),
    N_("The place before could offer no more than thirty days."),
)

LEAVING_WORDS = (
    N_("Moved to a rented room with a friend from the course. Will call in two weeks."),
    N_("Wanted to go to relatives. We agreed on a word that means «call me back»."),
    N_("Left as planned, with household things and the first rent paid."),
)

PARTNERS: tuple[tuple[str, str, str, int, str, str, str], ...] = (
    (
        "Göy Palıd Textiles",
        "company",
        "manufacturing",
        38,
        N_("25 minutes by bus"),
        N_(
            "First name the resident chose, start day, Orxan’s work phone.\n"
            "Never the code, the shelter or the reason for staying."
        ),
        N_("Sewing trainee, mornings: 2 places\nPacking, half day: 1 place\nPattern cutting, evenings: 1 place"),
    ),
    (
        "Sarı Sünbül Bakery",
        "company",
        "accommodation_food",
        12,
        N_("10 minutes on foot"),
        N_("First name and start day only."),
        N_("Early shift: 1 place"),
    ),
    ("Ağ Şam Joinery", "company", "manufacturing", 7, N_("40 minutes by bus"), N_("First name only."), ""),
    ("Çinar Gül Evi", "company", "trade", 4, N_("15 minutes on foot"), N_("First name the resident chose."), ""),
    (
        "Mavi Körpü Courses",
        "school",
        "education",
        15,
        N_("20 minutes by metro"),
        N_("Name as on the certificate, with consent."),
        N_("Reception course: 3 places\nBookkeeping, online: 5 places"),
    ),
    ("Yaşıl Dəniz Laundry", "company", "other_services", 9, N_("30 minutes by bus"), N_("First name only."), ""),
    ("Nar Çiçəyi Greenhouse", "company", "agriculture", 21, N_("By the works bus"), N_("First name only."), ""),
    ("Bənövşə College", "school", "education", 60, N_("20 minutes by metro"), N_("Name as on the certificate."), ""),
    ("Qızıl Alma Canteen", "company", "accommodation_food", 16, N_("15 minutes by bus"), N_("First name only."), ""),
)

POSTS = (
    (N_("Packing, half day"), "work", "manufacturing"),
    (N_("Kitchen help"), "work", "accommodation_food"),
    (N_("Laundry, mornings"), "work", "other_services"),
    (N_("Seedlings, season"), "trial", "agriculture"),
    (N_("Sewing course"), "course", "education"),
    (N_("Computer course, evenings"), "short_training", "education"),
    (N_("Hairdressing, apprentice"), "apprenticeship", "other_services"),
    (N_("Sweets from home, with a grant"), "business_grant", "accommodation_food"),
)

ROOMS = ((N_("Room 1"), "women"), (N_("Room 2"), "women"), (N_("Room 3"), "men"), (N_("Family"), "family"))
NUMBERED_ROOM = N_("Room {number}")
PROJECTS = (("P1", N_("State social order (invented)")), ("P2", N_("Safe Start grant (invented)")))
HOUSE = N_("House A (invented)")
HALL = N_("Hall")
GROUP_SUBJECT = N_("Sleep and rest")
TALK = N_("A good talk")
CASE_STEPS = (
    N_("Look at the plan together"),
    N_("Call after the holidays"),
    N_("Go to the employment centre together"),
    N_("Fill in the form for the allowance"),
)
