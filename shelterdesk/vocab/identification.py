"""What is known about trafficking, forced labour and gender-based violence.

System names after ``htcds`` are those of the Human Trafficking Case Data Standard 2.0 (IOM, CC BY 4.0), its
spellings included. Aliases cover what the standard's own documents write differently.
"""

from __future__ import annotations

from shelterdesk.i18n import N_
from shelterdesk.vocab.lists import Code, CodeList

# Reading: «possible» becomes «potential», because a sheet does not say that anybody has assessed the person, and an
# import never claims an assessment that nobody recorded. «Actual» becomes «identified». Writing: potential and
# presumed both leave as «possible».
STATUSES = CodeList(
    "statuses",
    (
        Code(
            "potential",
            N_("Potential"),
            {"htcds": "PossibleVictimOfTrafficking"},
            help=N_("There are signs, and nobody has looked into them yet."),
            aliases=("possible", "possible victim", "vulnerable", "ehtimal edilən", "потенциальная", "возможная"),
        ),
        Code(
            "presumed",
            N_("Presumed"),
            {"htcds": "PossibleVictimOfTrafficking"},
            help=N_("The shelter or a partner has looked into it and believes it; no official decision yet."),
            aliases=("presumed victim", "предполагаемая"),
        ),
        Code(
            "identified",
            N_("Identified"),
            {"htcds": "ActualVictimOfTrafficking"},
            help=N_("The body in charge has decided so."),
            aliases=("actual", "actual victim", "confirmed", "confirmed victim", "victim of trafficking"),
        ),
        Code(
            "not_trafficked",
            N_("Not trafficked"),
            {"htcds": "NotAVictimOfTrafficking"},
            help=N_("The body in charge has decided so; the record and the support stay."),
            aliases=("not a victim", "not victim"),
        ),
    ),
)

DECIDING_BODIES = CodeList(
    "deciding_bodies",
    (
        Code("police", N_("Police, anti-trafficking unit"), {"htcds": "Police"}, aliases=("atd", "polis", "полиция")),
        Code("ngo", N_("Shelter or other organisation"), {"htcds": "NGO"}, aliases=("qht", "нпо")),
        Code("court_or_prosecution", N_("Court or prosecution"), {"htcds": "CourtOrProsecution"}),
        Code(
            "other_government",
            N_("Other state body"),
            {"htcds": "NonPoliceGovernmentalOrganization"},
            aliases=("Non-police governmental organisation",),
        ),
        Code("other", N_("Other"), {"htcds": "Other"}),
    ),
)

EXPLOITATION_TYPES = CodeList(
    "exploitation_types",
    (
        Code(
            "forced_labour",
            N_("Forced labour"),
            {"htcds": "ForcedLabour"},
            "labour",
            aliases=("forced labor", "labour exploitation", "labor exploitation", "məcburi əmək"),
        ),
        Code(
            "sexual",
            N_("Sexual exploitation"),
            {"htcds": "SexualExploitation"},
            "sexual",
            aliases=("cinsi istismar", "сексуальная эксплуатация"),
        ),
        Code("child_labour", N_("Child labour"), {"htcds": "ChildLabour"}, "labour", aliases=("child labor",)),
        Code("forced_marriage", N_("Forced marriage"), {"htcds": "ForcedMarriage"}, "marriage"),
        Code("servitude", N_("Servitude"), {"htcds": "Servitude"}, "labour", aliases=("domestic servitude",)),
        Code(
            "forced_military",
            N_("Forced into an armed group"),
            {"htcds": "ForcedMilitaryByNonStateActors"},
            "other",
            aliases=("forced military",),
        ),
        Code("organ_removal", N_("Organ removal"), {"htcds": "OrganRemoval"}, "other"),
        Code("forced_begging", N_("Forced begging"), {"htcds": "ForcedBegging"}, "labour", aliases=("begging",)),
        Code("forced_adoption", N_("Forced adoption"), {"htcds": "ForcedAdoption"}, "other"),
        Code("surrogacy", N_("Forced surrogacy"), {"htcds": "Surrogacy"}, "other"),
        Code("forced_crime", N_("Made to break the law"), {"htcds": "Other"}, "labour"),
        Code("slavery", N_("Slavery or similar practice"), {"htcds": "Other"}, "other"),
        Code("biomedical_research", N_("Unlawful medical research"), {"htcds": "Other"}, "other"),
        Code("other", N_("Other"), {"htcds": "Other"}, "other"),
    ),
)

SEXUAL_EXPLOITATION_TYPES = CodeList(
    "sexual_exploitation_types",
    (
        Code("prostitution", N_("Prostitution"), {"htcds": "Prostitution"}),
        Code("pornography", N_("Pictures or films"), {"htcds": "Pornography"}),
        Code("remote_services", N_("Online or by phone"), {"htcds": "RemoteInteractiveServices"}),
        Code("private_services", N_("In a private household"), {"htcds": "PrivateSexualServices"}),
    ),
)

RELATIONSHIPS = CodeList(
    "relationships",
    (
        Code("family", N_("Family"), {"htcds": "Familial"}),
        Code("known", N_("Known before"), {"htcds": "Acquainted"}),
        Code("stranger", N_("Not known before"), {"htcds": "Unaquainted"}, aliases=("Unacquainted",)),
    ),
)

RECRUITMENT_METHODS = CodeList(
    "recruitment_methods",
    (
        Code("business_place", N_("At a place of business"), {"htcds": "AtAPlaceOfBusiness"}),
        Code("school", N_("At a school or college"), {"htcds": "AtAnEducationalInstitution"}),
        Code("work", N_("At work"), {"htcds": "AtWork"}),
        Code("social_networks", N_("Through social networks online"), {"htcds": "ThroughOnlineSocialNetworks"}),
        Code("online_advert", N_("Through an advert online"), {"htcds": "ThroughAnOnlineAdvertisement"}),
        Code("television_advert", N_("Through an advert on television"), {"htcds": "ThroughATelevisionAdvert"}),
        Code("newspaper_advert", N_("Through an advert in a newspaper"), {"htcds": "ThroughANewspaperAdvert"}),
        Code("family", N_("Through family"), {"htcds": "ThroughFamilyOrFamilyEvents"}),
        Code("friends", N_("Through friends"), {"htcds": "ThroughFriendsOrSocialEvents"}),
        Code("other", N_("Other"), {"htcds": "Other"}),
    ),
)

# HTCDS has one list for recruitment and one for exploitation with the same values.
WEBSITES = CodeList(
    "websites",
    (
        Code("facebook", "Facebook", {"htcds": "Facebook"}),
        Code("instagram", "Instagram", {"htcds": "Instagram"}),
        Code("whatsapp", "WhatsApp", {"htcds": "WhatsApp"}),
        Code("telegram", "Telegram", {"htcds": "Telegram"}),
        Code("facebook_messenger", "Facebook Messenger", {"htcds": "FacebookMessenger"}),
        Code("viber", "Viber", {"htcds": "Viber"}),
        Code("snapchat", "Snapchat", {"htcds": "SnapChat"}),
        Code("line", "Line", {"htcds": "Line"}),
        Code("four_sale", "4Sale", {"htcds": "4Sale"}),
        Code("wechat", "WeChat", {"htcds": "WeChat"}),
        Code("qq", "QQ", {"htcds": "QQ"}),
        Code("qzone", "QZone", {"htcds": "QZone"}),
        Code("tiktok", "TikTok", {"htcds": "TikTok"}),
        Code("twitter", "Twitter / X", {"htcds": "Twitter"}, aliases=("X",)),
        Code("other", N_("Other"), {"htcds": "Other"}),
    ),
    open=True,
)

# «Restricts movement» and «uses children» stand in the definitions of HTCDS and in CTDC, not in the list of values;
# they leave as «Other».
CONTROL_METHODS = CodeList(
    "control_methods",
    (
        Code("physical_threats", N_("Threats of violence"), {"htcds": "PhysicalThreats"}, aliases=("Threats",)),
        Code(
            "threats_of_police",
            N_("Threats of police or deportation"),
            {"htcds": "ThreatsLawEnforcement"},
            help=N_("Threats to report to police or to immigration go here only."),
            aliases=("Threats of law enforcement", "ThreatOfLawEnforcement"),
        ),
        Code("threats_to_family", N_("Threats to children or family"), {"htcds": "ThreatensChildrenFamily"}),
        Code("debt_bondage", N_("Debt bondage"), {"htcds": "DebtBondage"}),
        Code("false_promises", N_("False promises"), {"htcds": "FalsePromises"}),
        Code(
            "physical_abuse",
            N_("Physical violence"),
            {"htcds": "PhysicalAbuse"},
            help=N_("Sexual acts go to «Sexual violence» only."),
        ),
        Code(
            "sexual_abuse",
            N_("Sexual violence"),
            {"htcds": "SexualAbuse"},
            help=N_("As a means of control, not as the purpose; includes control over pregnancy."),
        ),
        Code("takes_earnings", N_("Takes the earnings"), {"htcds": "TakesEarnings"}),
        Code("restricts_money", N_("Keeps from money"), {"htcds": "RestrictsFinancialAccess"}),
        Code("restricts_medical_care", N_("Keeps from medical care"), {"htcds": "RestrictsMedicalCare"}),
        Code("withholds_necessities", N_("Withholds food or other needs"), {"htcds": "WithholdsNecessities"}),
        Code("psychological_abuse", N_("Psychological violence"), {"htcds": "PsychologicalAbuse"}),
        Code(
            "substances",
            N_("Drugs or alcohol"),
            {"htcds": "PsychoactiveSubstance"},
            aliases=("PsychoactiveSubstances",),
        ),
        Code("excessive_hours", N_("Far too long working hours"), {"htcds": "ExcessiveWorkingHours"}),
        Code("withholds_documents", N_("Withholds papers"), {"htcds": "WithholdsDocuments"}),
        Code("restricts_movement", N_("Restricts movement"), {"htcds": "Other"}, aliases=("RestrictsMovement",)),
        Code("uses_children", N_("Uses the children"), {"htcds": "Other"}, aliases=("UsesChildren",)),
        Code("other", N_("Other"), {"htcds": "Other"}),
    ),
)

# Deprecated in HTCDS 2.0, still found in older sheets.
VULNERABILITIES = CodeList(
    "vulnerabilities",
    (
        Code("addiction", N_("Dependence"), {"htcds": "Addiction"}),
        Code("social_group", N_("Social group"), {"htcds": "SocialGroup"}),
        Code("discrimination", N_("Discrimination"), {"htcds": "Discrimination"}),
        Code("poverty", N_("Poverty"), {"htcds": "Poverty"}),
        Code("disability", N_("Disability or physical health"), {"htcds": "DisabilityAndPhysicalHealth"}),
        Code("mental_health", N_("Mental health"), {"htcds": "MentalHealth"}),
        Code("migration", N_("Migration"), {"htcds": "Migration"}),
        Code("homelessness", N_("No home"), {"htcds": "Homelessness"}),
        Code("abuse_online", N_("Abuse on social media"), {"htcds": "AbuseSocialMedia"}),
        Code("abuse_physical", N_("Physical abuse"), {"htcds": "AbusePhysical"}),
        Code("education", N_("Little schooling"), {"htcds": "Education"}),
        Code("work_environment", N_("Working conditions"), {"htcds": "WorkEnvironment"}),
    ),
    open=True,
)

EVENT_KINDS = CodeList(
    "event_kinds",
    (
        Code("recruitment", N_("Recruitment"), {"htcds": "Recruitment"}),
        Code("transit", N_("On the way"), {"htcds": "Transit"}),
        Code("exploitation", N_("Exploitation"), {"htcds": "Exploitation"}),
    ),
)

# The six core types of GBVIMS in the order in which they are tested: the first «yes» decides.
VIOLENCE_TYPES = CodeList(
    "violence_types",
    (
        Code("rape", N_("Rape"), {"gbvims": "Rape"}),
        Code("sexual_assault", N_("Sexual assault"), {"gbvims": "Sexual Assault"}),
        Code("physical_assault", N_("Physical assault"), {"gbvims": "Physical Assault"}),
        Code("forced_marriage", N_("Forced marriage"), {"gbvims": "Forced Marriage"}),
        Code(
            "denial_of_resources",
            N_("Denial of resources, opportunities or services"),
            {"gbvims": "Denial of Resources, Opportunities or Services"},
        ),
        Code(
            "psychological_abuse",
            N_("Psychological or emotional violence"),
            {"gbvims": "Psychological / Emotional Abuse"},
        ),
        Code("not_gbv", N_("None of these"), {"gbvims": "Non-GBV"}),
    ),
)

# The eleven signs of the International Labour Organization; one may suffice.
FORCED_LABOUR_SIGNS = CodeList(
    "forced_labour_signs",
    (
        Code("abuse_of_vulnerability", N_("Abuse of vulnerability")),
        Code("deception", N_("Deception")),
        Code("restriction_of_movement", N_("Restriction of movement")),
        Code("isolation", N_("Isolation")),
        Code("violence", N_("Physical and sexual violence")),
        Code("threats", N_("Intimidation and threats")),
        Code("retention_of_documents", N_("Retention of identity papers")),
        Code("withholding_of_wages", N_("Withholding of wages")),
        Code("debt_bondage", N_("Debt bondage")),
        Code("abusive_conditions", N_("Abusive working and living conditions")),
        Code("excessive_overtime", N_("Excessive overtime")),
    ),
)

# The group is the wide answer asked at the door: police, alone, organisation, someone else.
REFERRAL_SOURCES = CodeList(
    "referral_sources",
    (
        Code(
            "police",
            N_("Police"),
            {"gbvims": "Police / Other Security Actor"},
            "police",
            aliases=("polis", "полиция"),
        ),
        Code(
            "anti_trafficking",
            N_("Anti-trafficking department"),
            {"gbvims": "Police / Other Security Actor"},
            "police",
            aliases=("atd", "insan alverinə qarşı mübarizə idarəsi", "отдел по борьбе с торговлей людьми"),
        ),
        Code("prosecution", N_("Prosecution or court"), group="police"),
        Code("hotline", N_("Hotline"), group="organisation", aliases=("qaynar xətt", "горячая линия")),
        Code("ngo", N_("Other organisation"), group="organisation", aliases=("ngo", "qht", "нпо")),
        Code(
            "shelter", N_("Another shelter"), {"gbvims": "Safe House / Shelter"}, "organisation", aliases=("sığınacaq",)
        ),
        Code("assistance_centre", N_("Assistance centre"), group="organisation"),
        Code("social_protection", N_("Social protection service"), group="organisation"),
        Code("child_protection", N_("Child protection commission"), group="organisation"),
        Code("migration_service", N_("Migration or border service"), group="organisation"),
        Code("embassy", N_("Embassy or consulate"), group="organisation"),
        Code("international", N_("International organisation"), group="organisation", aliases=("iom", "unhcr")),
        Code("health", N_("Hospital or clinic"), {"gbvims": "Health / Medical Services"}, "organisation"),
        Code("psychological", N_("Psychologist"), {"gbvims": "Psychosocial / Counseling Services"}, "organisation"),
        Code("legal", N_("Lawyer"), {"gbvims": "Legal Assistance Services"}, "organisation"),
        Code("school", N_("School or teacher"), {"gbvims": "Teacher / School Official"}, "organisation"),
        Code("employer", N_("Employer or union"), group="someone_else"),
        Code("community", N_("Neighbour or community"), {"gbvims": "Community or Camp Leader"}, "someone_else"),
        Code("family", N_("Family or friends"), group="someone_else"),
        Code("former_resident", N_("Someone who stayed here before"), group="someone_else"),
        Code(
            "self",
            N_("Came alone"),
            {"gbvims": "Self-Referral / First Point of Contact"},
            "alone",
            aliases=("self", "self-referral", "özü", "сама", "сам"),
        ),
        Code("other_government", N_("Other state body"), {"gbvims": "Other Government Service"}, "organisation"),
        Code("other", N_("Other"), {"gbvims": "Other"}, "someone_else"),
    ),
    open=True,
)

BROUGHT_BY = CodeList(
    "brought_by",
    (
        Code("police", N_("Police")),
        Code("alone", N_("Came alone")),
        Code("organisation", N_("Organisation")),
        Code("someone_else", N_("Someone else")),
    ),
)

# One list serves incoming and outgoing referrals, as in HTCDS.
REFERRAL_REASONS = CodeList(
    "referral_reasons",
    (
        Code("more_services", N_("Needs other services"), {"htcds": "AdditionalServicesRequired"}),
        Code("moves", N_("Moves to another place"), {"htcds": "MigrationOrChangeOfLocation"}),
        Code("safety", N_("Safer elsewhere"), {"htcds": "Other"}),
        Code("no_place", N_("No free place"), {"htcds": "Other"}),
        Code("other", N_("Other"), {"htcds": "Other"}),
    ),
)

REFERRAL_OUTCOMES = CodeList(
    "referral_outcomes",
    (
        Code("asked", N_("Asked")),
        Code("accepted", N_("Accepted")),
        Code("taken_up", N_("Taken up")),
        Code("not_possible", N_("Not possible")),
        Code("declined", N_("Declined by the person")),
    ),
)

# State of the record as other systems know it; ShelterDesk itself works with phases, whose group is one of these.
RECORD_STATES = CodeList(
    "record_states",
    (
        Code("active", N_("Active"), {"htcds": "Active"}),
        Code("follow_up", N_("Follow-up"), {"htcds": "FollowUp"}),
        Code("closed", N_("Closed"), {"htcds": "Closed"}),
        Code("closed_referred", N_("Closed and referred on"), {"htcds": "ClosedReferred"}),
    ),
)
