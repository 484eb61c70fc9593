"""Consents and the roles of those who work here."""

from __future__ import annotations

from shelterdesk.i18n import N_
from shelterdesk.vocab.lists import Code, CodeList

CONSENT_PURPOSES = CodeList(
    "consent_purposes",
    (
        Code("support", N_("Support and keeping a record"), {"htcds": "con_Consent"}, listed=N_("support")),
        Code("interview", N_("First interview"), listed=N_("interview")),
        Code("share_partner", N_("Sharing with a named service"), listed=N_("a service")),
        Code("share_authority", N_("Sharing with a named authority"), listed=N_("an authority")),
        Code("share_employer", N_("Sharing with a named employer or school"), listed=N_("employer or school")),
        Code("share_family", N_("Contact with a named relative"), listed=N_("a relative")),
        Code("health", N_("Sharing with health services"), listed=N_("health services")),
        Code("interpreter", N_("Working with an interpreter"), listed=N_("interpreter")),
        Code("statistics", N_("Use in statistics without a name"), listed=N_("statistics")),
        Code("photo", N_("Photo in the record")),
        Code("contact_after", N_("Contact after leaving")),
    ),
    open=True,
)

CONSENT_ANSWERS = CodeList(
    "consent_answers",
    (
        Code("not_asked", N_("Not asked yet")),
        Code("given", N_("Given"), aliases=("yes", "y", "true", "1", "x", "consented", "bəli", "да", "согласна")),
        Code("declined", N_("Declined"), aliases=("no", "n", "false", "0", "refused", "xeyr", "нет", "отказ")),
        Code("withdrawn", N_("Withdrawn")),
    ),
)

# What the person must have been told before answering: the checklist behind the consent field of HTCDS.
CONSENT_TOLD = CodeList(
    "consent_told",
    (
        Code("interview", N_("that she may say yes or no to the interview")),
        Code("purpose", N_("what the interview is for")),
        Code("use", N_("what her data are used for, now and perhaps later")),
        Code("research", N_("that data without names may serve research")),
        Code("own_data", N_("that she may ask for her own data at any time")),
        Code("storage_time", N_("how long data are kept")),
        Code("withdrawal", N_("how to take consent back")),
    ),
)

# Roles that share keys and rights share a group.
ROLES = CodeList(
    "roles",
    (
        Code(
            "director",
            N_("Director"),
            group="director",
            help=N_("People, settings and the log; approves, closes and exports summaries; all work with residents."),
        ),
        Code(
            "case_manager",
            N_("Case manager"),
            group="case_work",
            help=N_("All work with residents: arrivals, plans, papers, placements. Exports summaries."),
        ),
        Code(
            "social_worker",
            N_("Social worker"),
            group="case_work",
            help=N_("All work with residents: arrivals, plans, papers, placements. Sees summaries."),
        ),
        Code(
            "psychologist",
            N_("Psychologist"),
            group="psychologist",
            help=N_("Records, plans and notes, and psychological notes that only psychologists read."),
        ),
        Code(
            "nurse",
            N_("Nurse"),
            group="health",
            help=N_("Records and services, and health notes that only nurses and doctors read."),
        ),
        Code(
            "doctor",
            N_("Doctor"),
            group="health",
            help=N_("Records and services, and health notes that only nurses and doctors read."),
        ),
        Code(
            "lawyer",
            N_("Lawyer"),
            group="lawyer",
            help=N_("Records, plans and notes, and legal notes that only lawyers read."),
        ),
        Code(
            "vocational_officer",
            N_("Vocational officer"),
            group="vocational_officer",
            help=N_("Partners, placements, training and goals for work."),
        ),
        Code(
            "reception",
            N_("Reception"),
            group="house",
            help=N_("Arrivals, beds and appointments, with short names only."),
        ),
        Code(
            "night_worker",
            N_("Night worker"),
            group="house",
            help=N_("Arrivals, beds and appointments, with short names only."),
        ),
        Code(
            "reporting_officer",
            N_("Reporting officer"),
            group="reporting_officer",
            help=N_("Figures only: summaries and coded exports. Opens no record."),
        ),
        Code(
            "administrator",
            N_("Administrator"),
            group="administrator",
            help=N_("People, backups and settings. Opens no record."),
        ),
    ),
)

COMPARTMENTS = CodeList(
    "compartments",
    (
        Code("house", N_("House"), help=N_("Short name, room and what every shift must know.")),
        Code("identity", N_("Identity"), help=N_("Legal names, birth, papers, contacts, family, plans and work.")),
        Code("case", N_("Social work"), help=N_("What happened, risks, safety and social work notes.")),
        Code("medical", N_("Health"), help=N_("Health notes.")),
        Code("clinical", N_("Psychological"), help=N_("Psychological notes.")),
        Code("legal", N_("Legal"), help=N_("Legal notes.")),
    ),
)
